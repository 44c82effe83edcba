"""Rows fall to the leaves that walking from node to node leads to, whatever the trees."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from indexer.learned.forest import LEAF, MOST_LEAVES, Forest, Tree

FEATURES = 3
CUTS = (-1.0, 0.0, 0.5, 2.0)


def grown(splits: list[tuple[int, int, float]]) -> Tree:
    """A tree from (which leaf becomes a node, feature, threshold), one after the other."""
    feature, threshold, left, right = [LEAF], [0.0], [0], [0]
    for which, on, cut in splits:
        leaves = [node for node, own in enumerate(feature) if own == LEAF]
        node = leaves[which % len(leaves)]
        feature[node], threshold[node] = on, cut
        left[node], right[node] = len(feature), len(feature) + 1
        feature += [LEAF, LEAF]
        threshold += [0.0, 0.0]
        left += [0, 0]
        right += [0, 0]
    value = [float(node) + 0.25 for node in range(len(feature))]
    return Tree(
        feature=tuple(feature),
        threshold=tuple(threshold),
        left=tuple(left),
        right=tuple(right),
        value=tuple(value),
    )


def walked(tree: Tree, row: np.ndarray) -> float:
    node = 0
    while tree.feature[node] != LEAF:
        beyond = row[tree.feature[node]] > np.float32(tree.threshold[node])
        node = tree.right[node] if beyond else tree.left[node]
    return tree.value[node]


splits = st.lists(
    st.tuples(st.integers(0, 63), st.integers(0, FEATURES - 1), st.sampled_from(CUTS)),
    max_size=40,
)
rows = st.lists(
    st.tuples(*[st.sampled_from((*CUTS, -7.0, 0.25, 9.0))] * FEATURES), min_size=1, max_size=5
)


@given(st.lists(splits, min_size=1, max_size=4), rows)
def test_a_row_falls_where_walking_leads(many, given_rows) -> None:
    trees = [grown(one) for one in many]
    asked = np.array(given_rows, dtype=np.float32)
    expected = [sum(walked(tree, row) for tree in trees) for row in asked]
    assert Forest(trees).odds(asked).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("leaves", [16, 17, 32, 33, MOST_LEAVES])
def test_every_leaf_is_told_apart_at_each_width_of_the_masks(leaves) -> None:
    tree = grown([(10**6 + at, 0, 0.0) for at in range(leaves - 1)])
    chain = Tree(
        feature=tuple(0 if own != LEAF else LEAF for own in tree.feature),
        threshold=tuple(float(node) for node in range(len(tree.feature))),
        left=tree.left,
        right=tree.right,
        value=tree.value,
    )
    asked = np.arange(-1, len(tree.feature) + 1, dtype=np.float32)[:, None]
    assert Forest([chain]).odds(asked).tolist() == [walked(chain, row) for row in asked]


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    with pytest.raises(ValidationError, match="more than 64 leaves"):
        grown([(0, 0, 0.0)] * MOST_LEAVES)
