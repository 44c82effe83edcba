"""Names 姓名 of persons, in four steps: announced, read by the model, listed, said again."""

import re
from collections.abc import Iterator, Set
from functools import cache

from advisor.redaction.appellations import find_appellations, find_called
from advisor.redaction.double import with_both
from advisor.redaction.estates import is_estate, is_shop, stands_alone
from advisor.redaction.firms import is_gone_to, is_party
from advisor.redaction.forenames import find_forenames
from advisor.redaction.lexicon import lexicon
from advisor.redaction.mentions import in_company, probable, said_again
from advisor.redaction.model import Span
from advisor.redaction.name_model import Reading, name_model
from advisor.redaction.other_words import (
    LANDMARKS,
    OTHER_WORDS,
    counts,
    cuts_word,
    is_home,
    is_house,
    is_known,
    is_place,
    is_trade,
    public_ranges,
)
from advisor.redaction.quantities import uncut
from advisor.redaction.romanised import find_romanised
from advisor.redaction.script import simplified
from advisor.redaction.spaced import find_spaced
from advisor.redaction.surroundings import HAN, IS_HAN, before
from advisor.redaction.unlisted import find_unlisted

ACCEPTED = -2.4
"""A name this likely (log-odds) is one."""

POSSIBLE = -4.0
"""A name this likely is one beside another name, or where it is said twice."""

_SURE, _KNOWN, _COUNTED = 3.0, 1.5, 1.0
"""A name this likely may look like a word or end in a character that ends names of places, may hold
a set phrase, may begin with a measure behind a number: 702石芬家."""

_WORDED = 0.5
"""A name this likely may begin with a word: 万一凡, or hold nothing that names are made of."""

_DOUBTFUL, _CERTAIN_SURNAME = 1.0, 3.0
"""The weight of a surname that is oftener another word, and of one that hardly is."""

_CERTAIN = 9.0
"""A name this likely may stand before a word that ends names of places."""

_DOCUMENT = re.compile(
    r"(?!名下|的|家)[\u4e00-\u9fff]{0,4}[〔﹝[\[（(【](?:19|20)\d{2}[〕﹞)\]）】]"
)
_WEEKDAY = re.compile("周[一二三四五六七日末]")
_MORNING = frozenset("晨晚早")
_FEAST = re.compile("于(?:端午|中秋|国庆|元旦|清明|春节|重阳|元宵|除夕|农历|腊月|正月)")
_FEAST_GOES_ON = re.compile(
    "那天|那日|当[天日晚]|前后?|以?后|期间|节|假|[初正腊十一二三四五六七八九]"
)
_YEAR = re.compile("[去今明前后当同每往近0-9年]年")
_ABOUT = re.compile("[0-9０-９半整刻][时点分秒]?许|[时点分]许")
_SIGN = re.compile(f"[^{HAN}]")
_TITLE_MARKS = re.compile(r"《[^《》\n]{1,60}》")
_FIELD = re.compile(
    r"(?:我叫|本人叫|名叫|名字叫|姓\s?名|户\s?主|联系人|投诉人|申请人|反映人|举报人|来电人|当事人|签名|落款)"
    r"(?:是|为)?(?:[：: \u3000]{1,3}|(?<!人)|(?!民))"
    f"([{HAN}]{{2,4}}|[{HAN}](?:[ \u3000]{{1,2}}[{HAN}](?![{HAN}])){{1,2}})(?![{HAN}·•・‧∙])"
)
_SHORT_TITLE, _LONGEST = 1, 4
_SHORT_NAME, _GOING = 2, frozenset("进入回住到去在")
_DOUBLE = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "慕容", "令狐", "司徒")
)
"""Surnames of two characters that are seldom another word."""

_POSTS = frozenset("总工局所队处科")
"""Titles of one character that are hardly ever the middle of a name."""

_OVERRULING = 0.0
"""A reading this likely is believed rather than a nickname or a title inside it: 陈阿毛, 闵伯年."""


