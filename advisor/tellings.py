"""Complaints told before, and which articles decided them: likeness leads from one to the other.

An article is spoken for by the nearest telling it is right for, by how many of the nearest it is
right for, and by how often it is right at all. The ranking weighs these beside everything else
(docs/adr/0033).
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from advisor.bigrams import Floats, Likeness, inverse_frequencies, vector
from corpus.model import ArticleNumber, Telling
from indexer.learned.prior import UNTOLD, Told
from indexer.ports import Vectors

_ACCEPTABLE = 0.5
"""How much an article counts that is right for a telling, but not of its core."""
_MEANING = 0.5
"""Weight of the vectors beside pairs of characters, where tellings are put in order."""
_EASED = 5
"""Added to a place in that order, so that the first counts not much more than the second."""

Key = tuple[str, ArticleNumber]
Keyed = tuple[Telling, Sequence[tuple[Key, bool]]]
"""A telling, and the articles it names: their keys, and whether they are of its core."""


class Encoder(Protocol):
    """Makes vectors of unit length, shape (texts, dimension)."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """One vector a text."""
        ...


class Tellings:
    """What earlier tellings say of articles; immutable, safe to share between threads."""

    def __init__(
        self, tellings: Sequence[Keyed], places: Mapping[Key, int], encoder: Encoder | None
    ) -> None:
        """``places``: of every article named; ``encoder``: None to compare words alone."""
        texts = [telling.text for telling, _ in tellings]
        self._size = len(places)
        self._rarity = inverse_frequencies(texts)
        self._words = Likeness([vector(text, self._rarity) for text in texts])
        self._encoder = encoder
        self._vectors = encoder.encode(texts) if encoder and texts else None
        links = sorted(
            (places[key], place, 1.0 if core else _ACCEPTABLE)
            for place, (_, named) in enumerate(tellings)
            for key, core in named
        )
        self._article = np.array([article for article, _, _ in links], dtype=np.intp)
        self._telling = np.array([telling for _, telling, _ in links], dtype=np.intp)
        self._weight = np.array([weight for _, _, weight in links], dtype=np.float64)
        self._first = np.flatnonzero(np.diff(self._article, prepend=-1))

    def of(self, text: str) -> Told:
        """What they say of every article, for this text."""
        if not len(self._article):
            return Told.nothing(self._size)
        words = self._words.of(vector(text, self._rarity))
        meaning = np.zeros(len(words))
        if self._encoder is not None and self._vectors is not None:
            meaning = (self._vectors @ self._encoder.encode((text,))[0]).astype(np.float64)
        ranks = np.empty(len(words))
        ranks[np.argsort(-(_MEANING * meaning + words), kind="stable")] = np.arange(len(words))
        decided = np.where(self._weight == 1.0, ranks[self._telling], UNTOLD)
        return Told(
            meaning=self._spread(np.maximum, self._weight * meaning[self._telling]),
            words=self._spread(np.maximum, self._weight * words[self._telling]),
            shared=self._spread(np.add, self._weight / (_EASED + ranks[self._telling])),
            often=self._spread(np.add, self._weight),
            rank=self._spread(np.minimum, np.minimum(decided, UNTOLD), UNTOLD),
        )

    def _spread(self, how: np.ufunc, values: Floats, none: float = 0.0) -> NDArray[np.float32]:
        """The values of each article's tellings as one, shape (articles,)."""
        column = np.full(self._size, none, dtype=np.float32)
        column[self._article[self._first]] = how.reduceat(values, self._first)
        return column
