"""A small linear classifier as it is stored and applied: weights in an npz file, no library needed.

Multinomial logistic regression: the probability of a class is the softmax of a weighted sum of the
features. The matters among the features stand by their names, so that a pack with other playbooks
still finds the columns it knows.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from advisor.errors import ClassifierDamaged

Floats = NDArray[np.float32]
MATTER_WEIGHT = np.float32(2.0)
"""Scores of matters lie between 0 and 1, parts of a unit vector near 0: this makes them count."""


class LinearModel:
    """Immutable; safe to share between threads.

    Args:
        classes: names of the classes.
        matters: ids of the playbooks whose scores are features.
        weights: shape (features, classes): vector of the text, of its opening, matters, votes.
        bias: shape (classes,).
        embedder: name of what made the vectors.
    """

    def __init__(
        self,
        classes: Sequence[str],
        matters: Sequence[str],
        weights: Floats,
        bias: Floats,
        embedder: str,
    ) -> None:
        self.classes = tuple(classes)
        self.matters = tuple(matters)
        self.embedder = embedder
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)

    @classmethod
    def read(cls, path: Path) -> "LinearModel":
        """The classifier of a file.

        Raises:
            ClassifierDamaged: it cannot be read, or is no such file.
        """
        try:
            with np.load(path, allow_pickle=False) as kept:
                return cls(
                    kept["classes"].tolist(),
                    kept["matters"].tolist(),
                    kept["weights"],
                    kept["bias"],
                    str(kept["embedder"]),
                )
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise ClassifierDamaged(path) from error

    def write(self, path: Path) -> None:
        """Stores it, halved in precision; the ranking of classes does not feel it."""
        np.savez_compressed(
            path,
            classes=np.array(self.classes),
            matters=np.array(self.matters),
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            embedder=np.array(self.embedder),
        )

    def matter_columns(self, scores: Mapping[str, float]) -> Floats:
        """The scores in the order of the model's matters; 0 for one that is not there."""
        return np.array([scores.get(m, 0.0) for m in self.matters], np.float32) * MATTER_WEIGHT

    def probability(self, features: Floats) -> Floats:
        """How likely each class is, shape (classes,), adding up to 1."""
        odds = features @ self._weights + self._bias
        powers = np.exp(odds - odds.max())
        likely: Floats = (powers / powers.sum()).astype(np.float32)
        return likely
