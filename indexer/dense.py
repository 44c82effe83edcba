"""Dense index: inner products over vectors, in FAISS, plain numpy as its double.

A FAISS file is only ever read from bytes whose SHA-256 the snapshot's manifest confirms: of 240
corrupted FAISS files, 88 loaded silently and answered wrong.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import VectorMismatch
from indexer.ports import Vectors
from indexer.publish import Draft
from indexer.ranking import Mask, Ordinals, Ranking, top
from indexer.snapshot import Snapshot


def _checked(vectors: Vectors, shape: tuple[int, ...]) -> Vectors:
    """The vectors as contiguous float32; raises VectorMismatch for a wrong shape or value."""
    fitting = np.ascontiguousarray(vectors, dtype=np.float32)
    if fitting.shape != shape:
        raise VectorMismatch(f"形状是 {fitting.shape}，应为 {shape}")
    if not np.isfinite(fitting).all():
        raise VectorMismatch("含有非数值")
    return fitting


class ExactVectorIndex:
    """Inner products by numpy: the double, and the reference for every other vector index."""

    def __init__(self, vectors: Vectors) -> None:
        """``vectors``: one per passage, shape (n, dimension)."""
        self._vectors = _checked(vectors, vectors.shape)

    def __len__(self) -> int:
        return len(self._vectors)

    def nearest(self, vector: Vectors, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` passages of greatest positive inner product among the allowed ones."""
        scores = self._vectors @ _checked(vector, (self._vectors.shape[1],))
        return top(scores if allowed is None else scores * allowed, k)

    def likeness(self, vector: Vectors, ordinals: Ordinals) -> Vectors:
        """Inner products of some passages with a vector or several: (n,), or (n, vectors)."""
        asked = _checked(vector, (*vector.shape[:-1], self._vectors.shape[1]))
        found: Vectors = self._vectors[ordinals] @ asked.T
        return found


@contextmanager
def _one_thread() -> Iterator[None]:
    """What one query costs is less than what other threads, waiting busily, take from others."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


EXACT_LIMIT = 500_000
"""Passages up to which every allowed vector is compared; see docs/adr/0031."""

_LISTS_PER_ROOT = 2
_TRAINED_PER_LIST = 64
_LEAST_SHARE = 0.25
_EXACT_ALLOWED = 30_000


class FaissIndex:
    """FAISS over vectors as they are (``flat``), with one byte a number (``coded``), or coded in
    lists of which a search reads the nearest (``listed``).

    Coded vectors take a quarter of the memory, and reading memory is what a search waits for.
    """

    def __init__(self, index: faiss.Index) -> None:
        """Use :meth:`fitting`, :meth:`flat`, :meth:`coded`, :meth:`listed` or :meth:`read`."""
        self._index = index

    @classmethod
    def fitting(cls, vectors: Vectors) -> "FaissIndex":
        """The kind of index that measurement found right for so many vectors."""
        return cls.coded(vectors) if len(vectors) <= EXACT_LIMIT else cls.listed(vectors)

    @classmethod
    def flat(cls, vectors: Vectors) -> "FaissIndex":
        """The index of these vectors, shape (n, dimension), as they are."""
        fitting = _checked(vectors, vectors.shape)
        index = faiss.IndexFlatIP(fitting.shape[1])
        index.add(fitting)
        return cls(index)

    @classmethod
    def coded(cls, vectors: Vectors) -> "FaissIndex":
        """The index of these vectors, shape (n, dimension), each number in 256 steps of its range.

        Over 147,000 articles its first hundred are 99 of the exact first hundred.
        """
        fitting = _checked(vectors, vectors.shape)
        kind = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexScalarQuantizer(fitting.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        if len(fitting):
            index.train(fitting)
            index.add(fitting)
        return cls(index)

    @classmethod
    def listed(cls, vectors: Vectors) -> "FaissIndex":
        """The index of these vectors, at least one, coded, in lists around k-means centres.

        A search reads the nearest lists only, so it misses some; how many lists depends on how
        many passages are allowed, since few allowed ones lie thinly in many lists.
        """
        fitting = _checked(vectors, vectors.shape)
        lists = min(len(fitting), max(1, round(_LISTS_PER_ROOT * math.sqrt(len(fitting)))))
        kind = f"IVF{lists},SQ8"
        made = faiss.index_factory(fitting.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index = cast(faiss.IndexIVFScalarQuantizer, made)
        index.cp.min_points_per_centroid = 1
        index.cp.max_points_per_centroid = _TRAINED_PER_LIST
        index.train(fitting)
        index.add(fitting)
        # Without it a vector cannot be found again by its ordinal.
        index.make_direct_map()
        return cls(index)

    @classmethod
    def read(cls, snapshot: Snapshot, name: str) -> "FaissIndex":
        """The index stored in a snapshot.

        Raises:
            SnapshotDamaged: the bytes are not those the manifest names.
        """
        raw = np.frombuffer(snapshot.read(name), dtype=np.uint8)
        return cls(faiss.deserialize_index(raw))

    def store(self, draft: Draft, name: str) -> None:
        """Writes the index into a generation that is being built."""
        draft.bytes(name, faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int, *, allowed: Mask | None = None) -> Ranking:
        """The ``k`` passages of greatest positive inner product among the allowed ones."""
        query = _checked(vector, (int(self._index.d),))
        count = min(k, len(self))
        if count <= 0 or (allowed is not None and not allowed.any()):
            return Ranking()
        with _one_thread():
            found = self._index.search(query[np.newaxis], count, params=self._parameters(allowed))
        return self._ranking(found[0][0], found[1][0])

    def _parameters(self, allowed: Mask | None) -> faiss.SearchParameters | None:
        """Filters inside the search, and how many lists are read."""
        given: dict[str, object] = {}
        if allowed is not None:
            # SWIG's signatures are not those of faiss's own Python layer, which takes an array.
            given["sel"] = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
        if isinstance(self._index, faiss.IndexIVF):
            count = len(self) if allowed is None else int(np.count_nonzero(allowed))
            share = max(_LEAST_SHARE, min(1.0, _EXACT_ALLOWED / count))
            lists = math.ceil(share * self._index.nlist)
            return faiss.SearchParametersIVF(nprobe=lists, **given)  # type: ignore[call-arg]
        return faiss.SearchParameters(**given) if given else None

    def likeness(self, vector: Vectors, ordinals: Ordinals) -> Vectors:
        """Inner products of some passages with a vector or several: (n,), or (n, vectors)."""
        asked = _checked(vector, (*vector.shape[:-1], int(self._index.d)))
        if not len(ordinals):
            return np.zeros((0, *vector.shape[:-1]), dtype=np.float32)
        with _one_thread():
            coded = self._index.reconstruct_batch(ordinals)
        found: Vectors = coded @ asked.T
        return found

    def _ranking(self, scores: NDArray[np.float32], ordinals: NDArray[np.int64]) -> Ranking:
        """Orders equal scores by ordinal, which FAISS leaves open."""
        good = (ordinals >= 0) & (scores > 0)
        scores, ordinals = scores[good], ordinals[good]
        order = np.lexsort((ordinals, -scores))
        return Ranking(tuple(ordinals[order].tolist()), tuple(scores[order].tolist()))
