"""The in-memory double of the advice store, under the same contract tests as the real one."""

import threading
from collections.abc import Sequence

from advisor.errors import AdviceExists, IdempotencyConflict
from advisor.outbox import created
from advisor.ports import AdvicePage, AuditEntry, StoredAdvice, StoredCall
from advisor.store.adoption_memory import InMemoryAdoptionLog
from advisor.store.law_watch_memory import InMemoryLawWatch
from advisor.store.outbox_memory import InMemoryOutbox
from advisor.store.paging import check_limit, decode_cursor, page_of


class InMemoryAdviceStore:
    """An advice store that forgets everything when the process ends; ``audit`` is its trail."""

    def __init__(self) -> None:
        self._rows: dict[str, StoredAdvice] = {}
        self._ids_by_key: dict[str, str] = {}
        self._audit: list[AuditEntry] = []
        self._calls: dict[str, tuple[StoredCall, ...]] = {}
        self._lock = threading.Lock()
        self.outbox = InMemoryOutbox()
        self.adoption = InMemoryAdoptionLog(self.outbox)
        self.law_watch = InMemoryLawWatch(self.outbox, self.adoption)

    @property
    def audit(self) -> tuple[AuditEntry, ...]:
        """The trail, oldest first."""
        return tuple(self._audit)

    def calls(self, advice_id: str) -> tuple[StoredCall, ...]:
        """The exchanges with a model that one advice took, in their order."""
        return self._calls.get(advice_id, ())

    def save(
        self, record: StoredAdvice, audit: AuditEntry, *, calls: Sequence[StoredCall] = ()
    ) -> None:
        """See :meth:`advisor.ports.AdviceStore.save`."""
        with self._lock:
            earlier = self._rows.get(record.id)
            if earlier == record:
                return
            if earlier is not None:
                raise AdviceExists(record.id)
            if record.idempotency_key is not None:
                if record.idempotency_key in self._ids_by_key:
                    raise IdempotencyConflict(record.idempotency_key)
                self._ids_by_key[record.idempotency_key] = record.id
            self._rows[record.id] = record
            self._audit.append(audit)
            self._calls[record.id] = tuple(calls)
            self.adoption.begin(record)
            self.law_watch.begin(record)
            self.outbox.emit(created(record))

    def get(self, advice_id: str) -> StoredAdvice | None:
        """See :meth:`advisor.ports.AdviceStore.get`."""
        return self._rows.get(advice_id)

    def list(self, cursor: str | None = None, limit: int = 50) -> AdvicePage:
        """See :meth:`advisor.ports.AdviceStore.list`."""
        check_limit(limit)
        before = decode_cursor(cursor) if cursor is not None else None
        with self._lock:
            rows = sorted(self._rows.values(), key=_position, reverse=True)
        kept = [row for row in rows if before is None or _position(row) < before]
        return page_of(tuple(kept[: limit + 1]), limit)

    def find_by_key(self, idempotency_key: str) -> StoredAdvice | None:
        """See :meth:`advisor.ports.AdviceStore.find_by_key`."""
        with self._lock:
            advice_id = self._ids_by_key.get(idempotency_key)
        return self._rows.get(advice_id) if advice_id is not None else None


def _position(row: StoredAdvice) -> tuple[object, str]:
    return (row.created_at, row.id)
