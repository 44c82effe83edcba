"""Names told by how people are called: 王先生, 李书记, 老张, 姓陈的, 阿强, and names with a dot."""

import re
from collections.abc import Iterator
from functools import cache

from advisor.redaction.families import find_families
from advisor.redaction.lexicon import lexicon, one_of
from advisor.redaction.model import Span
from advisor.redaction.name_model import name_model
from advisor.redaction.other_words import counts, cuts_word, is_house, is_place
from advisor.redaction.posts import is_posted, opens_word
from advisor.redaction.surroundings import HAN, LEAD, after, before
from advisor.redaction.villagers import find_villagers

_NEVER_CALLED = frozenset("和同为与给对从由当代家国公相")
_SELDOM_CALLED = frozenset("向来经")
_SAID = frozenset("车水火电回时原本令能须才后别管扶盖关解任官师")
"""Surnames that stand before a post as other words do: 吃饭时老板, 才书记."""

_GREETED = re.compile("[，, ]?[你您]好|头家")
_REQUEST = re.compile("的?(?:要求|邀请|请求)")

_BEHIND_POST = re.compile("部门|单位|机关|协|们|制|费|证|群|岗|职|级|资格")
"""What follows a post that nobody is called by: 主管部门, 医师协会."""
_OFFICES = frozenset("局队院办所会部处站厅委厂校店司馆")
"""Characters that end names of offices: 水务局毕警官."""

_SAMPLE = "建国"
"""A given name put behind a surname to ask whether a person is meant there."""

_MEANT, _MEANT_SELDOM, _NEVER = 3.0, 6.0, -99.0
_FAMILIARLY = 5.0
_SURE_SURNAME, _USUAL_SURNAME = 3.0, 2.0
_NOT_FAMILIAR = frozenset("费苗花羊楼沙麦燕凤池桥项钱盛满全伏查商游封班储付任")
_AT_TIMES_FAMILIAR = frozenset("于关常成齐向")
_SELDOM_FAMILIAR = frozenset("马牛熊田石雷龙乔白金方万高温单易")
_NOT_DOUBTED = frozenset("人家车房子水火鱼羊井山地农母区器号言门军官花店火店机票黑红")
_ORDINALS = frozenset("大二三四五六七八九幺")
_SENIOR = "刘陈李王张杨黄周赵吴孙朱胡"
_FAMILIAR = re.compile(
    f"[老小大](?:(?<=[老小])(?<![大从最太很缩弱减变古元月年养].)([{HAN}])"
    f"|(?<=大)(?:(?<![{HAN}].)|(?<=[被给问找叫跟和的上下].))([{_SENIOR}]))"
)
_DOUBLE_FAMILIAR = re.compile(f"[老小](?<![大从最太很缩弱减变古元月年养].)([{HAN}]{{2}})")
_NICKNAME = re.compile(f"阿((?!根廷)[{HAN}])")
_NOT_NICKNAME = frozenset("姨婆公里拉伯哥姐叔妈爸爹嫂胶胺訇弥斗司妹弟二大三")
_SOUNDS = (
    "宛叶翰史密迈丹杰汤鲁贝本珍妮凯詹戴彼保怀格兰恩伦文森登顿曲梅朵嘎措姆卓嘉贡宗加央拥平什吐帕塔孜祖"
    "山卜杜素玉甫乎库尔蒂森霍杰扑泰乃都帕不罕逊班明德夏热古再努尔肉孜喀合敏金音强青边堆荪约呷且火莫别列凯埃卡日吾守艾沙铁木甫排祖农多里坤许库来"
    "阿巴拜别布达大迪丁多尔娜尼努帕热萨赛沙斯苏塔提吐图托瓦乌西肖雅亚依伊仪孜则扎佐买麦马木穆米哈海汗江卡克库拉兰里力丽娅玛曼茂"
    "美古姑格甘艾爱安奥地合胡吉加居坎肯孔勒莱洛罗那诺欧皮普日如若色什史坦特铁通维韦吾雪牙约再祖尕才让措卓央旦增顿珠次仁巴桑德吉白玛索朗"
)
_DOT = "[·•・‧∙]"
_DOTS = re.compile(_DOT)
_SOUND = f"[{_SOUNDS}]"
_DOTTED = re.compile(f"{_SOUND}{{2,9}}(?:{_DOT}{_SOUND}{{1,9}})*{_DOT}{_SOUND}{{2,9}}")
_BETWEEN = re.compile(f"(?:[{HAN}]{{2,6}}{_DOT}){{1,3}}[{HAN}]{{2,5}}")
"""A name with dots between whatever follows and precedes it."""


