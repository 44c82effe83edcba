"""Success@k, also called hit@k: whether anything relevant stands among the first k."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet


def success(ranked: Sequence[Hashable], relevant: AbstractSet[Hashable], k: int) -> float:
    """1 when a relevant answer is within the first k, else 0."""
    return float(bool(relevant & set(ranked[:k])))
