"""The results of a batch for programs: one JSON object in each line, rows in their order."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from pydantic import BaseModel

from advisor.batch.model import BatchSummary, Groups, Item, UnworkedRow
from advisor.documents.atomic import put_in_place


def write_jsonl(
    summary: BatchSummary,
    items: Iterable[Item],
    groups: Groups,
    unworked: Iterable[UnworkedRow],
    path: Path,
) -> None:
    """Write a batch as lines, each with its ``kind``.

    ``summary`` comes first, then every ``item``, ``unworked``, ``duplicate``, ``cluster`` and
    ``warning``. The vectors that grouping reads are left out.

    Raises:
        DocumentError: the file cannot be written; what stood there still stands.
    """
    with put_in_place(path) as beside, beside.open("w", encoding="utf-8", newline="\n") as stream:
        _write(stream, "summary", (summary,))
        _write(stream, "item", items)
        _write(stream, "unworked", unworked)
        _write(stream, "duplicate", groups.duplicates)
        _write(stream, "cluster", groups.clusters)
        _write(stream, "warning", groups.warnings)


def _write(stream: IO[str], kind: str, values: Iterable[BaseModel]) -> None:
    for value in values:
        told = {"kind": kind, **value.model_dump(mode="json", exclude={"likeness"})}
        stream.write(json.dumps(told, ensure_ascii=False) + "\n")
