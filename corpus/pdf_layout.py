"""Lines of a printed page back to paragraphs: a PDF only keeps where lines end."""

import re
from collections.abc import Sequence

_NUMBER = "[零〇一二三四五六七八九十百千0-9０-９]+"
_BEGINS = re.compile(
    rf"第{_NUMBER}(?:条|章|节|编|分编)|[（(]{_NUMBER}[）)]|{_NUMBER}[、.．]|[①-⑳]|附件|附录|附表|目\s*录"
)
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*\d{1,4}[-—–·\s]*|第\s*\d{1,4}\s*页(?:[，,/\s]*共\s*\d{1,4}\s*页)?"
)
_ENDS = re.compile(r"[。；：！？…:;!?][”’》」）)]*$")
_INDENT = re.compile(r"(?:\u3000|\s{2,})")
_SHORT = 0.6
"""Below this share of the full width a line was ended by its writer, not by the margin."""
_FULL = 0.9
_NARROWEST = 20
"""Characters in a printed line at least: where all lines are shorter, each was meant to end."""


def join_wrapped_lines(text: str) -> str:
    """Text with one paragraph a line, and without the lines that hold a page number only.

    A line goes on in the next one unless the next is indented or begins like an article, heading or
    item; or the line ends a sentence before the margin; or it is short, as titles are.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    lines = [line for line in lines if line.strip() and not _PAGE_NUMBER.fullmatch(line.strip())]
    width = _full_width(lines)
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if paragraphs and _goes_on(last, line, width):
            paragraphs[-1] = _joined(paragraphs[-1], line.strip())
        else:
            paragraphs.append(line.strip())
        last = line
    return "\n".join(paragraphs)


def _full_width(lines: Sequence[str]) -> int:
    """Length of a line that reaches the margin: nine tenths of the lines are not longer."""
    lengths = sorted(len(line) for line in lines)
    return max(lengths[int(len(lengths) * 0.9)] if lengths else 0, _NARROWEST)


def _goes_on(line: str, following: str, width: int) -> bool:
    if _INDENT.match(following) or _BEGINS.match(following.strip()):
        return False
    if _ENDS.search(line):
        return len(line) >= width * _FULL
    return len(line) >= width * _SHORT


def _joined(paragraph: str, line: str) -> str:
    """Two pieces of one paragraph; Chinese needs no space between them, Latin words do."""
    both_latin = paragraph[-1:].isascii() and line[:1].isascii()
    return f"{paragraph} {line}" if both_latin else f"{paragraph}{line}"
