"""Embedders that need no model: the deterministic double that tests and trials use."""

from collections.abc import Sequence

import numpy as np

from indexer.ports import Vectors
from indexer.tokenizer import tokenize_many

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: Knuth's multiplicative hash
_SIGN_SHIFT = np.uint64(63)
_PLACE_SHIFT = np.uint64(32)


class HashingEmbedder:
    """Hashes characters and bigrams to signed places of a vector (the hashing trick).

    Weinberger et al.: *Feature Hashing for Large Scale Multitask Learning* (ICML 2009). It knows
    no meaning, only shared characters, but it is the same on every machine.
    """

    def __init__(self, dimension: int = 256) -> None:
        """``dimension``: width of a vector, at least 1."""
        self._dimension = dimension

    @property
    def name(self) -> str:
        """Identity of the vectors."""
        return f"hashing-{self._dimension}"

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, shape (len(texts), dimension); zeros for a text without tokens."""
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        if not len(texts):
            return vectors
        tokens = tokenize_many(texts)
        hashes = tokens.ids * _MULTIPLIER
        places = (hashes >> _PLACE_SHIFT) % np.uint64(self._dimension)
        signs = np.where(hashes >> _SIGN_SHIFT, np.float32(1), np.float32(-1))
        np.add.at(vectors, (tokens.owners.astype(np.intp), places.astype(np.intp)), signs)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def encode_query(self, query: str) -> Vectors:
        """The vector of a query is that of the same passage."""
        vector: Vectors = self.encode((query,))[0]
        return vector
