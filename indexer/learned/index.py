"""The learned index: what words, meaning and knowledge offer, put in order by trees."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from corpus.model import ArticleNumber
from indexer.hybrid import HybridIndex, Searched
from indexer.learned.features import FEATURES, Offer, feature_rows
from indexer.learned.known import KnownTable
from indexer.learned.prior import FAR, Leaning, Prior
from indexer.learned.trees import Asked, Matrix
from indexer.pools import ArticleTable
from indexer.ranking import Mask, Ordinals, Ranking, Scores

UNLIKELY = 0.15
"""Where no article is as likely, none is said to apply; error rates in docs/retrieval.md."""
_DEPTH = 500
"""How many articles words and meaning each offer."""
_MOST_ISSUES = 6
_USUAL = 80
"""A shorter text is judged as one of so many characters, but learnt from at its own length. The
texts without an article that are learnt from are all short: so the trees can put that down to their
length, and no short complaint is judged by it."""
_LENGTH = FEATURES.index("length")
_WHOLE_ENOUGH = 40
"""A text of so few characters is one issue."""


class Judge(Protocol):
    """Says how likely articles apply; `indexer.learned.trees.BoostedTrees` is the real one."""

    @property
    def asked(self) -> Asked:
        """How often each article was the answer to a question it has learnt from."""
        ...

    def fits(self, embedder: str) -> bool:
        """Whether it was learnt over the likeness of the embedder of this name."""
        ...

    def probability(self, rows: Matrix) -> Scores:
        """Between 0 and 1, shape (len(rows),); columns are `indexer.learned.features.FEATURES`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """Articles by law and number, n of them, and their features, shape (n, len(FEATURES))."""

    articles: tuple[tuple[str, ArticleNumber], ...] = ()
    rows: Matrix = field(default_factory=lambda: np.zeros((0, len(FEATURES)), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class LearnedRanking:
    """What puts articles in order: our knowledge, and trees learnt over one embedder's likeness."""

    prior: Prior
    judge: Judge

    def over(
        self, hybrid: HybridIndex, table: ArticleTable, embedder: str
    ) -> "HybridIndex | LearnedIndex":
        """The learned index over a hybrid one; the hybrid one itself for another embedder."""
        if not self.judge.fits(embedder):
            return hybrid
        known = KnownTable(table, self.prior.known(), self.judge.asked)
        return LearnedIndex(hybrid, known, self.prior, self.judge)


def as_judged(rows: Matrix) -> Matrix:
    """The features by which articles are judged: those learnt from, of a text not too short."""
    judged = rows.copy()
    judged[:, _LENGTH] = np.maximum(rows[:, _LENGTH], np.float32(np.log1p(_USUAL)))
    return judged


class LearnedIndex:
    """Articles in the order of how likely they apply; safe to share between threads.

    Candidates are what the hybrid index finds for the whole text, and the articles of the matters
    the text may be of. A text of which the index knows no word finds nothing.
    """

    def __init__(self, hybrid: HybridIndex, table: KnownTable, prior: Prior, judge: Judge) -> None:
        """``table`` is that of ``prior``'s articles in the generation ``hybrid`` searches."""
        self._hybrid = hybrid
        self._table = table
        self._prior = prior
        self._judge = judge

    def __len__(self) -> int:
        return len(self._hybrid)

    def search(self, query: str, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` likeliest passages among the allowed ones; a score is a probability."""
        offered = self.offered(query, k, allowed=allowed) if k > 0 else None
        if offered is None:
            return Ranking()
        ordinals, rows = offered
        likely = self._judge.probability(as_judged(rows))
        order = np.lexsort((ordinals, -likely))[:k]
        return Ranking(tuple(ordinals[order].tolist()), tuple(likely[order].tolist()))

    def offered(
        self, query: str, k: int = 1, *, allowed: Mask | None = None
    ) -> tuple[Ordinals, Matrix] | None:
        """Candidates for a text and their features; None where the index knows no word of it."""
        leaning = self._prior.leaning(query)
        turning = self._table.passages(leaning.rank < FAR, allowed)
        issues = leaning.issues[:_MOST_ISSUES] if len(query) > _WHOLE_ENOUGH else ()
        whole = self._hybrid.searched(
            query, max(k, _DEPTH), allowed=allowed, also=turning, parts=issues
        )
        if whole is None:
            return None
        offer = self._offer(query, whole, leaning, allowed)
        return offer.ordinals, feature_rows(offer, leaning, self._table)

    def _offer(self, query: str, whole: Searched, leaning: Leaning, allowed: Mask | None) -> Offer:
        official = np.zeros(len(whole.ordinals), dtype=np.float32)
        if leaning.official:
            official = self._hybrid.worded(leaning.official, whole.ordinals, allowed=allowed)
        return Offer(
            ordinals=whole.ordinals,
            meaning=whole.meaning,
            words=whole.words,
            official=official,
            mixed=whole.mixed,
            length=len(query),
        )
