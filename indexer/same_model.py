"""Same model: whether queries are embedded by the very model that made an index's vectors.

Names can lie: a server may put another model behind the name it had. So an index keeps the vector
of one fixed text, and the first query compares.
"""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexOfOtherModel
from indexer.ports import Embedder, Vectors

PROBE = "邻居家的雨水流到我家墙上，村里应当怎样处理？相邻各方应当正确处理排水关系。"
"""The text that is compared; another text asks for new indexes, so it stays."""

LEAST = 0.98
"""Cosine below which two vectors of one text are of two models; devices and roundings differ by
less than 0.01, models that have nothing in common give about 0."""

_REMEDY = "请运行 advisor index build --force 用当前模型重建索引。"


def alike(one: NDArray[np.floating], other: NDArray[np.floating]) -> bool:
    """Whether two vectors of the same text may be of the same model."""
    if one.shape != other.shape:
        return False
    first, second = one.astype(np.float64), other.astype(np.float64)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return lengths > 0 and float(first @ second) >= LEAST * lengths


class ProvenEmbedder:
    """An embedder that refuses its first query when it is not the index's own model."""

    def __init__(self, inner: Embedder, probe: Vectors) -> None:
        """``probe``: what the index's model made of ``PROBE``, shape (dimension,)."""
        self._inner = inner
        self._probe = probe
        self._proven = False
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._inner.name

    @property
    def dimension(self) -> int:
        """Width of its vectors."""
        return self._inner.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages that join those of the index.

        Raises:
            IndexOfOtherModel: The model is not the one that made the index.
        """
        self._prove_once()
        return self._inner.encode(texts)

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query.

        Raises:
            IndexOfOtherModel: The model is not the one that made the index.
        """
        self._prove_once()
        return self._inner.encode_query(query)

    def _prove_once(self) -> None:
        with self._lock:
            if not self._proven:
                self._prove()

    def _prove(self) -> None:
        made = self._inner.encode((PROBE,))[0]
        if not alike(made, self._probe):
            found = f"另一个模型（{len(self._probe)} 维）"
            raise IndexOfOtherModel(found, f"{self._inner.name}（{len(made)} 维）", _REMEDY)
        self._proven = True
