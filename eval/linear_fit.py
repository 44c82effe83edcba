"""Multinomial logistic regression by accelerated gradient descent (Nesterov 1983), not random."""

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
_STEPS = 200


def fit(rows: Doubles, targets: Doubles, weights: Doubles, ridge: float) -> tuple[Doubles, Doubles]:
    """Weights (features, classes) and bias (classes,) for the least weighted cross entropy.

    Args:
        rows: features, shape (n, features).
        targets: a distribution over the classes for each row, shape (n, classes).
        weights: how much each row counts, shape (n,).
        ridge: weight of the squared norm; larger means plainer.
    """
    share = weights / weights.sum()
    curve = np.linalg.norm(rows * np.sqrt(share)[:, None], 2) ** 2 / 2 + ridge
    solved, ahead = np.zeros((2, rows.shape[1], targets.shape[1]))
    offset, offset_ahead = np.zeros((2, targets.shape[1]))
    pace = 1.0
    for _ in range(_STEPS):
        wrong = (likelihoods(rows @ ahead + offset_ahead) - targets) * share[:, None]
        step = ahead - (rows.T @ wrong + ridge * ahead) / curve
        offset_step = offset_ahead - wrong.sum(axis=0) / max(curve, 0.5)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = step + (pace - 1) / faster * (step - solved)
        offset_ahead = offset_step + (pace - 1) / faster * (offset_step - offset)
        solved, offset, pace = step, offset_step, faster
    return solved, offset


def likelihoods(odds: Doubles) -> Doubles:
    """Softmax of each row."""
    powers = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares
