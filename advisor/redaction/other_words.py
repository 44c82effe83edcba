"""What looks like a name and is another word: places, firms, counts, set phrases."""

import re
from functools import cache

from advisor.redaction.lexicon import lexicon, one_of
from advisor.redaction.name_model import name_model
from advisor.redaction.surroundings import HAN, before

OTHER_WORDS = frozenset("和来家公国连相从边到由以储代别查")
"""Characters that are surnames, and far more often another word."""

_HOMES = frozenset("村庄桥店坝浜埭湾塘湖岭坪门渡堰坊巷港汇寨屯沟营")
_SPOTS = _HOMES | frozenset("家园河江山口井楼集堡台沙洼")
_SETTLED = frozenset("村镇乡路街屯寨苑")
LANDMARKS = frozenset("坂坞岙垟垅村镇乡路街苑邸县港湾浜埭圩漾荡泾坝畈圲兜馆店厂站铺局")
"""Characters that end names of places and houses, and seldom names of persons."""

_GOING = "进入回送跑名下往赶当转走读"
"""What is said of a person before a house, and is no part of the house's name: 进医院, 回学校."""

_LONGEST_KNOWN = 4
_NUMERALS = tuple("一二三四五六七八九十百千几多数两")
_MEASURES = frozenset("毛元余万项张周段方米石车平时路双单")


@cache
def _place_pattern() -> re.Pattern[str]:
    places = lexicon().context.places
    longer = one_of(p for p in places if len(p) > 1)
    plain = re.escape(lexicon().context.trails + _GOING)
    return re.compile(
        f"{one_of(places)}|[东西南北中大小新老上下一二三四](?:路|街|村|桥|镇|弄|巷|港|区|苑|园)"
        f"|(?:(?![{plain}])[{HAN}]){{1,2}}{longer}"
    )


@cache
def _house_pattern() -> re.Pattern[str]:
    """What a shop or a works is called by behind its owner's name: 水饺馆, 家拉面, 供水站."""
    context = lexicon().context
    longer = one_of(p for p in context.places if len(p) > 1)
    inside = f"(?![{re.escape(context.trails + _GOING)}])[{HAN}]"
    return re.compile(
        f"家?(?:{one_of(context.trades)}|(?:{inside}){{0,3}}{longer}"
        f"|(?:{inside}){{1,3}}[店馆厂站坊铺](?![员里子面房长门在着出起到立岗设了]))"
    )


def is_house(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is the head of a shop's or a works' name: 孙大妈水饺馆."""
    return (
        text[end : end + 2] not in lexicon().context.not_places
        and _house_pattern().match(text, end) is not None
    )


@cache
def _trade_pattern() -> re.Pattern[str]:
    return re.compile(one_of(lexicon().context.trades))


def is_trade(text: str, end: int) -> bool:
    """Whether a trade's word follows at once, as in a shop's name: 王建国诊所."""
    return _trade_pattern().match(text, end) is not None


def counts(text: str, at: int) -> bool:
    """Whether the character at ``at`` counts or numbers what stands before: 三万, 2路, K192路."""
    if text[at] not in _MEASURES or not at:
        return False
    last = text[at - 1]
    return last in _NUMERALS or last.isdigit() or (last.isascii() and last.isalpha())


def cuts_word(text: str, at: int, *, led: bool = False) -> bool:
    """Whether ``at`` is inside a word, and what begins there only looks like a surname: 委屈.

    Args:
        text: the text.
        at: where the surname would stand.
        led: whether to say so too where what stands before often leads to a name: 对方, 老人家.
    """
    return (led or before(text, at).score <= 0) and name_model().joins(text, at)


def is_place(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is the head of a place's or a company's name."""
    return (
        text[end : end + 2] not in lexicon().context.not_places
        and _place_pattern().match(text, end) is not None
    )


@cache
def _public() -> re.Pattern[str]:
    return re.compile(one_of(lexicon().context.public))


def public_ranges(text: str) -> list[tuple[int, int]]:
    """Where the text speaks of what everybody knows by a name: 焦裕禄, 康师傅."""
    return [found.span() for found in _public().finditer(text)]


def is_known(text: str, at: int, least: int = 2) -> bool:
    """Whether a set phrase begins at ``at`` or just before: 平安, 时间紧, 江苏.

    Args:
        text: the text.
        at: where the phrase would begin.
        least: characters it has at least.
    """
    known = lexicon().context.known
    low = max(0, at - 1)
    lengths = range(least, _LONGEST_KNOWN + 1)
    return any(text[start : start + n] in known for start in {low, at} for n in lengths)


def is_home(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is a hamlet called after a family: 何家庄, 韩家, 赵庄村."""
    last, inner = text[end - 1], text[end - 2]
    if last == "家" and text[end : end + 1] in _HOMES:
        return text[end : end + 2] not in lexicon().context.not_places
    return (inner == "家" and last in _HOMES) or (inner in _SPOTS and last in _SETTLED)
