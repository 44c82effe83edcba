"""Cohen's weighted kappa against values worked out by hand."""

import pytest

from eval.measures.kappa import weighted_kappa


def test_agreement_beyond_chance():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .70, by chance .50.
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert weighted_kappa(pairs) == pytest.approx(0.4)


def test_a_near_miss_weighs_less_than_a_far_one():
    near = [(1, 2), (5, 5), (3, 3), (2, 2)]
    far = [(1, 5), (5, 5), (3, 3), (2, 2)]
    assert weighted_kappa(near) > weighted_kappa(far)
    assert weighted_kappa([(1, 1), (5, 5)]) == 1
    assert weighted_kappa([(1, 5), (5, 1)]) == pytest.approx(-1)


def test_it_is_not_defined_where_chance_explains_everything():
    assert weighted_kappa([]) is None
    assert weighted_kappa([(3, 3), (3, 3)]) is None
