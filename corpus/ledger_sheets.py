"""Sheets of an Excel workbook as rows of text, run inside the limited child process."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from corpus.errors import UnreadableDocument

MAX_ROWS = 100_000
MAX_COLUMNS = 256
_NO_WORKBOOK = "不是有效的 Excel 文件（.xlsx、.xls、.ods），或文件已损坏。"

Rows = list[list[str]]


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
        locked = "assword" in str(error)
        raise UnreadableDocument(
            "文件已加密，请解除密码后再试。" if locked else _NO_WORKBOOK
        ) from error


def _rows(book: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise UnreadableDocument(
            f"工作表“{name}”有 {sheet.total_height} 行、{sheet.total_width} 列，"
            f"超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，请拆分后再试。"
        )
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
