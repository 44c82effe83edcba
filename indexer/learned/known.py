"""The articles our knowledge speaks of as passages of one generation."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from corpus.model import ArticleNumber
from indexer.learned.prior import Column, KnownArticle
from indexer.learned.trees import Asked
from indexer.pools import ArticleTable
from indexer.ranking import Mask, Ordinals

_NOTHING: Asked = MappingProxyType({})
_NO_VERSION: Ordinals = np.zeros(0, dtype=np.int64)
_MAIN_BITS = 16
_SUB_BITS = 8


class KnownTable:
    """Leads from passages to what is known of their articles and laws; immutable.

    Columns ``matters``, ``cases`` and ``gist`` have shape (known articles,): logarithms of the
    counts, and 1 for an article with a gist. ``law_known`` and ``local`` have shape (versions,).
    """

    def __init__(
        self, table: ArticleTable, known: Sequence[KnownArticle], asked: Asked = _NOTHING
    ) -> None:
        """``table``: which article each passage is; ``known``: in the order of the prior."""
        self._version_of = np.asarray(table.version_of, dtype=np.int64)
        titles = [version.title for version in table.versions]
        self.matters = _log([one.matters for one in known])
        self.cases = _log([one.cases for one in known])
        self.gist: Column = np.array([one.gist for one in known], dtype=np.float32)
        self._versions = {law: np.array(places) for law, places in _versions(table).items()}
        popular = Counter(one.title for one in known for _ in range(one.matters))
        self.law_known = _log([popular[title] for title in titles])
        self.local: Column = np.array([bool(v.region) for v in table.versions], dtype=np.float32)
        self._ordinals, self._known = _passages(table, [(k.title, k.number) for k in known])
        pairs = [(law, number) for law, numbers in asked.items() for number in numbers]
        ordinals, places = _passages(table, pairs)
        self._asked = np.zeros(len(self._version_of), dtype=np.float32)
        self._asked[ordinals] = _log([asked[law][number] for law, number in pairs])[places]
        self.law_asked = _log([sum(asked.get(title, {}).values()) for title in titles])

    def places(self, ordinals: Ordinals) -> Ordinals:
        """For each passage the place of its article among the known ones, -1 for none."""
        if not len(self._ordinals):
            return np.full(len(ordinals), -1, dtype=np.int64)
        near = np.searchsorted(self._ordinals, ordinals)
        near[near == len(self._ordinals)] = 0
        found: Ordinals = np.where(self._ordinals[near] == ordinals, self._known[near], -1)
        return found

    def passages(self, chosen: Mask, allowed: Mask | None) -> Ordinals:
        """The allowed passages of the chosen known articles, ascending."""
        wanted = chosen[self._known]
        if allowed is not None:
            wanted &= allowed[self._ordinals]
        return self._ordinals[wanted]

    def version_of(self, ordinals: Ordinals) -> Ordinals:
        """Which version each passage belongs to."""
        return self._version_of[ordinals]

    def asked(self, ordinals: Ordinals) -> Column:
        """How often each passage's article was the answer to a question: the logarithm."""
        return self._asked[ordinals]

    def law_leaning(self, laws: Mapping[str, float]) -> Column:
        """The leaning towards the law of each version, shape (versions,)."""
        leaning: Column = np.zeros(len(self.local), dtype=np.float32)
        for law, value in laws.items():
            leaning[self._versions.get(law, _NO_VERSION)] = value
        return leaning


def _log(counts: Sequence[int]) -> Column:
    return np.log1p(np.array(counts, dtype=np.float32))


def _versions(table: ArticleTable) -> Mapping[str, Sequence[int]]:
    """The places of a law's versions, by its title."""
    versions: dict[str, list[int]] = defaultdict(list)
    for place, version in enumerate(table.versions):
        versions[version.title].append(place)
    return versions


def _passages(
    table: ArticleTable, articles: Sequence[tuple[str, ArticleNumber]]
) -> tuple[Ordinals, Ordinals]:
    """Passages of articles, ascending, and for each the place of its article."""
    keys = _keys(np.asarray(table.version_of), np.asarray(table.main), np.asarray(table.sub))
    order = np.argsort(keys, kind="stable")
    versions = _versions(table)
    wanted = [
        (version, number.main, number.sub, place)
        for place, (title, number) in enumerate(articles)
        for version in versions.get(title, ())
    ]
    if not wanted or not len(keys):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    rows = np.array(wanted, dtype=np.int64)
    asked = _keys(rows[:, 0], rows[:, 1], rows[:, 2])
    near = np.searchsorted(keys, asked, sorter=order)
    near[near == len(keys)] = 0
    ordinals = order[near].astype(np.int64)
    held = keys[ordinals] == asked
    ordinals, places = ordinals[held], rows[held, 3]
    by_ordinal = np.argsort(ordinals, kind="stable")
    return ordinals[by_ordinal], places[by_ordinal]


def _keys(version: Ordinals, main: Ordinals, sub: Ordinals) -> Ordinals:
    keys: Ordinals = (
        (version.astype(np.int64) << (_MAIN_BITS + _SUB_BITS))
        | (main.astype(np.int64) << _SUB_BITS)
        | sub.astype(np.int64)
    )
    return keys
