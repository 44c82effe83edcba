"""Sheets of an Excel workbook as rows of text, run inside the limited child process."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from corpus.errors import UnreadableDocument
from corpus.ledger_formulas import unvalued_cells

MAX_ROWS = 100_000
MAX_COLUMNS = 256
MOST_LINES = 1 << 20
"""Rows of a sheet as Excel allows them; nearly all may be empty."""
MOST_UNPACKED = 3 << 30
_PART_ROWS = 500
_PART_CHARACTERS = 1 << 20
_TOO_LARGE = "文件展开后过大，已停止读取。"
_NO_WORKBOOK = "不是有效的 Excel 文件（.xlsx、.xls、.ods），或文件已损坏。"

Rows = list[list[str]]
Part = dict[str, object]


def workbook_sheets(path: Path) -> list[tuple[str, Rows]]:
    """Every sheet by its name, cells as text; days as 2025-03-01.

    Raises:
        UnreadableDocument: Encrypted, damaged, no workbook, or of too many rows.
        MemoryError: The file unpacks to more than this process may take.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        return [(name, list(_rows(book, name))) for name in book.sheet_names]
    except CalamineError as error:
        raise _refusal(error) from error


def workbook_parts(path: Path) -> Iterator[dict[str, object]]:
    """A workbook for reading in parts: each sheet's head, then its rows, at most 500 together.

    ``{"sheet": name, "hidden": bool}`` begins a sheet; ``{"rows": [[line, [cell, …]], …]}`` are its
    rows that are not empty, by the line the spreadsheet counts; ``{"unread": reason}`` tells that
    this sheet cannot be read. Formulas are never evaluated: a cell shows the value stored with it,
    or the formula's own text where none is stored.

    Raises:
        UnreadableDocument: Encrypted, damaged, no workbook, or a bomb.
        MemoryError: The file unpacks to more than this process may take.
    """
    _refuse_bomb(path)
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise _refusal(error) from error
    unvalued = unvalued_cells(path)
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        yield {"sheet": sheet.name, "hidden": sheet.visible is not Visible.Visible}
        try:
            opened = book.get_sheet_by_name(sheet.name)
            _refuse_large(opened, sheet.name, MOST_LINES)
            yield from _parts(opened, unvalued.get(sheet.name, {}))
        except (CalamineError, UnreadableDocument) as error:
            told = isinstance(error, UnreadableDocument)
            yield {"unread": str(error) if told else "工作表已损坏，无法读取。"}


def _refusal(error: CalamineError) -> UnreadableDocument:
    locked = "assword" in str(error)
    return UnreadableDocument("文件已加密，请解除密码后再试。" if locked else _NO_WORKBOOK)


def _refuse_bomb(path: Path) -> None:
    """Refuse at once what says itself that it unpacks to gigabytes; limits stop what lies."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableDocument(_NO_WORKBOOK) from error
    if unpacked > MOST_UNPACKED:
        raise UnreadableDocument(_TOO_LARGE)


def _parts(sheet: CalamineSheet, unvalued: Mapping[int, Mapping[int, str]]) -> Iterator[Part]:
    part: list[tuple[int, list[str]]] = []
    size = 0
    for line, row in enumerate(sheet.iter_rows(), 1):
        cells = _completed([_text(cell) for cell in row], unvalued.get(line))
        if not any(cells):
            continue
        part.append((line, cells))
        size += sum(map(len, cells))
        if len(part) >= _PART_ROWS or size >= _PART_CHARACTERS:
            yield {"rows": part}
            part, size = [], 0
    beyond = [line for line in unvalued if line > sheet.total_height + 1]
    part.extend((line, _completed([], unvalued[line])) for line in sorted(beyond))
    yield {"rows": part}


def _completed(cells: list[str], unvalued: Mapping[int, str] | None) -> list[str]:
    """The cells with the texts of formulas where no value is stored."""
    for at, formula in (unvalued or {}).items():
        cells.extend([""] * (at + 1 - len(cells)))
        cells[at] = cells[at] or formula
    return cells


def _rows(book: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    _refuse_large(sheet, name, MAX_ROWS)
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _refuse_large(sheet: CalamineSheet, name: str, most_rows: int) -> None:
    rows, columns = sheet.total_height + 1, sheet.total_width + 1  # the library counts from 0
    if rows > most_rows or columns > MAX_COLUMNS:
        raise UnreadableDocument(
            f"工作表“{name}”有 {rows} 行、{columns} 列，"
            f"超过 {most_rows} 行或 {MAX_COLUMNS} 列，请拆分后再试。"
        )


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
