"""Hybrid index: words and meaning together, as a weighted sum of BM25F and likeness of vectors.

Bruch, Gai, Ingber: *An Analysis of Fusion Functions for Hybrid Retrieval* (ACM TOIS 2023) find a
weighted sum of normalised scores better than reciprocal ranks; so did we.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.lexical import LexicalIndex
from indexer.ports import QueryEmbedder, VectorIndex
from indexer.ranking import Mask, Ordinals, Ranking, Scores

DEPTH = 300
"""How many passages each of the two offers; more changes nothing among the first hundred."""

DENSE_SHARE = 0.8
"""Weight of the likeness; chosen on lay questions that the model had not seen."""


_NONE: Ordinals = np.zeros(0, dtype=np.int64)


class HybridIndex:
    """Fuses two indexes of the same passages; safe to share between threads.

    A query of which the lexical index knows no word finds nothing: a vector is always near to
    something, words are not.
    """

    def __init__(
        self,
        lexical: LexicalIndex,
        vectors: VectorIndex,
        embedder: QueryEmbedder,
        *,
        share: float = DENSE_SHARE,
    ) -> None:
        """``share``: weight of the vectors, 0 to 1; both indexes number passages alike."""
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._share = share

    def __len__(self) -> int:
        return len(self._lexical)

    def search(self, query: str, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` best passages among the allowed ones; scores lie between 0 and 1."""
        found = self.searched(query, max(k, DEPTH), allowed=allowed) if k > 0 else None
        return _ranked(found.ordinals, found.mixed, k) if found else Ranking()

    def searched(
        self,
        query: str,
        depth: int,
        *,
        allowed: Mask | None = None,
        also: Ordinals = _NONE,
        parts: Sequence[str] = (),
    ) -> "Searched | None":
        """The first ``depth`` of each index, and passages given ``also``, with all their scores.

        ``parts`` of the query are compared with these passages too. None where the lexical index
        knows no word of the query.
        """
        if not self._lexical.knows(query):
            return None
        worded = self._lexical.search(query, depth, allowed=allowed)
        vectors = np.stack([self._embedder.encode_query(one) for one in (query, *parts)])
        near = self._vectors.nearest(vectors[0], depth, allowed=allowed)
        offered: Ordinals = np.unique(
            np.concatenate([np.array(r.ordinals, dtype=np.int64) for r in (worded, near)] + [also])
        )
        meaning = self._vectors.likeness(vectors, offered).T
        words = _spread(worded, offered)
        mixed = (self._share * meaning[0] + (1 - self._share) * words).astype(np.float32)
        return Searched(offered, meaning, words, mixed)

    def worded(self, query: str, ordinals: Ordinals, *, allowed: Mask | None = None) -> Scores:
        """BM25F of passages as a share of the best there is; 0 beyond the first `DEPTH`."""
        return _spread(self._lexical.search(query, DEPTH, allowed=allowed), ordinals)


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """What one search offers, n passages ascending, with their scores, else of shape (n,).

    ``meaning`` is the likeness of the vectors, shape (1 + parts, n), the whole query first;
    ``words`` the share of the best BM25F, ``mixed`` the weighted sum of both for the whole.
    """

    ordinals: Ordinals
    meaning: Scores
    words: Scores
    mixed: Scores


def _spread(ranking: Ranking, offered: Ordinals) -> Scores:
    """The scores of a ranking as shares of its best, for the passages offered; 0 for others."""
    scores = np.zeros(len(offered), dtype=np.float32)
    if not len(ranking):
        return scores
    found = np.array(ranking.ordinals, dtype=np.int64)
    places = np.searchsorted(offered, found)
    places[places == len(offered)] = 0
    there = offered[places] == found if len(offered) else np.zeros(len(found), dtype=np.bool_)
    shares = np.array(ranking.scores, dtype=np.float32) / ranking.scores[0]
    scores[places[there]] = shares[there]
    return scores


def _ranked(offered: Ordinals, scores: Scores, k: int) -> Ranking:
    order = np.lexsort((offered, -scores))
    order = order[scores[order] > 0][:k]
    return Ranking(tuple(offered[order].tolist()), tuple(scores[order].tolist()))