@cache
def _surname_before_title() -> re.Pattern[str]:
    """A surname before a character that opens a title; whether one stands there is seen later."""
    words = lexicon()
    single = "".join(sorted(words.surnames))
    double = "|".join(sorted(words.compound))
    seconds = "".join(sorted({name[1] for name in words.compound}))
    heads = "".join(sorted(words.title_heads)) + words.context.short_titles
    return re.compile(
        f"[{words.openings}](?:(?<=[{single}])(?=[{heads}])|[{seconds}](?=[{heads}])(?<={double}))"
    )


def find_appellations(text: str) -> Iterator[Span]:
    """Surnames that a title follows; the titles stay."""
    for found in _surname_before_title().finditer(text):
        span = _appellation(text, found.start())
        if span:
            yield span


def _appellation(text: str, at: int) -> Span | None:
    """The surname at ``at`` when a title follows it; the title itself stays."""
    words = lexicon()
    compound = text[at : at + 2] in words.compound
    width = 2 if compound else 1
    weight = 3.0 if compound else words.surnames.get(text[at], 0.0)
    if text[at] in _NEVER_CALLED or not weight:
        return None
    if text[at] == "庄" and text[at - 1 : at] in words.surnames:
        return None
    title = _title(text, at + width)
    if not title or _is_other(text, at, at + width, title):
        return None
    if weight < _SURE_SURNAME and len(title) == 1 and cuts_word(text, at, led=title != "某"):
        return None
    if not _titled(text, at, title, weight):
        least = _MEANT if weight >= 1 else _MEANT_SELDOM
        if _meant(text, at, at + width, title) <= least:
            return None
    return Span(at, at + width, "姓名", text[at : at + width] + title)


def _is_other(text: str, at: int, end: int, title: str) -> bool:
    """Whether what looks like surname and title is an amount, a phrase, a house or a child."""
    stop = end + len(title)
    if title[0] != "某" and counts(text, at):
        return True
    if _BEHIND_POST.match(text, stop) or text[at:stop] in lexicon().context.known:
        return True
    return is_house(text, stop) or _is_ordinal(text, end, title)


def _is_ordinal(text: str, at: int, title: str) -> bool:
    """Whether the title is the head of a given name that counts children: 周老五."""
    return title == "老" and text[at + 1 : at + 2] in _ORDINALS


def _titled(text: str, at: int, title: str, weight: float) -> bool:
    """Whether surname and title are one by themselves, and no words are cut through."""
    if title == "某" or (weight >= 1 and _in_office(text, at, title)):
        return True
    short, led = len(title) == 1, text[at - 1 : at] in _OFFICES or text[at - 1 : at] == "的"
    if short and title in "总工" and weight >= _USUAL_SURNAME and led:
        return not opens_word(text, at) and text[at + 1 : at + 3] not in lexicon().words
    if not short and text[at] not in _SAID and is_posted(text, at):
        return True
    if _cuts(text, at, title, weight, led=led):
        return False
    return weight >= 1 or before(text, at).score >= 0 or led or (not short and _is_apart(text, at))


def _cuts(text: str, at: int, title: str, weight: float, *, led: bool) -> bool:
    """Whether surname and title cut through words, or are words themselves."""
    words, short = lexicon().words, len(title) == 1
    doubtful = weight < _SURE_SURNAME or short
    if (
        text[at : at + 2] in words
        and doubtful
        and (short or not (led or title[1:] not in "长官员生任"))
    ):
        return True
    if text[at] in _SELDOM_CALLED or (short and not _ends(text, at + 1, weight)):
        return True
    if text[at] == "应" and _REQUEST.match(text, at + 1 + len(title)):
        return True
    inside = text[at - 1 : at + 1] in words or (doubtful and cuts_word(text, at))
    return inside and not before(text, at).announced


def _is_apart(text: str, at: int) -> bool:
    """Whether a surname that is oftener another word stands alone before a post."""
    surnames = lexicon().surnames
    usual = any(surnames.get(c, 0) >= _USUAL_SURNAME for c in text[max(0, at - 2) : at])
    return text[at] not in _SAID and not usual


def _in_office(text: str, at: int, title: str) -> bool:
    """Whether an office ends before the surname and its head's title follows: 医务科万科长.

    厂方厂长 is the works' own head: there 方 is no surname.
    """
    office = text[at - 1 : at]
    if len(title) != len("科长") or title[-1] != "长" or office not in _OFFICES | {"科"}:
        return False
    return bool(office) and (text[at] != "方" or title[0] != office)


def _ends(text: str, at: int, weight: float) -> bool:
    """Whether a title of one character at ``at`` is not the head of a longer word."""
    if weight < _USUAL_SURNAME or text[at : at + 2] in lexicon().words:
        return False
    return after(text, at + 1) > 0


