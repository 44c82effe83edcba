"""Complaints with known particulars: templates of our own, filled at random from a seed."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from corpus.knowledge import read_yaml
from eval.errors import DatasetInvalid
from eval.redaction import figures, people, places
from eval.redaction.grammar import Piece, Writer, grammar

_TEMPLATES = Path(__file__).parent / "templates.yaml"
_NARRATIVE = Path(__file__).parent / "narrative.yaml"
_SLOT = re.compile(r"\{(\w+)\}")
DEVELOPMENT = "a"
"""The set of wordings that recognisers are developed with; ``grammar`` holds the others."""

PROTECTED = "保护"
"""The class of what must never be masked."""

Pieces = Sequence[tuple[str, str]]
"""Texts in a row, each with its class: a class of particulars, ``PROTECTED``, or nothing."""


class Gold(NamedTuple):
    """One known range of a generated text."""

    start: int
    end: int
    cls: str


class Sample(NamedTuple):
    """A generated complaint and what is in it."""

    text: str
    golds: tuple[Gold, ...]


def samples(count: int, seed: int, wording: str = DEVELOPMENT) -> Iterator[Sample]:
    """So many complaints of a set of wordings; the same seed gives the same ones."""
    rng = Random(seed)
    if wording != DEVELOPMENT:
        writer = Writer(grammar(wording), rng)
        for _ in range(count):
            yield _sample(writer.complaint())
        return
    templates = _sentences(_TEMPLATES)
    for _ in range(count):
        yield _fill(rng, _varied(rng, _composed(rng, templates)))


def _sample(pieces: Sequence[Piece]) -> Sample:
    text, golds = "", []
    for piece, cls in pieces:
        if cls:
            golds.append(Gold(len(text), len(text) + len(piece), cls))
        text += piece
    return Sample(text, tuple(golds))


@cache
def _sentences(path: Path) -> tuple[str, ...]:
    content = read_yaml(path)
    if not isinstance(content, list) or not all(isinstance(row, str) for row in content):
        raise DatasetInvalid(path, "应为句子的列表")
    return tuple(content)


def _composed(rng: Random, templates: Sequence[str]) -> str:
    """A template, in most complaints with a few sentences of narrative around it."""
    told = rng.sample(_sentences(_NARRATIVE), rng.choice((0, 1, 2, 3, 3, 4)))
    before = rng.randint(0, len(told))
    return "".join((*told[:before], rng.choice(templates), *told[before:]))


def _varied(rng: Random, template: str) -> str:
    """Punctuation as people type it: half-width commas, spaces, or none."""
    draw = rng.random()
    if draw < 0.08:
        return template.replace("，", ",").replace("。", ".")
    if draw < 0.14:
        return template.replace("，", " ").replace("。", " ")
    if draw < 0.18:
        return template.replace("：", ":").replace("，", "， ")
    return template


def _fill(rng: Random, template: str) -> Sample:
    text, golds, at = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        for piece, cls in FILLERS[slot[1]](rng):
            if cls:
                golds.append(Gold(len(text), len(text) + len(piece), cls))
            text += piece
        at = slot.end()
    return Sample(text + template[at:], tuple(golds))


def _phone(rng: Random) -> Pieces:
    prefix = rng.choice(("", "", "", "", "+86 ", "86-", "+86"))
    number = figures.mobile(rng)
    groups = rng.choice(((3, 4), (3, 4), (4, 3), (3, 3)))
    return [(prefix + figures.typed(rng, number, groups), "电话")]


def _identity(rng: Random) -> Pieces:
    return [(figures.typed(rng, figures.identity(rng), (6, 8)), "证件号")]


def _card(rng: Random) -> Pieces:
    return [(figures.typed(rng, figures.card(rng), (4, 4, 4, 4)), "银行卡")]


def _identity_and_phone(rng: Random) -> Pieces:
    gap = rng.choice(("", " ", "，", "/"))
    return [(figures.identity(rng), "证件号"), (gap, ""), (figures.mobile(rng), "电话")]


def _card_and_phone(rng: Random) -> Pieces:
    gap = rng.choice(("", " ", "，", "手机"))
    return [(figures.card(rng), "银行卡"), (gap, ""), (figures.mobile(rng), "电话")]


def _chinese_phone(rng: Random) -> Pieces:
    return [(figures.in_chinese(figures.mobile(rng)), "电话")]


def _address(rng: Random) -> Pieces:
    public, private = places.address(rng)
    return [(public, PROTECTED), (private, "地址")]


def _called(rng: Random) -> Pieces:
    head, title = people.called(rng)
    return [(head, "姓名"), (title, "")]


def _official(rng: Random) -> Pieces:
    head, post = people.official(rng)
    return [(head, "姓名"), (post, PROTECTED)]


def _age(rng: Random) -> Pieces:
    years = rng.randint(1, 17)
    spelt = "十" * (years > 9) + ("一二三四五六七八九"[years % 10 - 1] if years % 10 else "")
    form = rng.choice(("{}岁", "{}周岁", "{} 岁"))
    return [(form.format(rng.choice((years, spelt))), "年龄")]


def _of(make: Callable[[Random], str], cls: str) -> Callable[[Random], Pieces]:
    return lambda rng: [(make(rng), cls)]


def _one_of(*forms: str) -> Callable[[Random], Pieces]:
    """One of the forms, each ``#`` in it a random digit that is not zero; never to be masked."""

    def fill(rng: Random) -> Pieces:
        form = rng.choice(forms)
        return [(re.sub("#", lambda _: rng.choice("123456789"), form), PROTECTED)]

    return fill


