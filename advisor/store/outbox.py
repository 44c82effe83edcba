"""The outbox on SQL; whoever stores something tells of it here, on the same connection."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from advisor import clock
from advisor.outbox import OutboxEvent
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.tables import event

_ASKED_AT_ONCE = 500


def emit(connection: Connection, *happened: OutboxEvent) -> None:
    """Write events in the transaction of this connection: stored with what they tell of, or not."""
    if happened:
        connection.execute(insert(event), [_columns(one) for one in happened])


class SqlOutbox:
    """The events of a database; see :class:`advisor.outbox.Outbox`."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def pending(self, limit: int = 100) -> tuple[OutboxEvent, ...]:
        """See :meth:`advisor.outbox.Outbox.pending`."""
        query = select(event).where(event.c.delivered_at.is_(None)).order_by(event.c.id)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query.limit(limit)).mappings().all()
        return tuple(_event(row) for row in rows)

    def delivered(self, ids: Sequence[int]) -> None:
        """See :meth:`advisor.outbox.Outbox.delivered`."""
        now = clock.now()
        with unavailable_in_chinese(), self._database.begin() as connection:
            for first in range(0, len(ids), _ASKED_AT_ONCE):
                some = event.c.id.in_(ids[first : first + _ASKED_AT_ONCE])
                connection.execute(update(event).where(some).values(delivered_at=now))


def _columns(one: OutboxEvent) -> dict[str, object]:
    facts = json.dumps(dict(one.facts), ensure_ascii=False)
    return {"at": one.at, "kind": one.kind, "subject": one.subject, "payload": facts}


def _event(row: RowMapping) -> OutboxEvent:
    return OutboxEvent(
        kind=row["kind"],
        subject=row["subject"],
        facts=json.loads(row["payload"]),
        at=row["at"],
        id=row["id"],
    )
