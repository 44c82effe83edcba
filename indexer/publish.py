"""Publishing a generation: written aside, synced, renamed into place, then pointed to.

At every instant ``CURRENT`` names a complete generation, whenever the process may die: files are
written to a hidden folder, the folder gets its final name only when all of it is on disk, and the
pointer is swapped by ``os.replace``. What a killed build left is cleared by the next one.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from indexer.errors import BuildInProgress, SnapshotDamaged
from indexer.manifest import (
    MANIFEST,
    FileRecord,
    Manifest,
    file_record,
    generation_name,
    serial_of,
    verify,
)
from indexer.snapshot import POINTER, Snapshot, array_type, generations, index_folder, read_pointer

LOCK = "LOCK"
_DRAFT = ".draft"
_DISCARDED = ".discarded-"


@contextmanager
def build_lock(home: Path) -> Iterator[Path]:
    """Holds the only right to build under ``home``; gives the index folder, cleared of leftovers.

    The lock is the operating system's and falls with the process, so a killed build never bars
    the next one.

    Raises:
        BuildInProgress: another process or thread is building.
    """
    folder = index_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildInProgress(folder) from error
        _clear_leftovers(folder)
        yield folder


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation being written; nobody reads it before it is published."""

    folder: Path

    def array(self, name: str, values: NDArray[Any]) -> None:
        """Stores an array of one dimension; ``name`` ends in its type: ``docs.uint32``."""
        values.astype(array_type(name), copy=False).tofile(self._path(name))

    def json(self, name: str, value: object) -> None:
        """Stores a value as JSON."""
        self.bytes(name, json.dumps(value, ensure_ascii=False).encode())

    def bytes(self, name: str, raw: bytes) -> None:
        """Stores bytes as they are."""
        self._path(name).write_bytes(raw)

    def adopt(self, earlier: Snapshot, prefix: str) -> bool:
        """Takes the files of an earlier generation as they are; False when they are not whole.

        Files never change once they are published, so both generations may be one file on disk.
        """
        taken = [record for record in earlier.manifest.files if record.name.startswith(prefix)]
        if all(self._take(earlier, record) for record in taken):
            return True
        # What is written anew must never be written into a file of the earlier generation.
        shutil.rmtree(self.folder / prefix, ignore_errors=True)
        return False

    def _take(self, earlier: Snapshot, record: FileRecord) -> bool:
        path = self._path(record.name)
        try:
            os.link(earlier.folder / record.name, path)
        except FileNotFoundError:
            return False
        except OSError:  # a file system without links
            path.write_bytes(earlier.contents[record.name])
        return file_record(self.folder, path) == record

    def _path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


@contextmanager
def drafting(folder: Path) -> Iterator[Draft]:
    """A fresh draft under the index folder, removed when it was not published."""
    draft = folder / _DRAFT
    draft.mkdir()
    try:
        yield Draft(draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def publish(
    draft: Draft,
    *,
    corpus: str,
    model: str,
    counts: Mapping[str, int],
    embedder: str | None = None,
) -> Snapshot:
    """Makes the draft the current generation and clears away all but it and one good older one."""
    folder = draft.folder.parent
    paths = sorted(path for path in draft.folder.rglob("*") if path.is_file())
    for path in paths:
        _sync(path)
    files = tuple(file_record(draft.folder, path) for path in paths)
    manifest = Manifest(
        corpus=corpus, model=model, embedder=embedder, counts=dict(counts), files=files
    )
    raw = manifest.encode()
    _write_synced(draft.folder / MANIFEST, raw)
    for inner in (*(path for path in draft.folder.rglob("*") if path.is_dir()), draft.folder):
        _sync(inner)
    target = folder / generation_name(_next_serial(folder), raw)
    os.rename(draft.folder, target)
    _sync(folder)
    _point(folder, target.name)
    _collect(folder, target.name)
    return Snapshot.of(target)


def _next_serial(folder: Path) -> int:
    names = (*generations(folder), read_pointer(folder) or "")
    return 1 + max((serial_of(name) or 0 for name in names), default=0)


def _point(folder: Path, name: str) -> None:
    """Swaps the pointer atomically."""
    fresh = folder / f"{_DISCARDED}{POINTER}"
    _write_synced(fresh, f"{name}\n".encode())
    os.replace(fresh, folder / POINTER)
    _sync(folder)


def _collect(folder: Path, current: str) -> None:
    """Removes every generation but the current one and the newest other that is still good."""
    kept = False
    for name in generations(folder):
        if name == current:
            continue
        if not kept and _is_good(folder / name):
            kept = True
            continue
        _remove(folder / name)


def _is_good(generation: Path) -> bool:
    try:
        verify(generation)
    except SnapshotDamaged:
        return False
    return True


def _remove(generation: Path) -> None:
    """Renames first, so that a removal cut short never leaves half a generation under its name."""
    aside = generation.with_name(_DISCARDED + generation.name)
    os.rename(generation, aside)
    shutil.rmtree(aside, ignore_errors=True)


def _clear_leftovers(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name == _DRAFT or path.name.startswith(_DISCARDED):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _write_synced(path: Path, raw: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
