"""Text of a Word file in reading order, run inside the limited child process."""

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from corpus.docx_numbering import WORD, Element, Numbering
from corpus.errors import UnreadableDocument

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {  # deleted wording, and the second copy of a text box
    f"{WORD}del",
    f"{WORD}moveFrom",
    f"{_COMPATIBILITY}Fallback",
    f"{WORD}pPr",
    f"{WORD}rPr",
}
_SPACES = {
    f"{WORD}tab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
}
_XML_NO_MEMORY = 2  # libxml2's XML_ERR_NO_MEMORY, in an lxml.etree.XMLSyntaxError
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def docx_text(path: Path) -> str:
    """Paragraphs, with their automatic numbers, and table rows, one per line.

    Raises:
        UnreadableDocument: Encrypted, the old Word format, or damaged.
        MemoryError: The file unpacks to more than this process may take.
    """
    _refuse_ole(path)
    try:
        document = docx.Document(str(path))
        return "\n".join(_body_lines(document.element.body, _numbering(document)))
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        if getattr(error, "code", None) == _XML_NO_MEMORY:
            raise MemoryError from error
        raise UnreadableDocument("Word 文件已损坏，无法打开。") from error


def _refuse_ole(path: Path) -> None:
    raw = path.read_bytes()
    if not raw.startswith(_OLE_MAGIC):
        return
    if _ENCRYPTED_STREAM in raw:
        raise UnreadableDocument("文件已加密，请解除密码后再试。")
    raise UnreadableDocument("文件实为旧版 Word 格式，请用 Word 或 WPS 另存为 .docx 后再试。")


def _numbering(document: Document) -> Numbering:
    def root(kind: str) -> Element | None:
        try:
            part = document.part.part_related_by(kind)
        except KeyError:
            return None
        element: Element | None = getattr(part, "element", None)
        return element

    return Numbering(root(RELATIONSHIP_TYPE.NUMBERING), root(RELATIONSHIP_TYPE.STYLES))


def _body_lines(body: Element, numbering: Numbering) -> Iterator[str]:
    for block in body:
        if block.tag == f"{WORD}p":
            yield numbering.of(block) + _inline_text(block)
        elif block.tag == f"{WORD}tbl":
            yield from _table_lines(block, numbering)
        elif block.tag not in _LEFT_OUT:  # content controls and custom XML wrap real paragraphs
            yield from _body_lines(block, numbering)


def _table_lines(table: Element, numbering: Numbering) -> Iterator[str]:
    for row in table.iter(f"{WORD}tr"):
        if next(row.iterancestors(f"{WORD}tbl")) is not table:
            continue  # a row of a table inside a cell is read with its cell
        yield "\t".join(_cell_text(cell, numbering) for cell in row.iterchildren(f"{WORD}tc"))


def _cell_text(cell: Element, numbering: Numbering) -> str:
    lines = (numbering.of(each) + _inline_text(each).strip() for each in cell.iter(f"{WORD}p"))
    return " ".join(line for line in lines if line)


def _inline_text(node: Element) -> str:
    """Text of one paragraph, with what hangs in links, insertions and smart tags."""
    pieces: list[str] = []
    for child in node:
        if child.tag == f"{WORD}t":
            pieces.append(child.text or "")
        elif child.tag in _SPACES:
            pieces.append(_SPACES[child.tag])
        elif child.tag not in _LEFT_OUT:
            pieces.append(_inline_text(child))
    return "".join(pieces)
