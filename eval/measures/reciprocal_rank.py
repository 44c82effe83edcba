"""RR@k: one over the rank of the first relevant answer; its mean over queries is MRR@k."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet


def reciprocal_rank(ranked: Sequence[Hashable], relevant: AbstractSet[Hashable], k: int) -> float:
    """``1 / rank`` of the first relevant answer within the first k, 0 when there is none."""
    for rank, answer in enumerate(ranked[:k], start=1):
        if answer in relevant:
            return 1.0 / rank
    return 0.0
