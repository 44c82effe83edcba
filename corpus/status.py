"""What is in the corpus and what became of every file: the answer of ``corpus status``."""

from dataclasses import dataclass, field
from datetime import date

from corpus.ingest import SkippedFile
from corpus.knowledge import TownKnowledge
from corpus.library import Library
from corpus.store_rows import FileRecord


@dataclass(frozen=True, slots=True)
class FileNote:
    """What was out of order in a file that was read, in Chinese."""

    path: str
    note: str


@dataclass(frozen=True, slots=True)
class FileAccount:
    """``read`` files gave a text; with ``skipped`` they are all the files ever added.

    ``notes`` are oddities of texts that were read, ``gone`` the files no longer on disk whose
    texts are kept.
    """

    read: int
    skipped: tuple[SkippedFile, ...] = ()
    notes: tuple[FileNote, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """Counts of what is stored, the day up to which it is known, and the account of files.

    ``knowledge`` is what a town changed in the pack.
    """

    statutes: int
    articles: int
    documents: int
    cases: int
    as_of: date
    files: FileAccount
    knowledge: TownKnowledge = field(default_factory=TownKnowledge)


def corpus_status(library: Library) -> CorpusStatus:
    """Counts and account; with no collection added, those of the gists we ship."""
    records = library.store.files() if library.store is not None else ()
    counts = library.counts()
    stored = library.store.counts() if library.store is not None else {}
    has_texts = bool(stored.get("statutes"))
    return CorpusStatus(
        statutes=stored["statutes"] if has_texts else counts["statutes"],
        articles=stored["articles"] if has_texts else counts["articles"],
        documents=counts["documents"],
        cases=counts["cases"],
        as_of=library.as_of,
        files=account(records),
        knowledge=library.knowledge.town,
    )


def account(records: tuple[FileRecord, ...]) -> FileAccount:
    """The account of these files; a database of flags is no text and is left out."""
    texts = [one for one in records if one.outcome != "flags"]
    empty = [one for one in texts if one.outcome in ("index", "skipped")]
    return FileAccount(
        read=len(texts) - len(empty),
        skipped=tuple(SkippedFile(one.name, one.reason) for one in empty),
        notes=tuple(FileNote(one.name, one.notes) for one in texts if one.notes),
        gone=tuple(one.name for one in texts if one.gone),
    )
