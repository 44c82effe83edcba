"""Rankings: the best passages of a query as numbers, ordered the same way every time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ordinals of passages with their scores, best first."""

    ordinals: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.ordinals)


def top(scores: Scores, k: int) -> Ranking:
    """The ``k`` best positive scores; equal scores stand in the order of their ordinals.

    Args:
        scores: one score per passage, shape (n,); zero and below means not found.
        k: how many at most.
    """
    found = np.flatnonzero(scores > 0)
    if k <= 0 or not len(found):
        return Ranking()
    if len(found) > k:
        values = scores[found]
        least = np.partition(values, len(values) - k)[len(values) - k]
        found = found[values >= least]
    order = np.lexsort((found, -scores[found]))[:k]
    best = found[order]
    return Ranking(tuple(best.tolist()), tuple(scores[best].tolist()))
