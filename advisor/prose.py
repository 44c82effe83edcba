"""How the gate reads prose: disguised citations made plain, a sentence with its quotation whole."""

import re
from collections.abc import Iterable

from advisor.intake import strip_invisible
from corpus.citation_check import CitationVerdict
from corpus.model import VerdictKind

REMOVED = "（本段引用未通过核验，已删除）"

_PLAIN = str.maketrans("條項則編點規⟪⟫⟨⟩«»", "条项则编点规《》〈〉《》")
_NUMBER = re.compile(
    r"第[\s〇零○一二三四五六七八九十百千壹贰貳叁參肆伍陆陸柒捌玖拾佰仟两兩\d"
    r"①-⑳㈠-㈩]{1,24}[条條]"
)
_FINANCIAL = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟兩①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩\n\r\t",
    "一二二三三四五六六七八九十百千两一二三四五六七八九十一二三四五六七八九十   ",
)
_OPEN = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）"}
_ENDS = "。！？!?；;\n"
_CONTINUES = re.compile(r"[：:][ \t]*$")


def clean(text: str) -> str:
    """The text without invisible characters, which would hide a citation from the parser."""
    return strip_invisible(text)


def plain_copy(text: str) -> str:
    """A copy of equal length in which a citation written to escape reading is plain.

    Traditional characters, financial and circled numerals inside an article number, a line break
    in one, and look-alike title marks; for judging only, never for showing.
    """
    plain = _NUMBER.sub(lambda found: found[0].translate(_FINANCIAL), text)
    return plain.translate(_PLAIN)


def stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence; one with a quotation or bracket in it stays whole.

    A quotation that is never closed reaches to the end, and a line break after a colon ends
    nothing: what follows is the wording announced. They tile the text.
    """
    found, start, closers = [], 0, [""]
    for at, character in enumerate(text):
        if character in _OPEN:
            closers.append(_OPEN[character])
        elif character == closers[-1]:
            closers.pop()
        elif character in _ENDS and len(closers) == 1 and not _announces(text[start:at], character):
            found.append((start, at + 1))
            start = at + 1
    return (*found, (start, len(text))) if start < len(text) else tuple(found)


def _announces(before: str, character: str) -> bool:
    return character == "\n" and _CONTINUES.search(before) is not None


def touches(stretch: tuple[int, int], verdict: CitationVerdict) -> bool:
    """Whether a citation stands in a stretch, if only in part."""
    return stretch[0] < verdict.end and verdict.start < stretch[1]


def repaired(text: str, verdicts: Iterable[CitationVerdict]) -> str:
    """The text with each repaired citation as it should read, so that nothing unproved is shown."""
    repairs = {
        (v.start, v.end): v.suggestion
        for v in verdicts
        if v.verdict is VerdictKind.REPAIRED and v.suggestion
    }
    for (start, end), suggestion in sorted(repairs.items(), reverse=True):
        text = text[:start] + suggestion + text[end:]
    return text
