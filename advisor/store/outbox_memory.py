"""The in-memory double of the outbox."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from advisor.outbox import OutboxEvent


class InMemoryOutbox:
    """An outbox that forgets everything when the process ends."""

    def __init__(self) -> None:
        self._events: list[OutboxEvent] = []
        self._delivered: set[int] = set()
        self._lock = threading.Lock()

    def emit(self, *happened: OutboxEvent) -> None:
        """Take events in."""
        with self._lock:
            for one in happened:
                self._events.append(replace(one, id=len(self._events) + 1))

    def pending(self, limit: int = 100) -> tuple[OutboxEvent, ...]:
        """See :meth:`advisor.outbox.Outbox.pending`."""
        with self._lock:
            waiting = [one for one in self._events if one.id not in self._delivered]
        return tuple(waiting[:limit])

    def delivered(self, ids: Sequence[int]) -> None:
        """See :meth:`advisor.outbox.Outbox.delivered`."""
        with self._lock:
            self._delivered.update(ids)
