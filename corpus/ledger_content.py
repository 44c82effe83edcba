"""Columns of a backlog told by what stands in them, where their names do not say it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from corpus.ledger_columns import (
    LOOKED_AT,
    OPEN_FIELDS,
    ColumnMap,
    Columns,
    Header,
    columns_of,
    find_header,
    header_candidates,
)
from corpus.ledger_rows import parse_day

_STORY = 12.0
"""Mean length from which a column may hold what people tell."""
_NO_STORY = re.compile(r"答复|回复|措施|结果|办理|意见|备注|处理|地址|单位")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_SHARE = 0.3
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")
_MOSTLY = 0.8
_NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table of a backlog is to be read.

    ``start`` is the place of the first row of data; ``guessed_head`` says that the row before it is
    only taken for a header, which nobody named.
    """

    columns: Columns
    names: tuple[str, ...]
    start: int
    guessed_head: bool = False


def find_layout(rows: Sequence[Sequence[str]], told: ColumnMap) -> Layout | None:
    """The layout of a table from its first rows; None where nothing in it can be a complaint."""
    header = find_header(rows, told, OPEN_FIELDS) or _partial_header(rows, told)
    if header is None:
        return _by_content(rows)
    body = rows[header.row + 1 :]
    columns = {**header.columns, **guess_columns(body, header.columns, header.names)}
    if "详情" not in columns and "主题" not in columns:
        return None
    return Layout(columns, header.names, header.row + 1)


def _partial_header(rows: Sequence[Sequence[str]], told: ColumnMap) -> Header | None:
    """The row that names most columns, though not the one of the complaint."""
    best: Header | None = None
    for place, names in header_candidates(rows[:LOOKED_AT]):
        columns = columns_of(names, told, OPEN_FIELDS)
        if columns and (best is None or len(columns) > len(best.columns)):
            best = Header(place, columns, (), tuple(names))
    return best


def _by_content(rows: Sequence[Sequence[str]]) -> Layout | None:
    layout = Layout(guess_columns(rows, {}, ()), (), 0)
    if "详情" not in layout.columns:
        return None
    if _names_columns(rows[0], layout.columns):
        names = tuple(rows[0])
        columns = guess_columns(rows[1:], {}, names)
        if "详情" in columns:
            return replace(layout, columns=columns, names=names, start=1, guessed_head=True)
    return layout


def _names_columns(row: Sequence[str], columns: Columns) -> bool:
    told = [cell for cell in row if cell]
    short = all(len(cell) <= _NAME_LENGTH and not re.search(r"\d", cell) for cell in told)
    at = columns["详情"]
    return len(told) > 1 and short and at < len(row) and len(row[at]) < _STORY


def guess_columns(
    rows: Sequence[Sequence[str]], known: Columns, names: Sequence[str]
) -> Mapping[str, int]:
    """Fields found by content, of those not known by name: 详情, 时间, 编号."""
    used = set(known.values())
    width = max((len(row) for row in rows), default=0)
    cells = {at: _column(rows, at) for at in range(width) if at not in used}
    found: dict[str, int] = {}
    story = _story({at: one for at, one in cells.items() if not _named_otherwise(names, at)})
    if "详情" not in known and story is not None:
        mean = fmean(map(len, cells[story]))
        if "主题" not in known or mean > 2 * fmean(map(len, _column(rows, known["主题"]) or [""])):
            found["详情"] = story
            cells.pop(story)
    for field, fits in (("时间", _days), ("编号", _numbers)):
        at = next((at for at, one in cells.items() if one and fits(one, len(rows))), None)
        if field not in known and at is not None:
            found[field] = at
            cells.pop(at)
    return found


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at]]


def _named_otherwise(names: Sequence[str], at: int) -> bool:
    return at < len(names) and bool(_NO_STORY.search(names[at]))


def _story(cells: Mapping[int, Sequence[str]]) -> int | None:
    """The column of the longest Chinese texts."""
    lengths = {
        at: fmean(map(len, texts))
        for at, texts in cells.items()
        if texts and _han_share("".join(texts)) >= _HAN_SHARE
    }
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return best if best is not None and lengths[best] >= _STORY else None


def _han_share(text: str) -> float:
    return len(_HAN.findall(text)) / len(text)


def _days(cells: Sequence[str], _rows: int) -> bool:
    return sum(parse_day(one) is not None for one in cells) >= _MOSTLY * len(cells)


def _numbers(cells: Sequence[str], rows: int) -> bool:
    plain = all(_NUMBER.fullmatch(one) and not _PHONE.fullmatch(one) for one in cells)
    return plain and len(set(cells)) == len(cells) >= _MOSTLY * rows
