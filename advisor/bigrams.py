"""Likeness of texts by their pairs of characters, weighted by rarity; for many texts at once."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.sentences import split_clauses

Vector = Mapping[str, float]
Floats = NDArray[np.float64]


def grams(text: str) -> Counter[str]:
    """Overlapping character bigrams inside clauses, with counts."""
    counts: Counter[str] = Counter()
    for clause in split_clauses(text):
        counts.update(clause[i : i + 2] for i in range(len(clause) - 1))
    return counts


def vector(text: str, rarity: Vector) -> dict[str, float]:
    """The bigrams of a text as a unit vector; ``rarity`` as `inverse_frequencies` gives it."""
    unseen = rarity.get("", 1.0)
    weights = {g: (1 + math.log(n)) * rarity.get(g, unseen) for g, n in grams(text).items()}
    norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {g: w / norm for g, w in weights.items()}


class Likeness:
    """Cosine similarity of one vector with many, by postings of the many."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._size = len(vectors)
        numbers: dict[str, int] = {}
        grams_met = [numbers.setdefault(g, len(numbers)) for v in vectors for g in v]
        order = np.argsort(np.array(grams_met, dtype=np.intp), kind="stable")
        owners = np.repeat(np.arange(self._size, dtype=np.intp), [len(v) for v in vectors])
        self._places = owners[order]
        self._weights = np.array([w for v in vectors for w in v.values()])[order]
        ends = np.cumsum(np.bincount(grams_met, minlength=len(numbers)) if grams_met else [])
        begins = [0, *ends[:-1].tolist()]
        self._slices = {g: slice(begins[n], int(ends[n])) for g, n in numbers.items()}

    def of(self, vector: Vector) -> Floats:
        """The similarities, shape (number of vectors,), each 0 to 1."""
        found = [(self._slices[g], weight) for g, weight in vector.items() if g in self._slices]
        if not found:
            return np.zeros(self._size)
        places = np.concatenate([self._places[at] for at, _ in found])
        weights = np.concatenate([self._weights[at] * weight for at, weight in found])
        return np.asarray(np.bincount(places, weights, self._size), dtype=np.float64)


def inverse_frequencies(texts: Iterable[str]) -> dict[str, float]:
    """Bigram to ln((N + 1) / (df + 0.5)); the empty key holds the value of an unseen bigram."""
    seen = [set(grams(t)) for t in texts]
    frequency = Counter(g for s in seen for g in s)
    total = len(seen)
    idf = {g: math.log((total + 1) / (n + 0.5)) for g, n in frequency.items()}
    return idf | {"": math.log((total + 1) / 0.5)}
