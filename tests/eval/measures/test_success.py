"""Success@k."""

from eval.measures import success


def test_whether_anything_relevant_is_within_k():
    assert success("abc", {"c", "z"}, 3) == 1.0
    assert success("abc", {"c"}, 2) == 0.0
    assert success((), {"c"}, 2) == 0.0
