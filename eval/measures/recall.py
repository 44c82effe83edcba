"""Recall@k: how much of what is relevant stands among the first k."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet


def recall(ranked: Sequence[Hashable], relevant: AbstractSet[Hashable], k: int) -> float:
    """``|relevant in the first k| / |relevant|``, in [0, 1].

    Raises:
        ValueError: nothing is relevant, so the measure is not defined.
    """
    if not relevant:
        raise ValueError("recall is not defined when nothing is relevant")
    return len(relevant & set(ranked[:k])) / len(relevant)
