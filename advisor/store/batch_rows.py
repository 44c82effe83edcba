"""The rows of a batch on SQL: each stored once, begun at most a few times, given one result."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Select,
    Table,
    and_,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from advisor import clock
from advisor.batch.model import BatchRow, Item, UnworkedRow
from advisor.jobs.model import ItemPage, Outcome
from advisor.outbox import OutboxEvent
from advisor.ports import AuditEntry
from advisor.store.batch_tables import batch, batch_result, batch_row
from advisor.store.batches import MILLIONTHS
from advisor.store.connection import for_reading, unavailable_in_chinese
from advisor.store.outbox import emit
from advisor.store.paging import decode_place, encode_place
from advisor.store.sql import audit_columns
from advisor.store.tables import advice_audit

_PAGE = 500
WORKED, UNWORKED = "worked", "unworked"


class SqlBatchRows:
    """Rows and results of the batches of a database."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)

    def put(self, batch_id: str, rows: Sequence[BatchRow | UnworkedRow]) -> None:
        """Store rows as they were read; those stored before stay as they are."""
        read = [_row_columns(batch_id, one) for one in rows if isinstance(one, BatchRow)]
        refused = [Outcome(one) for one in rows if isinstance(one, UnworkedRow)]
        with unavailable_in_chinese(), self._database.begin() as connection:
            if read:
                connection.execute(_insert_new(connection, batch_row), read)
            if refused:
                columns = [_result_columns(batch_id, one) for one in refused]
                connection.execute(_insert_new(connection, batch_result), columns)

    def last_number(self, batch_id: str) -> int:
        """The highest number among the rows stored, read or refused; 0 when there is none."""
        with unavailable_in_chinese(), self._reads.connect() as connection:
            highest = (
                connection.execute(
                    select(func.max(table.c.number)).where(table.c.batch_id == batch_id)
                ).scalar()
                for table in (batch_row, batch_result)
            )
            return max(number or 0 for number in highest)

    def waiting(
        self, batch_id: str, first: int = 1, last: int | None = None
    ) -> tuple[tuple[BatchRow, int], ...]:
        """Rows without a result, by number, each with how often it was begun."""
        query = _without_result(batch_id).where(batch_row.c.number >= first)
        if last is not None:
            query = query.where(batch_row.c.number <= last)
        query = query.order_by(batch_row.c.number)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            found = connection.execute(query).all()
        return tuple((BatchRow.model_validate_json(row.body), row.attempts) for row in found)

    def begin(self, batch_id: str, numbers: Sequence[int]) -> None:
        """Count one more attempt for rows that are about to be worked on."""
        these = and_(batch_row.c.batch_id == batch_id, batch_row.c.number.in_(numbers))
        more = update(batch_row).where(these).values(attempts=batch_row.c.attempts + 1)
        with unavailable_in_chinese(), self._database.begin() as connection:
            connection.execute(more)

    def keep(self, batch_id: str, outcomes: Sequence[Outcome]) -> int:
        """Store results with their audit rows and events, all or nothing; how many were new.

        A row that has a result keeps it.
        """
        try:
            return self._keep(batch_id, outcomes)
        except IntegrityError:
            if len(outcomes) == 1:
                return 0
            return sum(self.keep(batch_id, (one,)) for one in outcomes)

    def _keep(self, batch_id: str, outcomes: Sequence[Outcome]) -> int:
        if not outcomes:
            return 0
        with unavailable_in_chinese(), self._database.begin() as connection:
            results = [_result_columns(batch_id, one) for one in outcomes]
            connection.execute(insert(batch_result), results)
            entries = [audit_columns(_audit(batch_id, one)) for one in outcomes]
            connection.execute(insert(advice_audit), entries)
            emit(connection, *(_event(batch_id, one) for one in outcomes))
            spent = sum(int((one.cost or 0) * MILLIONTHS) for one in outcomes)
            if spent:
                more = batch.c.spent_millionths + spent
                charge = update(batch).where(batch.c.id == batch_id)
                connection.execute(charge.values(spent_millionths=more))
        return len(outcomes)

    def items(self, batch_id: str, numbers: Sequence[int] = ()) -> Iterator[Item]:
        """The items made so far, the most urgent first; for ``numbers`` those, piece by piece."""
        pieces = [numbers[n : n + _PAGE] for n in range(0, len(numbers), _PAGE)] or [()]
        for some in pieces:
            for body in self._bodies(batch_id, WORKED, some):
                yield Item.model_validate_json(body)

    def page(
        self, batch_id: str, *, track: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> ItemPage:
        """One page of items, the most urgent first; only those of one track where it is given.

        Raises:
            BadCursor: The cursor is none of ours.
        """
        column = batch_result.c
        query = select(column.rank, column.number, column.body).where(
            column.batch_id == batch_id,
            column.outcome == WORKED,
            tuple_(column.rank, column.number) > decode_place(cursor),
        )
        if track is not None:
            query = query.where(column.track == track)
        query = query.order_by(column.rank, column.number).limit(limit + 1)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            found = connection.execute(query).all()
        kept = found[:limit]
        more = len(found) > limit
        return ItemPage(
            tuple(Item.model_validate_json(row.body) for row in kept),
            encode_place((kept[-1].rank, kept[-1].number)) if more else None,
        )

    def tracks(self, batch_id: str) -> Mapping[str, int]:
        """How many items are handled in which way."""
        query = (
            select(batch_result.c.track, func.count())
            .where(batch_result.c.batch_id == batch_id, batch_result.c.outcome == WORKED)
            .group_by(batch_result.c.track)
        )
        with unavailable_in_chinese(), self._reads.connect() as connection:
            return {track: count for track, count in connection.execute(query)}

    def unworked(self, batch_id: str) -> Iterator[UnworkedRow]:
        """The rows nothing was made of, as they stood in the file."""
        for body in self._bodies(batch_id, UNWORKED):
            yield UnworkedRow.model_validate_json(body)

    def item(self, batch_id: str, number: int) -> Item | None:
        """The item made of one row; None where there is none."""
        return next(self.items(batch_id, (number,)), None)

    def _bodies(self, batch_id: str, outcome: str, numbers: Sequence[int] = ()) -> Iterator[str]:
        """Page by page: neither a long transaction nor the whole batch in memory."""
        column = batch_result.c
        order = tuple_(column.rank, column.number)
        query = select(column.rank, column.number, column.body).where(
            column.batch_id == batch_id, column.outcome == outcome
        )
        if numbers:
            query = query.where(column.number.in_(numbers))
        query = query.order_by(column.rank, column.number).limit(_PAGE)
        after = (-1, 0)
        while True:
            with unavailable_in_chinese(), self._reads.connect() as connection:
                page = connection.execute(query.where(order > after)).all()
            yield from (row.body for row in page)
            if len(page) < _PAGE:
                return
            after = (page[-1].rank, page[-1].number)


def _without_result(batch_id: str) -> Select[tuple[str, int]]:
    same = and_(
        batch_result.c.batch_id == batch_row.c.batch_id, batch_result.c.number == batch_row.c.number
    )
    return select(batch_row.c.body, batch_row.c.attempts).where(
        batch_row.c.batch_id == batch_id, ~select(batch_result.c.number).where(same).exists()
    )


def _insert_new(connection: Connection, table: Table) -> Insert:
    """An insert that passes over rows already there, in the words of this database."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _row_columns(batch_id: str, row: BatchRow) -> dict[str, object]:
    body = row.model_dump_json()
    return {"batch_id": batch_id, "number": row.number, "attempts": 0, "body": body}


def _number(outcome: Outcome) -> int:
    result = outcome.result
    return result.row.number if isinstance(result, Item) else result.number


def _result_columns(batch_id: str, outcome: Outcome) -> dict[str, object]:
    result = outcome.result
    triage = result.triage if isinstance(result, Item) else None
    return {
        "batch_id": batch_id,
        "number": _number(outcome),
        "outcome": WORKED if triage else UNWORKED,
        "track": triage.track if triage else None,
        "rank": 100 - triage.priority if triage else 0,
        "seconds": outcome.seconds,
        "at": clock.now(),
        "body": result.model_dump_json(),
    }


def _audit(batch_id: str, outcome: Outcome) -> AuditEntry:
    return AuditEntry(
        f"batch.{_kind(outcome)}", f"{batch_id}/{_number(outcome)}", detail=_facts(outcome)
    )


def _event(batch_id: str, outcome: Outcome) -> OutboxEvent:
    kind = f"batch.row_{_kind(outcome)}"
    return OutboxEvent(kind, f"{batch_id}/{_number(outcome)}", _facts(outcome))


def _kind(outcome: Outcome) -> str:
    return WORKED if isinstance(outcome.result, Item) else UNWORKED


def _facts(outcome: Outcome) -> dict[str, str | int | float | bool | None]:
    result = outcome.result
    if isinstance(result, UnworkedRow):
        return {"code": result.code}
    triage = result.triage
    return {
        "matter": result.matter.type,
        "track": triage.track,
        "urgency": triage.urgency,
        "priority": triage.priority,
    }
