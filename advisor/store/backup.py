"""Backup and restore of a home: databases and own knowledge, one zip with a SHA-256 manifest."""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.errors import BackupDamaged, BackupError
from advisor.store.sqlite_file import COMPANIONS, copy_database, is_in_use, is_sound

MANIFEST = "manifest.json"
_DATABASE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\.db")
_KNOWLEDGE = "knowledge"
_KNOWLEDGE_NAME = re.compile(
    rf"{_KNOWLEDGE}/(?:[^/\\.\x00][^/\\\x00]{{0,99}}/){{0,3}}[^/\\.\x00][^/\\\x00]{{0,99}}\.yaml"
)
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
)
_CHUNK = 1 << 20
_MANIFEST_BYTES = 1 << 20


class BackedUpFile(BaseModel):
    """One file of a backup; ``size`` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    size: int
    sha256: str


class BackupManifest(BaseModel):
    """What a backup holds and when it was made (UTC)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["minqing-advisor-backup/1"] = "minqing-advisor-backup/1"
    created_at: datetime
    files: tuple[BackedUpFile, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did; ``set_aside`` holds the files it replaced, None when there were none."""

    manifest: BackupManifest
    set_aside: Path | None


def backup(home: Path, out: Path) -> BackupManifest:
    """Write every database and the own knowledge of ``home`` to the zip ``out``.

    The service may keep running.

    The index is left out: it is built again from the corpus. ``out`` appears only when complete,
    readable by its owner alone, as it holds personal data.

    Raises:
        BackupError: Nothing to back up, a database is damaged, or the disk cannot be written.
    """
    databases = sorted(path for path in home.glob("*.db") if _DATABASE_NAME.fullmatch(path.name))
    if not databases:
        raise BackupError(f"{home} 中没有可备份的数据库。")
    with _disk_errors("备份"):
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as folder:
            scratch = Path(folder)
            for path in databases:
                _checked_copy(path, scratch / path.name)
            names = [path.name for path in databases]
            for name in _knowledge_of(home):
                _copy_file(home / name, scratch / name)
                names.append(name)
            files = tuple(_described(scratch, name) for name in names)
            manifest = BackupManifest(created_at=datetime.now(UTC), files=files)
            archive = scratch / "archive.zip"
            _pack(archive, scratch, manifest)
            os.replace(archive, out)
    return manifest


def restore(archive: Path, home: Path) -> Restored:
    """Put the databases of a backup into ``home``.

    Everything is unpacked and checked first; only then are the present files set aside and the new
    ones put in place. A failure on the way puts the old ones back.

    Raises:
        BackupDamaged: The archive is no backup of ours, or its content is not what it says.
        BackupError: A database of the home is in use, or the disk cannot be written.
    """
    with _disk_errors("恢复"):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
            fresh = Path(folder)
            manifest = _unpack(archive, fresh)
            names = [file.name for file in manifest.files]
            _refuse_in_use(home, names)
            return Restored(manifest, _swap(home, fresh, names))


def _checked_copy(source: Path, target: Path) -> None:
    copy_database(source, target)
    if not is_sound(target):
        raise BackupError(f"{source.name} 已损坏，无法备份；原有的备份请妥善保留。")


def _knowledge_of(home: Path) -> list[str]:
    """The files of the own knowledge, by their names inside the home."""
    found = (path.relative_to(home).as_posix() for path in (home / _KNOWLEDGE).rglob("*.yaml"))
    return sorted(name for name in found if _KNOWLEDGE_NAME.fullmatch(name))


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _is_database(name: str) -> bool:
    return _DATABASE_NAME.fullmatch(name) is not None


def _described(folder: Path, name: str) -> BackedUpFile:
    path = folder / name
    return BackedUpFile(name=name, size=path.stat().st_size, sha256=_sha256(path))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _pack(archive: Path, folder: Path, manifest: BackupManifest) -> None:
    with archive.open("xb") as file:
        archive.chmod(0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            packed.writestr(MANIFEST, manifest.model_dump_json(indent=2))
            for one in manifest.files:
                packed.write(folder / one.name, one.name)
        file.flush()
        os.fsync(file.fileno())


def _unpack(archive: Path, folder: Path) -> BackupManifest:
    """Unpack into ``folder`` and check every file against the manifest."""
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = _read_manifest(packed)
            for file in manifest.files:
                _unpack_one(packed, file, folder / file.name)
    except FileNotFoundError as error:
        raise BackupError(f"没有找到备份文件 {archive}。") from error
    except _BROKEN_ARCHIVE as error:
        raise BackupDamaged("备份文件已损坏，或不是本系统的备份；原有数据未改动。") from error
    return manifest


def _read_manifest(packed: zipfile.ZipFile) -> BackupManifest:
    try:
        with packed.open(MANIFEST) as file:
            manifest = BackupManifest.model_validate_json(file.read(_MANIFEST_BYTES))
    except ValidationError as error:
        raise BackupDamaged(
            "备份清单无法识别，可能由更新版本的程序建立；原有数据未改动。"
        ) from error
    names = [file.name for file in manifest.files]
    unsafe = [n for n in names if not (_is_database(n) or _KNOWLEDGE_NAME.fullmatch(n))]
    if unsafe or not names or len(set(names)) != len(names):
        raise BackupDamaged("备份清单中的文件名无效；原有数据未改动。")
    return manifest


def _unpack_one(packed: zipfile.ZipFile, file: BackedUpFile, target: Path) -> None:
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(file.name) as source, target.open("xb") as unpacked:
        target.chmod(0o600)
        while (chunk := source.read(_CHUNK)) and size <= file.size:
            size += len(chunk)
            digest.update(chunk)
            unpacked.write(chunk)
        unpacked.flush()
        os.fsync(unpacked.fileno())
    same = (size, digest.hexdigest()) == (file.size, file.sha256)
    if not same or (_is_database(file.name) and not is_sound(target)):
        raise BackupDamaged(f"备份中的 {file.name} 与清单不符，已停止；原有数据未改动。")


def _refuse_in_use(home: Path, names: list[str]) -> None:
    for name in names:
        if _is_database(name) and (home / name).exists() and is_in_use(home / name):
            raise BackupError(f"{name} 正在使用，请先停止服务再恢复；原有数据未改动。")


def _swap(home: Path, fresh: Path, names: list[str]) -> Path | None:
    """Set the present files aside and move the new ones in; all or none."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = home / f"before-restore-{stamp}"
    databases = [name for name in names if _is_database(name)]
    present = [f"{name}{end}" for name in databases for end in ("", *COMPANIONS)]
    present = [name for name in present if (home / name).exists()]
    if len(databases) < len(names):  # what is laid over the pack counts as a whole
        present += _knowledge_of(home)
    moved: list[tuple[Path, Path]] = []
    try:
        if present:
            aside.mkdir(mode=0o700)
        for name in present:
            _move(home / name, aside / name, moved)
        for name in names:
            _move(fresh / name, home / name, moved)
    except OSError:
        for source, target in reversed(moved):
            with contextlib.suppress(OSError):  # put back as many as can be
                os.replace(target, source)
        with contextlib.suppress(OSError):  # stays when something is left in it
            aside.rmdir()
        raise
    return aside if present else None


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)
    moved.append((source, target))


@contextlib.contextmanager
def _disk_errors(deed: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "读写错误"
        raise BackupError(f"{deed}没有完成（{reason}）；原有数据未改动。") from error
