"""A corpus held in memory, the double of the corpus library for tests and trials."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from corpus.library import ArticleView
from corpus.model import ArticleNumber, Case, Status, Statute, Validity
from indexer.chunker import PassageKind


@dataclass(frozen=True, slots=True)
class MemorySource:
    """Articles and cases as given; fits ``PassageSource`` and ``TextSource``.

    A version holds from its ``effective_from`` until the next one of its title begins; one marked
    ``expired`` is repealed, one whose id is in ``revised`` is known to have been revised since.
    """

    views: Sequence[ArticleView] = ()
    resolved: Sequence[Case] = ()
    revised: frozenset[str] = field(default_factory=frozenset)

    def articles(self) -> Iterator[ArticleView]:
        """Every article given, in order."""
        return iter(self.views)

    def cases(self) -> tuple[Case, ...]:
        """Every case given, in order."""
        return tuple(self.resolved)

    def fingerprint(self, pool: PassageKind) -> str:
        """A digest of everything given of one pool."""
        given = self.views if pool == "statute" else self.resolved
        return hashlib.sha256(repr(given).encode()).hexdigest()

    def article_in(self, statute: Statute, number: ArticleNumber) -> ArticleView | None:
        """The article of that version and number, None when it was not given."""
        for view in self.views:
            if view.statute.id == statute.id and view.number == number:
                return view
        return None

    def validity(self, statute: Statute, on: date) -> Validity:
        """Whether the version holds on the day; raises KeyError for one that was not given."""
        if all(view.statute.id != statute.id for view in self.views):
            raise KeyError(statute.id)
        since = statute.effective_from
        until = self._next_start(statute)
        if since and on < since:
            return Validity(Status.NOT_YET_IN_FORCE, since, until)
        if statute.expired:
            return Validity(Status.REPEALED, since, until)
        if until and on >= until:
            return Validity(Status.SUPERSEDED, since, until)
        status = Status.REVISED_SINCE if statute.id in self.revised else Status.IN_FORCE
        return Validity(status, since, until)

    def _next_start(self, statute: Statute) -> date | None:
        after = (statute.effective_from or date.min) + timedelta(days=1)
        starts = (
            view.statute.effective_from
            for view in self.views
            if view.statute.title == statute.title and view.statute.effective_from
        )
        return min((start for start in starts if start >= after), default=None)
