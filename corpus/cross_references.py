"""What the wording of an article leads to in its own law: articles it names, terms it defines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.citation import parse_citations
from corpus.model import ArticleNumber

_RULE = r"本(?:法|(?:实施)?(?:条例|办法|细则|规定|规则)|解释|决定|规范|规程|准则|守则)"
_OWN = re.compile(rf"{_RULE}(?=第[^章节编款项条。；\n]{{1,12}}条)")
_BEFORE = re.compile(r"(?<![以之从])前(?P<many>[两二三四])?条(?![件例文目])")
_MANY = {None: 1, "两": 2, "二": 2, "三": 3, "四": 4}
_STOPS = "。；\n"
_TERM = r"[“\"]?(?P<term>[^，。；：、“”\"（）()\n]{2,16}?)[”\"]?(?:[（(][^（）()\n]*[）)])?[，,]?"
_MEANS = r"(?:是指|系指|指的是|指|包括)(?![：:]?\n)[^。\n]+。?"
_CALLED = re.compile(rf"{_RULE}中?所称的?{_TERM}{_MEANS}")
_LISTING = re.compile(rf"{_RULE}?(?:中|所称)?的?下列(?:用语|术语|词语)")
_LISTED = re.compile(rf"^[（(][一二三四五六七八九十]+[）)]{_TERM}{_MEANS}", re.MULTILINE)


class DefinedTerm(NamedTuple):
    """A term with the words of the law that say what it means there."""

    term: str
    words: str


def references(title: str, number: ArticleNumber, text: str) -> tuple[ArticleNumber, ...]:
    """The articles of the same law that an article names, in its order, each once.

    Only what surely means the same law is read: 本法第三条、第五条, 前条, 前两条; a bare number may
    belong to a law named before it.

    Args:
        title: full title of the law.
        number: the article's own number.
        text: its wording.
    """
    found = (*_named(title, text), *_preceding(number, text))
    return tuple(dict.fromkeys(one for one in found if one != number))


def _named(title: str, text: str) -> Iterator[ArticleNumber]:
    for own in _OWN.finditer(text):
        ends = (at for stop in _STOPS if (at := text.find(stop, own.end())) >= 0)
        said = text[own.end() : min(ends, default=len(text))]
        for citation in parse_citations(f"《{title}》{said}"):
            if citation.law == title and citation.article is not None:
                yield citation.article


def _preceding(number: ArticleNumber, text: str) -> Iterator[ArticleNumber]:
    for before in _BEFORE.finditer(text):
        for back in range(_MANY[before["many"]], 0, -1):
            if number.main > back and not number.sub:
                yield ArticleNumber(number.main - back)


def defined_terms(text: str) -> tuple[DefinedTerm, ...]:
    """The terms an article defines for its whole law: 本法所称…是指…, 下列用语的含义."""
    found = [_CALLED.finditer(text)]
    if listing := _LISTING.search(text):
        found.append(_LISTED.finditer(text, listing.end()))
    return tuple(DefinedTerm(one["term"], one.group()) for many in found for one in many)
