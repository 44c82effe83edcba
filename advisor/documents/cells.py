"""Cells of a workbook: text that stays text, whatever it begins with, in the house's looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from advisor.documents.texts import printable

LONGEST = 32_767
"""UTF-16 units a cell of Excel holds."""
_CUT = "…（内容过长，此处截断，全文见原表）"
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet may take a text for a formula."""
_FONT = "微软雅黑"
_LINE = Side(style="thin", color="D0D7DE")
_CENTRED = Alignment(horizontal="center", vertical="top")
_LONG = ("风险",)
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

Tint = Literal["即办", "联办", "督办", "紧急", "较急", "一般", "风险", "预警"]
_TINTS: Mapping[Tint, tuple[str, str, bool]] = MappingProxyType(
    {
        "即办": ("E2F0D9", "1E5B2A", False),
        "联办": ("DDEBF7", "1F4E79", False),
        "督办": ("FCE4D6", "8A3B00", True),
        "紧急": ("F4B6B6", "9C0006", True),
        "较急": ("FFF2CC", "7F6000", False),
        "一般": ("FFFFFF", "404040", False),
        "风险": ("FDEAEA", "9C0006", False),
        "预警": ("FCE4D6", "8A3B00", True),
    }
)


@dataclass(frozen=True, slots=True)
class Tinted:
    """A text on the colour of what it says."""

    text: str
    tint: Tint


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a row of a sheet of the same workbook."""

    text: str
    sheet: str
    row: int


Written = str | int | float | date | Tinted | Link | None


def text_of(value: Written) -> str:
    """What a reader sees of a value, near enough to measure it."""
    return value.text if isinstance(value, Tinted | Link) else str(value or "")


def legal(text: str) -> str:
    """A text as a cell can hold it: no character XML forbids, and not too long."""
    text = printable(text)
    if len(text) * 2 <= LONGEST:
        return text
    raw = text.encode("utf-16-le")
    if len(raw) <= LONGEST * 2:
        return text
    return raw[: (LONGEST - len(_CUT)) * 2].decode("utf-16-le", "ignore") + _CUT


class Pens:
    """One cell of each look, written again and again: making styles is what takes time."""

    def __init__(self, sheet: WriteOnlyWorksheet, *, wrap: bool) -> None:
        self._sheet = sheet
        self._wrap = wrap
        self._cells: dict[str, Cell] = {}

    def cell(self, value: Written) -> Cell:
        """The value as a cell to append at once."""
        if isinstance(value, Link):
            return self._linked(value)
        if isinstance(value, Tinted):
            return self._text(value.text, value.tint)
        if value is None or isinstance(value, str):
            return self._text(value or "")
        cell = self._pen(_look_of(value))
        cell.value = value
        return cell

    def _text(self, text: str, tint: str = "") -> Cell:
        cell = self._pen(f"{tint}'" if text.startswith(_ACTIVE) else tint)
        cell.value = None
        if text:
            cell.value = legal(text)
            cell.data_type = "s"
        return cell

    def _linked(self, link: Link) -> Cell:
        cell = _plain(WriteOnlyCell(self._sheet), wrap=self._wrap)
        cell.hyperlink = Hyperlink(ref="", location=f"'{link.sheet}'!A{link.row}")
        cell.value = legal(link.text)
        cell.data_type = "s"
        cell.font = Font(name=_FONT, size=10, color="0563C1", underline="single")
        return cell

    def _pen(self, look: str) -> Cell:
        if look not in self._cells:
            self._cells[look] = _looking(WriteOnlyCell(self._sheet), look, wrap=self._wrap)
        return self._cells[look]


def _look_of(value: Written) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    return "yyyy-mm-dd" if isinstance(value, date) else "General"


def _looking(cell: Cell, look: str, *, wrap: bool) -> Cell:
    _plain(cell, wrap=wrap)
    tint = look.removesuffix("'")
    if tint in _TINTS:
        fill, ink, bold = _TINTS[tint]  # type: ignore[index]
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.font = Font(name=_FONT, size=10, color=ink, bold=bold)
        if tint not in _LONG:
            cell.alignment = _CENTRED
    elif look.startswith(("yyyy", "General")):
        cell.number_format = look
        cell.alignment = _CENTRED
    cell.quotePrefix = look.endswith("'")
    return cell


def _plain(cell: Cell, *, wrap: bool) -> Cell:
    cell.font = Font(name=_FONT, size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    cell.border = _BORDER
    return cell


def banner(sheet: WriteOnlyWorksheet, text: str, *, size: int = 10, bold: bool = False) -> Cell:
    """A cell of the line above a table."""
    cell = WriteOnlyCell(sheet, legal(text))
    cell.data_type = "s"
    cell.font = Font(name=_FONT, size=size, bold=bold, color="1F3864" if bold else "595959")
    cell.alignment = Alignment(vertical="center")
    return cell


def head(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell of the header of a table."""
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F4E79")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _BORDER
    return cell
