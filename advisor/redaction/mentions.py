"""Names by the rest of the document: said again, in company, twice likely, the given name alone."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.name_model import Reading, name_model
from advisor.redaction.other_words import is_place
from advisor.redaction.quantities import uncut
from advisor.redaction.surroundings import PROOF, after, before

_JOINS = "、，,和与及跟同 \u3000/"
_TWICE, _LONG = 2, 3
_GIVEN = 2
_SURNAMED = {3: 1, 4: 2}
"""How long the surname is in a name of so many characters."""


ALONE = 0.2
"""A name this likely (log-odds) needs no other name in its neighbourhood."""

_USUAL_SURNAME = 2.5
_FIGURES = re.compile(r"[ \u3000，,：:（(、]{0,2}[0-9０-９](?:[ -]?[0-9０-９]){6}")
"""The head of a telephone or ID number, which seldom stands behind anything but a name."""

_BOTH = 2
_STANDING = ((2.0, 1.0, -2.0), (99.0, 99.0, 6.0))
"""How likely the whole name must be where the given name stands, by whether that is a word too and
by how many of its sides speak for a name."""

_NEIGHBOURHOOD = 60
"""Characters between a name and another that makes it likelier."""


def in_company(text: str, found: Sequence[Span], read: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings that are likely enough, or announced, or in a neighbourhood with other names.

    Args:
        text: the text.
        found: names found otherwise.
        read: names the model reads, likelier than not by themselves or nearly so.
    """
    sure = [one for one in read if one.score >= ALONE]
    if len(sure) == len(read):
        return tuple(read)
    places = sorted([span.start for span in found] + [one.start for one in sure])
    often = Counter(text[one.start : one.end] for one in read)
    return tuple(
        one
        for one in read
        if one.score >= ALONE
        or one.end - one.start > _LONG
        or _near(places, one.start)
        or often[text[one.start : one.end]] >= _TWICE
        or before(text, one.start).announced
        or after(text, one.end) >= PROOF
    )


def _near(places: Sequence[int], at: int) -> bool:
    return bisect(places, at + _NEIGHBOURHOOD) > bisect(places, at - _NEIGHBOURHOOD)


def probable(text: str, found: Sequence[Span], weak: Sequence[Reading]) -> tuple[Reading, ...]:
    """Possible names that the document speaks for.

    One stands right beside a name (王建国、于成和李秀英), is announced by what stands before it and
    proved by what stands behind it, or is read in two places.

    Args:
        text: the text.
        found: names found for certain.
        weak: readings too unlikely to be names by themselves.
    """
    starts = {span.start for span in found}
    ends = {span.end for span in found}
    often = Counter(text[one.start : one.end] for one in weak)
    held: list[Reading] = []
    for one in weak:
        left = one.start and text[one.start - 1] in _JOINS and one.start - 1 in ends
        right = text[one.end : one.end + 1] in _JOINS and one.end + 1 in starts
        twice = often[text[one.start : one.end]] >= _TWICE and one.end - one.start > _GIVEN
        if left or right or twice or _told(text, one):
            ends.add(one.end)
            held.append(one)
    return tuple(held)


def _told(text: str, one: Reading) -> bool:
    """Whether a word announces a name here and what follows may follow names, or a number does."""
    if before(text, one.start).announced and after(text, one.end) > 0:
        return True
    usual = lexicon().surnames.get(text[one.start], 0.0) >= _USUAL_SURNAME
    return usual and _FIGURES.match(text, one.end) is not None


def said_again(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Other places where a name found once is said again, whole or the given name alone."""
    starts = {span.start for span in found}
    taken = {at for span in found for at in range(span.start, span.end)}
    for span in {span.key: span for span in found if _is_whole(text, span)}.values():
        for at in _places(text, span.key) if text.count(span.key) > 1 else ():
            if at not in starts and not is_place(text, at + len(span.key)):
                taken.update(range(at, at + len(span.key)))
                yield Span(at, at + len(span.key), "姓名", span.key)
        given = _given(span.key)
        for at in _places(text, given) if text.count(given) > text.count(span.key) else ():
            if taken.isdisjoint(range(at, at + _GIVEN)) and _stands(text, at, span.key):
                yield Span(at, at + _GIVEN, "姓名", span.key)


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name) if name else -1
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _given(name: str) -> str:
    """The given name of two characters: 建国 of 王建国."""
    given = name[_SURNAMED.get(len(name), len(name)) :]
    compound = len(name) == len(given) + _GIVEN
    surname = name[: len(name) - len(given)]
    if len(given) != _GIVEN or (compound and surname not in lexicon().compound):
        return ""
    return given


def _stands(text: str, at: int, name: str) -> bool:
    """Whether the given name of ``name`` means the person here."""
    end = at + _GIVEN
    if is_place(text, end) or uncut(text, at, end) != end:
        return False
    worded = text[at:end] in lexicon().words or text[at:end] in lexicon().context.known
    fits = (before(text, at).score > 0) + (after(text, end) > 0)
    if worded and fits < _BOTH:
        return False
    return name_model().standing(text, at, end, name) > _STANDING[worded][fits]


def _is_whole(text: str, span: Span) -> bool:
    return span.end - span.start > 1 and text[span.start : span.end] == span.key
