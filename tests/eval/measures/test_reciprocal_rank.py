"""RR@k."""

from eval.measures import reciprocal_rank


def test_one_over_the_rank_of_the_first_relevant_answer():
    assert reciprocal_rank("abcd", {"c", "d"}, 10) == 1 / 3


def test_beyond_k_it_counts_for_nothing():
    assert reciprocal_rank("abcd", {"c"}, 2) == 0.0
    assert reciprocal_rank((), {"c"}, 2) == 0.0
