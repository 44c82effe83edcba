"""Candidates for names: a surname with what follows, scored by characters and surroundings."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from advisor.redaction.lexicon import lexicon
from advisor.redaction.surroundings import HAN, IS_HAN, LEAD, Around, after, before, cue_ends

ACCEPTED = 4.35
"""A candidate with this score is a name."""

POSSIBLE = 2.9
"""A candidate with this score is a name beside another name, in a list."""

_RARE = 1.0
_WORD = -3.0
_SHORT = -0.5
_CERTAIN, _POSSIBLE_SURNAME = 3.0, 1.0
OTHER_WORDS = frozenset("和来家公国连相从边到由以储代别查")
"""Characters that are surnames, and far more often another word."""

_SELDOM_NAMES = frozenset("向全时应满水")
"""Surnames that stand for another word even after 业主 or 学生: 业主向…, 学生和…."""

_LANDSCAPE = frozenset("江海山溪洲")
_SETTLEMENTS = frozenset("村镇乡庄桥店")
LANDMARKS = frozenset("村镇乡路街苑邸县港湾浜埭圩漾荡泾坝畈圲兜")
_NUMERALS = tuple("一二三四五六七八九十百千几多数两")
_COUNTING = tuple("〇零一二三四五六七八九十百千万年月日个点号元块岁")
_MEASURES = frozenset("毛元余万项张周段方米石车平时路双单")


class Candidate(NamedTuple):
    """A possible name and how likely it is one."""

    start: int
    end: int
    score: float


@cache
def surname_pattern() -> re.Pattern[str]:
    """A surname of one character, or the first of two, before a Chinese character.

    Before a character that names seldom hold, only where a word may announce a name.
    """
    words = lexicon()
    heads = "".join(sorted({*words.surnames, *(name[0] for name in words.compound)}))
    titles = {title[0] for title in words.context.titles} | set(words.context.short_titles)
    opens = titles | {name[1] for name in words.compound}
    never = "".join(c for c, weight in words.given.items() if weight < -10 and c not in titles)
    seldom = "".join(c for c, weight in words.given.items() if -10 < weight < 0 and c not in opens)
    cued = "".join(map(re.escape, sorted(cue_ends())))
    return re.compile(
        f"[{heads}](?=(?![{never}{seldom}])[{HAN}])|(?<=[{cued}])[{heads}](?=[{seldom}])"
    )


@cache
def _place_pattern() -> re.Pattern[str]:
    places = lexicon().context.places
    every = "|".join(sorted(map(re.escape, places), key=len, reverse=True))
    longer = "|".join(sorted((p for p in places if len(p) > 1), key=len, reverse=True))
    plain = re.escape(lexicon().context.trails)
    return re.compile(
        f"(?:{every})|[东西南北中大小新老上下一二三四](?:路|街|村|桥|镇|弄|巷|港|区|苑|园)"
        f"|(?:(?![{plain}])[{HAN}]){{1,2}}(?:{longer})"
    )


class Opening(NamedTuple):
    """What the surname says: its width and weight, the weight of the character after it."""

    width: int
    weight: float
    value: float
    worded: bool


@lru_cache(maxsize=16_384)
def _opening(head: str) -> Opening | None:
    """How a name may open with these three characters; None when none can."""
    words = lexicon()
    pair = head[:2]
    width = 2 if pair in words.compound else 1
    weight = 3.0 if width == 2 else words.surnames.get(head[0])
    first = head[width : width + 1]
    value = words.given.get(first, _RARE)
    if weight is None or value < -10 or pair in words.context.kin or not IS_HAN.match(first):
        return None
    return Opening(width, weight, value, width == 1 and pair in words.words)


def candidate_at(text: str, at: int) -> Candidate | None:
    """The most likely name that begins with the surname at ``at``, if any is possible."""
    opening = _opening(
        text[at : at + 3] if text[at : at + 2] in _compounds() else text[at : at + 2]
    )
    if opening is None:
        return None
    width, weight, value, worded = opening
    if (value < 0 or (worded and weight < _CERTAIN)) and text[at - 1 : at] not in cue_ends():
        return None
    around = before(text, at)
    if (value < 0 and not around.announced) or _doubtful(text, at, weight, around):
        return None
    if weight < _CERTAIN and around.score < 0:
        weight -= LEAD
    weight += around.score
    if width == 1:
        weight += _word_cost(text, at, around, worded=worded)
    if weight + value + 4 < POSSIBLE:
        return None
    best = _best_reading(text, at, at + width, weight + value)
    if best.score < POSSIBLE or (not around.labelled and _spoilt(text, best, around)):
        return None
    return best


def _compounds() -> frozenset[str]:
    return lexicon().compound


def _doubtful(text: str, at: int, weight: float, around: Around) -> bool:
    """A character that is a surname now and then, where it is another word more often."""
    if around.labelled:
        return False
    if weight < _POSSIBLE_SURNAME and around.score < 0:
        return True
    if counts(text, at):
        return True
    if text[at] not in OTHER_WORDS or text[at : at + 2] in lexicon().compound:
        return False
    return at > 0 and IS_HAN.match(text[at - 1]) is not None


def counts(text: str, at: int) -> bool:
    """Whether the character at ``at`` counts or numbers what stands before: 三万, 2路, K192路."""
    if text[at] not in _MEASURES or not at:
        return False
    last = text[at - 1]
    return last in _NUMERALS or last.isdigit() or (last.isascii() and last.isalpha())


def _spoilt(text: str, best: Candidate, around: Around) -> bool:
    """Whether the reading runs into a place's name or a common phrase: 楚江大道, 梅溪湖, 向相关."""
    if is_known(text, best.start) or is_place(text, best.end):
        return True
    if text[best.end - 1] in _long_heads() and text.startswith(_long_places(), best.end - 1):
        return True
    if text[best.end - 1] in _SETTLEMENTS and text[best.end - 2] == "家":
        return True
    if text[best.end - 1] in LANDMARKS and not around.announced:
        return True
    if text[best.end - 1] in _LANDSCAPE:
        return around.score < LEAD or after(text, best.end) < LEAD
    if text[best.start] in _SELDOM_NAMES and best.start and IS_HAN.match(text[best.start - 1]):
        typical = [lexicon().given.get(c, 0.0) > 1 for c in text[best.start + 1 : best.end]]
        return len(typical) < 2 or not all(typical) or after(text, best.end) < LEAD
    return False


