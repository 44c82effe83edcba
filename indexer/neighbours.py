"""Nearest neighbours of every vector among all of them, without comparing all pairs of many."""

import math

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.ports import Vectors

EXACT_UP_TO = 20_000
"""Above so many vectors they are sorted into cells first, and only the nearest cells are read."""
_CELLS_PER_ROOT = 4
_CELLS_READ = 12
_PIECE = 4096
_SEED = 20


def nearest(vectors: Vectors, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The ``k`` nearest of each vector, itself left out, by inner product, best first.

    Args:
        vectors: of length one, shape (n, dimension).
        k: how many; fewer where there are no more vectors.

    Returns:
        Places and similarities, both of shape (n, min(k, n - 1)); a place is -1 where the cells
        read held no more.
    """
    count = len(vectors)
    wanted = min(k, max(count - 1, 0))
    places = np.full((count, wanted), -1, dtype=np.int64)
    scores = np.zeros((count, wanted), dtype=np.float32)
    if not wanted:
        return places, scores
    index = _index(vectors)
    for begin in range(0, count, _PIECE):
        piece = vectors[begin : begin + _PIECE]
        near, found = index.search(piece, wanted + 1)[::-1]
        own = np.arange(begin, begin + len(piece))[:, None]
        # The vector itself goes last, whether it was found among twins or not at all.
        order = np.argsort(near == own, axis=1, kind="stable")[:, :wanted]
        places[begin : begin + len(piece)] = np.take_along_axis(near, order, axis=1)
        scores[begin : begin + len(piece)] = np.take_along_axis(found, order, axis=1)
    return places, scores


def _index(vectors: Vectors) -> faiss.Index:
    count, width = vectors.shape
    if count <= EXACT_UP_TO:
        flat = faiss.IndexFlatIP(width)
        flat.add(vectors)
        return flat
    cells = int(_CELLS_PER_ROOT * math.sqrt(count))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = _SEED
    index.cp.niter = 6
    index.cp.max_points_per_centroid = 64
    index.train(vectors)
    index.add(vectors)
    index.nprobe = _CELLS_READ
    return index
