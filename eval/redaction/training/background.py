"""Background texts for training the name model: what people write, without names of persons."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

_SPACES = re.compile(r"\s+")
_SHORTEST = 6


def messages(workbook: Path) -> Iterator[str]:
    """Every long cell of a workbook of citizens' messages, row after row."""
    opened = CalamineWorkbook.from_path(workbook)
    for sheet in opened.sheet_names:
        for row in opened.get_sheet_by_name(sheet).to_python()[1:]:
            for cell in row:
                if isinstance(cell, str) and len(cell) >= _SHORTEST:
                    yield _SPACES.sub("\n", cell.strip())


def questions(rows: Path) -> Iterator[str]:
    """The lay questions of a retrieval data set."""
    with rows.open(encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line)["question"])


def statutes(folder: Path, every: int = 6) -> Iterator[str]:
    """One statute in ``every`` of a collection, as text."""
    for path in sorted(folder.rglob("*.md"))[::every]:
        yield path.read_text(encoding="utf-8")


def joined(sources: Sequence[Iterator[str]]) -> tuple[str, ...]:
    """Every text of the sources."""
    return tuple(text for source in sources for text in source)
