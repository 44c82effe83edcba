"""A paper 文书 being written: title, headings, forms, tables, places to sign; labelled."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from advisor import clock
from advisor.documents.atomic import put_in_place
from advisor.documents.marks import AIGC, PRODUCER, Marks
from advisor.documents.texts import printable
from advisor.documents.typeface import BODY, HEI, Type, face, set_type

WIDTH = 160
"""Millimetres of a line."""
_SHADE = "F2F2F2"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
_GREY = RGBColor(0x59, 0x59, 0x59)


class Paper:
    """A document in the type of official papers; its parts come in the order they are written.

    Args:
        marks: what it says of itself.
        body: the type of its running text.
    """

    def __init__(self, marks: Marks, body: Type = BODY) -> None:
        self._marks = marks
        self._indent = Pt(body.size * 2)
        self._document = docx.Document()
        set_type(self._document, body)
        self._head_and_foot()

    def title(self, text: str) -> None:
        """The title, centred."""
        self._paragraph(text, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def label(self) -> None:
        """The visible label 显式标识, under the title."""
        paragraph = self._paragraph(f"【{self._marks.label}】", "Small Text")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)

    def heading(self, text: str) -> None:
        """一、 of the first order."""
        self._document.add_paragraph(printable(text), "Heading 1")

    def subheading(self, text: str) -> None:
        """（一） of the second order."""
        self._document.add_paragraph(printable(text), "Heading 2")

    def paragraph(self, text: str, *, lead: str = "") -> None:
        """Lines of text, each indented by two characters; ``lead`` goes before in black."""
        for line in printable(text).splitlines() or [""]:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = self._indent
            if lead:
                run = paragraph.add_run(printable(lead))
                face(run._element.get_or_add_rPr(), HEI)
                lead = ""
            paragraph.add_run(line)

    def points(self, texts: Iterable[str], mark: str = "") -> None:
        """Statements, numbered where there are several, or each after a mark."""
        told = [" ".join(text.split()) for text in texts]
        for number, text in enumerate(told, 1):
            before = mark or (f"{number}. " if len(told) > 1 else "")
            self.paragraph(f"{before}{text}")

    def small(self, text: str, *, leads: bool = False) -> None:
        """A remark in small type; one that leads stays on the page of what follows."""
        self._paragraph(text, "Small Text").paragraph_format.keep_with_next = leads

    def form(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Names and values side by side; a row of one pair has the whole width."""
        table = self._table(4)
        for pairs in rows:
            cells = _row(table).cells
            if len(pairs) == 1:
                cells[1].merge(cells[3])
            for at, (name, value) in enumerate(pairs):
                _fill(cells[at * 2], name, shaded=True)
                _fill(cells[at * 2 + 1], value)
        self._finish(table, (24, 56, 24, 56))

    def table(
        self, names: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]
    ) -> None:
        """A table whose header comes again on every page and whose rows stay in one piece.

        Args:
            names: of the columns.
            widths: of the columns, in parts of the whole.
            rows: their cells.
        """
        table = self._table(len(names))
        head = _row(table)
        _repeat(head)
        for cell, name in zip(head.cells, names, strict=True):
            _fill(cell, name, shaded=True)
        for row in rows:
            for cell, text in zip(_row(table).cells, row, strict=True):
                _fill(cell, text)
        whole = sum(widths)
        self._finish(table, [WIDTH * one // whole for one in widths])

    def signatures(self, names: Sequence[str], *, height: int = 24) -> None:
        """A place for each to write an opinion, to sign and to date."""
        table = self._table(2)
        for name in names:
            row = _row(table)
            row.height = Mm(height)
            _fill(row.cells[0], name, shaded=True)
            for cell in row.cells:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _fill(row.cells[1], "\n\n签名：　　　　　　　　　　　　　　　年　　月　　日")
            row.cells[1].paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._finish(table, (32, 128))

    def save(self, path: Path) -> None:
        """Write the paper under a name, whole or not at all.

        Raises:
            DocumentError: it cannot be written.
        """
        content = self.content()
        with put_in_place(path) as beside:
            beside.write_bytes(content)

    def content(self) -> bytes:
        """The paper as the bytes of a file."""
        self._mark()
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return self._document.add_paragraph(printable(text), style)

    def _table(self, columns: int) -> Table:
        table: Table = self._document.add_table(0, columns, "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        return table

    def _finish(self, table: Table, widths: Sequence[int]) -> None:
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            _whole(row)
            for cell, width in zip(row._tr.tc_lst, _spanned(row, widths), strict=True):
                cell.width = Mm(width)
        self._document.add_paragraph(style="Small Text")

    def _head_and_foot(self) -> None:
        section = self._document.sections[0]
        head = section.header.paragraphs[0]
        head.text, head.style = printable(self._marks.label), self._document.styles["Small Text"]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.runs[0].font.color.rgb = _GREY
        foot = section.footer.paragraphs[0]
        foot.style = self._document.styles["Small Text"]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("— ")
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>'))
        foot.add_run(" —")

    def _mark(self) -> None:
        properties, marks = self._document.core_properties, self._marks
        properties.title, properties.author = marks.title, PRODUCER
        properties.last_modified_by, properties.language = PRODUCER, "zh-CN"
        properties.comments, properties.identifier = marks.label, marks.number
        properties.keywords = marks.aigc() or "未使用大模型"
        properties.created = properties.modified = clock.now().replace(tzinfo=None)
        if told := marks.aigc():
            self._own_property(AIGC, told)

    def _own_property(self, name: str, value: str) -> None:
        package = self._document.part.package
        told = _CUSTOM.format(name=escape(name), value=escape(value)).encode()
        part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, told, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _fill(cell: _Cell, text: str, *, shaded: bool = False) -> None:
    first, *others = printable(text).split("\n")
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Text"
    run = paragraph.add_run(first)
    for line in others:
        cell.add_paragraph(line, "Table Text")
    if shaded:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        face(run._element.get_or_add_rPr(), HEI)
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_SHADE}"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))


def _spanned(row: _Row, widths: Sequence[int]) -> list[int]:
    """Widths of the cells there are, of which one may take several columns."""
    left = list(widths)
    found = []
    for cell in row._tr.tc_lst:
        found.append(sum(left[: cell.grid_span]))
        del left[: cell.grid_span]
    return found


def _repeat(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
