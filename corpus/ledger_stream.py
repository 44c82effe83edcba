"""A ledger of any format as a stream of rows: workbook sheets, csv; no whole file in memory."""

import csv
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from corpus.decoding import clean_text
from corpus.errors import UnreadableDocument
from corpus.ledger_encoding import TextFile, open_text
from corpus.limited_parser import LimitedParser

LONGEST_RECORD = 300
"""Lines one csv record may take; more betray a quote that was never closed."""
_MOST_RESUMED = 50
_CELL_LIMIT = 64 << 20
_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The sheet whose rows follow; "" for files without sheets."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty, at the line the user counts."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row or a whole sheet (line 0) that cannot be read, and why, in Chinese."""

    line: int
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """A row that brings the names of its columns along."""

    line: int
    cells: Mapping[str, str]


class Reader(Protocol):
    """What :func:`csv.reader` gives."""

    line_num: int

    def __next__(self) -> list[str]: ...


Streamed = SheetHead | SheetRow | BadRow


def stream_workbook(path: Path, parser: LimitedParser) -> Iterator[Streamed]:
    """Every sheet of a workbook with its rows.

    Raises:
        UnreadableDocument: Encrypted, damaged, no workbook, or beyond the limits, before anything
            was read; later, the rest is a :class:`BadRow`.
    """
    begun, last = False, 0
    try:
        for part in parser.parts(path):
            for one in _of_part(part):
                last = one.line if isinstance(one, SheetRow) else 0
                begun = True
                yield one
    except UnreadableDocument as error:
        if not begun:
            raise
        after = f"第 {last} 行之后" if last else "本工作表"
        yield BadRow(0, f"{after}未能读取：{error}")


def _of_part(part: Mapping[str, object]) -> Iterator[Streamed]:
    if "sheet" in part:
        yield SheetHead(clean_text(str(part["sheet"])), bool(part["hidden"]))
    elif "unread" in part:
        yield BadRow(0, str(part["unread"]))
    else:
        for line, cells in cast("Sequence[tuple[int, Sequence[str]]]", part["rows"]):
            yield SheetRow(line, tuple(clean_text(cell).strip() for cell in cells))


def stream_csv(path: Path) -> Iterator[Streamed]:
    """The rows of a csv or tsv file in UTF-8, UTF-16 or GB18030.

    Raises:
        UnreadableDocument: Binary, or of an encoding that cannot be told.
    """
    csv.field_size_limit(_CELL_LIMIT)
    text = open_text(path)
    yield SheetHead("")
    after: int | None = 0
    for tries in range(_MOST_RESUMED, -1, -1):
        after = yield from _records(text, after or 0, resuming=tries > 0)
        if after is None:
            return


def _records(
    text: TextFile, skipped: int, *, resuming: bool
) -> Generator[Streamed, None, int | None]:
    """The records after so many lines; gives the line of a quote that is never closed.

    The lines such a quote takes are read again, each as a row of its own, where ``resuming``.
    """
    with text.lines() as lines:
        reader = csv.reader(islice(lines, skipped, None), delimiter=_delimiter(text))
        for row, first, last in _numbered(reader, skipped):
            if isinstance(row, csv.Error):
                yield BadRow(first, f"第 {first} 行不是有效的 CSV（{row}）。")
            elif resuming and last - first >= LONGEST_RECORD:
                told = f"第 {first} 行的引号没有成对，其后各行已另行读取。"
                yield BadRow(first, told, _excerpt(row))
                return first
            elif one := _record(row, first, last):
                yield one
    return None


def _numbered(reader: Reader, skipped: int) -> Iterator[tuple[list[str] | csv.Error, int, int]]:
    """Each record, or what is wrong with it, with its first and its last line."""
    first = skipped + 1
    while True:
        record: list[str] | csv.Error
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            record = error
        yield record, first, reader.line_num + skipped
        first = reader.line_num + skipped + 1


def _record(row: Sequence[str], first: int, last: int) -> Streamed | None:
    cells = tuple(clean_text(cell).strip() for cell in row)
    if not any(cells):
        return None
    if last - first >= LONGEST_RECORD:
        told = f"从第 {first} 行到第 {last} 行连成一条：引号没有成对，请检查第 {first} 行。"
        return BadRow(first, told, _excerpt(row))
    if any(TextFile.DAMAGE in cell for cell in row):
        told = f"第 {first} 行有无法识别的字符，请核对原文件编码。"
        return BadRow(first, told, _excerpt(row))
    return SheetRow(first, cells)


def _excerpt(row: Sequence[str]) -> str:
    cells = (clean_text(cell[:_EXCERPT]).strip() for cell in row)
    return next((cell for cell in cells if cell), "")


def stream_objects(path: Path, *, lines: bool) -> Iterator[ObjectRow | BadRow]:
    """The objects of a file: one in each line, or all in one list.

    Raises:
        UnreadableDocument: As :func:`stream_csv`; for a list, also when it is no JSON.
    """
    with open_text(path).lines() as stream:
        if lines:
            for line, text in enumerate(stream, 1):
                if text.strip("\ufeff\r\n\t "):
                    yield _object(line, text)
            return
        try:
            content = json.load(stream)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument("不是有效的 JSON。") from error
    for count, one in enumerate(content if isinstance(content, list) else [content], 1):
        yield _named(count, one)


def _object(line: int, text: str) -> ObjectRow | BadRow:
    try:
        return _named(line, json.loads(text))
    except (ValueError, RecursionError):
        return BadRow(line, f"第 {line} 行不是有效的 JSON。", clean_text(text[:_EXCERPT]).strip())


def _named(line: int, one: object) -> ObjectRow | BadRow:
    if not isinstance(one, dict):
        return BadRow(line, f"第 {line} 行不是一个对象。", clean_text(str(one)[:_EXCERPT]))
    return ObjectRow(line, {clean_text(str(k)): _cell(v) for k, v in one.items()})


def _cell(value: object) -> str:
    if value is None:
        return ""
    plain = isinstance(value, str | int | float)
    return clean_text(str(value) if plain else json.dumps(value, ensure_ascii=False)).strip()


def _delimiter(text: TextFile) -> str:
    """The one that stands most often in the first line that has any."""
    for line in text.beginning.split("\n"):
        counts = {mark: line.count(mark) for mark in ",\t;，"}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","