def is_place(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is the head of a place's or a company's name."""
    return (
        text[end : end + 2] not in lexicon().context.not_places
        and _place_pattern().match(text, end) is not None
    )


@cache
def _long_places() -> tuple[str, ...]:
    return tuple(place for place in lexicon().context.places if len(place) > 1)


@cache
def _long_heads() -> frozenset[str]:
    return frozenset(place[0] for place in _long_places())


def _word_cost(text: str, at: int, around: Around, *, worded: bool) -> float:
    cost = _WORD if worded else 0.0
    if at and not around.labelled and text[at - 1 : at + 1] in lexicon().words:
        cost += _WORD
    return cost


def is_known(text: str, at: int) -> bool:
    known = lexicon().context.known
    low = max(0, at - 1)
    return any(text[start : start + length] in known for start in {low, at} for length in (2, 3, 4))


def _best_reading(text: str, start: int, given: int, weight: float) -> Candidate:
    """The likelier of the reading with one given character and the one with two."""
    words = lexicon()
    second = text[given + 1 : given + 2]
    value = words.given.get(second, _RARE) if second and IS_HAN.match(second) else -20.0
    trails = words.context.trails
    short = weight + _SHORT + after(text, given + 1)
    acting = text[given + 1 : given + 3] in words.context.acts
    if value > 0 and second not in trails and not acting:
        short -= 1.5
    if value < -10:
        return Candidate(start, given + 1, short)
    third = text[given + 2 : given + 3]
    full = weight + value + after(text, given + 2)
    if second in _NUMERALS and third in _COUNTING:
        full -= 1.5
    if second + third in words.words and third not in trails:
        full -= 2.5
    if text[given : given + 2] in words.words:
        full -= 1.0
    if text[start : start + 2] in words.words and words.surnames.get(text[start], 0) >= _CERTAIN:
        full += 1.0
    return Candidate(start, given + (2 if full > short else 1), max(full, short))
