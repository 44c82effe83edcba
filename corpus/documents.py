"""Reading the files an official drops in: md, txt, docx, pdf, and zip archives of them."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.archive import (
    ArchiveLimits,
    Budget,
    BudgetExceeded,
    is_litter,
    member_name,
    read_member,
    safe_parts,
)
from corpus.decoding import decode_text
from corpus.errors import UnreadableDocument
from corpus.limited_parser import Kind, LimitedParser
from corpus.pdf_layout import join_wrapped_lines

__all__ = [
    "SUFFIXES",
    "UNREADABLE",
    "RawDocument",
    "decode_text",
    "hash_of_file",
    "read_documents",
]

SUFFIXES = (".md", ".txt", ".docx", ".pdf", ".zip")
"""Suffixes that are read; every other file is reported with a reason."""

UNREADABLE = "无法读取文件，请检查文件权限，并确认它没有被别的程序占用。"
"""Why a file that cannot be opened was not read."""

_TEXT = (".md", ".txt", ".markdown")
_PARSED: dict[str, Kind] = {".docx": "docx", ".pdf": "pdf"}
_OLD_OFFICE = (".doc", ".wps", ".rtf", ".xls", ".ppt", ".et")
_MAX_FILE_BYTES = 128 << 20
_PACKAGE_MAGIC = b"PK\x03\x04"
_INSIDE = "!/"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One file as read: either its text, or the Chinese reason why it has none.

    The reason does not repeat the name: show the two together.

    ``name`` is the file's name; of a member of an archive, ``archive.zip!/folder/file.docx``.
    ``sha256`` is of the bytes of the file (of the member); empty when not even they could be read.
    """

    name: str
    text: str | None
    skip_reason: str | None
    sha256: str


def read_documents(
    path: Path, parser: LimitedParser | None = None, limits: ArchiveLimits | None = None
) -> Iterator[RawDocument]:
    """Read one file; an archive gives one document for each member.

    Nothing is fatal: a file that cannot be read is a document with a ``skip_reason``. Of a pdf
    with some scanned pages, the pages lost are a second document, ``file.pdf!/第3页``.

    Args:
        path: The file.
        parser: Reads docx and pdf. Give one for a whole batch: without it each call that meets
            such a file starts a process of its own.
        limits: Of archives; the defaults fit any collection of law known to us.
    """
    if parser is None:
        with LimitedParser() as own_parser:
            yield from read_documents(path, own_parser, limits)
        return
    reader = _Reader(parser, Budget(limits or ArchiveLimits()))
    try:
        if path.suffix.lower() == ".zip":
            with path.open("rb") as stream:
                yield from reader.archive(path.name, stream, depth=0)
        else:
            yield from reader.file(path.name, _file_bytes(path))
    except OSError:
        yield RawDocument(path.name, None, UNREADABLE, "")
    except UnreadableDocument as error:
        yield RawDocument(path.name, None, str(error), "")


def _file_bytes(path: Path) -> bytes:
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise UnreadableDocument(f"文件超过 {_MAX_FILE_BYTES >> 20} MB，未读取。")
    return path.read_bytes()


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes; empty where it cannot be opened, as `read_documents` then says."""
    try:
        with path.open("rb") as stream:
            return _hash_of(stream)
    except OSError:
        return ""


def _hash_of(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


class _Reader:
    """Reads one file with all that is nested in it, on one budget."""

    def __init__(self, parser: LimitedParser, budget: Budget) -> None:
        self._parser = parser
        self._budget = budget

    def file(self, name: str, raw: bytes) -> Iterator[RawDocument]:
        """One file that is no archive."""
        digest = hashlib.sha256(raw).hexdigest()
        try:
            text, lost_pages = self._text(name, raw)
        except UnreadableDocument as error:
            yield RawDocument(name, None, str(error), digest)
            return
        yield RawDocument(name, text, None, digest)
        if lost_pages:
            pages = "、".join(str(page) for page in lost_pages)
            reason = f"第 {pages} 页没有文字层（可能是扫描页），这些页未读。"
            yield RawDocument(f"{name}{_INSIDE}第{pages}页", None, reason, digest)

    def _text(self, name: str, raw: bytes) -> tuple[str, tuple[int, ...]]:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _TEXT:
            return decode_text(raw), ()
        if suffix == ".doc" and raw.startswith(_PACKAGE_MAGIC):
            suffix = ".docx"  # renamed, not converted
        if suffix in _PARSED:
            parsed = self._parser.parse(raw, _PARSED[suffix])
            text = join_wrapped_lines(parsed.text) if suffix == ".pdf" else parsed.text
            return text, parsed.pages_without_text
        if suffix in _OLD_OFFICE:
            raise UnreadableDocument(
                f"不支持 {suffix} 格式，请用 Word 或 WPS 另存为 .docx 后再试。"
            )
        raise UnreadableDocument(
            f"不支持的文件类型“{suffix or '无扩展名'}”，可读取 {' '.join(SUFFIXES)}。"
        )

    def archive(self, name: str, stream: BinaryIO, *, depth: int) -> Iterator[RawDocument]:
        """Every member of an archive; ``depth`` counts the archives around it."""
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            reason = "压缩包已损坏，无法打开。"
            yield RawDocument(name, None, reason, _hash_of(stream))
            return
        with archive:
            try:
                for member in archive.infolist():
                    if not member.is_dir():
                        self._budget.take_member()
                        yield from self._member(name, archive, member, depth=depth)
            except BudgetExceeded as error:
                if depth:
                    raise
                yield RawDocument(name, None, str(error), _hash_of(stream))

    def _member(
        self, name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, depth: int
    ) -> Iterator[RawDocument]:
        inner = member_name(member)
        label = f"{name}{_INSIDE}{inner}"
        try:
            parts = safe_parts(inner)
            if is_litter(parts):
                return
            label = f"{name}{_INSIDE}{'/'.join(parts)}"
            raw = read_member(archive, member, self._budget)
        except BudgetExceeded:
            raise
        except UnreadableDocument as error:
            yield RawDocument(label, None, str(error), "")
            return
        if not label.lower().endswith(".zip"):
            yield from self.file(label, raw)
        elif depth < self._budget.limits.depth:
            yield from self.archive(label, io.BytesIO(raw), depth=depth + 1)
        else:
            reason = "压缩包嵌套过深，请先解压后再试。"
            yield RawDocument(label, None, reason, hashlib.sha256(raw).hexdigest())
