"""The dates and 已失效 flags a collection keeps in its own small database ``db.sqlite3``."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from corpus.errors import StoreError
from corpus.heading import name_date, without_date

FLAGS_FILE = "db.sqlite3"
_SELECT = """
SELECT category.folder, coalesce(law.filename, law.name), law.publish, law.expired, law.valid_from
FROM law JOIN category ON category.id = law.category_id
"""


@dataclass(frozen=True, slots=True)
class Flag:
    """What the collection says of one file: ended or not, and since when in force."""

    expired: bool
    valid_from: date | None


Key = tuple[str, str, date | None]


class Flags:
    """Look-up by folder, name and date of publication; an unknown file has no flag."""

    def __init__(self, rows: Mapping[Key, Flag]) -> None:
        self._rows = dict(rows)

    def of(self, name: str) -> Flag | None:
        """The flag of the file at this path inside the collection."""
        path = PurePosixPath(name)
        key = (path.parent.as_posix(), _flat(without_date(path.stem)), name_date(path.stem))
        return self._rows.get(key)


def find_flags(folder: Path) -> Path | None:
    """The collection's root: the outermost folder with flags, ``folder`` or up to five above."""
    candidates = (folder, *list(folder.parents)[:5])
    return next((c for c in reversed(candidates) if (c / FLAGS_FILE).is_file()), None)


def read_flags(path: Path) -> Flags:
    """All flags of a collection; an SQLite file of another kind gives none.

    Raises:
        StoreError: the file is damaged.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            rows = connection.execute(_SELECT).fetchall()
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return Flags({})
    except sqlite3.DatabaseError as error:
        raise StoreError(f"时效标记库{path.name}无法读取：{error}") from error
    return Flags(
        {
            (folder, _flat(name), _day(publish)): Flag(bool(expired), _day(valid_from))
            for folder, name, publish, expired, valid_from in rows
        }
    )


def _flat(name: str) -> str:
    return "".join(name.split())


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
