"""Folds of a cross-validation: each class spread evenly, near-duplicates in one fold."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

FOLDS = 5
_SHINGLE = 4
_ALIKE = 0.3
"""Of the shorter text's runs of four characters, this share also stands in the other."""


def alike_groups(texts: Sequence[str]) -> tuple[int, ...]:
    """For each text the place of the first of its group; near-duplicates are of one group."""
    runs = [_runs(text) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    first = list(range(len(texts)))
    for place, own in enumerate(runs):
        shared = Counter(other for run in own for other in holders[run])
        for other, count in shared.items():
            if count > _ALIKE * min(len(own), len(runs[other])):
                low, high = sorted((first[other], first[place]))
                first = [low if one == high else one for one in first]
        for run in own:
            holders[run].append(place)
    return tuple(first)


def _runs(text: str) -> frozenset[str]:
    bare = "".join(text.split())
    return frozenset(bare[at : at + _SHINGLE] for at in range(max(1, len(bare) - _SHINGLE + 1)))


def folds_of(labels: Sequence[str], groups: Sequence[int], seed: int) -> tuple[int, ...]:
    """The fold of each row, 0 to 4: a group stays whole, a class is spread as evenly as can be.

    Groups are dealt out in an order drawn by ``seed``, large ones first, each to the fold that has
    fewest rows of its class.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    order = np.random.default_rng(seed).permutation(sorted(members))
    held: dict[str, Counter[int]] = defaultdict(Counter)
    sizes: Counter[int] = Counter()
    fold_of = [0] * len(labels)
    for group in sorted(order.tolist(), key=lambda one: -len(members[one])):
        own = members[group]
        label = labels[own[0]]
        fold = min(range(FOLDS), key=lambda one: (held[label][one], sizes[one], one))
        for place in own:
            fold_of[place] = fold
            held[labels[place]][fold] += 1
            sizes[fold] += 1
    return tuple(fold_of)
