"""The account of the corpus: what was read, what was not and why."""

from datetime import date
from typing import Literal

from advisor.law_change import LawMark
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


class AffectedOut(Outgoing):
    """A stored advice that cites an article which is no longer what it shows."""

    advice_id: str
    law: str
    article: str
    finding: Literal["outdated", "changed"]
    changed_on: date | None
    told: str

    @classmethod
    def of(cls, mark: LawMark) -> "AffectedOut":
        """The line of one mark."""
        found = mark.finding
        return cls(
            advice_id=mark.advice_id,
            law=mark.law,
            article=mark.article,
            finding=found.verdict,
            changed_on=found.changed_on,
            told=found.told,
        )


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
    affected: tuple[AffectedOut, ...] = ()
