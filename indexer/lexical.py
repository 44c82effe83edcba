"""Lexical index: BM25F over the fields of a passage, its impacts computed when it is built.

Robertson, Zaragoza, Taylor: *Simple BM25 extension to multiple weighted fields* (CIKM 2004): the
field frequencies of a token are normalised by field length, weighted and added, and only the sum
is saturated: ``f = sum_field w * tf / (1 - b + b * length / mean)``, ``impact = f / (k1 + f)``.
An impact lies in (0, 1) and is kept in one byte; idf is applied at query time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from indexer.ranking import Mask, Ranking, Scores, top
from indexer.tokenizer import Tokens, is_bigram, tokenize

IMPACT_STEPS = 255


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How much a field counts, and how far its length is normalised (0 not at all, 1 fully)."""

    weight: float
    b: float


DEFAULT_WEIGHTS: Mapping[str, FieldWeight] = MappingProxyType(
    {
        "title": FieldWeight(1.0, 0.5),
        "path": FieldWeight(1.0, 0.5),
        "gist": FieldWeight(1.0, 0.5),
        "text": FieldWeight(1.0, 0.75),
    }
)
"""Chosen on one half of 1,234 lay questions, where the optimum is flat: Recall@10 stays within 0.02
for k1 from 0.8 to 2.5 and any one weight halved or doubled."""


@dataclass(frozen=True, slots=True)
class Bm25f:
    """Parameters that are baked into the impacts; a change asks for a new build."""

    k1: float = 1.8
    fields: Mapping[str, FieldWeight] = field(default_factory=lambda: DEFAULT_WEIGHTS)

    def __str__(self) -> str:
        weights = ",".join(f"{name}:{f.weight:g}/{f.b:g}" for name, f in self.fields.items())
        return f"bm25f k1={self.k1:g} {weights}"


@dataclass(frozen=True, slots=True)
class TermSelection:
    """How a long complaint is cut to its most telling tokens.

    A token's worth is idf times its saturated count in the query, ``n / (n + k3) * (1 + k3)``.
    The ``terms`` worthiest are kept, fewer when their postings together would exceed ``postings``
    (which bounds the time of a query). Tokens that stand in more than ``common`` of all passages
    are left out unless nothing else is left: they cost the most and tell the least.
    """

    terms: int = 240
    postings: int = 4_000_000
    k3: float = 8.0
    common: float = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The inverted index in compressed rows: row ``i`` lists the passages with ``vocabulary[i]``.

    Shapes: vocabulary (t,) ascending; starts (t + 1,); docs and impacts (p,), docs ascending in
    each row, so that a passage occurs at most once in it.
    """

    vocabulary: Tokens
    starts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    impacts: NDArray[np.uint8]
    passages: int


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """Rows of each part that a query reads, -1 where it has none, and the weight of each token.

    Shapes: rows (parts, tokens), weights (tokens,).
    """

    rows: NDArray[np.int64]
    weights: NDArray[np.float32]


class LexicalIndex:
    """Searches postings; safe to share between threads, because nothing in it changes.

    Several postings are searched as one: ordinals go on from one to the next, and how rare a token
    is counts over all of them.
    """

    def __init__(
        self, postings: Postings, *more: Postings, selection: TermSelection | None = None
    ) -> None:
        self._parts: Sequence[Postings] = (postings, *more)
        self._selection = selection or TermSelection()
        self._passages = sum(part.passages for part in self._parts)

    def __len__(self) -> int:
        return self._passages

    def knows(self, query: str) -> bool:
        """Whether a query says anything of which some passage speaks."""
        return self._select(query) is not None

    def search(self, query: str, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` best passages for ``query``; empty when it holds no token that is known."""
        scores = self.scores(query)
        if scores is None:
            return Ranking()
        if allowed is not None:
            scores *= allowed
        return top(scores, k)

    def scores(self, query: str) -> Scores | None:
        """The score of every passage, shape (n,); None when the query holds no known token."""
        terms = self._select(query)
        if terms is None:
            return None
        scores: Scores = np.zeros(self._passages, dtype=np.float32)
        first = 0
        for part, rows in zip(self._parts, terms.rows.tolist(), strict=True):
            _add(scores[first : first + part.passages], part, rows, terms.weights)
            first += part.passages
        return scores

    def _select(self, query: str) -> _Terms | None:
        """The rows worth reading, or None when the query says nothing the index knows."""
        ids, counts = np.unique(tokenize(query), return_counts=True)
        if not len(ids):
            return None
        rows = np.stack([_rows(part, ids) for part in self._parts])
        frequencies = sum(
            (_frequencies(part, of) for part, of in zip(self._parts, rows, strict=True)),
            start=np.zeros(len(ids), dtype=np.int64),
        )
        known = frequencies > 0
        pairs = is_bigram(ids)
        if not known.any() or (pairs.any() and not (known & pairs).any()):
            return None
        return self._worthiest(rows[:, known], frequencies[known], counts[known])

    def _worthiest(
        self, rows: NDArray[np.int64], frequencies: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> _Terms:
        rule = self._selection
        rare = frequencies <= rule.common * self._passages
        if rare.any():
            rows, frequencies, counts = rows[:, rare], frequencies[rare], counts[rare]
        idf = np.log1p((self._passages - frequencies + 0.5) / (frequencies + 0.5))
        worth = idf.astype(np.float32) * (counts / (counts + rule.k3) * (1 + rule.k3))
        order = np.argsort(-worth, kind="stable")[: rule.terms]
        reading = np.cumsum(frequencies[order])
        order = order[: max(1, int(np.searchsorted(reading, rule.postings, side="right")))]
        return _Terms(rows[:, order], (worth[order] / IMPACT_STEPS).astype(np.float32))


def _rows(part: Postings, ids: Tokens) -> NDArray[np.int64]:
    """The row of each token in a part, -1 where it has none."""
    if not len(part.vocabulary):
        return np.full(len(ids), -1, dtype=np.int64)
    rows = np.searchsorted(part.vocabulary, ids).astype(np.int64)
    rows[rows == len(part.vocabulary)] = 0
    rows[part.vocabulary[rows] != ids] = -1
    return rows


def _frequencies(part: Postings, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many passages of a part the token of each row stands."""
    found: NDArray[np.int64] = np.where(rows < 0, 0, part.starts[rows + 1] - part.starts[rows])
    return found


def _add(scores: Scores, part: Postings, rows: Sequence[int], weights: NDArray[np.float32]) -> None:
    """Adds what each row gives to the scores of one part's passages."""
    for row, weight in zip(rows, weights, strict=True):
        if row < 0:
            continue
        span = slice(part.starts[row], part.starts[row + 1])
        docs = part.docs[span].astype(np.intp)
        scores[docs] += part.impacts[span] * weight
