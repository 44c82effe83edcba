"""Many small trees applied to many rows at once, by bit masks instead of steps from node to node.

QuickScorer (Lucchese et al., *QuickScorer: a fast algorithm to rank documents with additive
ensembles of regression trees*, SIGIR 2015): a node that sends a row right rules out the leaves on
its left; of the leaves that remain, the first is the row's. Here what all nodes of one feature rule
out stands in a table, by how many of their thresholds the row's value exceeds.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from indexer.ranking import Scores

LEAF = -1
MOST_LEAVES = 64
_WIDTHS = ((16, np.uint16), (32, np.uint32), (MOST_LEAVES, np.uint64))

_Masks = NDArray[np.unsignedinteger]
_Doubles = NDArray[np.float64]


class Tree(BaseModel):
    """One tree: arrays over its nodes; ``feature`` is `LEAF` for a leaf, whose ``value`` counts.

    An inner node sends a row left when its feature is at most the threshold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Tree":
        size = len(self.feature)
        columns = (self.threshold, self.left, self.right, self.value)
        if not size or any(len(column) != size for column in columns):
            raise ValueError("the arrays of a tree differ in length")
        inner = [node for node, feature in enumerate(self.feature) if feature != LEAF]
        onward = [(node, child) for node in inner for child in (self.left[node], self.right[node])]
        if not all(node < child < size for node, child in onward):
            raise ValueError("a node leads nowhere")
        if len({child for _, child in onward}) != size - 1 or len(onward) != size - 1:
            raise ValueError("a node is not below exactly one other")
        if self.feature.count(LEAF) > MOST_LEAVES:
            raise ValueError(f"a tree has more than {MOST_LEAVES} leaves")
        return self


class Forest:
    """The sum of trees with at most `MOST_LEAVES` leaves; safe to share between threads."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        leaves = [tuple(_leaves(tree, 0)) for tree in trees]
        widest = max(map(len, leaves), default=1)
        self._kind = next(kind for width, kind in _WIDTHS if widest <= width)
        self._values = np.zeros((len(trees), widest), dtype=np.float32)
        for at, (tree, own) in enumerate(zip(trees, leaves, strict=True)):
            self._values[at, : len(own)] = [tree.value[leaf] for leaf in own]
        self._tables = tuple(self._table(feature, trees) for feature in _features(trees))

    def _table(
        self, feature: int, trees: Sequence[Tree]
    ) -> tuple[int, NDArray[np.float32], _Masks]:
        """The feature, its thresholds in order, and which leaves are left above so many of them."""
        nodes = sorted(
            (np.float32(tree.threshold[node]), at, node)
            for at, tree in enumerate(trees)
            for node, own in enumerate(tree.feature)
            if own == feature
        )
        left = np.full((len(nodes) + 1, len(trees)), ~self._kind(0))
        for row, (_, at, node) in enumerate(nodes, 1):
            left[row, at] = ~self._kind(_ruled_out(trees[at], node))
        thresholds = np.array([threshold for threshold, _, _ in nodes], dtype=np.float32)
        return feature, thresholds, np.bitwise_and.accumulate(left)

    def odds(self, rows: Scores) -> _Doubles:
        """The sum of the leaves that each row falls to, shape (len(rows),)."""
        left = np.full((len(rows), len(self._values)), ~self._kind(0))
        for feature, thresholds, table in self._tables:
            left &= table[np.searchsorted(thresholds, rows[:, feature])]
        first = left & (~left + self._kind(1))
        # The only bit that is set is a power of two, of which the logarithm is exact.
        leaf = np.log2(first.astype(np.float64)).astype(np.intp)
        found = self._values[np.arange(len(self._values)), leaf]
        summed: _Doubles = found.sum(axis=1, dtype=np.float64)
        return summed


def _features(trees: Sequence[Tree]) -> list[int]:
    return sorted({own for tree in trees for own in tree.feature if own != LEAF})


def _leaves(tree: Tree, node: int) -> Iterator[int]:
    """The leaves below a node, from left to right."""
    if tree.feature[node] == LEAF:
        yield node
        return
    yield from _leaves(tree, tree.left[node])
    yield from _leaves(tree, tree.right[node])


def _ruled_out(tree: Tree, node: int) -> int:
    """The leaves a row cannot fall to when this node sends it right, as bits."""
    order = {leaf: place for place, leaf in enumerate(_leaves(tree, 0))}
    return sum(1 << order[leaf] for leaf in _leaves(tree, tree.left[node]))
