"""A town's own knowledge on disk: ``ADVISOR_HOME/knowledge`` over the pack, the last good kept.

All of a town's files count together: as long as one is broken, the last state in which all were
good stays in use, and ``Knowledge.town.faults`` says why.
"""

import base64
import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.decoding import storable_name
from corpus.errors import KnowledgeError
from corpus.knowledge import Knowledge, knowledge_faults, load_knowledge
from corpus.overlay import DISABLED, KINDS, Patches
from corpus.yaml_records import Row, first_fault, parse_yaml, rows_of

FOLDER = "knowledge"
LAST_GOOD = "knowledge.good.json"
_ENDINGS = (".yaml", ".yml")
_MOST_FILES = 2_000
_MOST_BYTES = 20 << 20
_VERSION_DIGITS = 12
_FILES = {name: kind for kind, place in KINDS.items() for name in place.files}


class _Good(BaseModel):
    """The last good state as it is kept: the bytes of each file in base64."""

    version: str
    files: dict[str, str]


_GOOD = TypeAdapter(_Good)
_LISTS = TypeAdapter[Mapping[str, Sequence[str]]](Mapping[str, Sequence[str]])
_NAMES = TypeAdapter[Mapping[str, str | None]](Mapping[str, str | None])
_Shape = TypeVar("_Shape")

Sheets = Mapping[str, bytes]
"""File name inside the folder to its bytes."""
Stamp = tuple[tuple[str, int, int], ...]


def stamp(home: Path) -> Stamp:
    """Changes when a file of the town's does, by name, size and time; cheap to ask."""
    found: list[tuple[str, int, int]] = []
    for path in _files(home / FOLDER):
        with contextlib.suppress(OSError):
            stat = path.stat()
            found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def load_with_town(home: Path, pack: Path | None = None) -> Knowledge:
    """The pack with the town's knowledge over it; never fails for a fault of the town's.

    When the town's files are broken, their last good state in this home is used, else the pack
    alone; ``town.faults`` names every fault.

    Raises:
        KnowledgeError: the pack itself is broken.
    """
    faults: tuple[str, ...]
    try:
        sheets = _read(home / FOLDER)
        faults, known = _faults_of(sheets, pack)
    except KnowledgeError as error:
        sheets, faults, known = {}, (str(error),), None
    if known is not None:
        _remember(home, sheets, known.town.version)
        return known
    for kept, told in _fallbacks(home):
        with contextlib.suppress(KnowledgeError):
            known = load_knowledge(pack, patches_of(kept))
            return replace(known, town=replace(known.town, faults=(*faults, told)))
    return load_knowledge(pack)


def town_faults(home: Path, pack: Path | None = None) -> tuple[str, ...]:
    """Everything that keeps a town's files from being used."""
    try:
        return _faults_of(_read(home / FOLDER), pack)[0]
    except KnowledgeError as error:
        return (str(error),)


def patches_of(sheets: Sheets) -> Patches:
    """A town's files as patches.

    Raises:
        KnowledgeError: a file is not YAML, or a list of names has another shape.
    """
    rows: dict[str, list[Row]] = {}
    aliases: Mapping[str, str | None] = {}
    disabled: Mapping[str, Sequence[str]] = {}
    notes: list[str] = []
    used = 0
    for name, raw in sheets.items():
        kind = _kind_of(name)
        if kind is None:
            notes.append(f"{FOLDER}/{name}：不认识的文件，没有使用")
            continue
        used += 1
        content = parse_yaml(raw, f"{FOLDER}/{name}")
        if kind == DISABLED:
            disabled = _checked(content, _LISTS, name)
        elif kind == "aliases":
            aliases = _checked(content, _NAMES, name)
        else:
            rows.setdefault(kind, []).extend(rows_of(content, f"{FOLDER}/{name}"))
    notes += [f"{FOLDER}/{DISABLED}：不认识的类别{one}" for one in sorted(disabled.keys() - KINDS)]
    version = _version(sheets) if used else ""
    return Patches(rows, aliases, disabled, version, used, tuple(notes))


def _faults_of(sheets: Sheets, pack: Path | None) -> tuple[tuple[str, ...], Knowledge | None]:
    """What is wrong with the town's files, and the knowledge when nothing is."""
    try:
        patches = patches_of(sheets)
        return (), load_knowledge(pack, patches)
    except KnowledgeError as error:
        if not sheets:
            raise
        with contextlib.suppress(KnowledgeError):
            return knowledge_faults(pack, patches_of(sheets)), None
        return (str(error),), None


def _fallbacks(home: Path) -> Iterator[tuple[Sheets, str]]:
    kept = _recall(home)
    if kept:
        yield kept, f"仍在使用上一次正确的本地知识（版本 {_version(kept)}）"
    yield {}, "本地知识没有使用，只用自带知识"


def _checked(content: object, shape: TypeAdapter[_Shape], name: str) -> _Shape:
    try:
        return shape.validate_python(content or {})
    except ValidationError as error:
        raise KnowledgeError(f"{FOLDER}/{name}{first_fault(error)}") from error


def _kind_of(name: str) -> str | None:
    """The kind of record a file of this name holds; None for one we do not know."""
    if name == DISABLED:
        return DISABLED
    folder, _, rest = name.partition("/")
    if rest:
        return folder if folder in KINDS and KINDS[folder].folder else None
    return _FILES.get(name)


def _files(folder: Path) -> tuple[Path, ...]:
    """YAML files below the folder; what editors leave beside them is passed over."""
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return tuple(
        path
        for path in found
        if path.suffix.lower() in _ENDINGS
        and path.is_file()
        and not any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
    )


def _read(folder: Path) -> Sheets:
    files = _files(folder)
    if len(files) > _MOST_FILES:
        raise KnowledgeError(f"{FOLDER}：文件超过{_MOST_FILES}个，没有读取")
    sheets: dict[str, bytes] = {}
    for path in files:
        name = storable_name(path.relative_to(folder).as_posix())
        try:
            sheets[name] = path.read_bytes()
        except OSError as error:
            raise KnowledgeError(f"{FOLDER}/{name}：无法读取（{error.strerror}）") from error
        if sum(map(len, sheets.values())) > _MOST_BYTES:
            raise KnowledgeError(f"{FOLDER}：文件合计超过{_MOST_BYTES >> 20}MB，没有读取")
    return sheets


def _version(sheets: Sheets) -> str:
    digest = hashlib.sha256()
    for name in sorted(sheets):
        digest.update(f"{name}\n{len(sheets[name])}\n".encode())
        digest.update(sheets[name])
    return digest.hexdigest()[:_VERSION_DIGITS]


def _remember(home: Path, sheets: Sheets, version: str) -> None:
    """Keep the good state for the day a file is broken, where the home can be written."""
    path = home / LAST_GOOD
    with contextlib.suppress(OSError):
        if not version:
            path.unlink(missing_ok=True)
            return
        texts = {name: base64.b64encode(raw).decode() for name, raw in sheets.items()}
        content = json.dumps({"version": version, "files": texts})
        if path.is_file() and path.read_text(encoding="ascii") == content:
            return
        handle, aside = tempfile.mkstemp(prefix=f".{LAST_GOOD}-", dir=home)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(aside, path)
        finally:
            Path(aside).unlink(missing_ok=True)


def _recall(home: Path) -> Sheets:
    """The last good state; empty when none was kept, or it was damaged."""
    try:
        kept = _GOOD.validate_json((home / LAST_GOOD).read_bytes())
        sheets = {name: base64.b64decode(text) for name, text in kept.files.items()}
    except (OSError, ValueError):
        return {}
    return sheets if _version(sheets) == kept.version else {}
