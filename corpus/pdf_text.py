"""Text layer of a PDF file, run inside the limited child process."""

import contextlib
from pathlib import Path

import pypdf
from pypdf.errors import DependencyError, LimitReachedError

from corpus.errors import UnreadableDocument

_ENCRYPTED = "文件已加密，请解除密码后再试。"


def pdf_text(path: Path) -> tuple[str, list[int]]:
    """Text of all pages, and the numbers of the pages that have a picture and no text.

    Raises:
        UnreadableDocument: Encrypted, damaged, or a scan without a text layer.
    """
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(_ENCRYPTED)
        pages = [page.extract_text() for page in reader.pages]
    except (UnreadableDocument, MemoryError, RecursionError):
        raise
    except DependencyError as error:  # a cipher that needs a library we do not ship
        raise UnreadableDocument(_ENCRYPTED) from error
    except LimitReachedError as error:  # pypdf's own guard against streams that unpack to gigabytes
        raise MemoryError from error
    except Exception as error:
        raise UnreadableDocument("PDF 文件已损坏，无法打开。") from error
    if not any(page.strip() for page in pages):
        raise UnreadableDocument("PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）后再试。")
    blank = [index for index, page in enumerate(pages) if not page.strip()]
    return "\n".join(pages), [index + 1 for index in blank if _has_picture(reader.pages[index])]


def _has_picture(page: pypdf.PageObject) -> bool:
    with contextlib.suppress(Exception):
        return len(page.images) > 0
    return False
