"""Folders and files into the corpus store: all in one transaction, nothing silently dropped."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from corpus.decoding import decode_text, storable_name
from corpus.documents import UNREADABLE, RawDocument, hash_of_file, read_documents
from corpus.errors import CorpusError, UnreadableDocument
from corpus.flags import FLAGS_FILE, Flag, Flags, find_flags, read_flags
from corpus.limited_parser import LimitedParser
from corpus.reading import Overrides, Reading, read_text
from corpus.store import CorpusStore
from corpus.store_rows import FileRecord
from corpus.store_writer import Writer

READER_VERSION = "2"
"""Raise it when the same file would be read differently; every file is then read again."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file nothing was kept of, and why, in Chinese."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run did; ``read`` and ``unchanged`` count files, ``gone`` names those missing."""

    read: int
    unchanged: int
    statutes: int
    articles: int
    documents: int
    cases: int
    skipped: tuple[SkippedFile, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A file on disk: its collection's root, its name inside it, its size and time of change."""

    root: str
    name: str
    path: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _Source:
    """One text's name inside its collection and the hash of its bytes, and of its archive's."""

    name: str
    sha256: str = ""
    container_sha256: str = ""


@dataclass(slots=True)
class _Run:
    """State of one run inside its transaction."""

    writer: Writer
    parser: LimitedParser
    overrides: Overrides
    known: dict[tuple[str, str], list[FileRecord]]
    by_hash: dict[tuple[str, str], FileRecord]
    fresh: bool
    flags: dict[Path, Flags] = field(default_factory=dict)
    unchanged: int = 0
    done: list[FileRecord] = field(default_factory=list)


def add(
    store: CorpusStore,
    paths: Sequence[Path],
    on_progress: Progress | None = None,
    *,
    overrides: Overrides | None = None,
    parser: LimitedParser | None = None,
) -> IngestReport:
    """Read folders and files (.md .txt .docx .pdf .zip) into the store.

    Unchanged files are passed over by size and time of change, then by hash. The run is one
    transaction: interrupted at any point it leaves the store as it was.

    Args:
        store: where the texts go.
        paths: folders, read with all below them, and single files.
        on_progress: called with files done, files in all, and the file's name.
        overrides: rank and region for texts whose title does not tell.
        parser: reads docx and pdf; one is started and ended here when not given.

    Raises:
        CorpusError: a path does not exist, or the store cannot be written.
    """
    places = list(_places(paths))
    with (
        LimitedParser() if parser is None else nullcontext(parser) as reader,
        store.writing() as writer,
    ):
        run = _start(writer, reader, overrides or Overrides())
        for count, place in enumerate(places, 1):
            _visit(run, place)
            if on_progress is not None:
                on_progress(count, len(places), place.name)
        gone = _note_gone(run, places, paths)
        writer.remember("reader", READER_VERSION)
    return _report(run, gone)


def _start(writer: Writer, parser: LimitedParser, overrides: Overrides) -> _Run:
    known: dict[tuple[str, str], list[FileRecord]] = {}
    by_hash: dict[tuple[str, str], FileRecord] = {}
    for record in writer.files():
        known.setdefault((record.root, record.container), []).append(record)
        by_hash[record.name, record.sha256] = record
    given = overrides.level is not None or overrides.region is not None
    fresh = writer.meta("reader") == READER_VERSION and not given
    return _Run(writer, parser, overrides, known, by_hash, fresh)


def _places(paths: Sequence[Path]) -> Iterator[_Place]:
    for given in paths:
        path = given.resolve()
        if path.is_dir():
            root = find_flags(path) or path
            files = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p, path)]
        elif path.is_file():
            root = find_flags(path.parent) or path.parent
            files = [path]
        else:
            raise CorpusError(f"路径不存在：{given}")
        for file in files:
            stat = file.stat()
            name = storable_name(file.relative_to(root).as_posix())
            yield _Place(storable_name(str(root)), name, file, stat.st_size, stat.st_mtime_ns)


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _visit(run: _Run, place: _Place) -> None:
    """Bring the store up to date with one file on disk."""
    records = run.known.get((place.root, place.name), [])
    stamp = (place.size, place.mtime_ns)
    if run.fresh and records and all(r.stands(*stamp) for r in records):
        run.unchanged += len(records)
        if any(record.gone for record in records):
            run.writer.touch(place.root, place.name, *stamp)
        return
    if place.path.name == FLAGS_FILE:
        reading = Reading("flags", reason="时效标记库，已用于判断时效")
        _put(run, place, _Source(place.name), reading)
        return
    if place.path.suffix.lower() == ".md":
        _visit_markdown(run, place, records)
    else:
        _visit_other(run, place, records)


