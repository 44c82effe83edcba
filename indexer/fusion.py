"""Fusion: one ranking out of several, by reciprocal rank."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

RANK_OFFSET = 60
"""The constant of Cormack, Clarke, Büttcher: *Reciprocal Rank Fusion* (SIGIR 2009)."""

Key = TypeVar("Key", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Key]], *, offset: int = RANK_OFFSET
) -> tuple[tuple[Key, float], ...]:
    """Every key of the rankings with ``sum 1 / (offset + rank)``, best first.

    Ranks start at 1. Equal sums stand in the order in which their keys are first met, so the
    result is the same every time.
    """
    sums: dict[Key, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            sums[key] = sums.get(key, 0.0) + 1.0 / (offset + rank)
    return tuple(sorted(sums.items(), key=lambda item: -item[1]))
