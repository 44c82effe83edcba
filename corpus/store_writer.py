"""What one transaction may change in the corpus store."""

import sqlite3
from collections.abc import Iterable, Mapping

from corpus import schema
from corpus.model import Case, Statute
from corpus.store_rows import (
    PATH_MARK,
    Contents,
    FileRecord,
    document_row,
    file_row,
    statute_row,
    to_file,
)


class Writer:
    """What can be changed within one transaction of `CorpusStore.writing`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self) -> tuple[FileRecord, ...]:
        """The account as it stands inside the transaction."""
        return tuple(to_file(row) for row in self._connection.execute(schema.SELECT_FILES))

    def cases(self, ids: Iterable[str]) -> Mapping[str, Case]:
        """Those cases of these ids that stand inside the transaction."""
        rows = (self._connection.execute(schema.SELECT_CASE, (id_,)).fetchone() for id_ in ids)
        held = (Case.model_validate_json(str(row[0])) for row in rows if row is not None)
        return {case.id: case for case in held}

    def meta(self, name: str) -> str | None:
        """A remembered value, None when never set."""
        rows = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchall()
        return str(rows[0][0]) if rows else None

    def remember(self, name: str, value: str) -> None:
        """Remember a value about the store as a whole."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def drop(self, root: str, name: str) -> None:
        """Forget a file and everything read from it."""
        for statement in schema.DELETE_FILE_CONTENT:
            self._connection.execute(statement, (root, name))

    def move(self, old_root: str, new_root: str, name: str) -> None:
        """The same file was found under another folder."""
        for statement in schema.MOVE_FILE:
            self._connection.execute(statement, (new_root, old_root, name))

    def mark_gone(self, root: str, name: str, *, gone: bool = True) -> None:
        """Note that a file is no longer on disk; its texts stay."""
        self._connection.execute(
            "UPDATE files SET gone = ? WHERE root = ? AND name = ?", (gone, root, name)
        )

    def touch(self, root: str, container: str, size: int, mtime_ns: int) -> None:
        """Same content, new size or time of change on disk."""
        self._connection.execute(
            "UPDATE files SET size = ?, mtime_ns = ?, gone = 0 WHERE root = ? AND container = ?",
            (size, mtime_ns, root, container),
        )

    def put(self, record: FileRecord, contents: Contents) -> None:
        """Store a file's account and contents; what was read from it before is replaced."""
        self.drop(record.root, record.name)
        self._connection.execute(schema.INSERT_FILE, file_row(record))
        if contents.statute is not None:
            self._put_statute(record, contents.statute, contents)
        for kind, document in contents.documents:
            self._connection.execute(
                schema.INSERT_DOCUMENT, document_row(kind, document, record.root)
            )
        for case in contents.cases:
            row = (case.id, case.model_dump_json(), record.name, record.root)
            self._connection.execute(schema.INSERT_CASE, row)

    def _put_statute(self, record: FileRecord, statute: Statute, contents: Contents) -> None:
        row = statute_row(statute, contents, record.root)
        cursor = self._connection.execute(schema.INSERT_STATUTE, row)
        number = cursor.lastrowid
        self._connection.executemany(
            schema.INSERT_ARTICLE,
            (
                (number, place, a.number.main, a.number.sub, PATH_MARK.join(a.path), a.text)
                for place, a in enumerate(contents.articles)
            ),
        )
