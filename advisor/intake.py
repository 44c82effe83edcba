"""Intake: a pasted text becomes a ``Complaint``, or is refused in clear Chinese."""

import re
import unicodedata
from datetime import date
from functools import cache

from opencc import OpenCC

from advisor.errors import RefusedInput
from advisor.model import AdviceRequest, Complaint
from corpus.decoding import clean_text
from corpus.errors import UnknownRegion
from corpus.model import Region
from corpus.region import parse_region

MAX_CHARACTERS = 20_000
EARLIEST = date(1949, 10, 1)

_KEPT_CONTROLS = "\n\t"
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_UNUSUAL = re.compile("[^\n\t\x20-\x7e·—‘-”…\u3000-\u303f\u4e00-\u9fff！-～]")
"""Whatever most texts do without, and what could be invisible: one pass tells."""
_RARE = re.compile("[\U00020000-\U0003fffd]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")
_KANA_MAX = 0.2
"""Japanese has kana in every clause, above a third of its letters; a shop's name has a few."""
_REGION_CHARACTERS = 60
_MISREAD = ("\x00", "\ufffd", "锟斤拷")
"""Zero bytes, replacement characters, and those after a second wrong reading as GBK."""
_TRADITIONAL_MIN = 3
_TRADITIONAL_SHARE = 0.03


def strip_invisible(text: str) -> str:
    """Remove control, zero-width, bidi and private-use characters; keep line breaks and tabs.

    Radicals, which look like characters but are not, become those characters. Rare characters of
    names newer than Python's Unicode tables are kept.
    """
    if not _UNUSUAL.search(text):
        return text
    return "".join(
        c
        for c in clean_text(text)
        if c in _KEPT_CONTROLS or _RARE.match(c) or unicodedata.category(c) not in _INVISIBLE
    )


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _convertible() -> frozenset[str]:
    """The characters that a conversion would change, so that most texts need none."""
    every = "".join(map(chr, (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))))
    converted = _converter().convert("\n".join(every)).split("\n")
    return frozenset(one for one, other in zip(every, converted, strict=True) if one != other)


def to_simplified(text: str) -> str:
    """Traditional to simplified characters; a text already simplified comes back unchanged.

    A few variant characters alone (names such as 峯) do not make a text traditional: it is
    converted only when at least three characters and 3 % of the Han characters would change.
    """
    if _convertible().isdisjoint(text):
        return text
    converted: str = _converter().convert(text)
    changed = sum(a != b for a, b in zip(text, converted, strict=False))
    if len(converted) != len(text):
        changed += abs(len(converted) - len(text))
    han = len(_HAN.findall(text)) or 1
    if changed >= _TRADITIONAL_MIN and changed / han >= _TRADITIONAL_SHARE:
        return converted
    return text


def _check_readable(raw: str, text: str) -> None:
    if not text.strip():
        raise RefusedInput("empty_text", "诉求内容为空，请粘贴诉求原文。")
    if len(text) > MAX_CHARACTERS:
        raise RefusedInput(
            "text_too_long",
            f"诉求内容共 {len(text)} 字，超过 {MAX_CHARACTERS} 字上限。"
            "请只保留与本事项有关的部分，批量数据请按行拆分。",
        )
    junk = sum(raw.count(mark) for mark in _MISREAD)
    if junk and junk / len(raw) > 0.002:
        raise RefusedInput(
            "not_text", "内容不是可读文本（可能是二进制文件或编码有误），请粘贴文字内容。"
        )
    han = len(_HAN.findall(text))
    letters = len(_LETTER.findall(text))
    kana = len(_KANA.findall(text))
    if han == 0 or (letters >= 20 and han / letters < 0.15) or kana > letters * _KANA_MAX:
        raise RefusedInput(
            "not_chinese", "没有读到中文诉求。本服务只处理中文内容，外文请先翻译成中文再提交。"
        )


def _check_date(occurred_on: date | None, today: date) -> None:
    if occurred_on is None:
        return
    if occurred_on > today:
        raise RefusedInput(
            "future_date", f"事发日期 {occurred_on} 晚于今天（{today}），请核对后重填。"
        )
    if occurred_on < EARLIEST:
        raise RefusedInput(
            "date_too_early", f"事发日期 {occurred_on} 早于 {EARLIEST}，请核对后重填。"
        )


def _read_region(named: str, default_region: str) -> Region:
    place = " ".join(strip_invisible(named).split()) or default_region
    if len(place) > _REGION_CHARACTERS:
        raise RefusedInput(
            "unknown_region", f"地区名称超过 {_REGION_CHARACTERS} 字，请只写省、市、县（区）。"
        )
    try:
        return parse_region(place)
    except UnknownRegion as error:
        raise RefusedInput("unknown_region", str(error)) from error


def intake(request: AdviceRequest, *, default_region: str, today: date) -> Complaint:
    """Normalise and check one pasted complaint.

    Args:
        request: What the door handed in.
        default_region: Place assumed when the caller names none, such as 浙江省嘉兴市秀洲区.
        today: The day of the request; the law of ``occurred_on`` or else of this day is applied.

    Raises:
        RefusedInput: Empty, too long, not text, not Chinese, a future or absurd date, or a place
            that is not known.
    """
    original = strip_invisible(request.text).strip()
    _check_readable(request.text, original)
    _check_date(request.occurred_on, today)
    region = _read_region(request.region or "", default_region)
    text = to_simplified(original)
    notes = ["原文含繁体字，已转换为简体后分析，原文照存。"] if text != original else []
    if len(request.text.strip()) - len(original) > len(request.text) * 0.02 + 2:
        notes.append("原文含不可见字符，已去除后分析。")
    return Complaint(
        text=text,
        original=original,
        region=region,
        as_of=request.occurred_on or today,
        occurred_on=request.occurred_on,
        ledger_ref=request.ledger_ref,
        notes=tuple(notes),
    )
