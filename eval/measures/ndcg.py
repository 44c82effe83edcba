"""nDCG@k: gains discounted by rank, over those of the best ranking there could be."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from math import log2


def ndcg(ranked: Sequence[Hashable], relevant: AbstractSet[Hashable], k: int) -> float:
    """``sum 1 / log2(rank + 1)`` of relevant answers within k, over its greatest value; in [0, 1].

    Järvelin, Kekäläinen: *Cumulated gain-based evaluation of IR techniques* (TOIS 2002), with
    binary gains. Each answer counts once, so ``ranked`` must not repeat itself.

    Raises:
        ValueError: nothing is relevant, so the measure is not defined.
    """
    if not relevant:
        raise ValueError("nDCG is not defined when nothing is relevant")
    gained = sum(
        1.0 / log2(rank + 1)
        for rank, answer in enumerate(ranked[:k], start=1)
        if answer in relevant
    )
    best = sum(1.0 / log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gained / best if best else 0.0
