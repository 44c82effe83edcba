"""Gradient boosted trees as they are stored and applied: no library is needed to use them.

A tree's nodes stand in arrays: an inner node sends a row left when its feature is at most the
threshold. The sum of a row's leaves is the log odds of "it applies" (Friedman, *Greedy Function
Approximation*, 2001).
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, model_validator

from corpus.model import ArticleNumber
from indexer.errors import RankerDamaged
from indexer.ranking import Scores

Matrix = NDArray[np.float32]
LEAF = -1


class Tree(BaseModel):
    """One tree: arrays over its nodes; ``feature`` is `LEAF` for a leaf, whose ``value`` counts."""

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
        for node, feature in enumerate(self.feature):
            onward = (self.left[node], self.right[node])
            if feature != LEAF and not all(node < child < size for child in onward):
                raise ValueError("a node leads nowhere")
        return self


class RankerCard(BaseModel):
    """What the trees were learnt from; ``embedder`` is the one whose likeness they expect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    embedder: str
    features: tuple[str, ...]
    seed: int
    recipe: str
    stories: int
    questions: int
    datasets: dict[str, str]


Asked = Mapping[str, Mapping[ArticleNumber, int]]
"""How many of the questions learnt from an article answers, by its law's full title."""

_NOTHING: Asked = MappingProxyType({})
_SKETCH = 50
"""How many trees read every row."""
_WORTH_READING = 150
"""How many rows the other trees read."""


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    card: RankerCard
    asked: dict[str, dict[str, int]]
    trees: tuple[Tree, ...]


class BoostedTrees:
    """The sum of many small trees; safe to share between threads."""

    def __init__(self, card: RankerCard, trees: Sequence[Tree], asked: Asked = _NOTHING) -> None:
        """``trees`` are over the columns that ``card.features`` names; ``asked`` see `Asked`."""
        self.card = card
        self.asked = asked
        self._stored = tuple(trees)
        firsts = np.cumsum([0, *(len(tree.feature) for tree in trees)])
        self._roots = firsts[:-1].astype(np.int32)
        self._feature = _joined([tree.feature for tree in trees], np.int32)
        self._threshold = _joined([tree.threshold for tree in trees], np.float32)
        self._value = _joined([tree.value for tree in trees], np.float32)
        onward = [
            (_onward(tree) + first).astype(np.int32)
            for tree, first in zip(trees, firsts, strict=False)
        ]
        self._onward = np.concatenate(onward).ravel() if onward else np.zeros(0, dtype=np.int32)
        self._depths = np.array([_depth(tree) for tree in trees], dtype=np.intp)

    @classmethod
    def read(cls, path: Path) -> "BoostedTrees":
        """The trees of a file.

        Raises:
            RankerDamaged: it cannot be read, or is no such file.
        """
        try:
            stored = _Stored.model_validate_json(path.read_bytes())
            asked = {
                law: {_number(number): times for number, times in numbers.items()}
                for law, numbers in stored.asked.items()
            }
        except (OSError, ValueError) as error:
            raise RankerDamaged(path) from error
        return cls(stored.card, stored.trees, asked)

    def write(self, path: Path) -> None:
        """Stores the trees, the same bytes for the same trees."""
        asked = {
            law: {f"{number.main}.{number.sub}": times for number, times in numbers.items()}
            for law, numbers in self.asked.items()
        }
        stored = _Stored(card=self.card, asked=asked, trees=self._stored)
        path.write_text(stored.model_dump_json() + "\n", encoding="utf-8")

    def fits(self, embedder: str) -> bool:
        """Whether the likeness of this embedder is the one the trees were learnt over."""
        return embedder == self.card.embedder

    def probability(self, rows: Matrix) -> Scores:
        """How likely each row applies, shape (len(rows),), between 0 and 1."""
        odds = self._odds(rows, 0, _SKETCH)
        chosen = np.argsort(-odds, kind="stable")[:_WORTH_READING]
        rest = len(self._roots)
        # The first trees say most. What they put far behind is not read by the others, and stays
        # behind: the others' sum of the last one read is all they add to it.
        further = self._odds(rows[chosen], _SKETCH, rest)
        added = np.full(len(rows), further.min(initial=0.0))
        added[chosen] = further
        likely: Scores = (1.0 / (1.0 + np.exp(-(odds + added)))).astype(np.float32)
        return likely

    def _odds(self, rows: Matrix, first: int, end: int) -> NDArray[np.float64]:
        """The sum of the leaves of trees ``first`` to ``end``, shape (len(rows),)."""
        roots = self._roots[first:end]
        values, width = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        starts = (np.arange(len(rows), dtype=np.int32) * width)[None]
        node = np.repeat(roots[:, None], len(rows), axis=1)
        for _ in range(int(self._depths[first:end].max(initial=0))):
            feature = self._feature[node]
            beyond = values[starts + np.maximum(feature, 0)] > self._threshold[node]
            # A leaf leads to itself.
            node = self._onward[2 * node + beyond]
        odds: NDArray[np.float64] = self._value[node].sum(axis=0, dtype=np.float64)
        return odds


def _onward(tree: Tree) -> NDArray[np.intp]:
    """Left and right child of each node, shape (nodes, 2); a leaf leads to itself."""
    own = np.arange(len(tree.feature))
    leaf = np.array(tree.feature) == LEAF
    return np.stack([np.where(leaf, own, np.array(c)) for c in (tree.left, tree.right)], axis=1)


def _joined(columns: Sequence[Sequence[float]], kind: type[np.generic]) -> NDArray[Any]:
    return np.array([entry for column in columns for entry in column], dtype=kind)


def _number(written: str) -> ArticleNumber:
    main, _, sub = written.partition(".")
    return ArticleNumber(int(main), int(sub))


def _depth(tree: Tree) -> int:
    """Steps from the root to the farthest leaf."""
    depth = [0] * len(tree.feature)
    for node, feature in enumerate(tree.feature):
        if feature != LEAF:
            depth[tree.left[node]] = depth[tree.right[node]] = depth[node] + 1
    return max(depth)


def shipped_ranker() -> Path | None:
    """The trees that come with the package; None where they were left out."""
    path = Path(str(files("indexer"))) / "models" / "ranker.json"
    return path if path.is_file() else None
