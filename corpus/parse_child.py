"""The program that parses docx, pdf and workbooks one after another, under limits of its own.

Hostile or broken files may take gigabytes or never end; the parent (:mod:`corpus.limited_parser`)
starts this file, sends one JSON line per file and kills the process when it exceeds its limits.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UnreadableDocument


def answer(request: dict[str, str]) -> dict[str, object]:
    """One reply: ``text`` and ``pages_without_text``, ``sheets``, or ``refused``.

    ``spent`` asks the parent for a fresh process, as this one has used up its memory.
    """
    try:
        if request["kind"] == "workbook":
            from corpus.ledger_sheets import workbook_sheets

            return {"sheets": workbook_sheets(Path(request["path"]))}
        text, pages = _read(Path(request["path"]), request["kind"])
    except UnreadableDocument as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": "文件展开后过大，已停止读取。", "spent": True}
    return {"text": text, "pages_without_text": pages}


def answers(request: dict[str, str]) -> Iterator[dict[str, object]]:
    """The replies to one request: one, or the parts of a workbook and ``end``."""
    if request["kind"] != "parts":
        yield answer(request)
        return
    from corpus.ledger_sheets import workbook_parts

    try:
        yield from workbook_parts(Path(request["path"]))
    except UnreadableDocument as refusal:
        yield {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        yield {"refused": "文件展开后过大，已停止读取。", "spent": True}
    else:
        yield {"end": True}


def _read(path: Path, kind: str) -> tuple[str, list[int]]:
    if kind == "docx":
        from corpus.docx_text import docx_text

        return docx_text(path), []
    from corpus.pdf_text import pdf_text

    return pdf_text(path)


def limit(memory_bytes: int) -> None:
    """Cap the address space of this process and let it write no file, where the system can."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's deadline remains
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, memory_bytes),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Answer requests from standard input until it closes."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a parser that prints must not disturb the replies
    limit(int(sys.argv[1]))
    for line in sys.stdin:
        for reply in answers(json.loads(line)):
            replies.write(json.dumps(reply) + "\n")
            replies.flush()


if __name__ == "__main__":
    main()