def find_names(text: str) -> tuple[Span, ...]:
    """Names of persons; titles, posts, places and the names of laws stay."""
    text = simplified(text)
    found = [
        *_fields(text),
        *find_romanised(text),
        *find_called(text),
        *find_spaced(text),
        *find_unlisted(text),
    ]
    found += find_appellations(text)
    read, weak = _read(text, found)
    found += [_named(text, one) for one in in_company(text, found, read)]
    found += _apart(find_forenames(text), found)
    if weak:
        found += [_named(text, one) for one in probable(text, found, weak)]
    if found:
        known = public_ranges(text)
        found = [one for one in found if not any(a < one.end and one.start < b for a, b in known)]
    return (*found, *said_again(text, found))


def _apart(spans: Iterator[Span], found: list[Span]) -> list[Span]:
    """Those of the spans that touch none found."""
    return [
        span
        for span in spans
        if all(one.end <= span.start or span.end <= one.start for one in found)
    ]


def _read(text: str, found: list[Span]) -> tuple[list[Reading], list[Reading]]:
    """What the model reads, and what it reads as only possible; overruled spans leave ``found``."""
    taken = {at: span for span in found for at in range(span.start, span.end)}
    held: set[int] = set()
    read: list[Reading] = []
    weak: list[Reading] = []
    laws = [law.span() for law in _TITLE_MARKS.finditer(text)] if "《" in text else ()
    possible = (_not_going(text, one) for one in name_model().read(text, POSSIBLE))
    for one in sorted(possible, key=_score, reverse=True):
        reach = range(one.start, one.end)
        if any(start <= one.start < stop for start, stop in laws) or _is_other(text, one):
            continue
        rivals = {taken[at] for at in reach if at in taken}
        if not held.isdisjoint(reach) or (rivals and not _overrules(text, one, rivals)):
            continue
        if one.score < ACCEPTED and not _is_double(text, one):
            weak.append(one)
            continue
        for rival in rivals & set(found):
            found.remove(rival)
        held.update(reach)
        read.append(one)
    return read, weak


def _not_going(text: str, one: Reading) -> Reading:
    """Without a verb that the reading ran into before a house: 游炎进医院."""
    cut = one.end - one.start == _SHORT_NAME + 1 and text[one.end - 1] in _GOING
    return one._replace(end=one.end - 1) if cut and is_place(text, one.end) else one


def _is_double(text: str, one: Reading) -> bool:
    """Whether a surname of two characters and a given name of two are read: 欧阳明华."""
    surname = text[one.start : one.start + 2]
    return one.end - one.start == _LONGEST and surname in _DOUBLE


def _overrules(text: str, one: Reading, rivals: Set[Span]) -> bool:
    """Whether the reading holds all of them whole, and none is a surname before a long title."""
    return one.score > _OVERRULING and all(
        one.start <= rival.start
        and rival.end <= one.end
        and rival.end - rival.start < one.end - one.start
        and (one.start < rival.start or _outruns(text, one, rival))
        for rival in rivals
    )


def _outruns(text: str, one: Reading, rival: Span) -> bool:
    """Whether a title of one character behind the surname is the middle of the name: 闵伯年."""
    title = len(rival.key) - (rival.end - rival.start)
    if rival.key[0] == "姓" or lexicon().given.get(text[one.end - 1], 1.0) < 0:
        return False
    return title <= _SHORT_TITLE and rival.key[-1] not in _POSTS and rival.end + title < one.end


def _is_other(text: str, one: Reading) -> bool:
    """Whether the reading is part of a place's name, a document's number or a set phrase."""
    if one.score < _least(text, one) or _DOCUMENT.match(text, one.end):
        return True
    if _SIGN.search(text, one.start, one.end) or uncut(text, one.start, one.end) == one.start:
        return True
    if _is_time(text, one) or text[one.start : one.start + 2] in lexicon().context.roles:
        return True
    if _opens_other(text, one):
        return True
    if one.score >= _CERTAIN:
        return False
    if is_known(text, one.start, least=_SHORT_NAME + (one.score >= _KNOWN)):
        return True
    return one.score < _SURE and text[one.end - 1] in LANDMARKS


