"""The type of official papers 公文: sizes and faces after GB/T 9704-2012, Chinese and Latin.

Faces are those Windows and WPS bring along; 方正小标宋 is named with 宋体 as its stand-in, as few
machines have it.
"""

from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

SONG, FANGSONG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"
TITLE_FACE = "方正小标宋简体"
_LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Type:
    """Face, size in points, line height in points; ``before`` and ``after`` are spaces."""

    face: str
    size: float
    line: float
    bold: bool = False
    before: float = 0
    after: float = 0


BODY = Type(FANGSONG, 14, 25)
DENSE = Type(FANGSONG, 12, 20)
"""For forms that go round with a case, where the count of pages matters."""
_STYLES = {
    "Title": Type(TITLE_FACE, 22, 34, before=6, after=10),
    "Heading 1": Type(HEI, 15, 27, before=10, after=2),
    "Heading 2": Type(KAI, 14, 25, bold=True, before=4),
    "Table Text": Type(FANGSONG, 11, 16, before=2, after=2),
    "Small Text": Type(FANGSONG, 10, 14),
}
_BASES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")


def set_type(document: Document, body: Type) -> None:
    """Give a document the page and the styles of an official paper."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(26), Mm(24)
    section.header_distance, section.footer_distance = Mm(14), Mm(14)
    _style(document, "Normal", body)
    for name, look in _STYLES.items():
        less = BODY.size - body.size if name.startswith("Heading") else 0
        _style(document, name, replace(look, size=look.size - less, line=look.line - 2 * less))
    _language(document)
    _stand_in(document)
    _leave_out_others(document)


def _style(document: Document, name: str, look: Type) -> None:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, 1)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs")
    style.font.size, style.font.bold = Pt(look.size), look.bold
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    face(style.element.get_or_add_rPr(), look.face)
    paragraph = style.paragraph_format
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.line)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the template rules a line here
        border.getparent().remove(border)


def face(properties: object, name: str) -> None:
    """Set the face of Chinese characters, and of Latin ones where it has none of its own."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for kind, value in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{kind}"), value)


def _language(document: Document) -> None:
    for language in document.styles.element.findall(f".//{qn('w:lang')}"):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def _stand_in(document: Document) -> None:
    """Tell programs without the face of titles which other to take."""
    told = f'<w:font w:name="{TITLE_FACE}"><w:altName w:val="{SONG}"/></w:font></w:fonts>'
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("fontTable.xml"):
            part._blob = part.blob.replace(b"</w:fonts>", told.encode())


def _leave_out_others(document: Document) -> None:
    """Take out the template's styles that no paper uses: each is looked through again and again."""
    kept = {*_STYLES, *_BASES}
    for style in list(document.styles):
        if style.name not in kept:
            style.delete()
