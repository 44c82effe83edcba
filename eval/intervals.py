"""Bootstrap intervals: how far a mean over questions may lie from that of other such questions."""

from collections.abc import Sequence

import numpy as np

_RESAMPLES = 10_000
_PIECE = 500
_TAIL = 2.5


def intervals(
    rows: Sequence[Sequence[float]], *, seed: int = 20_260_101
) -> tuple[tuple[float, float], ...]:
    """The 95 % percentile interval of the mean of each column.

    Efron, Tibshirani: *An Introduction to the Bootstrap* (1993), 13.3: whole rows are drawn with
    replacement, 10,000 times, seeded.

    Args:
        rows: one per question, a number per measure; at least one row.
        seed: the same seed gives the same interval.
    """
    values = np.asarray(rows, dtype=np.float64)
    rng = np.random.default_rng(seed)
    means = np.concatenate(
        [
            values[rng.integers(len(values), size=(_PIECE, len(values)))].mean(axis=1)
            for _ in range(_RESAMPLES // _PIECE)
        ]
    )
    low, high = np.percentile(means, [_TAIL, 100 - _TAIL], axis=0)
    return tuple(zip(low.tolist(), high.tolist(), strict=True))
