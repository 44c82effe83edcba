"""Batches on SQL: what was handed in, how far it is, and who is at work on it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import (
    Engine,
    RowMapping,
    Select,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from advisor import clock
from advisor.errors import IdempotencyConflict, StoreUnavailable
from advisor.jobs.model import Batch, BatchOrder, BatchPage, BatchState, WorkerSeen
from advisor.outbox import OutboxEvent
from advisor.store.batch_tables import batch, batch_file, batch_result, batch_worker
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.outbox import emit
from advisor.store.paging import check_limit, decode_cursor, encode_cursor

MILLIONTHS = 1_000_000


class SqlBatches:
    """The batches of a database; each method is one transaction."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def submit(self, new: Batch, content: bytes | None, *, key: str | None = None) -> Batch:
        """Store a batch, with its file where that was handed over; the same key gives the first.

        Raises:
            IdempotencyConflict: The key was used for another file or order.
            StoreUnavailable: Nothing was stored.
        """
        try:
            with unavailable_in_chinese(), self._database.begin() as connection:
                connection.execute(insert(batch).values(_columns(new) | {"idempotency_key": key}))
                if content is not None:
                    row = {"batch_id": new.id, "content": content}
                    connection.execute(insert(batch_file).values(row))
                emit(connection, OutboxEvent("batch.taken", new.id, {}, new.created_at))
        except IntegrityError as error:
            earlier = self._one(batch.c.idempotency_key == key) if key else None
            if earlier is None:
                raise StoreUnavailable from error
            if (earlier.sha256, earlier.order) != (new.sha256, new.order):
                raise IdempotencyConflict(key) from error
            return earlier
        return new

    def find(self, batch_id: str) -> Batch | None:
        """The batch with this id."""
        return self._one(batch.c.id == batch_id)

    def of_file(self, sha256: str) -> tuple[Batch, ...]:
        """Every batch made of a file with this SHA-256, the newest first."""
        query = select(batch).where(batch.c.sha256 == sha256)
        return self._many(query.order_by(batch.c.created_at.desc(), batch.c.id.desc()))

    def content(self, batch_id: str) -> bytes | None:
        """The file handed over with a batch; None when it lies elsewhere or was read."""
        query = select(batch_file.c.content).where(batch_file.c.batch_id == batch_id)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            found: bytes | None = connection.execute(query).scalar()
        return found

    def in_state(self, *states: BatchState) -> tuple[Batch, ...]:
        """Every batch in one of these states, the oldest first."""
        return self._many(
            select(batch).where(batch.c.state.in_(states)).order_by(batch.c.created_at)
        )

    def list(self, cursor: str | None = None, limit: int = 50) -> BatchPage:
        """One page, newest first; see :meth:`advisor.ports.AdviceStore.list`."""
        newest = (batch.c.created_at.desc(), batch.c.id.desc())
        query = select(batch).order_by(*newest).limit(check_limit(limit) + 1)
        if cursor is not None:
            at, last = decode_cursor(cursor)
            same = and_(batch.c.created_at == at, batch.c.id < last)
            query = query.where(or_(batch.c.created_at < at, same))
        rows = self._many(query)
        more = len(rows) > limit
        kept = rows[:limit]
        return BatchPage(kept, encode_cursor((kept[-1].created_at, kept[-1].id)) if more else None)

    def move(
        self,
        batch_id: str,
        to: BatchState,
        among: Sequence[BatchState],
        *,
        reason: str = "",
        values: Mapping[str, object] | None = None,
    ) -> bool:
        """Bring a batch from one of some states to another; False when it is in none of them.

        A new round begins with "taken". An end is told in the outbox, in the same transaction.
        """
        now = clock.now()
        changed: dict[str, object] = {"state": to, "reason": reason, **(values or {})}
        if to in ("done", "paused", "failed"):
            changed["ended_at"] = now
        elif to == "taken":
            changed |= {"ended_at": None, "round": batch.c.round + 1}
        elif to == "reading":
            changed["begun_at"] = func.coalesce(batch.c.begun_at, now)
        one = and_(batch.c.id == batch_id, batch.c.state.in_(among))
        with unavailable_in_chinese(), self._database.begin() as connection:
            moved = connection.execute(update(batch).where(one).values(changed)).rowcount == 1
            if moved and "ended_at" in changed and changed["ended_at"]:
                emit(connection, OutboxEvent(f"batch.{to}", batch_id, {}, now))
        return moved

    def drop_content(self, batch_id: str) -> None:
        """Forget the file of a batch whose rows are all stored."""
        gone = delete(batch_file).where(batch_file.c.batch_id == batch_id)
        with unavailable_in_chinese(), self._database.begin() as connection:
            connection.execute(gone)

    def counts(self, batch_id: str) -> Mapping[str, int]:
        """How many rows have which outcome: "worked", "unworked"."""
        query = (
            select(batch_result.c.outcome, func.count())
            .where(batch_result.c.batch_id == batch_id)
            .group_by(batch_result.c.outcome)
        )
        with unavailable_in_chinese(), self._reads.connect() as connection:
            return {outcome: count for outcome, count in connection.execute(query)}

    def _one(self, condition: ColumnElement[bool]) -> Batch | None:
        with unavailable_in_chinese(), self._reads.connect() as connection:
            row = connection.execute(select(batch).where(condition)).mappings().first()
        return _batch(row) if row is not None else None

    def _many(self, query: Select[tuple[object, ...]]) -> tuple[Batch, ...]:
        with unavailable_in_chinese(), self._reads.connect() as connection:
            return tuple(map(_batch, connection.execute(query).mappings()))


class SqlWorkers:
    """Who is at work: each worker says so again and again, and is missed when it stops."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def beat(self, worker_id: str, host: str, pid: int) -> None:
        """Say that a worker lives."""
        now = clock.now()
        one = batch_worker.c.id == worker_id
        with unavailable_in_chinese(), self._database.begin() as connection:
            known = connection.execute(update(batch_worker).where(one).values(seen_at=now))
            if known.rowcount == 0:
                row = {"id": worker_id, "host": host, "pid": pid, "seen_at": now}
                connection.execute(insert(batch_worker).values(row))

    def claim(self, worker: WorkerSeen) -> bool:
        """Take it on oneself to bring the work of a dead worker back; one of several succeeds.

        Whoever dies over it leaves the dead worker on the list, for the next to see.
        """
        same = and_(batch_worker.c.id == worker.id, batch_worker.c.seen_at == worker.seen_at)
        with unavailable_in_chinese(), self._database.begin() as connection:
            mine = connection.execute(update(batch_worker).where(same).values(seen_at=clock.now()))
        return mine.rowcount == 1

    def seen(self) -> tuple[WorkerSeen, ...]:
        """Every worker not yet dismissed, the longest silent first."""
        query = select(batch_worker).order_by(batch_worker.c.seen_at)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(WorkerSeen(**row) for row in rows)

    def dismiss(self, worker_id: str) -> None:
        """Forget a worker that is gone and whose work was taken over."""
        gone = delete(batch_worker).where(batch_worker.c.id == worker_id)
        with unavailable_in_chinese(), self._database.begin() as connection:
            connection.execute(gone)


def _columns(one: Batch) -> dict[str, object]:
    return {
        "id": one.id,
        "created_at": one.created_at,
        "order": one.order.model_dump_json(),
        "sha256": one.sha256,
        "state": one.state,
        "round": one.round,
        "rows": one.rows,
        "corpus_as_of": one.corpus_as_of,
        "reason": one.reason,
        "begun_at": one.begun_at,
        "ended_at": one.ended_at,
        "spent_millionths": int(one.spent * MILLIONTHS),
    }


def _batch(row: RowMapping) -> Batch:
    same = ("id", "created_at", "sha256", "state", "round", "rows", "corpus_as_of", "reason")
    return Batch(
        **{name: row[name] for name in (*same, "begun_at", "ended_at")},
        order=BatchOrder.model_validate_json(row["order"]),
        spent=Decimal(row["spent_millionths"]) / MILLIONTHS,
    )
