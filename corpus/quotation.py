"""Comparing wording ascribed to a statute with the statute: only form may differ, never content."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from corpus.errors import NumberError
from corpus.numerals import parse_number

ELLIPSIS = "…"
_SHORTEST_SEGMENT = 4
_FINAL = ".,;:、!?"
_SENTENCE_END = "。!?"
_LINE_END = '。!?;")>'
_CLAUSE_MARKS = "。!?,;:、()"
_NEGATIONS = "不未非无毋勿免禁"
_PROVISO = re.compile(r"但|然而|除外")
_ITEM_HEAD = re.compile(r"\(([一二三四五六七八九十百0-9]+)\)|([一二三四五六七八九十]+)、")
_INLINE_ITEM = re.compile(r"(?<=[:;。,])\(([一二三四五六七八九十]+)\)")
_SUBITEM_HEAD = re.compile(r"[0-9]+[。、.)]")
_DECIMAL_POINT = re.compile(r"(?<=[0-9０-９])[.．](?=[0-9０-９])")
_OMISSION = re.compile(r"\(?(?:…|⋯|\.{3,}|。{3,}|·{3,}|\(略\))+\)?")


def _same_form() -> dict[str, str]:
    """One character for every way to write the same sign; nothing for what cannot be seen."""
    table = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
    for c in range(0x2E80, 0x2FE0):  # Kangxi radicals that PDF text layers put for characters
        table[chr(c)] = unicodedata.normalize("NFKC", chr(c))
    groups = {
        '"': "“”„‟＂「」『』﹁﹂﹃﹄‘’＇'`",
        "(": "（〔【［[{｛",
        ")": "）〕】］]}｝",
        "<": "《〈＜«‹",
        ">": "》〉＞»›",
        "-": "—–－−﹣‐‑―",
        "~": "～〜∼",
        "·": "•・‧∙",
        "。": ".．｡",
        "、": "､",
        "〇": "○",
        ":": "∶︰",
    }
    for sign, variants in groups.items():
        table.update(dict.fromkeys(variants, sign))
    unseen = " \t\r\n\v\f\u00a0\u3000\u1680\u202f\u205f\u2028\u2029\u0085*_"
    unseen += "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
    table.update(dict.fromkeys(unseen, ""))
    table.update({chr(c): "" for c in range(0x2000, 0x200B)})
    return {c: form for c, form in table.items() if c != form}


_FORM = _same_form()
_EVERYDAY = tuple((sign, _FORM[sign]) for sign in "，；：（）")
_SIGN = re.compile("[" + re.escape("".join(_FORM)) + "]")


def _form(sign: re.Match[str]) -> str:
    return _FORM[sign[0]]


def normalise(text: str) -> str:
    """The text with one form for every sign and no white space; no word or number changes.

    Full and half width, styles of quotation marks, brackets and dashes, and invisible
    characters are form. Every other difference is content and survives.
    """
    if "." in text or "．" in text:
        text = _DECIMAL_POINT.sub("\u2024", text)
    for sign, form in _EVERYDAY:  # quicker than asking for each, and few others are left then
        text = text.replace(sign, form)
    plain = _SIGN.sub(_form, text)
    if ELLIPSIS in plain or "⋯" in plain or "。。。" in plain or "···" in plain or "(略)" in plain:
        plain = _OMISSION.sub(ELLIPSIS, plain)
    return plain


@lru_cache(maxsize=65_536)
def flat(text: str) -> str:
    """An article's text normalised, kept for the next comparison."""
    return normalise(text)


def surely_absent(quote: str, text: str) -> bool:
    """Whether a quotation without omissions is nowhere in an article's text, both normalised.

    The quick way out for most false quotations, before the article is taken apart.
    """
    return quote.strip("。,;:、!?") not in text and ELLIPSIS not in quote


class Fit(Enum):
    """How a quotation stands to a text."""

    EXACT = "exact"  # whole sentences, in place, nothing missing inside
    CUT = "cut"  # the characters are there, but the quotation begins or stops inside a sentence
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Item:
    """One item 项 as a slice of the normalised article; ``body`` is where its words begin."""

    number: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class ParagraphSpan:
    """One paragraph 款 as a slice of the normalised article, items included."""

    start: int
    lead_end: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The normalised text of an article with the places of its lines, paragraphs and items."""

    text: str
    starts: frozenset[int]
    paragraphs: tuple[ParagraphSpan, ...]


@lru_cache(maxsize=32_768)
def wording(text: str) -> Wording:
    """The article's text (one line per paragraph or item) made ready for comparison."""
    parts: list[str] = []
    starts: set[int] = set()
    paragraphs: list[ParagraphSpan] = []
    at = 0
    for raw in text.split("\n"):
        line = normalise(raw)
        if not line:
            continue
        starts.add(at)
        end = at + len(line)
        head = _ITEM_HEAD.match(line)
        if head is not None and paragraphs:
            starts.add(at + head.end())
            item = Item(_item_number(head), at, at + head.end(), end)
            paragraphs[-1] = _grown(paragraphs[-1], end, item)
        elif _SUBITEM_HEAD.match(line) and paragraphs:
            paragraphs[-1] = _grown(paragraphs[-1], end, None)
        else:
            paragraphs.append(ParagraphSpan(at, end, end, _inline_items(line, at)))
        parts.append(line)
        at = end
    return Wording("".join(parts), frozenset(starts), tuple(paragraphs))


