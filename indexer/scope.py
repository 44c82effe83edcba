"""Scope: which statute passages may be shown for a day and a place."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from corpus.model import Region, Status, Statute, Validity
from corpus.region import covers
from indexer.pools import ArticleTable
from indexer.ports import TextSource
from indexer.ranking import Mask

_DAYS_KEPT = 8
_PLACES_KEPT = 16
SHOWN = frozenset({Status.IN_FORCE, Status.REVISED_SINCE})
"""What may be shown; a text revised since carries its validity, so nobody takes it for plain."""


class Scope:
    """Answers by day and place, remembering the last ones asked; safe to share between threads.

    National rules and those of the place's own ladder hold there, rules of other places never do
    (立法法 第八十条 ff.: a local rule binds within its own area). The corpus decides on validity.
    """

    def __init__(self, table: ArticleTable, source: TextSource) -> None:
        self._table = table
        self._source = source
        self._validities = lru_cache(_DAYS_KEPT)(self._compute_validities)
        self._mask = lru_cache(_PLACES_KEPT)(self._compute_mask)

    def mask(self, as_of: date, region: Region) -> Mask:
        """Which passages are in force on the day and valid in the place, shape (n,)."""
        return self._mask(as_of, region)

    def validity(self, statute: Statute, as_of: date) -> Validity:
        """Whether a version that is in force holds plainly, or was revised since."""
        return self._validities(as_of)[statute.id]

    def _compute_validities(self, as_of: date) -> Mapping[str, Validity]:
        held: dict[str, Validity] = {}
        for version in self._table.versions:
            # The corpus may have changed since the index was built; what it lost is not shown.
            with suppress(KeyError):
                held[version.id] = self._source.validity(version, as_of)
        return MappingProxyType(held)

    def _compute_mask(self, as_of: date, region: Region) -> Mask:
        validities = self._validities(as_of)
        allowed: NDArray[np.bool_] = np.fromiter(
            (
                (held := validities.get(version.id)) is not None
                and held.status in SHOWN
                and covers(version.region, region)
                for version in self._table.versions
            ),
            dtype=np.bool_,
            count=len(self._table.versions),
        )
        mask: Mask = allowed[self._table.version_of]
        mask.flags.writeable = False
        return mask
