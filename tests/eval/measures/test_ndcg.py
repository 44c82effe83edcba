"""nDCG@k."""

from math import log2

import pytest

from eval.measures import ndcg


def test_a_perfect_ranking_is_one():
    assert ndcg("abx", {"a", "b"}, 10) == 1.0


def test_discounted_by_rank():
    assert ndcg("xa", {"a"}, 10) == pytest.approx(1 / log2(3))
    assert ndcg("axb", {"a", "b"}, 10) == pytest.approx((1 + 0.5) / (1 + 1 / log2(3)))


def test_the_best_ranking_is_no_longer_than_k():
    assert ndcg("ab", {"a", "b", "c"}, 2) == 1.0


def test_nothing_found_is_zero_and_nothing_relevant_not_defined():
    assert ndcg("xy", {"a"}, 10) == 0.0
    with pytest.raises(ValueError, match="nDCG"):
        ndcg("a", set(), 5)
