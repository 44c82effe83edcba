"""The in-memory double of the adoption trail, over the in-memory advice store."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace

from advisor.adoption.facts import advice_facts
from advisor.adoption.fold import after
from advisor.adoption.model import KINDS, AdoptionEntry, Kind, Standing
from advisor.errors import AdviceAbsent, StoreUnavailable
from advisor.outbox import told
from advisor.ports import StoredAdvice
from advisor.store.outbox_memory import InMemoryOutbox


class InMemoryAdoptionLog:
    """A trail that forgets everything when the process ends."""

    def __init__(self, outbox: InMemoryOutbox) -> None:
        self._outbox = outbox
        self._standings: dict[str, Standing] = {}
        self._entries: list[AdoptionEntry] = []
        self._lock = threading.Lock()

    def begin(self, record: StoredAdvice) -> None:
        """Take in a new advice, of which nothing was said."""
        facts = advice_facts(record.payload)
        standing = Standing(
            advice_id=record.id,
            given_at=record.created_at,
            region=record.region,
            matter=record.matter,
            mode=record.mode,
            department=facts.department,
            prompt=facts.prompt,
            model=facts.model,
            trial=facts.trial,
        )
        with self._lock:
            self._standings[record.id] = standing

    def append(
        self, *entries: AdoptionEntry, begun: Sequence[Standing] = ()
    ) -> tuple[AdoptionEntry, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.append`."""
        with self._lock:
            if any(one.advice_id in self._standings for one in begun):
                raise StoreUnavailable
            known = self._standings | {one.advice_id: one for one in begun}
            stored = tuple(
                replace(entry, seq=len(self._entries) + place)
                for place, entry in enumerate(entries, 1)
            )
            for entry in stored:
                if entry.advice_id not in known:
                    raise AdviceAbsent(entry.advice_id)
                known[entry.advice_id] = after(known[entry.advice_id], entry)
            self._standings = known
            self._entries += stored
            for entry in stored:
                self._outbox.emit(*told(entry))
        return stored

    def entries(
        self, advice_id: str | None = None, kinds: Collection[Kind] = KINDS
    ) -> tuple[AdoptionEntry, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.entries`."""
        with self._lock:
            return tuple(
                one
                for one in self._entries
                if advice_id in (None, one.advice_id) and one.said.kind in kinds
            )

    def standings(self, advice_id: str | None = None) -> tuple[Standing, ...]:
        """See :meth:`advisor.adoption.ports.AdoptionLog.standings`."""
        with self._lock:
            found = [one for one in self._standings.values() if advice_id in (None, one.advice_id)]
        return tuple(sorted(found, key=lambda one: (one.given_at, one.advice_id)))
