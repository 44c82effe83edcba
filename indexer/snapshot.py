"""Snapshots: immutable generations of the index under ``<home>/index``, read only after checking.

``CURRENT`` names the generation to serve. When that one is missing or damaged it is refused and
the newest other generation that passes its checks is served instead; the snapshot says so.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import SnapshotDamaged, SnapshotError, SnapshotMissing
from indexer.manifest import Content, Manifest, open_verified, serial_of, verify

POINTER = "CURRENT"
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A generation whose files were verified when it was opened, and stay open.

    ``refused`` tells, in Chinese, what was wrong with the generations that should have been served
    before this one; empty when the current one is good.
    """

    folder: Path
    manifest: Manifest
    contents: Mapping[str, Content] = field(repr=False, compare=False)
    refused: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path, refused: Sequence[str] = ()) -> "Snapshot":
        """The generation in this folder; raises SnapshotDamaged when it does not pass."""
        manifest, contents = open_verified(folder)
        return cls(folder, manifest, contents, tuple(refused))

    @property
    def generation(self) -> str:
        """The generation's name, also its provenance in an answer."""
        return self.folder.name

    def array(self, name: str) -> NDArray[Any]:
        """A stored array of one dimension, read-only, paged in from disk as it is touched."""
        return np.frombuffer(self.contents[name], dtype=array_type(name))

    def read(self, name: str) -> bytes:
        """The bytes of a stored file, hashed once more so that exactly these bytes are known good.

        Raises:
            SnapshotDamaged: the file was overwritten since the snapshot was opened.
        """
        raw = bytes(self.contents[name])
        if hashlib.sha256(raw).hexdigest() != self.manifest.record(name).sha256:
            raise SnapshotDamaged([f"{self.generation} 的文件 {name} 校验不符"])
        return raw


@dataclass(frozen=True, slots=True)
class GenerationState:
    """One stored generation as a check found it; ``faults`` is empty when it is good."""

    name: str
    current: bool
    manifest: Manifest | None
    faults: tuple[str, ...] = ()


def array_type(name: str) -> np.dtype[Any]:
    """The element type of a stored array, which is the ending of its name: ``docs.uint32``.

    Arrays are raw little-endian numbers. The header of .npy would say the same, but numpy parses
    it with ``ast``, which fails at random in threads of CPython 3.11 (gh-106905).
    """
    return np.dtype(name.rpartition(".")[2]).newbyteorder("<")


def index_folder(home: Path) -> Path:
    """Where the generations lie."""
    return home / "index"


def generations(folder: Path) -> tuple[str, ...]:
    """Names of the stored generations, newest first."""
    if not folder.is_dir():
        return ()
    serials = {path.name: serial_of(path.name) for path in folder.iterdir() if path.is_dir()}
    known = [(serial, name) for name, serial in serials.items() if serial is not None]
    return tuple(name for _, name in sorted(known, reverse=True))


def read_pointer(folder: Path) -> str | None:
    """The generation that ``CURRENT`` names; None when there is no pointer or it is garbled."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if serial_of(name) is not None else None


def open_current(home: Path) -> Snapshot:
    """The snapshot to serve, every file of it just verified.

    Raises:
        SnapshotMissing: no index was ever built here.
        SnapshotDamaged: there is something, but nothing that passes its checks.
    """
    folder = index_folder(home)
    for _ in range(_ATTEMPTS):
        pointed = read_pointer(folder)
        try:
            snapshot = _open(folder, pointed)
        except SnapshotError:
            # A build may have published and cleared away what we were reading: then look again.
            if read_pointer(folder) == pointed:
                raise
            continue
        if snapshot.generation == pointed or read_pointer(folder) == pointed:
            return snapshot
    return _open(folder, read_pointer(folder))


def _open(folder: Path, pointed: str | None) -> Snapshot:
    """The best generation that passes its checks."""
    faults: list[str] = []
    for name, fault in _candidates(folder, pointed):
        if fault:
            faults.append(fault)
            continue
        try:
            return Snapshot.of(folder / name, faults)
        except SnapshotDamaged as error:
            faults.extend(error.faults)
    raise SnapshotDamaged(faults) if faults else SnapshotMissing(folder)


def _candidates(folder: Path, pointed: str | None) -> Iterator[tuple[str, str | None]]:
    """Generations in the order they should be tried, each with what already speaks against it."""
    stored = generations(folder)
    if pointed is None and (stored or (folder / POINTER).exists()):
        yield "", f"指针文件 {POINTER} 缺失或无法识别"
    elif pointed is not None and pointed not in stored:
        yield pointed, f"指针文件 {POINTER} 指向的 {pointed} 不存在"
    elif pointed is not None:
        yield pointed, None
    for name in stored:
        if name != pointed:
            yield name, None


def survey(home: Path) -> tuple[GenerationState, ...]:
    """Every stored generation, newest first, with all its files checked."""
    folder = index_folder(home)
    pointed = read_pointer(folder)
    return tuple(_state(folder / name, name == pointed) for name in generations(folder))


def _state(folder: Path, current: bool) -> GenerationState:
    try:
        return GenerationState(folder.name, current, verify(folder))
    except SnapshotDamaged as error:
        return GenerationState(folder.name, current, None, error.faults)
