"""Reading article numbers: lists, ranges, sub-numbers, paragraphs and items behind one law."""

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.citation_names import NUM
from corpus.errors import NumberError
from corpus.model import ArticleNumber
from corpus.numerals import parse_number

_S = r"[ \u3000\t]{0,4}"
_N = rf"[{NUM}](?:[ \u3000]?[{NUM}]){{0,11}}"
_SUB = r"[一二三四五六七八九十1-9１-９]{1,3}"
_NOT_SUB = "(?![般切定致旦些样部间内外])"
_AND = r"(?:、|，|,|和|与|及|以及|或者|或)"
_TO = r"(?:至|到|-|－|—{1,2}|–|~|～)"
ARTICLE = re.compile(
    rf"(?P<di>第{_S})?(?P<numbers>{_N}(?:{_S}(?:、|，|,|和|与|及|或|{_TO}){_S}(?:第{_S})?{_N}){{0,40}})"
    rf"(?:{_S}之{_S}(?P<early>{_SUB}))?{_S}[条條](?:{_S}之{_S}(?P<late>{_SUB}){_NOT_SUB})?"
)
"""One article number, or several before one 条; 第 may be missing."""
FIRST = re.compile(rf"[第{NUM}]")
"""What an article number can begin with."""
_NUMBER = re.compile(rf"(?P<to>{_TO})?{_S}(?:第{_S})?(?P<n>{_N})")
_RANGE = re.compile(_TO)
_NEXT = re.compile(rf"{_S}(?P<link>{_TO}|{_AND}){_S}")
_NEXT_SUB = re.compile(
    rf"{_S}(?P<link>{_TO}|、|和|及){_S}(?P<own>之{_S}(?P<n>[一二三四五六七八九十]{{1,3}}))(?!\w)"
)
_PARAGRAPH = re.compile(rf"{_S}(?P<di>第{_S})?(?P<n>{_N}){_S}款")
_ITEM = re.compile(
    rf"{_S}(?:第{_S}[（(]?{_S}(?P<a>{_N}){_S}[）)]?|[（(]{_S}(?P<b>{_N}){_S}[）)]){_S}(?P<xiang>项)?"
)
_MORE_ITEMS = re.compile(rf"(?:(?:、|和|及|至)(?:第)?[（(]?{_N}[）)]?){{1,20}}项")
_LINK = re.compile(rf"{_S}(?:、|，|,|和|及|与|或者|或){_S}")
_GOES_ON = re.compile(rf"[ \u3000\t第（(至到\-－—–~～、，,和与及以或{NUM}]")
"""What the character behind 条 must be for a 款, a 项 or another number to follow."""
_LONGEST_RANGE = 100
_MAX_ARTICLE = 99_999_999


class Place(NamedTuple):
    """One article, paragraph or item of a group, with its span."""

    number: ArticleNumber
    start: int
    end: int
    paragraph: int | None = None
    item: int | None = None


def read_group(text: str, anchor: re.Match[str]) -> list[Place]:
    """The articles of one list or range, with the paragraphs and items of each."""
    places = _numbers(anchor)
    if not places or _GOES_ON.match(text, anchor.end()) is None:
        return places
    _extend(text, places)
    while (link := _NEXT.match(text, places[-1].end)) is not None:
        if _next_sub(text, places):
            continue
        following = ARTICLE.match(text, link.end())
        if following is None or (not following["di"] and link["link"] in "，,"):
            break
        more = _numbers(following)
        if not more:
            break
        if _RANGE.fullmatch(link["link"]):
            more = _between(places[-1], more[0]) + more
        places.extend(more)
        _extend(text, places)
    return places


def _next_sub(text: str, places: list[Place]) -> bool:
    """第一百二十条之一、之二: the same article under another sub-number."""
    m = _NEXT_SUB.match(text, places[-1].end)
    last = places[-1].number
    if m is None or not last.sub or (sub := _value(m["n"])) is None:
        return False
    first = last.sub + 1 if _RANGE.fullmatch(m["link"]) else sub
    for n in range(min(first, sub), sub + 1):
        places.append(Place(ArticleNumber(last.main, n), m.start("own"), m.end()))
    return True


def _numbers(anchor: re.Match[str]) -> list[Place]:
    """第288、289条 and 第288至290条: the numbers before one 条."""
    number = _single(*anchor.group("numbers", "late", "early"))
    if number is None:
        return _listed(anchor, _sub(anchor["late"] or anchor["early"]))
    return [Place(number, *anchor.span())] if number.main <= _MAX_ARTICLE else []


@lru_cache(maxsize=16_384)
def _single(numbers: str, late: str | None, early: str | None) -> ArticleNumber | None:
    """The number of one article; None where several are written."""
    value = _value(numbers)
    return ArticleNumber(value, _sub(late or early)) if value is not None else None


def _sub(written: str | None) -> int:
    return (_value(written) or 0) if written else 0


def _listed(anchor: re.Match[str], sub: int) -> list[Place]:
    found: list[Place] = []
    offset = anchor.start("numbers")
    for m in _NUMBER.finditer(anchor["numbers"]):
        value = _value(m["n"])
        if value is None or value > _MAX_ARTICLE:
            return []
        place = Place(ArticleNumber(value), offset + m.start("n"), offset + m.end())
        if m["to"] and found:
            found.extend(_between(found[-1], place))
        found.append(place)
    last = found[-1]
    found[-1] = last._replace(number=ArticleNumber(last.number.main, sub), end=anchor.end())
    found[0] = found[0]._replace(start=anchor.start())
    return found


def _extend(text: str, places: list[Place]) -> None:
    """Read the paragraphs 款 and items 项 behind the last article of the group."""
    base = places[-1]
    found = _paragraph_or_item(text, base, base.end, first=True)
    if found is None:
        return
    places[-1] = found
    while (link := _LINK.match(text, found.end)) is not None:
        base = found._replace(item=None)
        found = _paragraph_or_item(text, base, link.end(), first=False)
        if found is None:
            return
        places.append(found)


def _paragraph_or_item(text: str, base: Place, at: int, *, first: bool) -> Place | None:
    start = base.start if first else at
    paragraph, end = base.paragraph, at
    m = _PARAGRAPH.match(text, at)
    if m is not None and (first or m["di"]):
        paragraph, end = _value(m["n"]), m.end()
    else:
        m = None
    item = _item(text, end)
    if item is not None:
        return Place(base.number, start, item[1], paragraph, item[0])
    return Place(base.number, start, end, paragraph) if m is not None else None


def _item(text: str, at: int) -> tuple[int, int] | None:
    m = _ITEM.match(text, at)
    if m is None or not (m["xiang"] or _MORE_ITEMS.match(text, m.end())):
        return None
    value = _value(m["a"] or m["b"])
    return (value, m.end()) if value is not None else None


def _between(first: Place, last: Place) -> list[Place]:
    """The articles strictly between the two ends of a range, none when it is too long."""
    low, high = first.number.main, last.number.main
    if high - low > _LONGEST_RANGE:
        return []
    return [Place(ArticleNumber(n), first.start, last.end) for n in range(low + 1, high)]


def _value(number: str) -> int | None:
    try:
        return parse_number(number)
    except NumberError:
        return None
