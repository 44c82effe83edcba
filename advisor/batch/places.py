"""Places 地点 in a text: estates, villages, roads, crossings, schools, projects, units, areas.

A name is what stands between its ending (小区, 村, 路…) and the nearest word to the left that can
be part of no name. One key stands for all spellings of a place: full-width and Chinese numerals of
phases, traditional characters, 小区 and 期 and 栋 at the end make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from advisor.batch.model import Place
from advisor.batch.place_words import (
    AFTER_NAME,
    AREA_END,
    CODED_AREA,
    ENDINGS,
    GENERIC,
    KEPT,
    NO_ROAD,
    ROADS,
    STOPS,
    TAIL,
)
from advisor.intake import to_simplified
from corpus.numerals import parse_number
from corpus.region import shipped_table

Kind = Literal["estate", "village", "road", "crossing", "school", "project", "unit", "area"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_KIND_OF: Mapping[str, Kind] = {"town": "area", **{kind: kind for kind in KINDS}}
LONGEST = 10
READ = 3000
"""So many characters of a text are read for places; what a complaint is about stands before."""

_LINE = re.compile(
    r"(?<![\dA-Za-z])(?P<bus>[A-Z]?\d{1,3})路?(?=公交|路车|巴士|公汽|路线)"
    r"|(?:公交|巴士)车?(?P<bus2>[A-Z]?\d{1,3})路|(?:地铁|轻轨)(?P<metro>[一二三四五六七八九十\d]{1,2})号线"
    r"|(?P<rank>[国省县])道(?P<way>\d{2,4})|(?<!\d)(?P<way2>\d{3})(?P<rank2>[国省县])道"
)
_NAME = re.compile(r"(?![期栋楼号])[\u4e00-\u9fff][\u4e00-\u9fffA-Z0-9·]*")
_MARK = re.compile(
    f"(?P<area>{AREA_END.pattern})|(?P<town>街道(?!办?[两上边])|镇(?![里上政])|乡(?![村下亲里上镇]))|"
    + "|".join(f"(?P<{kind}>{ending})" for kind, ending in ENDINGS.items())
    + f"|(?P<before>{AFTER_NAME.pattern})"
)
_MEETING = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|大道|街)(?:[与和、跟同/]|\s)?[\u4e00-\u9fff]{1,8}(?:路|大道|街)(?=的?(?:交叉|交汇|交界|十字|丁字|T字|路?口|相交|转角))"
)
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Span:
    kind: Kind
    start: int
    end: int


def place_key(name: str, kind: Kind) -> str:
    """What all spellings of one place have in common."""
    key = unicodedata.normalize("NFKC", name).replace("·", "").upper()
    if kind in ("estate", "project"):
        short = TAIL.sub("", key)
        key = short if len(short) >= _LEAST else key
    return key


def find_places(text: str) -> tuple[Place, ...]:
    """The places a text names, each key once, in order of the first mention.

    Only the first 3,000 characters are read.
    """
    text = _plain(text[:READ])
    found: dict[str, Place] = {}
    for span in _spans(text):
        name = text[span.start : span.end]
        place = Place(kind=span.kind, name=name, key=place_key(name, span.kind))
        found.setdefault(place.key, place)
    for place in (*_crossings(text), *_lines(text)):
        found.setdefault(place.key, place)
    return tuple(found.values())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", to_simplified(text))


def _spans(text: str) -> Iterator[_Span]:
    """Named places from left to right; the end of each is a wall for the next."""
    wall, after_area = 0, False
    for found in _MARK.finditer(text):
        kind = found.lastgroup or ""
        if kind == "area":
            span = _area(text, found.end(), wall)
        else:
            span = _named(text, found, kind, _Wall(wall, after_area))
        if span is not None:
            yield span
            wall, after_area = span.end, span.kind == "area"


def _area(text: str, end: int, wall: int) -> _Span | None:
    """A rung that the table of regions knows, or one coded as a letter and a number."""
    for length in range(min(12, end - wall), 1, -1):
        name = text[end - length : end]
        if name in _regions() or CODED_AREA.fullmatch(name):
            return _Span("area", end - length, end)
    return None


@cache
def _regions() -> frozenset[str]:
    return frozenset(ladder[-1] for ladder in shipped_table().ladders)


@dataclass(frozen=True, slots=True)
class _Wall:
    """Where the last place ended, and whether that was an area: names stand right behind those."""

    at: int
    area: bool


def _named(text: str, ending: re.Match[str], kind: str, wall: _Wall) -> _Span | None:
    start = _left(text, ending.start(), wall)
    own, whole = text[start : ending.start()], text[start : ending.end()]
    if kind == "before":
        bare = wall.area and start == wall.at and 3 <= len(own) <= 8
        return _Span("estate", start, ending.end()) if bare and _proper(own) else None
    if kind in ("road", "estate"):
        start += len(own) - len(own.lstrip("0123456789"))
        own, whole = text[start : ending.start()], text[start : ending.end()]
    if not _acceptable(kind, own, whole):
        return None
    return _Span(_KIND_OF[kind], start, ending.end())


def _proper(own: str) -> bool:
    return not _generic(own) and _NAME.fullmatch(own) is not None


_MOST = {
    "estate": 8,
    "village": 5,
    "town": 4,
    "road": 6,
    "crossing": 10,
    "school": 10,
    "unit": 10,
    "project": 10,
}


def _acceptable(kind: str, own: str, whole: str) -> bool:
    if not own or len(own) > _MOST[kind] or (kind == "road" and NO_ROAD.search(whole)):
        return False
    if _generic(own) and not (kind in ("road", "crossing") and ROADS.fullmatch(own)):
        return False
    least = 1 if kind in ("road", "village", "crossing") else 2
    return len(own) >= least and len(whole) >= 3


def _generic(own: str) -> bool:
    return GENERIC.fullmatch(own) is not None


def _left(text: str, end: int, wall: _Wall) -> int:
    """Where the name that reaches to ``end`` begins."""
    start = end
    while start > wall.at and _goes_on(text, start, end, wall):
        start -= 1
    return start


def _goes_on(text: str, start: int, end: int, wall: _Wall) -> bool:
    if not _LETTER.match(text[start - 1]):
        return False
    if any(text[start - n : start] in STOPS for n in (3, 2) if start - n >= wall.at):
        return False
    if text[start - 1] not in STOPS:
        return True
    if text[start - 1 : start + 1] in KEPT or text[start - 2 : start] in KEPT:
        return True
    # 和 before one character begins a name (和安路), before two it joins (和东四路), but not
    # behind an area (A市和馨园).
    behind_area = wall.area and start - 1 == wall.at
    return text[start - 1] in "和同" and (end - start == 1 or behind_area)


def _crossings(text: str) -> Iterator[Place]:
    """Two roads that are said to meet, in either order."""
    for found in _MEETING.finditer(text):
        roads = [found[0][s.start : s.end] for s in _spans(found[0]) if s.kind == "road"][-2:]
        if len(roads) == 2:
            key = "×".join(sorted(roads))
            yield Place(kind="crossing", name="与".join(roads), key=key)


def _lines(text: str) -> Iterator[Place]:
    """Lines of buses and of the underground, and highways, by their number."""
    for found in _LINE.finditer(text):
        if bus := found["bus"] or found["bus2"]:
            name, kind = f"{bus}路公交", _KIND_OF["unit"]
        elif found["metro"]:
            name, kind = f"地铁{_figure(found['metro'])}号线", _KIND_OF["unit"]
        else:
            name = f"{found['way'] or found['way2']}{found['rank'] or found['rank2']}道"
            kind = _KIND_OF["road"]
        yield Place(kind=kind, name=name, key=name)


def _figure(number: str) -> str:
    return str(parse_number(number)) if not number.isdigit() else number
