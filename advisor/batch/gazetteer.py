"""Names that a batch itself teaches: what one row calls 梧桐里小区 another calls 梧桐里."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from advisor.batch.model import Place

TAUGHT = ("estate", "school", "project", "unit")
LEAST = 3
"""Shorter names are parts of other words too often."""
TOLD_BY = 2
"""So many rows must name a place before it is looked for in others."""


class Gazetteer:
    """Finds in a text the names that other rows of the batch gave with their endings."""

    def __init__(self, named: Iterable[Sequence[Place]]) -> None:
        told = Counter(key for places in named for key in {p.key for p in places if _taught(p)})
        self._by_head: Mapping[str, Sequence[str]] = _by_head(
            sorted(key for key, rows in told.items() if rows >= TOLD_BY)
        )

    def keys_in(self, text: str) -> frozenset[str]:
        """The keys of the names that stand in the text."""
        return frozenset(self._found(text))

    def _found(self, text: str) -> Iterator[str]:
        for at in range(len(text) - 1):
            for name in self._by_head.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    yield name


def _taught(place: Place) -> bool:
    return place.kind in TAUGHT and len(place.key) >= LEAST


def _by_head(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    heads: dict[str, list[str]] = defaultdict(list)
    for name in names:
        heads[name[:2]].append(name)
    return heads
