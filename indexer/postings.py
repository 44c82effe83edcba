"""Builds postings from passages in pieces, so that memory stays bounded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.chunker import FIELD_NAMES, PassageFields
from indexer.lexical import IMPACT_STEPS, Bm25f, Postings
from indexer.tokenizer import Tokens, tokenize_many

PIECE = 8192
"""Passages tokenised at once: about 200 MB at its peak."""

_OWNER_BITS = np.uint64(14)
_OWNER_MASK = np.uint64((1 << 14) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Postings of a run of passages, ordered by token, then passage."""

    vocabulary: Tokens
    counts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    impacts: NDArray[np.uint8]


def build_postings(
    passages: Sequence[PassageFields],
    model: Bm25f | None = None,
    *,
    piece: int = PIECE,
    lengths: Mapping[str, float] | None = None,
) -> Postings:
    """The inverted index of ``passages``; ordinals are their places in the sequence.

    Args:
        passages: what is to be found.
        model: field weights and saturation; the default ones when None.
        piece: how many passages to take at once, 1 to 16,384; it bounds memory, not the result.
        lengths: the mean length of each field, where the passages join others that have one.
    """
    model = model or Bm25f()
    means = mean_lengths(passages) if lengths is None else lengths
    pieces: list[_Piece] = []
    first = 0
    for batch in _batches(passages, piece):
        pieces.append(_piece(batch, first, model, means))
        first += len(batch)
    return _merge(pieces, len(passages))


def _batches(passages: Iterable[PassageFields], piece: int) -> Iterator[tuple[PassageFields, ...]]:
    remaining = iter(passages)
    while batch := tuple(islice(remaining, piece)):
        yield batch


def mean_lengths(passages: Sequence[PassageFields]) -> Mapping[str, float]:
    """The mean length of each field, in characters."""
    return {name: _mean_length(passages, name) for name in FIELD_NAMES}


def _mean_length(passages: Sequence[PassageFields], name: str) -> float:
    """Mean length of the field where it is present, in characters; 1 when it never is."""
    lengths = [length for passage in passages if (length := len(getattr(passage, name)))]
    return sum(lengths) / len(lengths) if lengths else 1.0


def _frequencies(
    batch: Sequence[PassageFields], name: str, model: Bm25f, mean: float
) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
    """Weighted, length-normalised frequencies of one field, keyed by token and passage."""
    texts: list[str] = [getattr(passage, name) for passage in batch]
    tokens = tokenize_many(texts)
    keys, counts = np.unique((tokens.ids << _OWNER_BITS) | tokens.owners, return_counts=True)
    lengths = np.fromiter(map(len, texts), dtype=np.float32, count=len(texts))
    rule = model.fields[name]
    scale = rule.weight / (1 - rule.b + rule.b * lengths / mean)
    owners = (keys & _OWNER_MASK).astype(np.intp)
    return keys, (counts * scale[owners]).astype(np.float32)


def _piece(
    batch: Sequence[PassageFields], first: int, model: Bm25f, means: Mapping[str, float]
) -> _Piece:
    found = [_frequencies(batch, name, model, means[name]) for name in FIELD_NAMES]
    keys = np.concatenate([field_keys for field_keys, _ in found])
    weights = np.concatenate([field_weights for _, field_weights in found])
    order = np.argsort(keys, kind="stable")
    keys, heads = np.unique(keys[order], return_index=True)
    total = np.add.reduceat(weights[order], heads) if len(heads) else weights
    impacts = np.rint(total / (model.k1 + total) * IMPACT_STEPS).clip(1, IMPACT_STEPS)
    vocabulary, counts = np.unique(keys >> _OWNER_BITS, return_counts=True)
    return _Piece(
        vocabulary=vocabulary,
        counts=counts.astype(np.int64),
        docs=((keys & _OWNER_MASK) + np.uint64(first)).astype(np.uint32),
        impacts=impacts.astype(np.uint8),
    )


def _merge(pieces: list[_Piece], passages: int) -> Postings:
    """Joins the pieces row by row; they come in the order of passages, so rows stay ascending."""
    none = np.zeros(0, dtype=np.uint64)
    vocabulary = np.unique(np.concatenate([none, *(piece.vocabulary for piece in pieces)]))
    totals = np.zeros(len(vocabulary), dtype=np.int64)
    for piece in pieces:
        totals[np.searchsorted(vocabulary, piece.vocabulary)] += piece.counts
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(totals)])
    docs = np.empty(int(starts[-1]), dtype=np.uint32)
    impacts = np.empty(len(docs), dtype=np.uint8)
    free = starts[:-1].copy()
    while pieces:
        piece = pieces.pop(0)
        rows = np.searchsorted(vocabulary, piece.vocabulary)
        heads = np.cumsum(piece.counts) - piece.counts
        places = np.repeat(free[rows] - heads, piece.counts) + np.arange(len(piece.docs))
        docs[places] = piece.docs
        impacts[places] = piece.impacts
        free[rows] += piece.counts
    return Postings(vocabulary, starts, docs, impacts, passages)
