"""Reciprocal rank fusion."""

import pytest

from indexer.fusion import RANK_OFFSET, reciprocal_rank_fusion


def test_sums_of_reciprocal_ranks_best_first():
    fused = reciprocal_rank_fusion([("a", "b"), ("b", "c")])
    assert [key for key, _ in fused] == ["b", "a", "c"]
    assert fused[0][1] == pytest.approx(1 / (RANK_OFFSET + 2) + 1 / (RANK_OFFSET + 1))


def test_equal_sums_stand_in_the_order_they_are_met():
    assert [key for key, _ in reciprocal_rank_fusion([("x",), ("a",)])] == ["x", "a"]


def test_nothing_fused_is_nothing():
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([(), ()]) == ()
