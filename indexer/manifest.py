"""The manifest of a generation: what it holds and the SHA-256 by which each file is known.

A generation's folder is named ``<serial>-<first 32 hex digits of its manifest's SHA-256>``, so the
name vouches for the manifest and the manifest for every file; no byte that is served is unchecked.
Hashing runs at about 1.5 GB/s on a CPU with SHA instructions: 0.1 s for the 120 MB of 147,000
articles, 0.2 s for 300 MB.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from indexer.errors import SnapshotDamaged

FORMAT_VERSION = 1
MANIFEST = "manifest.json"
_NAME = re.compile(r"(?P<serial>\d{6,})-(?P<digest>[0-9a-f]{32})")


class FileRecord(BaseModel):
    """One file of a generation; ``size`` in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str
    size: int


class Manifest(BaseModel):
    """What a generation holds.

    ``corpus`` is the fingerprint of the passages it was built from, ``model`` the parameters baked
    into it, ``counts`` the passages per pool.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = FORMAT_VERSION
    corpus: str
    model: str
    counts: Mapping[str, int]
    files: tuple[FileRecord, ...]

    def record(self, name: str) -> FileRecord:
        """The record of one file; raises KeyError when the generation has none of that name."""
        for file in self.files:
            if file.name == name:
                return file
        raise KeyError(name)

    def encode(self) -> bytes:
        """The bytes that are stored and hashed."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=1).encode()


def generation_name(serial: int, manifest: bytes) -> str:
    """The folder name of a generation with this manifest."""
    return f"{serial:06d}-{hashlib.sha256(manifest).hexdigest()[:32]}"


def serial_of(name: str) -> int | None:
    """The serial number in a generation's folder name, None for any other name."""
    match = _NAME.fullmatch(name)
    return int(match["serial"]) if match else None


def file_record(folder: Path, path: Path) -> FileRecord:
    """The record of a file that lies under ``folder``."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileRecord(
        name=path.relative_to(folder).as_posix(), sha256=digest, size=path.stat().st_size
    )


def verify(folder: Path) -> Manifest:
    """The manifest of a generation whose every file was just hashed and found right.

    Raises:
        SnapshotDamaged: a file is missing, cut or changed, or another program version wrote it.
    """
    manifest = _read_manifest(folder)
    faults = [fault for record in manifest.files if (fault := _fault(folder, record))]
    if faults:
        raise SnapshotDamaged([f"{folder.name} 的{fault}" for fault in faults])
    return manifest


def _read_manifest(folder: Path) -> Manifest:
    try:
        raw = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise SnapshotDamaged([f"{folder.name} 缺少清单文件 {MANIFEST}"]) from error
    match = _NAME.fullmatch(folder.name)
    if match is None or hashlib.sha256(raw).hexdigest()[:32] != match["digest"]:
        raise SnapshotDamaged([f"{folder.name} 的清单文件 {MANIFEST} 校验不符"])
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError as error:
        raise SnapshotDamaged([f"{folder.name} 的清单由其他版本的程序写成"]) from error
    if manifest.format_version != FORMAT_VERSION:
        raise SnapshotDamaged(
            [f"{folder.name} 的格式版本是 {manifest.format_version}，本程序需要 {FORMAT_VERSION}"]
        )
    return manifest


def _fault(folder: Path, record: FileRecord) -> str | None:
    """What is wrong with one file, in Chinese, or None."""
    path = folder / record.name
    try:
        if path.stat().st_size != record.size:
            return f"文件 {record.name} 大小不符"
        if file_record(folder, path) != record:
            return f"文件 {record.name} 校验不符"
    except OSError:
        return f"文件 {record.name} 无法读取"
    return None
