"""The shipped YAML as it was parsed last time, kept like Python keeps its own compiled files.

Parsing two megabytes of YAML takes longer than everything else a command does. The parsed values
lie in ``__pycache__`` beside this file, and count only while no file of the pack has changed in
size or time of change. Where nothing can be written there, everything is parsed each time.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from corpus.errors import KnowledgeError
from corpus.yaml_records import read_yaml

_DAY = "$day"
_KEPT = Path(__file__).parent / "__pycache__" / "knowledge.json"


def parsed_pack(root: Path, kept: Path = _KEPT) -> Mapping[str, object]:
    """Path below ``root`` to the content of every YAML file there; empty when one is broken."""
    stamp = _stamp(root)
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(kept.read_bytes(), object_hook=_revived)
        known: dict[str, object] = found["files"]
        if found["stamp"] == stamp:
            return known
    try:
        files = {str(name): read_yaml(root / str(name)) for name, _, _ in stamp}
    except KnowledgeError:
        return {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        _keep(kept, json.dumps({"stamp": stamp, "files": files}, default=_plain))
    return files


def _stamp(root: Path) -> list[list[object]]:
    found = ((path, path.stat()) for path in sorted(root.rglob("*.yaml")))
    return [[path.relative_to(root).as_posix(), s.st_size, s.st_mtime_ns] for path, s in found]


def _plain(value: object) -> dict[str, str]:
    if type(value) is date:
        return {_DAY: value.isoformat()}
    raise TypeError(type(value).__name__)


def _revived(row: dict[str, object]) -> object:
    day = row.get(_DAY)
    return date.fromisoformat(str(day)) if day is not None and len(row) == 1 else row


def _keep(kept: Path, text: str) -> None:
    """Written beside and moved in, so that another process never reads half of it."""
    kept.parent.mkdir(exist_ok=True)
    handle, written = tempfile.mkstemp(dir=kept.parent, prefix=".knowledge-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(written, kept)
    except OSError:
        os.unlink(written)
        raise
