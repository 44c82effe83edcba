"""Cohen's kappa: agreement of two graders beyond what chance makes likely."""

from collections import Counter
from collections.abc import Sequence


def kappa(pairs: Sequence[tuple[int, int]], *, weighted: bool = False) -> float | None:
    """Agreement beyond chance, -1 to 1, 1 is full agreement; None where it is not defined.

    Cohen, *Educational and Psychological Measurement* 20 (1960); with ``weighted`` a disagreement
    counts by the square of its distance (Cohen, *Psychological Bulletin* 70, 1968). It is not
    defined without pairs, and where both graders gave one and the same grade to everything.

    Args:
        pairs: the two grades of each thing graded.
        weighted: for grades on a scale, not for kinds.
    """
    if not pairs:
        return None
    first, second = (Counter(column) for column in zip(*pairs, strict=True))
    count = len(pairs)
    observed = sum(_distance(a, b, weighted) for a, b in pairs) / count
    expected = sum(
        _distance(a, b, weighted) * n * m for a, n in first.items() for b, m in second.items()
    ) / (count * count)
    return None if expected == 0 else 1 - observed / expected


def _distance(a: int, b: int, weighted: bool) -> float:
    return float((a - b) ** 2) if weighted else float(a != b)