def _meant(text: str, at: int, end: int, title: str) -> float:
    """How likely a whole name would be read were it said in place of surname and title."""
    stop = end + len(title)
    words = lexicon().words
    if text[at : end + 1] in words or text[end : stop + 1] in words:
        return _NEVER
    model, name = name_model(), text[at:end] + _SAMPLE
    whole = model.standing(text, at, stop, name)
    return whole if len(title) == 1 else max(whole, model.standing(text, at, end, name))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(one_of(lexicon().context.titles))


def _title(text: str, at: int) -> str:
    found = _titles().match(text, at)
    if found:
        return found[0]
    short = text[at : at + 1]
    return short if short and short in lexicon().context.short_titles else ""


def find_called(text: str) -> Iterator[Span]:
    """Names that need no given name: 老王, 姓陈的, 隔壁李家, 阿强, 阿依古丽·买买提."""
    if _DOTS.search(text):
        yield from _dotted(text)
    for found in _DOUBLE_FAMILIAR.finditer(text):
        if found[1] in lexicon().compound:
            yield Span(found.start(), found.end(), "姓名", found[0])
    for found in _FAMILIAR.finditer(text):
        if _is_familiar(text, found):
            yield Span(found.start(), found.end(), "姓名", found[0])
    yield from find_families(text)
    if "阿" in text:
        yield from _nicknames(text)
    yield from find_villagers(text)


def _dotted(text: str) -> Iterator[Span]:
    """Names of sounds with dots, and those that words for people and clauses' edges hold in."""
    for found in _BETWEEN.finditer(text):
        start, end = _held_in(text, found.start(), found.end())
        sounds = sum(c in _SOUNDS for c in text[start:end])
        if start < end <= 2 * sounds + start and not is_place(text, end):
            yield Span(start, end, "姓名", text[start:end])
    for found in _DOTTED.finditer(text):
        yield Span(found.start(), found.end(), "姓名", found[0])


def _held_in(text: str, start: int, end: int) -> tuple[int, int]:
    """The name within ``text[start:end]``: from what announces it, as far as it is sounds."""
    dots = [at for at in range(start, end) if _DOTS.match(text, at)]
    begin = next(
        (at for at in range(dots[0] - 2, start - 1, -1) if before(text, at).score >= LEAD), -1
    )
    stop = dots[-1] + 3
    while stop < end and text[stop] in _SOUNDS:
        stop += 1
    return (begin, stop) if begin >= 0 else (stop, stop)


def _is_doubtful(text: str, found: re.Match[str]) -> bool:
    """Whether 老 or 小 and a surname that is oftener another word stand as people are called."""
    start, end = found.span()
    called = found[found.lastindex or 0]
    if called not in lexicon().surnames or called in _NEVER_CALLED or called in _NOT_DOUBTED:
        return False
    greeted = _GREETED.match(text, end) is not None and text[start - 1 : start] in "。\n！"
    led = text[start - 1 : start] in "的@、：叫里员" or greeted or before(text, start).announced
    worded = found[0] in lexicon().context.known or name_model().joins(text, start + 1)
    return led and not worded and after(text, end) > 0 and not is_house(text, end)


def _is_familiar(text: str, found: re.Match[str]) -> bool:
    called = found[found.lastindex or 0]
    end = found.end()
    weight = lexicon().surnames.get(called, 0.0)
    if weight < _USUAL_SURNAME and called not in _AT_TIMES_FAMILIAR:
        return _is_doubtful(text, found)
    if found[0] in lexicon().context.known or is_house(text, end):
        return False
    following = text[end : end + 1]
    if following == "旗" or is_place(text, end):
        return False
    if following == "家" and is_place(text, end + 1):
        return False
    worded = called + following in lexicon().words
    if after(text, end) < 0 and (worded or name_model().joins(text, end)):
        return False
    if worded or weight < _USUAL_SURNAME or called in _NOT_FAMILIAR:
        name = called + _SAMPLE
        return name_model().standing(text, found.start(), end, name) > _FAMILIARLY
    if called in _SELDOM_FAMILIAR or found[0][0] == "大":
        return after(text, end) > 0 or before(text, found.start()).score > 0
    return True


def _nicknames(text: str) -> Iterator[Span]:
    words = lexicon()
    for found in _NICKNAME.finditer(text):
        called = found[1]
        weight = words.given.get(called, 1.0)
        if called in _NOT_NICKNAME or weight < 0 or is_house(text, found.end()):
            continue
        if weight < 1:
            meant = name_model().standing(text, found.start(), found.end(), "陈" + _SAMPLE)
            if meant <= _MEANT:
                continue
        if before(text, found.start()).score > 0 or after(text, found.end()) > 0:
            yield Span(found.start(), found.end(), "姓名", found[0])