def _visit_markdown(run: _Run, place: _Place, records: Sequence[FileRecord]) -> None:
    try:
        raw = place.path.read_bytes()
    except OSError:
        _put(run, place, _Source(place.name), Reading("skipped", reason=UNREADABLE))
        return
    sha256 = hashlib.sha256(raw).hexdigest()
    if _same(run, place, records, sha256):
        return
    try:
        text = decode_text(raw)
    except UnreadableDocument as error:
        _put(run, place, _Source(place.name, sha256), Reading("skipped", reason=str(error)))
        return
    source = _Source(place.name, sha256)
    _put(run, place, source, _read(run, place, source, text))


def _visit_other(run: _Run, place: _Place, records: Sequence[FileRecord]) -> None:
    sha256 = hash_of_file(place.path)
    if _same(run, place, records, sha256):
        return
    for record in records:
        run.writer.drop(record.root, record.name)
    folder = place.name.rpartition("/")[0]
    for document in read_documents(place.path, run.parser):
        inner = storable_name(document.name)
        name = f"{folder}/{inner}" if folder else inner
        source = _Source(name, document.sha256, sha256)
        _put(run, place, source, _reading_of(run, place, source, document))


def _reading_of(run: _Run, place: _Place, source: _Source, document: RawDocument) -> Reading:
    if document.text is None:
        return Reading("skipped", reason=document.skip_reason or "没有可读的文字")
    return _read(run, place, source, document.text)


def _read(run: _Run, place: _Place, source: _Source, text: str) -> Reading:
    flag = _flag(run, Path(place.root), source.name)
    try:
        return read_text(text, source.name, source.sha256, flag=flag, overrides=run.overrides)
    except ValueError as error:  # one odd file must not cost the rest of a folder
        return Reading("skipped", reason=f"内容无法解析：{str(error).splitlines()[0]}")


def _flag(run: _Run, root: Path, name: str) -> Flag | None:
    """What the nearest database of flags says; a collection of collections has several."""
    below = PurePosixPath(name)
    for parent in below.parents:
        folder = root / parent
        if folder not in run.flags:
            path = folder / FLAGS_FILE
            run.flags[folder] = read_flags(path) if path.is_file() else Flags({})
        flag = run.flags[folder].of(below.relative_to(parent).as_posix())
        if flag is not None:
            return flag
    return None


def _same(run: _Run, place: _Place, records: Sequence[FileRecord], sha256: str) -> bool:
    """Whether the same bytes are stored already, here or (a moved folder) elsewhere."""
    if not run.fresh:
        return False
    if sha256 and records and all(record.container_sha256 == sha256 for record in records):
        run.writer.touch(place.root, place.name, place.size, place.mtime_ns)
        run.unchanged += len(records)
        return True
    moved = run.by_hash.get((place.name, sha256))
    if records or moved is None or moved.root == place.root or Path(moved.root).exists():
        return False
    run.writer.move(moved.root, place.root, place.name)
    run.writer.touch(place.root, place.name, place.size, place.mtime_ns)
    run.unchanged += 1
    return True


def _put(run: _Run, place: _Place, source: _Source, reading: Reading) -> None:
    record = FileRecord(
        root=place.root,
        name=source.name,
        container=place.name,
        size=place.size,
        mtime_ns=place.mtime_ns,
        sha256=source.sha256,
        container_sha256=source.container_sha256 or source.sha256,
        outcome=reading.outcome,
        reason=reading.reason,
        articles=len(reading.contents.articles),
        notes=reading.notes,
    )
    run.writer.put(record, reading.contents)
    run.done.append(record)


def _note_gone(run: _Run, places: Sequence[_Place], paths: Sequence[Path]) -> tuple[str, ...]:
    """Mark the files that were read before below these folders and are no longer there."""
    seen = {(place.root, place.name) for place in places}
    folders = [path.resolve() for path in paths if path.is_dir()]
    gone: list[str] = []
    for record in run.writer.files():
        if (record.root, record.container) in seen:
            continue
        path = Path(record.root) / record.container
        if any(path.is_relative_to(folder) for folder in folders):
            gone.append(record.name)
            if not record.gone:
                run.writer.mark_gone(record.root, record.name)
    return tuple(sorted(gone))


def _report(run: _Run, gone: tuple[str, ...]) -> IngestReport:
    kept = [record for record in run.done if record.outcome != "flags"]
    empty = [record for record in kept if record.outcome in ("index", "skipped")]
    return IngestReport(
        read=len(kept),
        unchanged=run.unchanged,
        statutes=sum(record.outcome == "statute" for record in kept),
        articles=sum(record.articles for record in kept),
        documents=sum(record.outcome == "document" for record in kept),
        cases=sum(record.outcome == "case" for record in kept),
        skipped=tuple(SkippedFile(record.name, record.reason) for record in empty),
        gone=gone,
    )
