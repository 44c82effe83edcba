"""Formulas of a workbook without a stored value, as the text they are; nothing is evaluated."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_SIGNS = (b"<f>", b"<f ", b"<f/", b't="e"')
_PIECE = 1 << 20
_OVERLAP = 8
_UNTOLD = "（公式）"

Unvalued = Mapping[str, Mapping[int, Mapping[int, str]]]
"""Text by the sheet's name, line (from 1) and column (from 0)."""


def unvalued_cells(path: Path) -> Unvalued:
    """Formulas and errors of every sheet, as written; empty for files that hold none.

    The reader of workbooks gives the value a formula had when the file was saved; programs that
    never computed it store none, and the cell would read as empty and its row might vanish.
    """
    if not zipfile.is_zipfile(path) or not _holds_formulas(path):
        return {}
    import openpyxl  # takes longer to load than most workbooks to read

    try:
        book = openpyxl.load_workbook(path, read_only=True)
        return {sheet.title: _of_sheet(sheet) for sheet in book.worksheets}
    except MemoryError:
        raise
    except Exception:  # a second reader may stumble where the first does not: values then stand
        return {}


def _holds_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/")]
        return any(_signed(archive, one) for one in sheets if one.endswith(".xml"))


def _signed(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            if any(sign in tail + piece for sign in _SIGNS):
                return True
            tail = piece[-_OVERLAP:]
    return False


def _of_sheet(sheet: object) -> Mapping[int, Mapping[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for row in sheet.iter_rows():  # type: ignore[attr-defined]
        for cell in row:
            if cell.data_type in ("f", "e") and cell.value is not None:
                found.setdefault(cell.row, {})[cell.column - 1] = _written(cell.value)
    return found


def _written(value: object) -> str:
    text = value if isinstance(value, str) else getattr(value, "text", None) or ""
    return text if len(text) > 1 else _UNTOLD