FILLERS: dict[str, Callable[[Random], Pieces]] = {
    "name": _of(people.full_name, "姓名"),
    "dotted": _of(people.dotted_name, "姓名"),
    "familiar": _of(people.familiar_name, "姓名"),
    "calledhead": _of(lambda rng: people.called(rng)[0], "姓名"),
    "called": _called,
    "official": _official,
    "id": _identity,
    "phone": _phone,
    "cnphone": _chinese_phone,
    "landline": _of(figures.landline, "电话"),
    "card": _card,
    "idphone": _identity_and_phone,
    "cardphone": _card_and_phone,
    "plate": _of(figures.plate, "车牌"),
    "email": _of(figures.email, "邮箱"),
    "wechat": _of(figures.wechat, "微信号"),
    "qq": _of(figures.qq, "QQ号"),
    "addr": _address,
    "age": _age,
    "place": _of(places.place, PROTECTED),
    "office": _of(places.office, PROTECTED),
    "company": _of(places.office, PROTECTED),
    "law": _one_of(
        "《民法典》",
        "《中华人民共和国治安管理处罚法》",
        "《物业管理条例》",
        "《信访工作条例》",
        "《金华市养犬管理规定》",
    ),
    "article": _one_of(
        "第二百九十条", "第#十#条", "第#条第二款", "第1##条", "第#十二条之一", "第 #8 条"
    ),
    "date": _one_of(
        "202#年1月#号",
        "2024-0#-1#",
        "去年#月2#日",
        "2023.1#.0#",
        "上个月1#号",
        "二〇二三年十一月#日",
        "20240#1#",
        "今年#月份",
        "202#/#/2#",
    ),
    "time": _one_of("2#:30", "#点半", "凌晨#点", "2#：15", "十一点多", "晚上#点#0分"),
    "money": _one_of(
        "#000元",
        "#万#千块",
        "12,#00.50元",
        "##0000元",
        "¥#8#0",
        "三万五千元",
        "#.5万",
        "人民币#0000元整",
    ),
    "qty": _one_of(
        "#亩",
        "3#平方米",
        "#0多户",
        "两年多",
        "#米",
        "六十八户",
        "#8只鸡",
        "1.#米",
        "#00多平",
        "十几个人",
        "2##棵树",
    ),
    "hotline": _one_of(
        "12345",
        "110",
        "119",
        "120",
        "12348",
        "12315",
        "12333",
        "96345",
        "12328",
        "95598",
        "12369",
        "114",
        "400-8##-1##8",
    ),
    "docno": _one_of(
        "秀政发〔202#〕1#号",
        "浙04民终12##号",
        "（2023）浙0411民初3##2号",
        "嘉人社〔2022〕#号",
        "第202##8号告知书",
    ),
}
"""What each slot of a template is filled with."""
