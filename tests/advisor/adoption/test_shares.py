"""Shares with Wilson's interval."""

import pytest

from advisor.adoption.shares import quartiles, share


def test_the_interval_is_that_of_the_published_example() -> None:
    # R. G. Newcombe (1998), table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    found = share(81, 263)
    assert found.low == pytest.approx(0.2553, abs=5e-5)
    assert found.high == pytest.approx(0.3662, abs=5e-5)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share(0, 0).model_dump() == {
        "count": 0,
        "of": 0,
        "rate": None,
        "low": None,
        "high": None,
    }


@pytest.mark.parametrize("of", [1, 3, 20, 500])
def test_the_interval_holds_the_rate_and_stays_within_bounds(of: int) -> None:
    for count in range(of + 1):
        found = share(count, of)
        assert 0 <= found.low <= count / of <= found.high <= 1
    assert share(0, of).low == 0
    assert share(of, of).high == 1
    assert share(of, of).low < 1


def test_quartiles_of_few() -> None:
    assert quartiles([]) is None
    assert quartiles([3]).model_dump() == {"n": 1, "low": 3, "median": 3, "high": 3}
    assert quartiles([4, 1, 3, 2, 5]).model_dump() == {"n": 5, "low": 2, "median": 3, "high": 4}
