"""The second look: the best hits in the order a reranker gives them, and its double."""

from collections.abc import Sequence

import numpy as np

from indexer.errors import ScoresInvalid
from indexer.ports import Reranker
from indexer.ranking import Scores
from indexer.tokenizer import tokenize

RERANK_DEPTH = 100
"""How many hits are judged once more; a model that reads pairs is too slow for more."""


def reordered(
    reranker: Reranker, query: str, passages: Sequence[str], scores: Sequence[float]
) -> tuple[tuple[int, float], ...]:
    """Places of the passages with their new scores, best first; equals keep their order.

    Passages beyond the first ``RERANK_DEPTH`` follow in the order they had, none with a score
    above the last one judged.

    Raises:
        ScoresInvalid: the reranker gave something else than one number a passage.
    """
    judged = passages[:RERANK_DEPTH]
    given = np.asarray(reranker.score(query, judged), dtype=np.float64)
    if given.shape != (len(judged),) or not np.isfinite(given).all():
        raise ScoresInvalid(reranker.name)
    order = np.argsort(-given, kind="stable").tolist()
    lowest = float(given.min(initial=np.inf))
    rest = ((place, min(lowest, scores[place])) for place in range(len(judged), len(passages)))
    return (*((place, float(given[place])) for place in order), *rest)


class OverlapReranker:
    """The double: the share of the query's characters and bigrams that a passage holds."""

    @property
    def name(self) -> str:
        """Identity of the scores."""
        return "overlap"

    def score(self, query: str, passages: Sequence[str]) -> Scores:
        """Shares between 0 and 1, shape (len(passages),); 0 for a query without tokens."""
        asked = np.unique(tokenize(query))
        shares = [
            np.isin(asked, tokenize(passage)).mean() if len(asked) else 0 for passage in passages
        ]
        return np.array(shares, dtype=np.float32)
