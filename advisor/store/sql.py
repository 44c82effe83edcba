"""The advice store on SQL: SQLite in one file, PostgreSQL by URL, the same statements."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, RowMapping, and_, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from advisor.adoption.facts import advice_facts, cited_articles
from advisor.errors import AdviceExists, IdempotencyConflict, StoreUnavailable
from advisor.outbox import created
from advisor.ports import AdvicePage, AuditEntry, StoredAdvice, StoredCall
from advisor.store.adoption import SqlAdoptionLog
from advisor.store.connection import connect, for_reading, unavailable_in_chinese
from advisor.store.law_watch import SqlLawWatch
from advisor.store.migrate import upgrade
from advisor.store.outbox import SqlOutbox, emit
from advisor.store.paging import check_limit, decode_cursor, page_of
from advisor.store.tables import (
    adoption_standing,
    advice,
    advice_audit,
    cited_article,
    model_call,
)


class SqlAdviceStore:
    """An advice store in a database; each method is one transaction."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._reads = for_reading(database)
        self.outbox = SqlOutbox(database)
        self.adoption = SqlAdoptionLog(database)
        self.law_watch = SqlLawWatch(database)

    def save(
        self, record: StoredAdvice, audit: AuditEntry, *, calls: Sequence[StoredCall] = ()
    ) -> None:
        """See :meth:`advisor.ports.AdviceStore.save`."""
        try:
            with unavailable_in_chinese(), self._database.begin() as connection:
                connection.execute(insert(advice).values(_columns(record)))
                connection.execute(insert(advice_audit).values(audit_columns(audit)))
                for call in calls:
                    row = _call_columns(call, record, audit)
                    connection.execute(insert(model_call).values(row))
                _begin_watch(connection, record)
                emit(connection, created(record))
        except IntegrityError as error:
            self._refuse_unless_equal(record, error)

    def _refuse_unless_equal(self, record: StoredAdvice, error: IntegrityError) -> None:
        earlier = self.get(record.id)
        if earlier == record:
            return
        if earlier is not None:
            raise AdviceExists(record.id) from error
        key = record.idempotency_key
        if key is not None and self.find_by_key(key) is not None:
            raise IdempotencyConflict(key) from error
        raise StoreUnavailable from error

    def get(self, advice_id: str) -> StoredAdvice | None:
        """See :meth:`advisor.ports.AdviceStore.get`."""
        return self._one(advice.c.id == advice_id)

    def find_by_key(self, idempotency_key: str) -> StoredAdvice | None:
        """See :meth:`advisor.ports.AdviceStore.find_by_key`."""
        return self._one(advice.c.idempotency_key == idempotency_key)

    def list(self, cursor: str | None = None, limit: int = 50) -> AdvicePage:
        """See :meth:`advisor.ports.AdviceStore.list`."""
        newest_first = (advice.c.created_at.desc(), advice.c.id.desc())
        query = select(advice).order_by(*newest_first).limit(check_limit(limit) + 1)
        if cursor is not None:
            at, advice_id = decode_cursor(cursor)
            same_moment = and_(advice.c.created_at == at, advice.c.id < advice_id)
            query = query.where(or_(advice.c.created_at < at, same_moment))
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return page_of(tuple(_record(row) for row in rows), limit)

    def calls(self, advice_id: str) -> tuple[StoredCall, ...]:
        """The exchanges with a model that one advice took, in their order; for audit."""
        query = select(model_call).where(model_call.c.advice_id == advice_id)
        with unavailable_in_chinese(), self._reads.connect() as connection:
            rows = connection.execute(query.order_by(model_call.c.id)).mappings().all()
        return tuple(_call(row) for row in rows)

    def close(self) -> None:
        """Give back every connection."""
        self._database.dispose()

    def _one(self, condition: ColumnElement[bool]) -> StoredAdvice | None:
        with unavailable_in_chinese(), self._reads.connect() as connection:
            row = connection.execute(select(advice).where(condition)).mappings().first()
        return _record(row) if row is not None else None


def _begin_watch(connection: Connection, record: StoredAdvice) -> None:
    """The rows by which adoption is counted and a change of law finds the advice."""
    facts = advice_facts(record.payload)
    standing = {name: getattr(facts, name) for name in type(facts).__slots__} | {
        "advice_id": record.id,
        "origin": "service",
        "given_at": record.created_at,
        "region": record.region,
        "matter": record.matter,
        "mode": record.mode,
        "verdict_seq": 0,
        "outcome_seq": 0,
    }
    connection.execute(insert(adoption_standing).values(standing))
    for one in cited_articles(record.payload, record.created_at):
        row = {name: getattr(one, name) for name in type(one).__slots__}
        connection.execute(insert(cited_article).values(advice_id=record.id, **row))


def open_store(url: str) -> SqlAdviceStore:
    """Open the store at an SQLAlchemy URL and bring its schema up to date.

    Args:
        url: For example ``sqlite:////var/lib/advisor/advisor.db``; the folder is made when missing.

    Raises:
        StoreUnavailable: It cannot be opened; the message says what to do.
    """
    database = connect(url)
    try:
        upgrade(database)
    except BaseException:
        database.dispose()
        raise
    return SqlAdviceStore(database)


def _columns(record: StoredAdvice) -> dict[str, object]:
    return {name: getattr(record, name) for name in StoredAdvice.__slots__}


def _record(row: RowMapping) -> StoredAdvice:
    return StoredAdvice(**{name: row[name] for name in StoredAdvice.__slots__})


def _call(row: RowMapping) -> StoredCall:
    values = {name: row[name] for name in StoredCall.__slots__}
    return StoredCall(**{**values, "tokens": json.loads(row["tokens"])})


def _call_columns(call: StoredCall, record: StoredAdvice, audit: AuditEntry) -> dict[str, object]:
    row = {name: getattr(call, name) for name in StoredCall.__slots__ if name != "tokens"}
    return {**row, "tokens": json.dumps(dict(call.tokens)), "advice_id": record.id, "at": audit.at}


def audit_columns(entry: AuditEntry) -> dict[str, object]:
    """An audit row as its table takes it."""
    detail = json.dumps(dict(entry.detail), ensure_ascii=False)
    return {
        "at": entry.at,
        "action": entry.action,
        "advice_id": entry.advice_id,
        "actor": entry.actor,
        "detail": detail,
    }
