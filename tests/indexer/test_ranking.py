"""The best of many scores, always in the same order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.ranking import top


@given(
    st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0]), max_size=40),
    st.integers(min_value=-1, max_value=50),
)
def test_top_is_the_head_of_a_full_stable_sort(values, k):
    scores = np.array(values, dtype=np.float32)
    full = sorted((i for i, v in enumerate(values) if v > 0), key=lambda i: (-values[i], i))
    assert top(scores, k).ordinals == tuple(full[: max(k, 0)])


def test_scores_come_with_their_ordinals():
    ranking = top(np.array([0.25, 0, 4], dtype=np.float32), 5)
    assert (ranking.ordinals, ranking.scores, len(ranking)) == ((2, 0), (4.0, 0.25), 2)
