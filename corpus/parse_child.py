"""The program that parses one docx or pdf after another, in a process of its own under limits.

Hostile or broken files may take gigabytes or never end; the parent (:mod:`corpus.limited_parser`)
starts this file, sends one JSON line per file and kills the process when it exceeds its limits.
It imports nothing of ours, so that it starts quickly.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    import pypdf

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {  # deleted wording, and the second copy of a text box
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_COMPATIBILITY}Fallback",
    f"{_WORD}pPr",
    f"{_WORD}rPr",
}
_SPACES = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class Refused(Exception):
    """The file cannot be read; the message is Chinese, for the user."""


class Element(Protocol):
    """What we use of an lxml element."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[Self]:
        """Children in order."""

    def iter(self, tag: str) -> Iterator[Self]:
        """This element and all below it with ``tag``, in order."""

    def iterchildren(self, tag: str) -> Iterator[Self]:
        """Children with ``tag``."""

    def iterancestors(self, tag: str) -> Iterator[Self]:
        """Elements around it with ``tag``, nearest first."""


def docx_text(path: Path) -> str:
    """Paragraphs and table rows of a Word file in reading order, one per line."""
    import docx

    head = path.read_bytes()
    if head.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in head:
            raise Refused("文件已加密，请解除密码后再试。")
        raise Refused("文件实为旧版 Word 格式，请用 Word 或 WPS 另存为 .docx 后再试。")
    try:
        document = docx.Document(str(path))
    except MemoryError:
        raise
    except Exception as error:
        if "allocation failed" in str(error):  # how libxml2 says MemoryError
            raise MemoryError from error
        raise Refused("Word 文件已损坏，无法打开。") from error
    return "\n".join(_body_lines(document.element.body))


def _body_lines(body: Element) -> Iterator[str]:
    for block in body:
        if block.tag == f"{_WORD}p":
            yield _inline_text(block)
        elif block.tag == f"{_WORD}tbl":
            yield from _table_lines(block)
        elif block.tag not in _LEFT_OUT:  # content controls and custom XML wrap real paragraphs
            yield from _body_lines(block)


def _table_lines(table: Element) -> Iterator[str]:
    for row in table.iter(f"{_WORD}tr"):
        if next(row.iterancestors(f"{_WORD}tbl")) is not table:
            continue  # a row of a table inside a cell is read with its cell
        cells = [
            " ".join(filter(None, (_inline_text(p).strip() for p in cell.iter(f"{_WORD}p"))))
            for cell in row.iterchildren(f"{_WORD}tc")
        ]
        yield "\t".join(cells)


def _inline_text(node: Element) -> str:
    """Text of one paragraph, with what hangs in links, insertions and smart tags."""
    pieces: list[str] = []
    for child in node:
        if child.tag == f"{_WORD}t":
            pieces.append(child.text or "")
        elif child.tag in _SPACES:
            pieces.append(_SPACES[child.tag])
        elif child.tag not in _LEFT_OUT:
            pieces.append(_inline_text(child))
    return "".join(pieces)


def pdf_text(path: Path) -> tuple[str, list[int]]:
    """Text layer of a pdf, and the numbers of the pages that have a picture and no text."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("文件已加密，请解除密码后再试。")
        pages = [page.extract_text() for page in reader.pages]
    except (Refused, MemoryError):
        raise
    except pypdf.errors.DependencyError as error:
        raise Refused("文件已加密，请解除密码后再试。") from error
    except Exception as error:
        raise Refused("PDF 文件已损坏，无法打开。") from error
    if not any(page.strip() for page in pages):
        raise Refused("PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）后再试。")
    blank = [number for number, page in enumerate(pages) if not page.strip()]
    return "\n".join(pages), [n + 1 for n in blank if _has_picture(reader.pages[n])]


def _has_picture(page: "pypdf.PageObject") -> bool:
    with contextlib.suppress(Exception):
        return len(page.images) > 0
    return False


def answer(request: dict[str, str]) -> dict[str, object]:
    """One reply: ``text`` and ``pages_without_text``, or ``refused``.

    ``spent`` asks the parent for a fresh process, as this one has used up its memory.
    """
    path = Path(request["path"])
    try:
        if request["kind"] == "docx":
            return {"text": docx_text(path), "pages_without_text": []}
        text, without_text = pdf_text(path)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": "文件展开后过大，已停止读取。", "spent": True}
    return {"text": text, "pages_without_text": without_text}


def limit(memory_bytes: int, file_bytes: int) -> None:
    """Cap address space and written files of this process, where the system can."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's deadline remains
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def main() -> None:
    """Answer requests from standard input until it closes."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a parser that prints must not disturb the replies
    limit(int(sys.argv[1]), 0)
    for line in sys.stdin:
        reply = json.dumps(answer(json.loads(line)))
        replies.write(reply + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
