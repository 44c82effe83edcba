"""Hard negatives: the articles that a model ranks high for a text and that do not answer it.

Xiong et al.: *Approximate Nearest Neighbor Negative Contrastive Learning for Dense Text
Retrieval* (ICLR 2021). The very first ones are left out: they are often right, only not labelled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from indexer.ports import Vectors
from indexer.static_embedder import sums_of
from indexer.static_format import StaticTable
from indexer.training_material import Kind, Material

Mined = Mapping[int, Sequence[int]]
"""A text's place to the places of its hard negatives."""

_AT_MOST: Mapping[Kind, int] = MappingProxyType(
    {
        "question": 100_000,
        "gist": 100_000,
        "matter": 100_000,
        "word": 0,
        "sentence": 25_000,
        "heading": 5_000,
        "citation": 3_000,
    }
)
_PIECE = 1000
_DEPTH = 60
_LEFT_OUT = 2
_KEPT = 38


def mine(table: StaticTable, material: Material, *, seed: int) -> Mined:
    """Hard negatives of the texts that ask; of the most frequent kinds only of a sample."""
    answers = _answers(material, np.random.default_rng(seed))
    places = np.array(material.articles)
    known = sums_of(table, [material.texts[place] for place in places])
    asking = sorted(answers)
    found: dict[int, tuple[int, ...]] = {}
    for begin in range(0, len(asking), _PIECE):
        piece = asking[begin : begin + _PIECE]
        scores = sums_of(table, [material.texts[place] for place in piece]) @ known.T
        for place, near in zip(piece, _nearest(scores), strict=True):
            wrong = [int(p) for p in places[near] if int(p) not in answers[place]]
            if kept := wrong[_LEFT_OUT:][:_KEPT]:
                found[place] = tuple(kept)
    return found


def _nearest(scores: Vectors) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Places of the greatest scores of each row, greatest first."""
    depth = min(_DEPTH, scores.shape[1])
    near = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
    order = np.argsort(-np.take_along_axis(scores, near, axis=1), axis=1, kind="stable")
    return np.take_along_axis(near, order, axis=1)


def _answers(material: Material, rng: np.random.Generator) -> dict[int, set[int]]:
    """What each text asks for: the articles that answer it, whole where only a part is paired."""
    answers: dict[int, set[int]] = defaultdict(set)
    for kind, pairs in material.pairs.items():
        chosen = rng.permutation(len(pairs))[: _AT_MOST[kind]]
        for index in sorted(chosen.tolist()):
            asking, answer = pairs[index]
            answers[asking].update({answer, material.known.get(answer, answer), asking})
    return dict(answers)
