"""Pairs of resolved messages that tell of the same thing, by a rule that no search takes part in.

A pair is justified by what the authority wrote, or by the names in the subjects, never by how
alike the texts of the two messages are:

- ``answer``: both replies share at least 50 stretches of 15 characters that stand in no more than
  three replies: the same findings were given twice;
- ``document``: both replies rest on the same rule or file, by title or number, that no more than
  three replies name: the same matter before the same authority;
- ``place``: both subjects name the same authority's area (these messages write areas as a letter
  and a number) and go on with the same name of at least four characters: the same estate, road or
  project.

Messages that are linked, directly or over others, form one cluster, and a cluster lies as a whole
in one half.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import Literal

from corpus.ledger_rows import LedgerItem

Ground = Literal["answer", "document", "place"]

STRETCH = 15
SHARED_STRETCHES = 50
MOST_REPLIES = 3
LEAST_NAME = 4

_LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
_TITLE = re.compile(r"《([^《》]{6,60}(?:办法|条例|规定|意见|方案|通知|规划|细则|规则))》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔[【﹝（(]\d{4}[〕\]】﹞）)]\d{1,4}号")
_NATIONAL = "中华人民共和国"
_AREA = re.compile(r"[A-Z]\d{0,2}[市县区](.*)")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道|社区)")
_NO_NAME = re.compile(r"部门|问题|政府|居民|政策")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two messages by their places among the items, and why they are a pair."""

    first: int
    second: int
    grounds: tuple[Ground, ...]


def find_pairs(items: Sequence[LedgerItem]) -> tuple[Pair, ...]:
    """Every pair among the messages of one ledger, in order."""
    found: dict[tuple[int, int], list[Ground]] = {}
    by: Mapping[Ground, Iterable[tuple[int, int]]] = {
        "answer": _same_answers(items),
        "document": _same_documents(items),
        "place": _same_places(items),
    }
    for ground, pairs in by.items():
        for pair in pairs:
            found.setdefault(pair, []).append(ground)
    return tuple(Pair(*pair, tuple(grounds)) for pair, grounds in sorted(found.items()))


def halves(pairs: Sequence[Pair]) -> Mapping[int, Literal["tune", "test"]]:
    """Which half each message of a pair belongs to; a cluster is never divided."""
    heads: dict[int, int] = {}

    def head(place: int) -> int:
        while (above := heads.setdefault(place, place)) != place:
            place = above
        return place

    for pair in pairs:
        low, high = sorted((head(pair.first), head(pair.second)))
        heads[high] = low
    return {place: _half(head(place)) for place in tuple(heads)}


def _half(head: int) -> Literal["tune", "test"]:
    digest = hashlib.blake2b(str(head).encode(), digest_size=1).digest()
    return "tune" if digest[0] % 2 else "test"


def _same_answers(items: Sequence[LedgerItem]) -> Iterator[tuple[int, int]]:
    shared = Counter(_sharing([_stretches(item.reply) for item in items]))
    return (pair for pair, count in shared.items() if count >= SHARED_STRETCHES)


def _stretches(reply: str) -> frozenset[str]:
    text = _LETTERS.sub("", reply)
    return frozenset(text[at : at + STRETCH] for at in range(len(text) - STRETCH + 1))


def _same_documents(items: Sequence[LedgerItem]) -> Iterator[tuple[int, int]]:
    return iter(dict.fromkeys(_sharing([_documents(item.reply) for item in items])))


def _documents(reply: str) -> frozenset[str]:
    text = "".join(reply.split())
    titles = (title for title in _TITLE.findall(text) if not title.startswith(_NATIONAL))
    numbers = (re.sub(r"\W", "", number) for number in _NUMBER.findall(text))
    return frozenset((*titles, *numbers))


def _sharing(marks: Sequence[AbstractSet[str]]) -> Iterator[tuple[int, int]]:
    """A pair for each mark that both bear and no more than a few others do."""
    bearers: dict[str, list[int]] = {}
    for place, those in enumerate(marks):
        for mark in those:
            bearers.setdefault(mark, []).append(place)
    for places in bearers.values():
        if len(places) <= MOST_REPLIES:
            yield from combinations(places, 2)


def _same_places(items: Sequence[LedgerItem]) -> Iterator[tuple[int, int]]:
    named: dict[str, list[tuple[int, str]]] = {}
    for place, item in enumerate(items):
        subject = "".join(item.title.split())
        match = _AREA.search(subject)
        if match is not None:
            area = match.group()[: match.start(1) - match.start()]
            named.setdefault(area, []).append((place, match[1]))
    for those in named.values():
        for (one, first), (other, second) in combinations(those, 2):
            if _named_alike(first, second):
                yield one, other


def _named_alike(first: str, second: str) -> bool:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    name = _TOWN.sub("", "".join(letter for letter, _ in same))
    return len(name.partition("的")[0]) >= LEAST_NAME and not _NO_NAME.search(name)
