"""How alike texts are by their wording: cosine of weighted characters and pairs of characters."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.static_embedder import PIECE, Bags, bags_of
from indexer.tokenizer import tokenize_many

Floats = NDArray[np.float64]
_FEWEST_TEXTS = 2
"""A token of one text alone tells of no other."""


class Wording:
    """The tokens of some texts with their weights; immutable.

    A token weighs the more the fewer texts have it (inverse document frequency, Spärck Jones 1972),
    of these texts and of ``others``, which need not be kept.
    """

    def __init__(self, texts: Sequence[str], others: Iterable[str] = ()) -> None:
        self._vocabulary = np.unique(tokenize_many(texts).ids)
        bags = bags_of(texts, self._vocabulary)
        seen, count = self._counts(bags), len(texts)
        for piece in pieces(others):
            seen = seen + self._counts(bags_of(piece, self._vocabulary))
            count += len(piece)
        rarity = np.log((1 + count) / (1 + seen)) + 1
        self._weights = np.where(seen >= _FEWEST_TEXTS, rarity, 0.0)
        self._texts = len(texts)
        values, owners = self._values(bags)
        order = np.argsort(bags.rows, kind="stable")
        self._owners, self._shares = owners[order], values[order]
        places = np.arange(len(self._vocabulary) + 1)
        self._begins = np.searchsorted(bags.rows[order], places)

    def similarities(self, texts: Sequence[str]) -> Floats:
        """Cosine of each text with each of its own, shape (len(texts), own texts)."""
        bags = bags_of(texts, self._vocabulary)
        values, _ = self._values(bags)
        found = np.zeros((len(texts), self._texts))
        for place in range(len(texts)):
            part = slice(bags.starts[place], bags.starts[place + 1])
            found[place] = self._of_one(bags.rows[part], values[part])
        return found

    def _of_one(self, tokens: NDArray[np.int64], values: Floats) -> Floats:
        lengths = self._begins[tokens + 1] - self._begins[tokens]
        passed = np.cumsum(lengths) - lengths
        at = np.repeat(self._begins[tokens] - passed, lengths) + np.arange(lengths.sum())
        weighed = self._shares[at] * np.repeat(values, lengths)
        return np.bincount(self._owners[at], weighed, self._texts).astype(np.float64)

    def _counts(self, bags: Bags) -> NDArray[np.int64]:
        return np.bincount(bags.rows, minlength=len(self._vocabulary)).astype(np.int64)

    def _values(self, bags: Bags) -> tuple[Floats, NDArray[np.int64]]:
        """The share of each token in its text, a vector of length one, and its owner."""
        count = len(bags.starts) - 1
        owners = np.repeat(np.arange(count), np.diff(bags.starts))
        values = bags.times * self._weights[bags.rows]
        lengths = np.sqrt(np.bincount(owners, values**2, count))
        lengths[lengths == 0] = 1.0
        return values / lengths[owners], owners


def pieces(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Texts in lots, which bounds memory."""
    rest = iter(texts)
    while lot := tuple(islice(rest, PIECE)):
        yield lot
