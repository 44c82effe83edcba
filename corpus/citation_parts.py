"""Which division of a law a citation names beside the article: 合同编, 第三编, 第七章, 第二节."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.errors import NumberError
from corpus.numerals import NUMBER_CHARS, parse_number

_BOOKS = ("总则", "物权", "合同", "人格权", "婚姻家庭", "继承", "侵权责任")
"""The books of the Civil Code in their order; texts of single books leave the number out."""
_BOOK = "|".join((*_BOOKS, "附则"))
_UNITS = "分编|编|章|节"
_WRITTEN = re.compile(rf"第\s*(?P<n>[{NUMBER_CHARS}]+)\s*(?P<unit>{_UNITS})|(?P<book>{_BOOK})编")
_BOOK_OF = re.compile(rf"法典[·・\s]*[（(]?(?P<book>{_BOOK})编?[）)]?$")
_S = r"[ \u3000\t]*"
BETWEEN = re.compile(
    rf"(?:{_S}(?:第{_S}[{NUMBER_CHARS}]+{_S}(?:分编|编|章|节|部分)(?:{_S}[\u4e00-\u9fff、]{{0,14}}?)"
    rf"|(?:{_BOOK}|通则|分则)编|的|中|里|内|之))+{_S}$"
)
"""What may stand between the name of a law and the number of its article."""
_HEADING = re.compile(rf"第\s*(?P<n>[{NUMBER_CHARS}]+)\s*(?P<unit>{_UNITS})")


class Division(NamedTuple):
    """One division as written: ``unit`` 编, 分编, 章 or 节, with its number or its name."""

    unit: str
    number: int | None
    name: str
    written: str


@lru_cache(maxsize=4096)
def divisions(law: str, between: str) -> tuple[Division, ...]:
    """The divisions in a law's name (民法典物权编) and in the words between it and the article."""
    of_name = _BOOK_OF.search(law)
    named = [_book(of_name["book"])] if of_name is not None else []
    return (*named, *(_division(m) for m in _WRITTEN.finditer(between)))


def _division(m: re.Match[str]) -> Division:
    return _book(m["book"]) if m["book"] else Division(m["unit"], _number(m["n"]), "", m[0])


def _book(name: str) -> Division:
    return Division("编", None, name, f"{name}编")


def stray(named: Sequence[Division], part: str | None, path: Sequence[str]) -> Division | None:
    """The first division named that the article is not in; None where the text cannot tell.

    Args:
        named: divisions as a citation names them.
        part: the book the text at hand consists of, where it is one.
        path: headings above the article, outermost first.
    """
    headings = _headings(part, tuple(path))
    for one in named:
        told = [h for h in headings if h.unit == one.unit]
        if told and not any(_same(one, h) for h in told):
            return one
    return None


@lru_cache(maxsize=4096)
def _headings(part: str | None, path: tuple[str, ...]) -> tuple[Division, ...]:
    found = []
    for heading in path:
        if m := _HEADING.match(heading):
            name = "".join(heading[m.end() :].split())
            found.append(Division(m["unit"], _number(m["n"]), name, heading))
    if part:
        name = part.removesuffix("编")
        number = _BOOKS.index(name) + 1 if name in _BOOKS else None
        found.append(Division("编", number, name, part))
    return tuple(found)


def _same(named: Division, heading: Division) -> bool:
    if named.number is not None:
        return heading.number is None or heading.number == named.number
    return not heading.name or heading.name == named.name


def _number(written: str) -> int | None:
    try:
        return parse_number(written)
    except NumberError:
        return None
