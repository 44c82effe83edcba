"""The in-memory double of the watch over the law, over the in-memory advice store."""

import threading
from collections.abc import Mapping
from dataclasses import replace

from advisor.adoption.facts import CitedArticle, cited_articles
from advisor.law_change import Citing, Finding, LawMark, WatchedLaw, marks_of
from advisor.outbox import law_changed, marked
from advisor.ports import StoredAdvice
from advisor.store.adoption_memory import InMemoryAdoptionLog
from advisor.store.outbox_memory import InMemoryOutbox


class InMemoryLawWatch:
    """A watch that forgets everything when the process ends."""

    def __init__(self, outbox: InMemoryOutbox, adoption: InMemoryAdoptionLog) -> None:
        self._outbox = outbox
        self._adoption = adoption
        self._cited: list[Citing] = []
        self._checked: dict[str, WatchedLaw] = {}
        self._marks: dict[tuple[str, str, str], LawMark] = {}
        self._lock = threading.Lock()

    def begin(self, record: StoredAdvice) -> None:
        """Take in the articles of a new advice."""
        with self._lock:
            for one in cited_articles(record.payload, record.created_at):
                self._cited.append(Citing(record.id, one, open=True))

    def laws(self) -> tuple[WatchedLaw, ...]:
        """See :meth:`advisor.law_change.LawWatch.laws`."""
        with self._lock:
            newest = {one.cited.law: place for place, one in enumerate(self._cited, 1)}
            known = [self._checked.get(law) for law in sorted(newest)]
        return tuple(
            WatchedLaw(law, one.fingerprint if one else None, one.newest if one else 0, newest[law])
            for law, one in zip(sorted(newest), known, strict=True)
        )

    def cited(self, law: str, after: int = 0) -> tuple[CitedArticle, ...]:
        """See :meth:`advisor.law_change.LawWatch.cited`."""
        with self._lock:
            found = [one.cited for one in self._cited[after:] if one.cited.law == law]
        return tuple(dict.fromkeys(found))

    def mark(
        self, examined: WatchedLaw, found: Mapping[CitedArticle, Finding], *, whole: bool
    ) -> tuple[LawMark, ...]:
        """See :meth:`advisor.law_change.LawWatch.mark`."""
        with self._lock:
            places = self._cited[0 if whole else examined.checked_until :]
            mine = [one for one in places if one.cited.law == examined.law]
            told = [replace(one, open=self._is_open(one.advice_id)) for one in mine]
            marks = marks_of(told, found)
            earlier = {key: one for key, one in self._marks.items() if one.law == examined.law}
            fresh = [
                one
                for one in marks
                if (known := earlier.get(_key(one))) is None or known.finding != one.finding
            ]
            kept = {_key(one) for one in marks}
            for key in earlier:
                if whole and key not in kept:
                    del self._marks[key]
            self._marks |= {_key(one): one for one in fresh}
            self._checked[examined.law] = examined
            if fresh:
                self._outbox.emit(*map(marked, fresh), law_changed(examined.law, fresh))
        return tuple(fresh)

    def marks(self, advice_id: str | None = None) -> tuple[LawMark, ...]:
        """See :meth:`advisor.law_change.LawWatch.marks`."""
        with self._lock:
            found = [self._marks[key] for key in sorted(self._marks)]
        return tuple(
            one
            for one in found
            if advice_id in (None, one.advice_id)
            and (one.finding.verdict == "outdated" or self._is_open(one.advice_id))
        )

    def _is_open(self, advice_id: str) -> bool:
        return not any(one.cleared for one in self._adoption.standings(advice_id))


def _key(mark: LawMark) -> tuple[str, str, str]:
    return mark.advice_id, mark.law, mark.article
