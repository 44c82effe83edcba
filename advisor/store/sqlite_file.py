"""One SQLite file as a thing to copy, to check, and to find in use."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from advisor.errors import BackupError

COMPANIONS = ("-wal", "-shm", "-journal")
"""Files SQLite keeps beside a database; they belong to it and to no other."""

_WAIT_SECONDS = 10.0


@contextlib.contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with contextlib.closing(
        sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    ) as connection:
        yield connection


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy while others read and write (SQLite online backup), as one file.

    Raises:
        BackupError: The source is damaged, or the disk is full.
    """
    try:
        with _opened(source, "rw") as old, _opened(target, "rwc") as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise BackupError(f"无法复制 {source.name}：磁盘空间不足，或文件正被占用。") from error
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{source.name} 已损坏，无法备份；原有的备份请妥善保留。") from error


def is_sound(path: Path) -> bool:
    """Whether SQLite finds the whole file well formed."""
    try:
        with _opened(path, "ro") as connection:
            return list(connection.execute("PRAGMA quick_check(1)")) == [("ok",)]
    except sqlite3.DatabaseError:
        return False


def is_in_use(path: Path) -> bool:
    """Whether another connection has the database open.

    Leaving WAL mode needs the file to oneself, so that is what is tried (the next to open the store
    goes back to it); a damaged file counts as not in use, as it may be replaced.
    """
    try:
        with _opened(path, "rw") as connection:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.DatabaseError:
        pass
    return False
