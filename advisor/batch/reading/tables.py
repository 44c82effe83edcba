"""Sheets and csv files as rows of a batch: columns found from the first rows, the rest streamed."""

from collections.abc import Iterator
from itertools import chain, islice

from advisor.batch.model import BatchRow, UnworkedRow
from advisor.batch.reading.rows import WrittenRow, batch_row, unread, unworked
from corpus.errors import LedgerError
from corpus.ledger_columns import ColumnMap
from corpus.ledger_content import Layout, find_layout
from corpus.ledger_stream import BadRow, SheetHead, SheetRow, Streamed

_LOOKED_AT = 200
_HIDDEN = "工作表已隐藏，共 {} 行（含表头）未处理；需要处理的请取消隐藏后再交。"
_NO_LEDGER = (
    "工作表没有诉求内容的列，共 {} 行（含表头）未处理；列名不同的请用 --mapping 写明对应关系。"
)
_NEEDED = "没有找到诉求。需要“详情”或“主题”列；{}列名不同的，请用 --mapping 写明对应关系。"
_GUESSED_HEAD = "推定为表头，未作为诉求处理；如是诉求，请为表格加上表头。"
_HEAD_AGAIN = "重复的表头，不是诉求。"

Rows = Iterator[SheetRow | BadRow]


def table_rows(stream: Iterator[Streamed], told: ColumnMap) -> Iterator[BatchRow | UnworkedRow]:
    """Rows of every sheet that holds complaints, and a report of every other sheet.

    Raises:
        LedgerError: no sheet holds complaints.
    """
    held: list[UnworkedRow] = []
    seen: list[str] = []
    found = False
    for head, rows in _sheets(stream):
        first = list(islice(rows, _LOOKED_AT))
        layout = None if head.hidden else _layout(first, told)
        if layout is None:
            seen.extend(_names(first))
            held.extend(_passed_over(head, first, rows))
            continue
        found = True
        yield from held
        held.clear()
        yield from _of_sheet(head.name, layout, chain(first, rows))
    if found:
        yield from held
    elif held:
        raise LedgerError(_refusal(held, seen))


def _refusal(held: list[UnworkedRow], seen: list[str]) -> str:
    names = f"读到的列：{'、'.join(seen[:12])}。" if seen else ""
    told = "；".join(f"工作表“{one.sheet}”：{one.reason}" for one in held if one.sheet)
    return _NEEDED.format(names) + (f"（{told[:400]}）" if told else "")


def _sheets(stream: Iterator[Streamed]) -> Iterator[tuple[SheetHead, Rows]]:
    """Each sheet with its rows; what the caller leaves of one is passed over."""
    head = next(stream, None)
    while isinstance(head, SheetHead):
        following: list[SheetHead] = []
        rows = _until_head(stream, following)
        yield head, rows
        for _ in rows:
            pass
        head = following[0] if following else None


def _until_head(stream: Iterator[Streamed], following: list[SheetHead]) -> Rows:
    for one in stream:
        if isinstance(one, SheetHead):
            following.append(one)
            return
        yield one


def _layout(first: list[SheetRow | BadRow], told: ColumnMap) -> Layout | None:
    rows = [one.cells for one in first if isinstance(one, SheetRow)]
    return find_layout(rows, told) if rows else None


def _names(first: list[SheetRow | BadRow]) -> list[str]:
    return next(([c for c in one.cells if c] for one in first if isinstance(one, SheetRow)), [])


def _passed_over(
    head: SheetHead, first: list[SheetRow | BadRow], rows: Rows
) -> Iterator[UnworkedRow]:
    """One report of a sheet that is left out, and each row of it that could not even be read."""
    count = 0
    for one in chain(first, rows):
        if isinstance(one, BadRow):
            yield unread(head.name, one.line, one.reason, one.excerpt)
        else:
            count += 1
    if count:
        reason = (_HIDDEN if head.hidden else _NO_LEDGER).format(count)
        yield unread(head.name, 0, reason)


def _of_sheet(
    sheet: str, layout: Layout, rows: Iterator[SheetRow | BadRow]
) -> Iterator[BatchRow | UnworkedRow]:
    place = -1
    for one in rows:
        if isinstance(one, BadRow):
            yield unread(sheet, one.line, one.reason, one.excerpt)
            continue
        place += 1
        row = WrittenRow(sheet, one.line, layout.names, one.cells, layout.columns)
        if place >= layout.start:
            again = tuple(one.cells) == layout.names
            yield unworked(row, "empty", _HEAD_AGAIN) if again else batch_row(row)
        elif layout.guessed_head:
            yield unworked(row, "empty", _GUESSED_HEAD)
