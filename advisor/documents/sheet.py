"""One sheet of a workbook: a label line, a header that stays in view, rows that come one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem

from advisor.documents.cells import Pens, Written, banner, head, text_of

HEAD_ROW = 2
A4 = 9
_LINE, _MARGIN, _BESIDE = 14.0, 4.0, 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its width in characters of Latin text, whether long texts wrap."""

    name: str
    width: float
    wrap: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet looks: ``frozen`` columns stay in view, ``printed`` ones go on paper.

    A row is as high as its printed texts need, up to ``most_lines``, and its others up to four.
    """

    title: str
    label: str
    tab: str = "1F4E79"
    frozen: int = 1
    printed: int | None = None
    most_lines: int = 12


class Sheet:
    """A sheet being written; nothing of its rows stays in memory.

    Args:
        book: a write-only workbook.
        look: title and label.
        columns: of the table.
    """

    def __init__(self, book: Workbook, look: Look, columns: Sequence[Column]) -> None:
        sheet = book.create_sheet(look.title)
        if not isinstance(sheet, WriteOnlyWorksheet):
            raise TypeError("a workbook that is written only is needed")
        self._sheet = sheet
        self._look = look
        self._columns = tuple(columns)
        self._set_up()
        self._pens = tuple(Pens(sheet, wrap=one.wrap) for one in columns)
        label = banner(sheet, f"{look.title}　{look.label}")
        self._set_height(1, 24)
        sheet.append([label])
        self._set_height(HEAD_ROW, 30)
        sheet.append([head(sheet, one.name) for one in columns])
        self.rows = HEAD_ROW

    def append(self, values: Sequence[Written]) -> int:
        """Write a row and give its place, counted as the spreadsheet does."""
        cells = (pens.cell(value) for pens, value in zip(self._pens, values, strict=True))
        self.rows += 1
        part = self._look.printed or len(self._columns)
        shown = _lines_of(self._columns[:part], values[:part])
        beside = _lines_of(self._columns[part:], values[part:])
        lines = min(max(shown, min(beside, _BESIDE)), self._look.most_lines)
        self._set_height(self.rows, _LINE * lines + _MARGIN)
        self._sheet.append(list(cells))
        return self.rows

    def _set_height(self, row: int, points: float) -> None:
        heights = self._sheet.row_dimensions  # type: ignore[attr-defined]
        heights.clear()  # those of rows that are written
        heights[row] = RowDimension(self._sheet, index=row, height=points)  # type: ignore[arg-type]

    def close(self) -> None:
        """Set the filter over, and the printed part to, what was written."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{self.rows}"  # type: ignore[attr-defined]
        if self._look.printed:
            printed = get_column_letter(self._look.printed)
            self._sheet.print_area = f"A1:{printed}{self.rows}"

    def _set_up(self) -> None:
        sheet, look = self._sheet, self._look
        for at, column in enumerate(self._columns, 1):
            sheet.column_dimensions[get_column_letter(at)].width = column.width  # type: ignore[attr-defined]
        sheet.freeze_panes = f"{get_column_letter(look.frozen + 1)}{HEAD_ROW + 1}"
        sheet.sheet_view.showGridLines = False
        properties = sheet.sheet_properties  # type: ignore[attr-defined]
        properties.tabColor = look.tab
        properties.pageSetUpPr.fitToPage = True
        page = sheet.page_setup  # type: ignore[attr-defined]
        page.orientation, page.paperSize = "landscape", A4
        page.fitToWidth, page.fitToHeight = 1, 0
        sheet.print_title_rows = f"1:{HEAD_ROW}"
        margins = sheet.page_margins  # type: ignore[attr-defined]
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
        if (footer := sheet.HeaderFooter.oddFooter) is not None:
            _foot(footer, look.label)


def _lines_of(columns: Sequence[Column], values: Sequence[Written]) -> int:
    """Lines a row takes, told here: not every program finds it out itself on opening."""
    wrapped = (
        _lines(text_of(value), column.width)
        for column, value in zip(columns, values, strict=True)
        if column.wrap and value
    )
    return max(wrapped, default=1)


def _lines(text: str, width: float) -> int:
    """Lines a text takes in a column; a Chinese character is as wide as two of Latin."""
    total = 0
    for line in text.split("\n"):
        size = len(line) if line.isascii() else len(line.encode("gb18030", "replace"))
        total += max(1, ceil(size / (width - 1)))
    return total


def _foot(footer: HeaderFooterItem, label: str) -> None:
    parts = ((footer.left, label.replace("&", "&&")), (footer.right, "第 &P 页，共 &N 页"))
    for part, text in parts:
        part.text, part.size = text, 8
