"""Features of the articles a search offers: how near, how known, how fitting. One row each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.learned.known import KnownTable
from indexer.learned.prior import FAR, NO_PLACE, UNTOLD, Leaning, Told
from indexer.learned.trees import Matrix
from indexer.ranking import Ordinals

FEATURES = (
    "whole_meaning",
    "whole_words",
    "official_words",
    "whole_mixed",
    "whole_rank",
    "issue_meaning",
    "issue_rank",
    "issue_agreement",
    "matter_mass",
    "matter_rank",
    "matter_place",
    "matter_fit",
    "matter_sure",
    "cited_by_matters",
    "cited_by_cases",
    "has_gist",
    "law_mass",
    "law_hits",
    "law_known",
    "asked",
    "law_asked",
    "neighbour_meaning",
    "neighbour_mass",
    "local",
    "length",
    "told_meaning",
    "told_words",
    "told_shared",
    "told_often",
    "told_rank",
)
"""The columns in their order. *whole*: the text as one query, *mixed* as the hybrid index scores
it against its best; *issue*: the best of its sentences; *law_hits*: articles of the same law among
the first thirty; *neighbour*: the best of the two articles before and after; *told*: what
complaints told before say of it."""

Rows = NDArray[np.float32]

_FIRST = 30
_RANK_CONSTANT = 60


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """Articles offered for one text, n of them, with what the searches said.

    Shapes: ordinals (n,) ascending; meaning (queries, n), the whole text first; words and official
    (n,) as shares of the best; mixed (n,).
    """

    ordinals: Ordinals
    meaning: Rows
    words: Rows
    official: Rows
    mixed: Rows
    length: int


def feature_rows(offer: Offer, leaning: Leaning, table: KnownTable) -> Matrix:
    """One row per article offered, shape (n, len(FEATURES))."""
    at = table.places(offer.ordinals)
    ranks = _ranks(offer.meaning)
    issues = offer.meaning[1:] if len(offer.meaning) > 1 else offer.meaning
    version = table.version_of(offer.ordinals)
    mass = _taken(leaning.mass, at, 0.0)
    best = offer.mixed.max(initial=1e-6)
    columns = (
        offer.meaning[0],
        offer.words,
        offer.official,
        offer.mixed / best,
        np.log1p(_ranks(offer.mixed[None])[0]),
        issues.max(axis=0),
        np.log1p(ranks.min(axis=0)),
        (1.0 / (_RANK_CONSTANT + ranks)).sum(axis=0),
        mass,
        *(_taken(c, at, none) for c, none in _matter_columns(leaning)),
        *(_taken(c, at, 0.0) for c in (table.matters, table.cases, table.gist)),
        table.law_leaning(leaning.laws)[version],
        _law_hits(offer.mixed, version),
        table.law_known[version],
        table.asked(offer.ordinals),
        table.law_asked[version],
        *(_neighbours(offer.ordinals, version, values) for values in (offer.mixed / best, mass)),
        table.local[version],
        np.full(len(offer.ordinals), np.log1p(offer.length)),
        *(_taken(c, at, none) for c, none in _told_columns(leaning)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _matter_columns(leaning: Leaning) -> tuple[tuple[Rows, float], ...]:
    """Columns of the likeliest matter, each with its value for an article of no matter."""
    return (
        (leaning.rank, float(FAR)),
        (leaning.place, float(NO_PLACE)),
        (leaning.fit, -1.0),
        (leaning.sure, 0.0),
    )


def _told_columns(leaning: Leaning) -> tuple[tuple[Rows, float], ...]:
    """Columns of what was told before, each with its value for an article never told of."""
    told = leaning.told or Told.nothing(len(leaning.mass))
    return (
        (told.meaning, 0.0),
        (told.words, 0.0),
        (told.shared, 0.0),
        (np.log1p(told.often), 0.0),
        (np.log1p(told.rank), float(np.log1p(UNTOLD))),
    )


def _taken(values: Rows, at: Ordinals, none: float) -> Rows:
    """The values of known articles; ``none`` where one is not known (place -1)."""
    if not len(values):
        return np.full(len(at), none, dtype=np.float32)
    taken: Rows = np.where(at >= 0, values[np.maximum(at, 0)], none).astype(np.float32)
    return taken


def _ranks(scores: Rows) -> NDArray[np.intp]:
    """Place of each column in its row, best first, shape as given; equals by their order."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1])[None], axis=1)
    return ranks


def _law_hits(mixed: Rows, version: Ordinals) -> NDArray[np.intp]:
    first = np.argsort(-mixed, kind="stable")[:_FIRST]
    count = np.bincount(version[first], minlength=int(version.max(initial=0)) + 1)
    hits: NDArray[np.intp] = count[version]
    return hits


def _neighbours(ordinals: Ordinals, version: Ordinals, values: Rows) -> Rows:
    """The best value among the two articles before and after in the same law; 0 for none."""
    best = np.zeros(len(ordinals), dtype=np.float32)
    for step in (-2, -1, 1, 2):
        near = np.searchsorted(ordinals, ordinals + step)
        near[near == len(ordinals)] = 0
        there = (ordinals[near] == ordinals + step) & (version[near] == version)
        best = np.maximum(best, np.where(there, values[near], 0.0))
    return best
