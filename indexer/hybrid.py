"""Hybrid index: words and meaning together, as a weighted sum of BM25F and likeness of vectors.

Bruch, Gai, Ingber: *An Analysis of Fusion Functions for Hybrid Retrieval* (ACM TOIS 2023) find a
weighted sum of normalised scores better than reciprocal ranks; so did we.
"""

import numpy as np

from indexer.lexical import LexicalIndex
from indexer.ports import QueryEmbedder, VectorIndex
from indexer.ranking import Mask, Ordinals, Ranking, Scores

DEPTH = 300
"""How many passages each of the two offers; more changes nothing among the first hundred."""

DENSE_SHARE = 0.8
"""Weight of the likeness; chosen on lay questions that the model had not seen."""


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
        if k <= 0 or not self._lexical.knows(query):
            return Ranking()
        depth = max(k, DEPTH)
        worded = self._lexical.search(query, depth, allowed=allowed)
        vector = self._embedder.encode_query(query)
        near = self._vectors.nearest(vector, depth, allowed=allowed)
        offered: Ordinals = np.union1d(
            np.array(worded.ordinals, dtype=np.int64), np.array(near.ordinals, dtype=np.int64)
        )
        likeness = self._vectors.likeness(vector, offered)
        scores = self._share * likeness + (1 - self._share) * _spread(worded, offered)
        return _ranked(offered, scores.astype(np.float32), k)


def _spread(ranking: Ranking, offered: Ordinals) -> Scores:
    """The scores of a ranking as shares of its best, for the passages offered; 0 for others."""
    scores = np.zeros(len(offered), dtype=np.float32)
    if not len(ranking):
        return scores
    places = np.searchsorted(offered, np.array(ranking.ordinals, dtype=np.int64))
    scores[places] = np.array(ranking.scores, dtype=np.float32) / ranking.scores[0]
    return scores


def _ranked(offered: Ordinals, scores: Scores, k: int) -> Ranking:
    order = np.lexsort((offered, -scores))
    order = order[scores[order] > 0][:k]
    return Ranking(tuple(offered[order].tolist()), tuple(scores[order].tolist()))
