"""Recall@k."""

import pytest

from eval.measures import recall


def test_the_part_of_what_is_relevant_that_was_found_within_k():
    assert recall("abcd", {"b", "d", "x", "y"}, 4) == 0.5
    assert recall("abcd", {"b", "d"}, 2) == 0.5
    assert recall((), {"a"}, 10) == 0.0


def test_nothing_relevant_is_not_defined():
    with pytest.raises(ValueError, match="recall"):
        recall("a", set(), 5)
