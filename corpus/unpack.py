"""Unpacking a downloaded archive into a folder: plain files only, and never outside of it."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from corpus.archive import ArchiveLimits, Budget, member_chunks, member_name, safe_parts
from corpus.errors import ArchiveDamaged, UnreadableDocument

_CHUNK = 1 << 20


def unpack(archive: Path, kind: str, folder: Path, *, strip_prefix: str = "") -> int:
    """Unpack a zip or tar.gz; links and devices in a tar are left out.

    Args:
        archive: The archive.
        kind: ``zip`` or ``tar.gz``.
        folder: Where to; it exists and is empty.
        strip_prefix: Leading folders to take off the members that have them.

    Returns:
        How many files were written.

    Raises:
        ArchiveDamaged: Not such an archive, cut short, hostile, or beyond the limits.
        OSError: The disk cannot be written.
    """
    budget = Budget(ArchiveLimits(member_bytes=1 << 30))
    prefix = tuple(part for part in strip_prefix.split("/") if part)
    members = _zip_members if kind == "zip" else _tar_members
    count = 0
    try:
        for name, chunks in members(archive, budget):
            parts = safe_parts(name)
            if prefix and parts[: len(prefix)] == prefix:
                parts = parts[len(prefix) :]
            if not parts:
                continue
            _write(folder.joinpath(*parts), chunks)
            count += 1
    except UnreadableDocument as error:
        raise ArchiveDamaged(f"压缩包无法解开：{error}") from error
    if not count:
        raise ArchiveDamaged("压缩包是空的，没有任何文件。")
    return count


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(chunks)


def _zip_members(path: Path, budget: Budget) -> Iterator[tuple[str, Iterator[bytes]]]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ArchiveDamaged("下载的文件不是有效的 zip 压缩包，可能没有下载完整。") from error
    with archive:
        for member in archive.infolist():
            if not member.is_dir():
                budget.take_member()
                yield member_name(member), member_chunks(archive, member, budget)


def _tar_members(path: Path, budget: Budget) -> Iterator[tuple[str, Iterator[bytes]]]:
    with _tar_errors(), tarfile.open(path, "r:gz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                budget.take_member()
                yield member.name, _counted(stream, budget)


def _counted(stream: IO[bytes], budget: Budget) -> Iterator[bytes]:
    with _tar_errors():
        while chunk := stream.read(_CHUNK):
            budget.take_bytes(len(chunk))
            yield chunk


@contextmanager
def _tar_errors() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ArchiveDamaged("下载的文件不是有效的 tar.gz 压缩包，可能没有下载完整。") from error
