"""The corpus store: one SQLite file with every text read, and the account of every file."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import schema
from corpus.errors import StoreBusy, StoreCorrupt, StoreError
from corpus.model import Article, ArticleNumber, Case, Document
from corpus.store_rows import (
    PATH_MARK,
    DocumentKind,
    FileRecord,
    StoredStatute,
    to_document,
    to_file,
    to_statute,
)
from corpus.store_writer import Writer


class CorpusStore:
    """One SQLite file; any number of readers, one writer at a time.

    Args:
        path: the file; made with its folders when absent. A store of another schema version is
            set aside under a new name and ``notice`` says so.
        wait_seconds: how long a writer waits for another one.

    Raises:
        StoreCorrupt: the file is no store, or damaged.
        StoreError: the place cannot be written.
    """

    def __init__(self, path: Path, *, wait_seconds: float = 60.0) -> None:
        self.path = path
        self.notice: str | None = None
        self._wait = wait_seconds
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
        except OSError as error:
            raise StoreError(f"语料库{path}无法建立：{error.strerror}") from error

    def _open(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            found = _schema_version(connection)
            if found not in (None, schema.VERSION):
                connection.close()
                self._set_aside(found)
                connection = self._connect()
                found = None
            if found is None:
                self._build(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            raise _translated(error, self.path) from error
        except sqlite3.DatabaseError as error:
            connection.close()
            raise StoreCorrupt(
                f"{self.path}不是语料库文件或已损坏，请移走该文件后重新运行 advisor corpus add。"
            ) from error
        return connection

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self.path, timeout=self._wait, isolation_level=None, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise StoreError(f"语料库{self.path}无法打开：{error}") from error
        return connection

    def _build(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if _schema_version(connection) is None:  # another process may have been quicker
            for statement in schema.TABLES.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('schema', ?)", (str(schema.VERSION),))
        connection.execute("COMMIT")

    def _set_aside(self, found: int | None) -> None:
        aside = self.path.with_name(f"{self.path.name}.v{found}")
        for suffix in ("", "-wal", "-shm"):
            old = Path(f"{self.path}{suffix}")
            if old.exists():
                old.replace(f"{aside}{suffix}")
        self.notice = (
            f"语料库文件的结构版本（{found}）与本程序（{schema.VERSION}）不同，已另存为{aside.name}，"
            "请重新运行 advisor corpus add 建立语料库。"
        )

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._connection.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise _translated(error, self.path) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all of it is stored, or, after any failure, nothing.

        Raises:
            StoreBusy: another run went on writing for longer than the wait.
        """
        connection = self._connect()
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            yield Writer(connection)
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise _translated(error, self.path) from error
        finally:
            connection.close()

    def statutes(self) -> tuple[StoredStatute, ...]:
        """Every statute, in the order of storing."""
        return tuple(to_statute(row) for row in self._rows(schema.SELECT_STATUTES))

    def articles(self, statute_id: str) -> tuple[Article, ...]:
        """The articles of one statute in their order; empty for an unknown id."""
        rows = self._rows(schema.SELECT_ARTICLES, (statute_id,))
        return tuple(
            Article(
                statute_id,
                ArticleNumber(int(str(main)), int(str(sub))),
                str(text),
                tuple(str(path).split(PATH_MARK)) if path else (),
            )
            for main, sub, path, text in rows
        )

    def documents(self, kind: DocumentKind = "document") -> tuple[Document, ...]:
        """Texts without articles; of kind front and appendix, those around the articles."""
        rows = self._rows(schema.SELECT_DOCUMENTS, (kind,))
        return tuple(to_document(row) for row in rows)

    def attachments(self, statute_id: str) -> tuple[Document, ...]:
        """What stands before and after the articles of one statute."""
        ids = tuple(f"{statute_id}_{kind}" for kind in ("front", "appendix"))
        return tuple(to_document(row) for row in self._rows(schema.SELECT_ATTACHMENTS, ids))

    def cases(self) -> tuple[Case, ...]:
        """Every case read or added."""
        return tuple(Case.model_validate_json(record) for record in self.case_records())

    def case_records(self) -> tuple[str, ...]:
        """Every case read or added, as JSON, in the same order."""
        return tuple(str(record) for (record,) in self._rows(schema.SELECT_CASES))

    def case_ids(self) -> frozenset[str]:
        """The ids of all cases."""
        return frozenset(str(id_) for (id_,) in self._rows("SELECT id FROM cases"))

    def changes(self) -> int:
        """Another number after every transaction that was committed; asking costs nothing."""
        return int(str(self._rows("PRAGMA data_version")[0][0]))

    def files(self) -> tuple[FileRecord, ...]:
        """The account of every file, by name."""
        return tuple(
            to_file(row) for row in self._rows(f"{schema.SELECT_FILES} ORDER BY root, name")
        )

    def counts(self) -> dict[str, int]:
        """How many statutes, articles, documents and cases are stored."""
        return {name: int(str(self._rows(sql)[0][0])) for name, sql in schema.COUNTS.items()}


def _schema_version(connection: sqlite3.Connection) -> int | None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables:
        return None
    known = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'articles', 'files')"
    ).fetchone()[0]
    if known < 3:
        raise sqlite3.DatabaseError("not a corpus store")
    return int(connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0])


def _translated(error: sqlite3.DatabaseError, path: Path) -> StoreError:
    message = str(error)
    if "locked" in message or "busy" in message:
        return StoreBusy("另一个程序正在写入语料库，请等它完成后再试。")
    if "malformed" in message or "not a database" in message or "not a corpus" in message:
        return StoreCorrupt(f"语料库文件{path}已损坏，请移走该文件后重新运行 advisor corpus add。")
    return StoreError(f"语料库{path}读写失败：{message}")
