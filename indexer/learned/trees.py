"""Gradient boosted trees as they are stored and applied: no library is needed to use them.

The sum of a row's leaves is the log odds of "it applies" (Friedman, *Greedy Function
Approximation*, 2001).
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from corpus.model import ArticleNumber
from indexer.errors import RankerDamaged
from indexer.learned.forest import Forest, Tree
from indexer.ranking import Scores

Matrix = NDArray[np.float32]


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
        self._sketch = Forest(self._stored[:_SKETCH])
        self._rest = Forest(self._stored[_SKETCH:])

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
        odds = self._sketch.odds(rows)
        chosen = np.argsort(-odds, kind="stable")[:_WORTH_READING]
        # The first trees say most. What they put far behind is not read by the others, and stays
        # behind: the others' sum of the last one read is all they add to it.
        further = self._rest.odds(rows[chosen])
        added = np.full(len(rows), further.min(initial=0.0))
        added[chosen] = further
        likely: Scores = (1.0 / (1.0 + np.exp(-(odds + added)))).astype(np.float32)
        return likely


def _number(written: str) -> ArticleNumber:
    main, _, sub = written.partition(".")
    return ArticleNumber(int(main), int(sub))


def shipped_ranker() -> Path | None:
    """The trees that come with the package; None where they were left out."""
    path = Path(str(files("indexer"))) / "models" / "ranker.json"
    return path if path.is_file() else None
