"""Names 姓名 of persons, in four steps: announced, scored, listed beside a name, said again."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from advisor.redaction.appellations import find_appellations, find_called, may_be_called
from advisor.redaction.candidates import (
    ACCEPTED,
    OTHER_WORDS,
    Candidate,
    candidate_at,
    is_place,
    surname_pattern,
)
from advisor.redaction.lexicon import lexicon
from advisor.redaction.model import Span
from advisor.redaction.script import simplified
from advisor.redaction.surroundings import HAN

_TITLE_MARKS = re.compile(r"《[^《》\n]{1,60}》")
_FIELD = re.compile(
    r"(?:我叫|本人叫|名叫|名字叫|姓\s?名|户\s?主|联系人|投诉人|申请人|反映人|举报人|来电人|当事人|签名|落款)"
    r"(?:是|为)?(?:[：: \u3000]{1,3}|(?<!人)|(?!民))"
    f"([{HAN}]{{2,4}}|[{HAN}](?:[ \u3000]{{1,2}}[{HAN}](?![{HAN}])){{1,2}})(?![{HAN}])"
)
_JOINS = "、，,和与及跟同 \u3000/"


def find_names(text: str) -> tuple[Span, ...]:
    """Names of persons; titles, posts, places and the names of laws stay."""
    text = simplified(text)
    laws = [found.span() for found in _TITLE_MARKS.finditer(text)]
    found: list[Span] = [*find_called(text), *_fields(text)]
    weak: list[Candidate] = []
    end = 0
    for surname in surname_pattern().finditer(text):
        at = surname.start()
        if at < end or (laws and any(start <= at < stop for start, stop in laws)):
            continue
        span = find_appellations(text, at) if may_be_called(text, at) else None
        candidate = None if span else candidate_at(text, at)
        if candidate and candidate.score >= ACCEPTED:
            inner = find_appellations(text, at + 1) if _is_surname(text, at + 1) else None
            span = inner or _named(text, candidate)
        elif candidate:
            weak.append(candidate)
        if span:
            found.append(span)
            end = span.end
    if weak:
        found += _listed(text, found, weak)
    return (*found, *_said_again(text, found))


def _is_surname(text: str, at: int) -> bool:
    surnames = lexicon().surnames
    return surnames.get(text[at : at + 1], 0.0) > surnames.get(text[at - 1], 0.0)


def _named(text: str, candidate: Candidate) -> Span:
    name = text[candidate.start : candidate.end]
    return Span(candidate.start, candidate.end, "姓名", name)


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


def _listed(text: str, found: Sequence[Span], weak: Sequence[Candidate]) -> list[Span]:
    """Possible names right beside a name: 王建国、于成和李秀英."""
    starts = {span.start for span in found}
    ends = {span.end for span in found}
    listed: list[Span] = []
    for one in weak:
        left = one.start and text[one.start - 1] in _JOINS and one.start - 1 in ends
        right = text[one.end : one.end + 1] in _JOINS and one.end + 1 in starts
        if left or right:
            ends.add(one.end)
            listed.append(_named(text, one))
    return listed


def _said_again(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Other places where a name found once is said again."""
    for name in dict.fromkeys(span.key for span in found if _is_whole(text, span)):
        at = text.find(name)
        while at >= 0:
            if not is_place(text, at + len(name)):
                yield Span(at, at + len(name), "姓名", name)
            at = text.find(name, at + 1)


def _is_whole(text: str, span: Span) -> bool:
    return span.end - span.start > 1 and text[span.start : span.end] == span.key
