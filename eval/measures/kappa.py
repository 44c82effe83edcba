"""Cohen's weighted kappa: agreement of two graders on a scale, beyond what chance makes likely."""

from collections import Counter
from collections.abc import Sequence


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Agreement beyond chance, -1 to 1, 1 is full agreement; None where it is not defined.

    A disagreement counts by the square of its distance (Cohen, *Psychological Bulletin* 70, 1968).
    It is not defined without pairs, and where both graders gave one and the same grade to all. For
    kinds without an order see `advisor.adoption.agreement`.

    Args:
        pairs: the two grades of each thing graded.
    """
    if not pairs:
        return None
    first, second = (Counter(column) for column in zip(*pairs, strict=True))
    count = len(pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / count
    expected = sum((a - b) ** 2 * n * m for a, n in first.items() for b, m in second.items())
    return None if expected == 0 else 1 - observed * count * count / expected
