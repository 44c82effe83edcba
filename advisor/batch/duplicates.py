"""Duplicates 重复件: rows that report the event of an earlier row again, also reworded, by anyone.

No pair is compared that shares neither a rare place, nor a caller, nor a neighbourhood of vectors,
so the work grows with the rows and not with their square.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.batch.accounts import Accounts
from advisor.batch.model import Duplicate
from advisor.batch.pairs import one_event, reasons_of, signs_of
from indexer.neighbours import nearest

SAME_EVENT = 0.50
"""From this score a pair is taken for one event; measured by ``advisor-eval groups --planted``."""
SURELY = 0.90
"""From this score one pair is enough; below it the first report of the event must agree."""
AGREES = 0.25

_HALF = 32
_NEIGHBOURS = 12
_LEAST_ALIKE = 0.45
_LEAST_AT_ONE_PLACE = 0.35
_BLOCK = 60
"""A place or caller that more rows share tells too little: of such blocks the nearest are taken."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events by the places of their accounts: ``head[i]`` is the first report of account i's."""

    head: tuple[int, ...]
    duplicates: tuple[Duplicate, ...]

    def members(self) -> Mapping[int, tuple[int, ...]]:
        """The accounts of each event by its first, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, head in enumerate(self.head):
            found[head].append(place)
        return {head: tuple(places) for head, places in found.items()}


def find_events(accounts: Accounts) -> Events:
    """Every account with the first report of its event."""
    heads: list[int] = []
    duplicates: list[Duplicate] = []
    for place, earlier in enumerate(_earlier(accounts)):
        found = _joined(accounts, place, earlier, heads)
        heads.append(place if found is None else found[0])
        if found is not None:
            duplicates.append(_duplicate(accounts, place, *found))
    return Events(tuple(heads), tuple(sorted(duplicates, key=lambda d: d.number)))


def _joined(
    accounts: Accounts, place: int, earlier: Iterable[int], heads: Sequence[int]
) -> tuple[int, int, float] | None:
    """The event this account belongs to, the account that shows it, and how likely."""
    scored = sorted(
        ((one_event(signs_of(accounts, place, other)), -other) for other in earlier), reverse=True
    )
    for score, negative in scored:
        if score < SAME_EVENT:
            return None
        like = -negative
        head = heads[like]
        if like == head or score >= SURELY:
            return head, like, score
        if one_event(signs_of(accounts, place, head)) >= AGREES:
            return head, like, score
    return None


def _duplicate(accounts: Accounts, place: int, head: int, like: int, score: float) -> Duplicate:
    reasons = reasons_of(accounts, place, like, signs_of(accounts, place, like))
    if like != head:
        reasons = (f"与同一事件的第{accounts.all[like].number}行最接近", *reasons)
    return Duplicate(
        number=accounts.all[place].number,
        of=accounts.all[head].number,
        score=round(score, 3),
        reasons=reasons,
    )


def _earlier(accounts: Accounts) -> Iterator[tuple[int, ...]]:
    """For each account in order the earlier ones it is compared with."""
    later, earlier = array("q"), array("q")
    for one, other in _pairs(accounts):
        later.append(max(one, other))
        earlier.append(min(one, other))
    both = np.unique(np.array(later, dtype=np.int64) << _HALF | np.array(earlier, dtype=np.int64))
    ends = np.searchsorted(both >> _HALF, np.arange(1, len(accounts) + 1))
    begin = 0
    for end in ends.tolist():
        yield tuple((both[begin:end] & ((1 << _HALF) - 1)).tolist())
        begin = end


def _pairs(accounts: Accounts) -> Iterator[tuple[int, int]]:
    places, scores = nearest(accounts.vectors, _NEIGHBOURS)
    for one, other in np.argwhere((places >= 0) & (scores >= _LEAST_ALIKE)).tolist():
        yield one, int(places[one, other])
    for block in _blocks(accounts):
        yield from _within(accounts, block)


def _blocks(accounts: Accounts) -> Iterator[tuple[int, ...]]:
    """Accounts that share a specific place or a caller."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, account in enumerate(accounts.all):
        for key in account.places:
            sharing[key].append(place)
        if account.caller:
            sharing[f"\n{account.caller}"].append(place)
    return (tuple(block) for block in sharing.values() if len(block) > 1)


def _within(accounts: Accounts, block: Sequence[int]) -> Iterator[tuple[int, int]]:
    own = np.ascontiguousarray(accounts.vectors[list(block)])
    if len(block) <= _BLOCK:
        for one, other in np.argwhere(np.triu(own @ own.T >= _LEAST_AT_ONE_PLACE, k=1)).tolist():
            yield block[one], block[other]
        return
    places, _ = nearest(own, _NEIGHBOURS)
    for one, near in enumerate(places.tolist()):
        yield from ((block[one], block[other]) for other in near if other >= 0)
