"""Surnames 姓 that stand alone: 我姓康, 隔壁李家, and who speaks in a record, 刘：他家先动手."""

import re
from collections.abc import Iterator

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.surroundings import HAN

_SURNAMED = re.compile(
    f"(?<![百同异本外])(?<!(?<!免)贵)姓([{HAN}]{{1,2}}?)(?=[的，,。.；;、）)\\s一那这说家叫名住]|$)"
)
_SAYS = re.compile(
    "(?:[我他她你的人板婆长友客主]|是不是|有个|师傅|医生|老师|大[姐哥爷妈]|女的|男的|司机|警官|领导)姓(?![名氏啥什甚])"
)
"""Who is asked or told to bear a surname; what follows is one, whatever stands behind it."""

_HOUSE = re.compile(
    f"(?:隔壁|邻居|对门|对面|东边|西边|南边|北边|楼上|楼下|前面|后面|旁边|东侧|西侧|南侧|北侧|村民|屋后|屋前)的?([{HAN}])(?=家)"
)
_OF_KIN = re.compile(
    f"(?:儿媳妇?|女婿|媳妇|侄子|侄女|外甥女?|女儿|儿子|亲戚|邻居|联系人)([{HAN}]{{1,2}})(?=[）)])"
)
"""Who answers a telephone, in brackets behind its number: （儿媳沈）."""

_SPEAKER = re.compile(f"(?m)^[ \\u3000]*([{HAN}]{{1,2}})(?=[：:](?![ \\t]*$))")
_NEVER = frozenset("和同为与给对从由当代家国公相")
_USUAL, _SPEAKERS = 2.5, 2


def find_families(text: str) -> Iterator[Span]:
    """Surnames said without a name or a post."""
    if "姓" in text:
        yield from _surnames_of(text, _SURNAMED)
        yield from _told(text)
    yield from _surnames_of(text, _OF_KIN)
    if "家" in text:
        yield from _surnames_of(text, _HOUSE)
    if "\n" in text:
        yield from _speakers(text)


def _surnames_of(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for found in pattern.finditer(text):
        known = found[1] in lexicon().surnames or found[1] in lexicon().compound
        if known and found[1] not in _NEVER:
            yield _span(found.start(1), found[1])


def _told(text: str) -> Iterator[Span]:
    """The surname behind 我姓 and the like, where it is one of two characters or of one."""
    words = lexicon()
    for found in _SAYS.finditer(text):
        at = found.end()
        if text[at : at + 2] in words.compound:
            yield _span(at, text[at : at + 2])
        elif text[at : at + 1] in words.surnames and text[at] not in _NEVER:
            yield _span(at, text[at])


def _speakers(text: str) -> Iterator[Span]:
    """Surnames at the heads of lines, as a record of a talk has them, two of them at least."""
    words = lexicon()
    told = [
        found
        for found in _SPEAKER.finditer(text)
        if found[1] in words.compound or words.surnames.get(found[1], 0) > 0
    ]
    usual = sum(found[1] in words.compound or words.surnames[found[1]] >= _USUAL for found in told)
    if len(told) < _SPEAKERS or not usual:
        return
    for found in told:
        yield _span(found.start(1), found[1])


def _span(at: int, surname: str) -> Span:
    return Span(at, at + len(surname), "姓名", "姓" + surname)
