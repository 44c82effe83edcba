"""Pulling a collection: download, check, unpack, and put in place all at once or not at all."""

import contextlib
import hashlib
import shutil
import tempfile
from pathlib import Path

from corpus.download import DownloadLimits, ProgressReport, download
from corpus.errors import DigestMismatch, PullError
from corpus.sources import Source, find_source, load_sources
from corpus.unpack import unpack

__all__ = ["DownloadLimits", "Source", "find_source", "load_sources", "pull"]


def pull(
    source: Source,
    destination: Path,
    on_progress: ProgressReport,
    limits: DownloadLimits | None = None,
) -> Path:
    """Bring a collection to ``destination/<name>``, replacing what an earlier pull left there.

    Args:
        source: What to bring; see :func:`corpus.sources.find_source`.
        destination: The folder of all collections; made when missing.
        on_progress: Called with the bytes present and the bytes expected (None when unknown).
        limits: Of the download.

    Returns:
        The folder of the collection, ready for ``ingest.add``.

    Raises:
        SourceUnreachable: No network; the message says how to bring the files by hand.
        DownloadRefused: The server does not give the file.
        DigestMismatch: The file is not the one the manifest names; it is deleted.
        ArchiveDamaged: The file cannot be unpacked; it is deleted.
        PullError: The disk is full or cannot be written.
    """
    url_digest = hashlib.sha256(source.url.encode()).hexdigest()[:12]
    archive = destination / f".{source.name}-{url_digest}.{source.format}"
    try:
        destination.mkdir(parents=True, exist_ok=True)
        download(source.url, archive, on_progress, limits)
        _check_digest(archive, source)
        return _put_in_place(archive, source, destination)
    except OSError as error:
        raise PullError(f"无法写入 {destination}（{error.strerror or '读写错误'}）。") from error
    finally:
        with contextlib.suppress(OSError):
            archive.unlink()


def _check_digest(archive: Path, source: Source) -> None:
    if source.sha256 is None:
        return
    digest = hashlib.sha256()
    with archive.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != source.sha256:
        raise DigestMismatch(
            f"下载的文件校验不符（应为 {source.sha256[:12]}…，实为 {digest.hexdigest()[:12]}…），"
            "已删除；原有内容未改动。请重试，仍不符则来源可能被改动，请勿使用。"
        )


def _put_in_place(archive: Path, source: Source, destination: Path) -> Path:
    """Unpack beside the final folder, then swap by renaming."""
    final = destination / source.name
    with tempfile.TemporaryDirectory(prefix=".unpack-", dir=destination) as scratch:
        fresh, old = Path(scratch, "new"), Path(scratch, "old")
        fresh.mkdir()
        unpack(archive, source.format, fresh, strip_prefix=source.strip_prefix)
        if final.exists():
            final.replace(old)
        try:
            fresh.replace(final)
        except OSError:
            if old.exists():
                old.replace(final)
            raise
        shutil.rmtree(old, ignore_errors=True)
    return final
