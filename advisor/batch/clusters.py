"""Clusters: events of one matter at one place in one time, what officials call one kind 一类事.

A cluster grows around a place, never from row to row: every event must be like the middle of its
cluster, so that no chain joins what is unlike, and a gap of months ends it.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.batch.accounts import Accounts, Floats
from advisor.batch.duplicates import Events
from indexer.neighbours import nearest

ALIKE = 0.60
"""Least score of an event with the middle of a cluster at one place."""
ALIKE_ON_A_ROAD = 0.75
"""The same where the place is a road, a line or a firm: much happens there."""
ALIKE_WITHOUT_PLACE = 0.90
"""The same where no place joins them."""
GAP_DAYS = 120
"""So many days without a report end a cluster."""
LEAST_MEMBERS = 2
_MATTER = 0.25
_DIFFERENT = -0.15
_WIDE = ("road", "unit", "village")
_BLOCK = 2000
_FEW = 200
_NEIGHBOURS = 15


@dataclass(frozen=True, slots=True)
class Bundle:
    """Events that belong together, by their heads; ``place`` is the key they share, or "".

    ``series`` are the heads of the whole past of the kind, before gaps in time divided it.
    """

    place: str
    heads: tuple[int, ...]
    series: tuple[int, ...]


def find_bundles(accounts: Accounts, events: Events) -> tuple[Bundle, ...]:
    """Every bundle of two events or more, and single events that several rows tell of."""
    field = _Field(accounts, events.members())
    taken: set[int] = set()
    bundles: list[Bundle] = []
    for place, heads in _by_size(field, taken):
        taken.update(heads)
        bundles.extend(_in_time(field, place, heads))
    left = [head for head in field.members if head not in taken]
    for heads in _alike_anywhere(field, left):
        taken.update(heads)
        bundles.extend(_in_time(field, "", heads))
    return tuple(b for b in bundles if sum(len(field.members[h]) for h in b.heads) >= LEAST_MEMBERS)


class _Field:
    """Events with their places, days and the sums of their vectors."""

    def __init__(self, accounts: Accounts, members: Mapping[int, Sequence[int]]) -> None:
        self.accounts = accounts
        self.members = members
        # What all rows share tells nothing; a few rows cannot tell what all would share.
        share = len(accounts) / (len(accounts) + _FEW)
        moved = accounts.vectors - share * accounts.vectors.mean(axis=0)
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        np.divide(moved, lengths, out=moved, where=lengths > 0)
        self.vectors: Floats = moved

    def matter(self, head: int) -> str | None:
        return self.accounts.all[head].matter

    def places(self, head: int) -> frozenset[str]:
        """The places the event is about: those its reports begin with, roads alone left out."""
        own = (self.accounts.all[member].named for member in self.members[head])
        return frozenset().union(*own)

    def days(self, head: int) -> tuple[int, ...]:
        days = (self.accounts.all[member].day for member in self.members[head])
        return tuple(sorted(day for day in days if day is not None))


def _blocks(field: _Field) -> Mapping[str, list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for head in field.members:
        for key in field.places(head):
            blocks[key].append(head)
    return {key: heads for key, heads in blocks.items() if len(heads) > 1}


def _by_size(field: _Field, taken: set[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The largest group of like events at one place, then the next among those left."""
    queue: list[tuple[int, int, str, tuple[int, ...]]] = []
    for key, block in _blocks(field).items():
        least = ALIKE_ON_A_ROAD if field.accounts.kinds.get(key) in _WIDE else ALIKE
        for heads in _parts(field, block[:_BLOCK], least):
            heapq.heappush(queue, _entry(key, heads))
    while queue:
        _, _, key, heads = heapq.heappop(queue)
        left = tuple(head for head in heads if head not in taken)
        if len(left) == len(heads):
            yield key, heads
        elif len(left) > 1:
            heapq.heappush(queue, _entry(key, left))


def _entry(key: str, heads: tuple[int, ...]) -> tuple[int, int, str, tuple[int, ...]]:
    return (-len(heads), -len(key), key, heads)


def _parts(field: _Field, block: Sequence[int], least: float) -> list[tuple[int, ...]]:
    """The events of a block in groups, each like the middle of its group; lone ones left out."""
    groups: list[_Group] = []
    for head in block:
        best = max(groups, key=lambda group: group.score(head), default=None)
        if best is None or best.score(head) < least:
            best = _Group(field)
            groups.append(best)
        best.add(head)
    return [tuple(group.heads) for group in groups if len(group.heads) > 1]


class _Group:
    """Events and the middle of their vectors."""

    def __init__(self, field: _Field) -> None:
        self._field = field
        self.heads: list[int] = []
        self._sum: Floats = np.zeros(field.vectors.shape[1], dtype=np.float32)

    def add(self, head: int) -> None:
        self.heads.append(head)
        self._sum += self._field.vectors[head]

    def score(self, head: int) -> float:
        """Likeness to the middle, raised or lowered by the matter."""
        length = float(np.linalg.norm(self._sum)) or 1.0
        alike = float(self._field.vectors[head] @ self._sum) / length
        return alike + self._of_matter(head)

    def _of_matter(self, head: int) -> float:
        own = self._field.matter(head)
        known = [m for m in map(self._field.matter, self.heads) if m]
        if own is None or not known:
            return 0.0
        return _MATTER if known.count(own) * 2 >= len(known) else _DIFFERENT


def _alike_anywhere(field: _Field, heads: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Groups that likeness alone joins, where no specific places speak against it."""
    order = sorted(heads)
    vectors = np.ascontiguousarray(field.vectors[order])
    near, _ = nearest(vectors, _NEIGHBOURS)
    home: dict[int, _Group] = {}
    groups: list[_Group] = []
    for at, head in enumerate(order):
        known = {
            id(home[order[n]]): home[order[n]]
            for n in near[at].tolist()
            if n >= 0 and order[n] in home
        }
        fitting = [g for g in known.values() if _free(field, head, g.heads)]
        best = max(fitting, key=lambda group: (group.score(head), -group.heads[0]), default=None)
        if best is None or best.score(head) < ALIKE_WITHOUT_PLACE:
            best = _Group(field)
            groups.append(best)
        best.add(head)
        home[head] = best
    return (
        tuple(group.heads)
        for group in groups
        if len(group.heads) > 1 or len(field.members[group.heads[0]]) > 1
    )


def _free(field: _Field, head: int, others: Sequence[int]) -> bool:
    own = field.accounts.all[head].named
    named = [field.accounts.all[other].named for other in others]
    return not own or all(not their or own & their for their in named)


def _in_time(field: _Field, place: str, heads: Sequence[int]) -> Iterator[Bundle]:
    """The events of a group, divided where nothing was reported for long."""
    dated = sorted((h for h in heads if field.days(h)), key=lambda h: (field.days(h)[0], h))
    undated = [h for h in heads if not field.days(h)]
    part: list[int] = []
    until = 0
    for head in dated:
        days = field.days(head)
        if part and days[0] - until > GAP_DAYS:
            yield Bundle(place, tuple(part), tuple(heads))
            part = []
        part.append(head)
        until = max(until, days[-1])
    if part or undated:
        yield Bundle(place, (*part, *undated), tuple(heads))