def _is_time(text: str, one: Reading) -> bool:
    """Whether the surname is the end of a day or an hour: 周五, 前年, 5时许."""
    start = one.start
    if text[start] == "周" and one.score < _CERTAIN:
        weekday = _WEEKDAY.match(text, start) is not None and not _outlasts(text, one)
        return weekday and not before(text, start).announced
    if _FEAST.match(text, start) and _FEAST_GOES_ON.match(text, start + 3):
        return True
    if text[start] == "年":
        return _YEAR.fullmatch(text, start - 1, start + 1) is not None
    return text[start] == "许" and _ABOUT.search(text, max(0, start - 2), start + 1) is not None


def _outlasts(text: str, one: Reading) -> bool:
    """Whether a given name goes on behind what is also a day of the week: 周一诺."""
    last = text[one.end - 1]
    given = last not in _MORNING and lexicon().given.get(last, 1.0) >= 1
    return (
        one.end - one.start > _SHORT_NAME
        and given
        and not IS_HAN.match(text[one.end : one.end + 1])
    )


def _opens_other(text: str, one: Reading) -> bool:
    """Whether a place, a firm or a shop begins with the reading, or 小王 behind 和."""
    if text[one.start] == "和" and text[one.start + 1] in "小老阿":
        return True
    if is_gone_to(text, one.start, one.end):
        return True
    if one.score < _CERTAIN and is_party(text, one.start, one.end):
        return True
    if is_shop(text, one.start) or is_estate(text, one.start, one.end):
        return True
    if one.score >= _CERTAIN:
        return is_trade(text, one.end) and not before(text, one.start).announced
    if stands_alone(text, one.start, one.end):
        return False
    return is_place(text, one.end) or is_home(text, one.end) or is_house(text, one.end)


def _least(text: str, one: Reading) -> float:
    """How likely the reading must be, by whether it looks like a word or an amount."""
    words = lexicon()
    weight = words.surnames.get(text[one.start], _CERTAIN_SURNAME)
    doubtful = weight < _DOUBTFUL
    if weight < _CERTAIN_SURNAME and cuts_word(text, one.start):
        return _KNOWN
    if doubtful and one.start and text[one.start - 1 : one.start + 1] in words.words:
        return _SURE
    if text[one.start : one.start + 2] in words.words:
        return _SURE if one.end - one.start == 2 else _WORDED
    if words.given.get(text[one.end - 1], 1.0) < 0 and name_model().joins(text, one.start + 1):
        return _SURE
    if doubtful and all(words.given.get(c, 1.0) < 0 for c in text[one.start + 1 : one.end]):
        return _WORDED
    return _COUNTED if counts(text, one.start) else POSSIBLE


def _score(one: Reading) -> float:
    return one.score


def _named(text: str, one: Reading) -> Span:
    """The name, without a post that the reading ran into: 魏旭社工."""
    end, heads = uncut(text, one.start, one.end), lexicon().title_heads
    for stop in range(one.start + 2, end):
        if text[stop : stop + 1] in heads and text.startswith(lexicon().context.titles, stop):
            end = stop
            break
    if text[end : end + 1] == "一" and text[end + 1 : end + 2].isdigit():
        end += 1
    if one.end == end and end - one.start < _LONGEST:
        start, end = with_both(text, one.start, end)
        return Span(start, end, "姓名", text[start:end])
    return Span(one.start, end, "姓名", text[one.start : end])


@cache
def _offices() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon().context.roles, key=len, reverse=True)))


def _fields(text: str) -> Iterator[Span]:
    """What a form calls a name, whatever its characters, spaces between them included."""
    given = lexicon().given
    for found in _FIELD.finditer(text):
        name = re.sub(r"[ \u3000]", "", found[1])
        plain = sum(given.get(c, 1.0) < 0 for c in name)
        never = any(given.get(c, 1.0) < -10 for c in name)
        surname = name[0] in lexicon().surnames or name[:2] in lexicon().compound
        if name[1:] in lexicon().context.titles:
            continue
        if never or plain > surname or _offices().search(name) or is_place(name, len(name) - 1):
            continue
        if name[0] in OTHER_WORDS:
            continue
        if surname or (len(name) < 4 and not plain):
            yield Span(found.start(1), found.end(1), "姓名", name)
