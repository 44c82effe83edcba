"""Names by the rest of the document: said again, in company, twice likely, the given name alone."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.name_model import Reading
from advisor.redaction.other_words import is_place
from advisor.redaction.surroundings import PROOF, after, before

_JOINS = "、，,和与及跟同 \u3000/"
_TWICE, _LONG = 2, 3
_GIVEN = 2
_SURNAMED = {3: 1, 4: 2}
"""How long the surname is in a name of so many characters."""


ALONE = 0.5
"""A name this likely (log-odds) needs no other name in its neighbourhood."""

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
    """Whether a word announces a name here, and what follows may follow names."""
    return before(text, one.start).announced and after(text, one.end) > 0


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
            if taken.isdisjoint(range(at, at + _GIVEN)) and _stands(text, at):
                yield Span(at, at + _GIVEN, "姓名", span.key)


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name) if name else -1
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _given(name: str) -> str:
    """The given name of two characters, unless it is a word: 建国 of 王建国."""
    given = name[_SURNAMED.get(len(name), len(name)) :]
    compound = len(name) == len(given) + _GIVEN
    surname = name[: len(name) - len(given)]
    if len(given) != _GIVEN or (compound and surname not in lexicon().compound):
        return ""
    return "" if given in lexicon().words or given in lexicon().context.known else given


def _stands(text: str, at: int) -> bool:
    """Whether a name may stand here by what is on both sides of it."""
    around = before(text, at)
    return not is_place(text, at + _GIVEN) and around.score > 0 and after(text, at + _GIVEN) > 0


def _is_whole(text: str, span: Span) -> bool:
    return span.end - span.start > 1 and text[span.start : span.end] == span.key
