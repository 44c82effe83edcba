"""Twins: cases that tell of one event, found by what stands word for word in both."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from corpus.model import Case
from indexer.tokenizer import Tokens, is_bigram, tokenize

DEPTH = 20
"""How many cases more than asked for are looked at, so that twins leave no gap."""
SAME = 0.8
"""Share of pairs of characters two accounts must have in common, of all in the shorter one.

Among 1,216 cases of real messages nothing lies between 0.66 and 0.78; what is above 0.8 was told
twice, what is below 0.7 is another event."""
_LEAST = 20
"""Pairs of characters below which an account is too short to tell one event from another."""


_REMEMBERED = 500_000


class Twins:
    """Which of a pool's cases tell of one event; what was compared once is remembered."""

    def __init__(self, cases: Sequence[Case]) -> None:
        """``cases`` by their ordinals; nothing is read before it is asked for."""
        self._cases = cases
        self._told: dict[int, Tokens] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._compared = 0

    def together(self, ordinals: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """These ordinals, those of one event together behind the first of them, in order."""
        groups: dict[int, list[int]] = {}
        for one in ordinals:
            # Nearly all are apart, and were compared for an earlier text: one look says so.
            unsure = groups.keys() - self._apart[one]
            home = next(
                (first for first in groups if first in unsure and self._same(first, one)), one
            )
            groups.setdefault(home, []).append(one)
        return tuple(tuple(group) for group in groups.values())

    def _same(self, one: int, other: int) -> bool:
        same = _same(self._pairs(one), self._pairs(other))
        if not same:
            if self._compared >= _REMEMBERED:
                self._apart, self._compared = defaultdict(set), 0
            self._apart[one].add(other)
            self._apart[other].add(one)
            self._compared += 1
        return same

    def _pairs(self, ordinal: int) -> Tokens:
        told = self._told.get(ordinal)
        if told is None:
            told = self._told[ordinal] = _pairs(self._cases[ordinal])
        return told


def twins_together(cases: Sequence[Case]) -> tuple[tuple[int, ...], ...]:
    """The places of the cases, those of one event together behind the first of them, in order."""
    return Twins(cases).together(range(len(cases)))


def _pairs(case: Case) -> Tokens:
    ids = np.unique(tokenize(f"{case.title}\n{case.facts}"))
    return ids[is_bigram(ids)]


def _same(one: Tokens, other: Tokens) -> bool:
    least = min(len(one), len(other))
    if least < _LEAST:
        return len(one) == len(other) and bool((one == other).all())
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= SAME * least
