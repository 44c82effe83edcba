"""One row of a ledger, by the names of its columns, as a row of the batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.batch.model import BatchRow, UnworkedRow
from advisor.intake import MAX_CHARACTERS
from corpus.ledger_columns import Columns
from corpus.ledger_moments import parse_moment

EXCERPT = 60
_UNNAMED = "列{}"


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """The cells of a row with the names of their columns and what each column is."""

    sheet: str
    line: int
    names: Sequence[str]
    cells: Sequence[str]
    columns: Columns

    def cell(self, field: str) -> str:
        """The cell of a field, "" where there is none."""
        at = self.columns.get(field)
        return self.cells[at] if at is not None and at < len(self.cells) else ""

    def others(self) -> tuple[tuple[str, str], ...]:
        """The cells of no field, by the names of their columns, with a time that is none.

        The category is kept among them: as the ledger calls it.
        """
        used = {at for field, at in self.columns.items() if field != "类别"}
        kept = [
            (self._name(at), cell) for at, cell in enumerate(self.cells) if cell and at not in used
        ]
        time = self.cell("时间")
        if time and parse_moment(time) is None:
            kept.insert(0, (self._name(self.columns["时间"]), time))
        return tuple(kept)

    def _name(self, at: int) -> str:
        name = self.names[at] if at < len(self.names) else ""
        return name or _UNNAMED.format(at + 1)


def batch_row(row: WrittenRow) -> BatchRow | UnworkedRow:
    """The row to work on, or why it cannot be; ``number`` is given by the caller."""
    subject, text = row.cell("主题"), row.cell("详情")
    if not text:
        subject, text = "", subject
    if not text:
        return unworked(row, "empty", "没有诉求内容（详情和主题都是空的）。")
    if len(subject) + len(text) > MAX_CHARACTERS:
        told = f"诉求内容共 {len(subject) + len(text)} 字，超过 {MAX_CHARACTERS} 字上限。"
        return unworked(row, "too_long", told)
    return BatchRow(
        number=0,
        sheet=row.sheet,
        line=row.line,
        text=text,
        subject=subject,
        ref=row.cell("编号").removesuffix(".0"),
        received_at=parse_moment(row.cell("时间")),
        place=row.cell("地点"),
        region=row.cell("属地"),
        caller=row.cell("来电人"),
        category=row.cell("类别").strip(),
        extra=row.others(),
    )


def unworked(row: WrittenRow, code: str, reason: str) -> UnworkedRow:
    """A row nothing is made of, with what betrays it to the reader."""
    told = row.cell("详情") or row.cell("主题") or "；".join(cell for cell in row.cells if cell)
    return UnworkedRow(
        number=0,
        sheet=row.sheet,
        line=row.line,
        code=code,
        reason=reason,
        ref=row.cell("编号").removesuffix(".0"),
        excerpt=told[:EXCERPT],
    )


def unread(sheet: str, line: int, reason: str, excerpt: str = "") -> UnworkedRow:
    """A row or a sheet (line 0) whose cells are not known."""
    return UnworkedRow(
        number=0, sheet=sheet, line=line, code="unreadable", reason=reason, excerpt=excerpt
    )


def written_object(line: int, cells: Mapping[str, str], columns: Columns) -> WrittenRow:
    """A row that brings its names along."""
    return WrittenRow("", line, tuple(cells), tuple(cells.values()), columns)
