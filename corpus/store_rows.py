"""Rows of the corpus store as records, and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.model import Article, Case, Document, Level, Statute, TextKind

Outcome = Literal["statute", "document", "case", "index", "flags", "skipped"]
DocumentKind = Literal["document", "front", "appendix"]
"""``front`` and ``appendix`` are what stands before the first and after the last article."""

PATH_MARK = "\x1f"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What became of one file: ``name`` is its path inside ``root``.

    ``container`` is the file on disk it was read from (an archive, or the file itself); size in
    bytes, ``mtime_ns`` and ``container_sha256`` are the container's. ``reason`` says why nothing
    was kept; ``notes`` what was out of order in the text. ``gone`` files are no longer on disk,
    their texts stay.
    """

    root: str
    name: str
    container: str
    size: int
    mtime_ns: int
    sha256: str
    container_sha256: str
    outcome: Outcome
    reason: str = ""
    articles: int = 0
    notes: str = ""
    gone: bool = False

    def stands(self, size: int, mtime_ns: int) -> bool:
        """Whether the file was opened and is as it was; one that could not be is tried again."""
        opened = bool(self.container_sha256) or self.outcome == "flags"
        return opened and (self.size, self.mtime_ns) == (size, mtime_ns)


@dataclass(frozen=True, slots=True)
class StoredStatute:
    """A statute with the number of its articles and the hash of their text."""

    statute: Statute
    articles: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read from one file."""

    statute: Statute | None = None
    articles: tuple[Article, ...] = ()
    text_sha256: str = ""
    documents: tuple[tuple[DocumentKind, Document], ...] = ()
    cases: tuple[Case, ...] = ()


def to_statute(row: Sequence[object]) -> StoredStatute:
    """A row of `schema.SELECT_STATUTES`."""
    statute = Statute(
        id=str(row[0]),
        title=str(row[1]),
        part=_text(row[2]),
        level=Level(str(row[3])),
        region=_region(row[4]),
        text_kind=TextKind.VERBATIM,
        adopted_on=_day(row[5]),
        version=_day(row[6]),
        effective_from=_day(row[7]),
        expired=bool(row[8]),
        file=_text(row[9]),
        source_url=_text(row[10]),
    )
    return StoredStatute(statute, int(str(row[11])), str(row[12]))


def to_file(row: Sequence[object]) -> FileRecord:
    """A row of `schema.SELECT_FILES`."""
    values = list(row)
    values[-1] = bool(values[-1])
    return FileRecord(*values)  # type: ignore[arg-type]


def to_document(row: Sequence[object]) -> Document:
    """A row of `schema.SELECT_DOCUMENTS`."""
    return Document(
        id=str(row[0]),
        title=str(row[1]),
        text=str(row[2]),
        level=Level(str(row[3])) if row[3] is not None else None,
        region=_region(row[4]),
        published_on=_day(row[5]),
        file=_text(row[6]),
    )


def statute_row(statute: Statute, contents: Contents, root: str) -> tuple[object, ...]:
    """Values for `schema.INSERT_STATUTE`."""
    return (
        statute.id,
        statute.title,
        statute.part,
        statute.level.value,
        json.dumps(statute.region, ensure_ascii=False),
        _iso(statute.adopted_on),
        _iso(statute.version),
        _iso(statute.effective_from),
        int(statute.expired),
        statute.file,
        statute.source_url,
        root,
        len(contents.articles),
        contents.text_sha256,
    )


def file_row(record: FileRecord) -> tuple[object, ...]:
    """Values for `schema.INSERT_FILE`."""
    return (
        record.root,
        record.name,
        record.container,
        record.size,
        record.mtime_ns,
        record.sha256,
        record.container_sha256,
        record.outcome,
        record.reason,
        record.articles,
        record.notes,
    )


def document_row(kind: DocumentKind, document: Document, root: str) -> tuple[object, ...]:
    """Values for `schema.INSERT_DOCUMENT`."""
    return (
        document.id,
        kind,
        document.title,
        document.text,
        document.level.value if document.level is not None else None,
        json.dumps(document.region, ensure_ascii=False),
        _iso(document.published_on),
        document.file,
        root,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value is not None else None


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def _region(value: object) -> tuple[str, ...]:
    return tuple(json.loads(str(value)))
