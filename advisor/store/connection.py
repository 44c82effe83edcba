"""Opening a database so that a commit means on disk, and its failures in Chinese."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from advisor.errors import StoreDamaged, StoreFull, StoreLocked, StoreUnavailable

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for its turn before the store counts as locked."""

_BY_CODE: dict[int, type[StoreUnavailable]] = {
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_IOERR: StoreFull,  # most often a quota or a file-size limit
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
}
_READING = "advisor_reading"


def connect(url: str) -> Engine:
    """An SQLAlchemy engine; for SQLite each write transaction takes its lock at the beginning.

    A deferred transaction that turns into a writer fails at once when another one writes;
    ``BEGIN IMMEDIATE`` waits its turn instead.

    Raises:
        StoreUnavailable: The URL is none, or its folder cannot be made.
    """
    try:
        parsed = make_url(url)
        is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "")
        if is_file and parsed.database != ":memory:":
            _make_private(Path(str(parsed.database)))
        database = create_engine(parsed, hide_parameters=True)
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise StoreUnavailable("数据库地址无效，请检查 ADVISOR_DATABASE_URL。") from error
    except OSError as error:
        raise StoreUnavailable(f"无法建立数据目录：{error.strerror}。") from error
    if database.dialect.name == "sqlite":
        event.listen(database, "connect", _prepare)
        event.listen(database, "begin", _begin)
    return database


def _make_private(path: Path) -> None:
    """An empty file for its owner alone, if there is none: it will hold personal data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)


def for_reading(database: Engine) -> Engine:
    """The same pool, but transactions that never wait for a writer."""
    return database.execution_options(**{_READING: True})


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions are begun by us, below
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")


@contextlib.contextmanager
def unavailable_in_chinese() -> Iterator[None]:
    """Turn what a database says into the store's own errors; constraint failures pass through."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, IntegrityError):
            raise
        code = getattr(error.orig, "sqlite_errorcode", None)
        kind = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
        raise (kind() if kind else StoreUnavailable()) from error
    except (PoolTimeout, OSError) as error:
        raise StoreUnavailable from error
