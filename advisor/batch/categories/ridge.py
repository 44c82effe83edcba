"""Kernel ridge classification, each class counting alike, with its leave-one-out results."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from advisor.batch.categories.wording import Floats

_RIDGE = 0.1
_SHARPNESS = tuple(range(1, 13))
"""From here the sharpest probabilities; more would make a few easy rows look like certainty."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What rows get: ``likely`` of each class, adding up to 1, and how ``alike`` the likeliest is.

    ``alike`` is 1 for what is quite like the rows of its class, 0 for what resembles nothing known:
    probabilities alone always have a likeliest class.
    """

    likely: Floats
    alike: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """A fitted classifier: ``shares`` of the known rows in each class, shape (rows, classes).

    ``left_out`` holds what every known row gets when it is not learnt from.
    """

    shares: Floats
    sharpness: int
    left_out: Told

    def tell(self, likeness: Floats) -> Told:
        """What rows get, from their likeness with the known rows."""
        return _told(likeness @ self.shares + 1 / self.shares.shape[1], self.sharpness)


def fit(likeness: Floats, labels: NDArray[np.int64], classes: int) -> Ridge:
    """Least squares towards one for the class of a row and zero for others.

    What a row gets when it is left out follows from the same inverse (Allen's PRESS, 1974, in the
    form of Cawley 2006 for weighted least-squares support vector machines), so that the sharpness
    of the probabilities is fitted to rows not learnt from.

    Args:
        likeness: of the known rows with one another, shape (rows, rows).
        labels: the class of each row.
        classes: how many there are, each with at least one row.
    """
    targets = np.eye(classes)[labels]
    weights = 1.0 / np.bincount(labels, minlength=classes)[labels]
    weights /= weights.mean()
    inverse = np.linalg.inv(likeness + _RIDGE * np.diag(1 / weights))
    shares = inverse @ (targets - 1 / classes)
    left_out = targets - shares / np.diag(inverse)[:, None]
    sharpness = min(_SHARPNESS, key=lambda one: _surprise(left_out, labels, one))
    return Ridge(shares, sharpness, _told(left_out, sharpness))


def _surprise(scores: Floats, labels: NDArray[np.int64], sharpness: int) -> float:
    likely = _told(scores, sharpness).likely[np.arange(len(labels)), labels]
    return float(-np.log(likely + 1e-9).mean())


def _told(scores: Floats, sharpness: int) -> Told:
    best = scores.max(axis=1, keepdims=True)
    powers = np.exp(sharpness * (scores - best))
    even = 1 / scores.shape[1]
    return Told(powers / powers.sum(axis=1, keepdims=True), (best[:, 0] - even) / (1 - even))
