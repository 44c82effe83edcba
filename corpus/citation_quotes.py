"""Which quoted wording belongs to a citation: what follows 规定：, or stands before （…第…条）."""

import re
from typing import NamedTuple

from corpus.citation_names import NUM
from corpus.citation_titles import TITLE

_OPEN = {"“": "”", "「": "」", "『": "』", '"': '"', "＂": "＂", "‘": "’"}
_OPENS = re.compile(f"[{''.join(_OPEN)}]")
_LONGEST = 20_000
_SHORTEST_BEFORE = 6
_SAYS = "|".join(
    (
        *("规定", "明确", "指出", "载明", "写明", "写道", "要求", "称", "表述", "内容", "原文"),
        *("条文", "全文", "如下", "为", "是", "即", "应", "指的?", "认为"),
    )
)
_CUE = re.compile(
    rf"[ \u3000\t*_]*(?:的|中|里|之|就|也|还|都|均|已|亦|又|则|曾|同时|分别|进一步|明文"
    rf"|专门|清楚地?|所){{0,4}}"
    rf"(?:{_SAYS}){{0,3}}(?:的|了|着|到)?(?:{_SAYS}){{0,2}}[ \u3000\t*_]*"
)
_TERM = re.compile(r"[ \u3000*]*(?:规定|中)?(?:的|所称的?|所指的?|所说的?)[ \u3000*]*[“「『\"]")
_NO_CUE = frozenset("：:，,").union(_OPEN)
_COLON = re.compile(r"[：:][ \u3000\t*_]*")
_COMMA = re.compile(r"[，,][ \u3000\t*_]*")
_BLOCK = re.compile(r"[ \t]*\n(?:[ \t]*\n)?((?:[ \t\u3000]*>[^\n]*(?:\n|$))+)")
_NEXT_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t\u3000]*(?![-*•\d第【#|>])([^\n]{6,})")
_CONCLUDING = (
    "因此(?![发造产遭受支增减取给引而])|所以|据此|故(?![意障])|综上|本案|由此(?![发造产引])|可见|对此"
    "|也就是|换言之|简言之|建议(?![、，批和或])|请(?![求示假愿])|如果您|您|你|我(?![国院部委会局署行])"
)
_OWN_WORDS = re.compile(
    rf"(?<=[。！？；])(?=(?:{_CONCLUDING}|此外|另外，|同时，|即[，：]"
    r"|(?:根据|依照|按照|依据)(?:《|上述|以上|本案|现场|调查|走访|双方|您|你)"
    r"|《[^《》\n]{1,80}》[^《》\n]{0,12}第))"
)
_SAYS_NEXT = re.compile(
    r"[ \u3000\t]*(?:中|里|也|还|明确|明文){0,3}"
    r"(?:(?:规定|明确|指出|载明)的?[：:“「『\"]|[：:“「『\"—])"
)
_DEFINES = re.compile(r"(?:是|指|包括|的)")
_CONCLUSION = re.compile(rf"[\s，,]*(?:{_CONCLUDING})")
_NUMBER_NEXT = re.compile(rf"[ \u3000]*第?[ \u3000]*[{NUM}]+[ \u3000]*条")
_NEXT_ENTRY = re.compile(
    rf"\n[ \t\u3000>#*\-•]*(?:《|第[ \u3000]?[{NUM}]+[ \u3000]?条|[0-9]+[.、）)]"
    r"|[一二三四五六七八九十]+、)"
)
_GOES_ON = (
    rf"(?:并且?|还|也|又|且|再|同时|另外?|以及|及|和|与|其?后|接着|其中|进而"
    rf"|第[ \u3000]?[{NUM}]+[款项]"
    r"|(?:增写|增加|删除|删去)[^“”「」。，《》\n]{0,8}|(?:修?改|更改|变更|调整)为)[，,]?"
)
_STATES = r"(?:规定|明确|指出|载明|写明|写道|要求|表述|内容|原文|条文|如下|为)"
_CHAIN = re.compile(
    rf"(?:[、，,；; \u3000]{{0,3}}(?:{_GOES_ON}){{0,3}}"
    rf"|[。；][ \u3000]*(?:{_GOES_ON}){{1,3}}(?={_STATES}))"
    rf"(?:{_STATES}){{0,2}}[：:，, \u3000]{{0,2}}(?=[“「『\"])"
)
_AFTER_QUOTE = re.compile(
    r"[ \u3000]*(?:[（(\[【]|——|--|—)[ \u3000]*(?:见|依据|根据|引自|出自|摘自|参见|载)?[：: ]*$"
)
_ATTRIBUTION = re.compile(
    r"[”」』\"][ \u3000]*(?:[（(\[【]|——|--|—)[ \u3000*]*"
    r"(?:见|依据|根据|引自|出自|摘自|参见|载)?[：: *]*"
    r"(?=(?:" + TITLE + r"|[\u4e00-\u9fff]{2,40}?)(?:（[^（）\n]{1,30}）)?"
    r"[ \u3000]*第?[ \u3000]*[" + NUM + r"]+[ \u3000]*条)"
)


class Quote(NamedTuple):
    """Wording with its place, marks included."""

    text: str
    start: int
    end: int


def quotes_after(text: str, at: int) -> tuple[Quote, ...]:
    """The wording ascribed to the citation that ends at ``at``; empty when there is none.

    Read as a quotation: marks right behind the number, marks behind a verb of saying
    (规定、明确 …), and everything to the end of the line behind 规定： without marks. What a
    person says (他说“…”) is none.
    """
    here = at
    if text[at : at + 1] not in _NO_CUE and (cue := _CUE.match(text, at)) is not None:
        here = cue.end()
    sign = text[here : here + 1]
    if sign in _OPEN:
        return _marked_chain(text, here)
    if (colon := _COLON.match(text, here)) is not None:
        found = _marked_chain(text, colon.end())
        if found and _DEFINES.match(text, found[0].end):  # 规定：“车主”是指 … without outer marks
            return _unmarked(text, colon.end())
        return found or _unmarked(text, colon.end())
    if (comma := _COMMA.match(text, here)) is not None:
        found = _marked_chain(text, comma.end())
        said = text[at:here].strip(" \u3000\t*_")
        if said or (found and found[0].end - found[0].start > 10):
            return found
    return ()


def attributed_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Quotations that a bracketed or dashed citation follows: “…”（《…》第…条）.

    What such a quotation itself cites are the statute's own words.
    """
    found: list[tuple[int, int]] = []
    opens = _OPENS.search(text, 0, max(0, text.rfind("条")))
    for m in _ATTRIBUTION.finditer(text, opens.end()) if opens is not None else ():
        closer = m[0][0]
        opener = next(o for o, c in _OPEN.items() if c == closer)
        start = _opening(text, m.start(), opener, closer, found[-1][1] if found else 0)
        if start is not None:
            found.append((start, m.start() + 1))
    return tuple(found)


def says_next(text: str, at: int) -> str | None:
    """The verb of saying, colon or mark that comes next, behind blanks; None for other words."""
    found = _SAYS_NEXT.match(text, at)
    return found[0].strip() if found is not None else None


def retold(text: str, at: int) -> str:
    """What is told in the statute's name behind 规定， without marks, to the next blank line."""
    cue = _CUE.match(text, at)
    comma = _COMMA.match(text, cue.end()) if cue is not None and cue.end() > at else None
    return text[comma.end() : passage_end(text, at)] if comma is not None else ""


def unmarked_place(text: str, at: int, quote: str) -> int | None:
    """Where the wording begins that the reader took as a quotation without marks."""
    start = text.find(quote, at)
    return None if start < 0 or (start > 0 and text[start - 1] in _OPEN) else start


def rest_of_passage(text: str, at: int) -> str:
    """What follows to the next blank line, or to the next entry of a list of articles."""
    end = passage_end(text, at)
    entry = _NEXT_ENTRY.search(text, at, end)
    return text[at : entry.start() if entry is not None else end]


def concludes(text: str, at: int) -> bool:
    """Whether the writer plainly speaks for himself from here on (因此, 建议 …)."""
    return _CONCLUSION.match(text, at) is not None


def quote_before(text: str, at: int, since: int) -> Quote | None:
    """The marked wording that a bracketed or dashed citation starting at ``at`` follows."""
    link = _AFTER_QUOTE.search(text, max(since, at - 12), at)
    if link is None or link.start() <= since:
        return None
    close = text[link.start() - 1]
    opener = next((o for o, c in _OPEN.items() if c == close), None)
    if opener is None:
        return None
    start = _opening(text, link.start() - 1, opener, close, since)
    if start is None or link.start() - start < _SHORTEST_BEFORE:
        return None
    return Quote(text[start + 1 : link.start() - 1], start, link.start())


def heading_quote(text: str, at: int) -> Quote | None:
    """The rest of a line that is set like a statute: the number, a space, the wording."""
    if at >= len(text) or text[at] not in " \u3000\t":
        return None
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    body = text[at:end].strip(" \u3000\t*_")
    if len(body) < 6:
        return None
    if body[0] in _OPEN and _closing(body, 0) == len(body) - 1:
        body = body[1:-1]
    return Quote(body, at, end)


def picks_term(text: str, at: int) -> bool:
    """Whether the citation ending at ``at`` only picks an expression: 第…条规定的“…”, 所称“…”."""
    return _TERM.match(text, at) is not None


def _marked_chain(text: str, at: int) -> tuple[Quote, ...]:
    found: list[Quote] = []
    while at < len(text) and text[at] in _OPEN:
        end = _closing(text, at)
        if end is None or _NUMBER_NEXT.match(text, end + 1):  # “民法典”第290条 is a name
            break
        body = text[at + 1 : end]
        if body.strip():
            found.append(Quote(body, at, end + 1))
        link = _CHAIN.match(text, end + 1)
        if link is None:
            break
        at = link.end()
    return tuple(found)


def _closing(text: str, at: int) -> int | None:
    """Where the quotation opened at ``at`` closes, marks inside it balanced.

    Where they do not balance it is the last mark of the passage: too much wording is refused,
    too little could pass for a whole sentence.
    """
    opener, closer = text[at], _OPEN[text[at]]
    limit = passage_end(text, at)
    if opener == closer:
        end = text.find(closer, at + 1, limit)
        return end if end >= 0 else None
    end, last = text.find(closer, at + 1, limit), -1
    depth, counted = 1, at + 1
    while end >= 0:
        depth += text.count(opener, counted, end) - 1
        if depth == 0:
            return end
        counted, last = end + 1, end
        end = text.find(closer, end + 1, limit)
    return last if last >= 0 else None


def passage_end(text: str, at: int) -> int:
    """The next blank line, or as far as a quotation can reach."""
    end = text.find("\n\n", at, at + _LONGEST)
    return end if end >= 0 else min(len(text), at + _LONGEST)


def _opening(text: str, at: int, opener: str, closer: str, since: int) -> int | None:
    """Where the quotation closed at ``at`` opens: the first mark of the passage left unclosed."""
    since = max(since, at - _LONGEST, text.rfind("\n\n", 0, at))
    if opener == closer:
        start = text.rfind(opener, since, at)
        return start if start >= 0 else None
    first, depth = text.find(opener, since, at), 0
    earliest, here = first, first
    while here >= 0:
        if depth <= 0:
            first, depth = here, 0
        after = text.find(opener, here + 1, at)
        depth += 1 - text.count(closer, here, after if after >= 0 else at)
        here = after
    start = first if depth > 0 else earliest
    return start if start >= 0 else None


def _unmarked(text: str, at: int) -> tuple[Quote, ...]:
    block = _BLOCK.match(text, at)
    if block is not None:
        body = "\n".join(line.strip().lstrip(">").strip() for line in block[1].splitlines())
        return (Quote(body, block.start(1), block.end(1)),)
    following = _NEXT_LINE.match(text, at)
    if following is not None:
        start, end = following.span(1)
    else:
        end = text.find("\n", at)
        start, end = at, len(text) if end < 0 else end
    own = _OWN_WORDS.search(text, start, end)
    if own is not None:
        end = own.start()
    body = text[start:end].strip()
    return (Quote(body, start, end),) if len(body) >= 6 else ()
