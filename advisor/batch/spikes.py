"""Early warnings 预警: more of one kind in the last days than its own past makes likely.

Of the ``n`` people who ever reported a kind, each once, ``k`` fell into the last days. Were the
kind as frequent then as always, each would fall there with the share ``p`` that these days have of
the whole batch, so ``k`` is binomial and its upper tail is the chance of a false alarm. The share
of the batch, not of the calendar, keeps a busy week from looking like a spike of everything. Over
all kinds and windows the tails are held against the step-up rule of Benjamini and Hochberg
(1995) at one in a hundred.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WINDOWS = (7, 28)
"""Lengths in days of what counts as the last days."""
LEAST_PEOPLE = 4
"""Fewer in the last days give no warning, however rare they were before."""
LEAST_PAST_DAYS = 60
"""A batch of fewer days has no past to speak of."""
FALSE_RATE = 0.01


@dataclass(frozen=True, slots=True)
class Spike:
    """A kind by its place in the input: people in the window, as many as usual, tail of chance."""

    kind: int
    window: int
    count: int
    usual: float
    chance: float


def find_spikes(
    kinds: Sequence[Sequence[int]], all_days: Mapping[int, int], as_of: int
) -> tuple[Spike, ...]:
    """The kinds that rose in the last days, the least likely first, each once.

    Args:
        kinds: For each kind the first day each person reported it, as ordinals.
        all_days: How many such first reports the whole batch has on each day.
        as_of: The last day.
    """
    first = min(all_days, default=as_of)
    if as_of - first + 1 < LEAST_PAST_DAYS:
        return ()
    total = sum(all_days.values())
    tested = [
        _tested(kind, days, window, as_of, _share(all_days, total, window, as_of))
        for kind, days in enumerate(kinds)
        for window in WINDOWS
    ]
    found = _step_up(tested, max(1, 2 * total))
    best: dict[int, Spike] = {}
    for spike in sorted(found, key=lambda s: (s.chance, s.kind, s.window)):
        if spike.count >= LEAST_PEOPLE:
            best.setdefault(spike.kind, spike)
    return tuple(best.values())


def _share(all_days: Mapping[int, int], total: int, window: int, as_of: int) -> float:
    return sum(n for day, n in all_days.items() if as_of - day < window) / total


def _tested(kind: int, days: Sequence[int], window: int, as_of: int, share: float) -> Spike:
    count = sum(as_of - day < window for day in days)
    usual = (len(days) - count) * share / (1 - share) if share < 1 else float(count)
    return Spike(kind, window, count, usual, _tail(count, len(days), share))


def _tail(count: int, among: int, share: float) -> float:
    """Chance of at least ``count`` of ``among`` with this share."""
    if count == 0 or share >= 1:
        return 1.0
    return math.fsum(
        math.comb(among, k) * share**k * (1 - share) ** (among - k) for k in range(count, among + 1)
    )


def _step_up(tested: Iterable[Spike], trials: int) -> list[Spike]:
    """Those below the largest tail that its rank allows, of so many trials."""
    ranked = sorted(tested, key=lambda spike: spike.chance)
    allowed = 0
    for rank, spike in enumerate(ranked, start=1):
        if spike.chance <= FALSE_RATE * rank / trials:
            allowed = rank
    return ranked[:allowed]
