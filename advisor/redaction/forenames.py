"""Given names that stand alone: 女儿沐辰，5岁; 我家安然的班主任; 教练根法说; @小芳."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon, one_of
from advisor.redaction.model import Span
from advisor.redaction.name_model import name_model
from advisor.redaction.quantities import uncut
from advisor.redaction.surroundings import HAN, IS_HAN, after

_CHILD = re.compile(
    "(?:女儿|儿子|孙子|孙女|外孙|外孙女|外甥|外甥女|侄子|侄女|弟弟|妹妹|孩子|小孩(?!子)|[大二三小]宝|宝宝"
    "|我家|我儿|我女|之[子女孙]|闺女|娃儿?|班的|同学|[领带]头的叫|小名叫?|乳名叫?)"
    f"[，,：: ]?(?=([{HAN}]{{2}}))(?![{HAN}]{{1,2}}(?:村|镇|市|县|区|路|街))"
)
_OF_CHILD = re.compile(
    r"[，,（(：:、\s]{0,2}(?:今年|现年|刚满|才|未满|不满)?(?:[0-9０-９]{1,2}|[一二两三四五六七八九十]{1,3})(?:个?月|周?岁)"
    r"|(?:的(?:爸爸|妈妈|家长|爷爷|奶奶|班主任|老师|父亲|母亲|同学|书包)"
    r"|妈妈|爸爸|家长|同学|小朋友|今年|三个孩子|两个孩子|跟着[我他她]|(?<=我家..)(?:天天|上周))"
)
"""What is said behind a child's name and hardly behind another word."""

_ANNOUNCED = re.compile(f"(?<![{HAN}])@([{HAN}]{{2}})(?![{HAN}])|(?m:^)([{HAN}]{{2}})(?=啊[，, ])")
_PARENT = re.compile(
    f"(?m:^)(?!孩子)([{HAN}]{{2}})(?=(?:妈妈|爸爸|奶奶|爷爷|外婆|外公)(?:[：:]|[\u4e00-\u9fff]))"
)
"""A parent in a class's chat, called after the child: 梓涵妈妈：收到."""

_ASKED = re.compile(
    f"(?:找|[他她]叫|问|联系)([{HAN}]{{2}})"
    "(?=[，, ]?(?:电话|手机|[0-9０-９]{11})|[。.]?(?:[\n。]|$))"
    f"|[、，：\n]([{HAN}]{{2}})"
    "(?=家(?:[￥¥0-9０-９]|人民币|[一二两三四五六七八九十几]{1,4}[十百千万块元]))"
)
"""Whom to ask or who paid, by the given name: 到村委找建芳，电话138…; 、爱民家30元."""

_NEVER = frozenset(
    "我你他她它们的老家各这那其每某自本全大小一二三两几多个女男双人生同不没被在从给又都很也还了个说正刚已"
)
_LAST = frozenset("小一全大生")
_ADVERBS = frozenset(("天天", "年年", "人人", "家家", "月月", "常常", "处处", "时时"))
_POSTS = """教练 老板 老板娘 店主 店长 店员 经理 主管 会计 出纳 文书 村干部 知情人 抄表员 网格员
民警 辅警 片警 城管 保安 司机 骑手 快递员 师傅 工头 班长 队长 组长 护士 护士长 医生 老师 班主任 园长
中介 房东 群主 老乡 同学 同事 朋友 证人 绰号 小名 外号"""
"""Words for one person, behind which a given name alone is often said."""

_SAMPLE = "陈"
_TOLD, _FITTING, _OF_POST, _WORDED = -6.0, 2.0, 3.0, 6.0
"""How likely a whole name must be in the given name's place: beside an age, behind a child, a
post; and how much more where its characters stand in a dictionary's word."""

_CALLED = re.compile(
    "(?:[人自号]称|外号叫?|绰号叫?|店主|老板|站长|的叫)"
    f"(?![大小老阿二三四五六七八表堂帅美亲师学他她你我一])([{HAN}])(?=[哥姐][，,。说让只还])"
)
"""One character of a name before a word of kin, as people are called: 人称土哥."""


_POSTED = re.compile(f"{one_of(_POSTS.split())}[：:\\s]?(?=([{HAN}]{{2}}))")


def find_forenames(text: str) -> Iterator[Span]:
    """Given names of two characters without a surname, where a child or a post announces one."""
    for found in _CHILD.finditer(text):
        start, stop = found.span(1)
        told = _OF_CHILD.match(text, stop) is not None
        fits = after(text, stop) > 0 and IS_HAN.match(text[start - 1])
        if (told or fits) and _may_be(text, start, stop, told=told, rare=1.0):
            yield from _meant(text, start, stop, _TOLD if told else _FITTING)
    for found in _POSTED.finditer(text):
        start, stop = found.span(1)
        if after(text, stop) > 0 and _may_be(text, start, stop, told=False):
            yield from _meant(text, start, stop, _OF_POST)
    for found in _ANNOUNCED.finditer(text) if "@" in text or "啊" in text else ():
        start, stop = found.span(found.lastindex or 0)
        if _may_be(text, start, stop, told=False):
            yield from _meant(text, start, stop, _FITTING)
    yield from _asked(text)
    for found in _CALLED.finditer(text) if "哥" in text or "姐" in text else ():
        yield Span(found.start(1), found.end(1), "姓名", found[1])


def _asked(text: str) -> Iterator[Span]:
    """Given names of parents in a chat, of whom to ask and of who paid."""
    for pattern in (_PARENT, _ASKED):
        for found in pattern.finditer(text):
            start, stop = found.span(found.lastindex or 0)
            if _may_be(text, start, stop, told=pattern is _PARENT, rare=1.0):
                yield from _meant(text, start, stop, _TOLD)


def _may_be(text: str, start: int, stop: int, *, told: bool, rare: float = 0.0) -> bool:
    """Whether the characters are those of given names and no word that is known."""
    words = lexicon()
    given = text[start:stop]
    if not told and (given[0] in _NEVER or given[1] in _NEVER - _LAST or given in _ADVERBS):
        return False
    if given in words.context.roles or given in words.context.kin or given in words.context.titles:
        return False
    if uncut(text, start, stop) != stop:
        return False
    weights = [words.given.get(c, rare) for c in given]
    if given[0] == given[1]:
        return min(weights) >= 0 or told
    if max(weights) < 1 or (min(weights) < 1 and not told):
        return False
    return given not in words.words and given not in words.context.known


def _meant(text: str, start: int, stop: int, least: float) -> Iterator[Span]:
    """The given name, where a whole name would likely be read in its place."""
    given, model = text[start:stop], name_model()
    if least > 0 and (model.joins(text, start + 1) or model.joins(text, stop)):
        least += _WORDED
    if model.standing(text, start, stop, _SAMPLE + given) > least:
        yield Span(start, stop, "姓名", given)
