"""The account of the corpus: what was read, what was not and why."""

from datetime import date

from api.schemas.base import Outgoing


class SkippedFileOut(Outgoing):
    """A file nothing was kept of, and why."""

    path: str
    reason: str


class FilesOut(Outgoing):
    """``read`` files gave a text; with ``skipped`` they are all text files seen."""

    read: int
    skipped: tuple[SkippedFileOut, ...]


class TownOut(Outgoing):
    """A town's own knowledge; ``faults`` say why the files as they lie there are not in use."""

    version: str
    files: int
    added: int
    changed: int
    off: int
    faults: tuple[str, ...]
    notes: tuple[str, ...]


class CorpusStatusOut(Outgoing):
    """What the corpus holds and up to which day it is known; ``knowledge`` is the town's own."""

    statutes: int
    articles: int
    documents: int
    cases: int
    as_of: date
    files: FilesOut
    knowledge: TownOut


class IngestOut(Outgoing):
    """What one run of ``corpus add`` did."""

    read: int
    unchanged: int
    statutes: int
    articles: int
    documents: int
    cases: int
    skipped: tuple[SkippedFileOut, ...]
    gone: tuple[str, ...]
    index: str | None