def _inline_items(line: str, at: int) -> tuple[Item, ...]:
    """Items run on in one line, told by their unbroken numbers from （一）."""
    heads = list(_INLINE_ITEM.finditer(line))
    if not heads or [_item_number(h) for h in heads] != list(range(1, len(heads) + 1)):
        return ()
    ends = [h.start() for h in heads[1:]] + [len(line)]
    return tuple(
        Item(n, at + h.start(), at + h.end(), at + end)
        for n, (h, end) in enumerate(zip(heads, ends, strict=True), start=1)
    )


def _grown(span: ParagraphSpan, end: int, item: Item | None) -> ParagraphSpan:
    if item is None and span.items:
        last = span.items[-1]
        items = (*span.items[:-1], Item(last.number, last.start, last.body, end))
    else:
        items = (*span.items, item) if item is not None else span.items
    return ParagraphSpan(span.start, span.lead_end, end, items)


def _item_number(head: re.Match[str]) -> int:
    try:
        return parse_number(next(g for g in head.groups() if g))
    except NumberError:
        return 0


def compare(quote: str, article: Wording, span: tuple[int, int] | None = None) -> Fit:
    """How the quotation stands to the article, or to a slice of it.

    The rule: without an ellipsis a quotation is whole sentences, one after the other, and it
    does not stop before a proviso (但书). A cut must be marked with …… and must lie at a
    punctuation mark, so that no 不得 can be lost at the seam. Punctuation at the two ends is
    the writer's own.

    Args:
        quote: normalised wording, see :func:`normalise`.
        article: the article to look in.
        span: the slice of ``article.text`` to look in; everything when None.
    """
    begin, end = span or (0, len(article.text))
    if ELLIPSIS not in quote:
        return _contiguous(quote.strip("。,;:、!?"), article, begin, end)
    if (
        ELLIPSIS in article.text
        and _contiguous(quote.strip("。,;:、!?"), article, begin, end) is Fit.EXACT
    ):
        return Fit.EXACT
    segments = [s.strip("。,;:、!?") for s in quote.split(ELLIPSIS)]
    kept = [s for s in segments if s]
    if not kept or any(len(s) < _SHORTEST_SEGMENT for s in kept):
        return Fit.ABSENT
    return _in_order(segments, article, begin, end)


def _contiguous(needle: str, article: Wording, begin: int, end: int) -> Fit:
    if not needle:
        return Fit.ABSENT
    if needle == article.text[begin:end].strip("。,;:、!?"):
        return Fit.EXACT
    found = Fit.ABSENT
    for at in _occurrences(needle, article.text, begin, end):
        stop = at + len(needle)
        if _opens(article, at) and _closes(article, stop) and not _proviso_follows(article, stop):
            return Fit.EXACT
        found = Fit.CUT
    return found


def _in_order(segments: list[str], article: Wording, begin: int, end: int) -> Fit:
    """Segments between ellipses: each at a clause boundary, each after the one before."""
    at = begin
    last = len(segments) - 1
    for i, segment in enumerate(segments):
        if not segment:
            continue
        for hit in _occurrences(segment, article.text, at, end):
            stop = hit + len(segment)
            opens = _opens(article, hit) or (i > 0 and _clause_edge(article, hit))
            closes = _closes(article, stop) or (i < last and _clause_edge(article, stop))
            if opens and closes and (i < last or not _proviso_follows(article, stop)):
                at = stop
                break
        else:
            joined = all(s in article.text[begin:end] for s in segments)
            return Fit.CUT if joined else Fit.ABSENT
    return Fit.EXACT


def _occurrences(needle: str, text: str, begin: int, end: int) -> Iterator[int]:
    at = text.find(needle, begin, end)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1, end)


def _opens(article: Wording, at: int) -> bool:
    if at in article.starts:
        return at == 0 or article.text[at - 1] not in ",、"
    return article.text[at - 1] in _SENTENCE_END


def _closes(article: Wording, at: int) -> bool:
    text = article.text
    while at < len(text) and at not in article.starts and text[at] in "、,;:":
        if at + 1 not in article.starts:  # such a mark inside a line does not end a sentence
            return False
        at += 1
    if at >= len(text):
        return text[at - 1] not in ",:、"
    if at in article.starts:  # a line broken inside a sentence ends nothing
        return text[at - 1] in _LINE_END
    return text[at] in _SENTENCE_END


def _clause_edge(article: Wording, at: int) -> bool:
    text = article.text
    if at in article.starts or at >= len(text):
        return True
    return text[at] in _CLAUSE_MARKS or text[at - 1] in _CLAUSE_MARKS


def _proviso_follows(article: Wording, at: int) -> bool:
    text = article.text
    while at < len(text) and text[at] in "。;,!?":
        at += 1
    return _PROVISO.match(text, at) is not None


def compare_term(term: str, article: Wording, span: tuple[int, int] | None = None) -> Fit:
    """How a short expression picked from an article (所称“…”) stands to it.

    A term need not be a sentence; it must be there, and not be the tail of a negation.
    """
    begin, end = span or (0, len(article.text))
    found = Fit.ABSENT
    for at in _occurrences(term.strip(_FINAL + "。"), article.text, begin, end):
        if at == 0 or article.text[at - 1] not in _NEGATIONS:
            return Fit.EXACT
        found = Fit.CUT
    return found
