"""Bootstrap intervals against what is known of them."""

import pytest

from eval.intervals import intervals


def test_the_interval_of_a_share_is_that_of_the_normal_approximation():
    ((low, high),) = intervals([[1.0]] * 240 + [[0.0]] * 160)
    half = 1.96 * (0.6 * 0.4 / 400) ** 0.5
    assert (low, high) == pytest.approx((0.6 - half, 0.6 + half), abs=0.004)


def test_what_never_varies_has_no_width():
    assert intervals([[0.5, 0.25]] * 3) == ((0.5, 0.5), (0.25, 0.25))


def test_one_row_is_its_own_interval():
    assert intervals([[0.3]]) == ((pytest.approx(0.3), pytest.approx(0.3)),)


def test_the_seed_decides():
    rows = [[(place * 0.618) % 1] for place in range(50)]
    assert intervals(rows) == intervals(rows)
    assert intervals(rows, seed=2) != intervals(rows)
