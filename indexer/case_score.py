"""How alike a resolved case is: one sum of named parts, each between 0 and 1.

``score = Σ weight · part`` over the parts of :class:`CaseWeights`. What the parts say of matter,
place, age and outcome only orders cases that the words of the complaint reach at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.model import Case, Region
from indexer.ranking import Scores

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_YEAR = 365.25
_LADDER = 3
"""Province, city, county."""
HALF_LIFE = 5.0
"""Years after which a case counts half for its age."""
AGE_UNKNOWN = 0.25
"""What a case without a day counts for its age: as if it were ten years old."""


@dataclass(frozen=True, slots=True)
class CaseWeights:
    """How much each part counts.

    ``meaning``: likeness of the vectors of complaint and case. ``words``: BM25F, as a share of the
    best. ``matter``: the same kind of matter; ``related``: one its playbook names as related.
    ``place``: share of province, city and county in common. ``recency``: halves every
    ``HALF_LIFE`` years. ``outcome``: the record tells what came of it, not only what was done.
    """

    meaning: float = 0.5
    words: float = 0.5
    matter: float = 0.2
    related: float = 0.03
    place: float = 0.05
    recency: float = 0.02
    outcome: float = 0.02


WEIGHTS = CaseWeights()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a complaint beside its words; nothing known is a situation too.

    ``own`` are the ids of cases that are this very complaint: nothing is its own precedent.
    """

    as_of: date
    region: Region = ()
    matter: str | None = None
    related: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """How far the words of a complaint reach each case: shape (n,) each, 0 to 1."""

    meaning: Scores
    words: Scores


@dataclass(frozen=True, slots=True, eq=False)
class CaseTraits:
    """What the score needs of every case, by its ordinal.

    ``places`` are the distinct places, ``place_of`` (n,) which one is a case's; ``days`` (n,)
    counts days, nan for unknown; ``told`` (n,) is 1 where the outcome is told.
    """

    matters: Mapping[str, NDArray[np.int64]]
    places: tuple[Region, ...]
    place_of: NDArray[np.int64]
    days: NDArray[np.float64]
    told: Scores

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "CaseTraits":
        """The traits of these cases."""
        matters: dict[str, list[int]] = {}
        places: dict[Region, int] = {}
        for ordinal, case in enumerate(cases):
            for matter in case.matters:
                matters.setdefault(matter, []).append(ordinal)
        found = [places.setdefault(tuple(case.region), len(places)) for case in cases]
        return cls(
            matters={one: np.array(those, dtype=np.int64) for one, those in matters.items()},
            places=tuple(places),
            place_of=np.array(found, dtype=np.int64),
            days=np.array([_days(case) for case in cases], dtype=np.float64),
            told=np.array([_tells_outcome(case) for case in cases], dtype=np.float32),
        )

    def __len__(self) -> int:
        return len(self.place_of)


def score(facts: Facts, traits: CaseTraits, situation: Situation, weights: CaseWeights) -> Scores:
    """The score of every case for a complaint, shape (n,); 0 for cases no word of it reaches."""
    own = _marked(traits, [situation.matter] if situation.matter else [])
    related = _marked(traits, situation.related) * (1 - own)
    reached = weights.meaning * facts.meaning + weights.words * facts.words
    total: Scores = (
        reached
        + weights.matter * own
        + weights.related * related
        + weights.place * _nearness(traits, situation.region)
        + weights.recency * _recency(traits, situation.as_of)
        + weights.outcome * traits.told
    )
    return np.where(reached > 0, total, 0).astype(np.float32)


def day_of(case: Case) -> date | None:
    """The day a case was closed, else the first day its report may be of; None when unknown."""
    if case.closed_on is not None:
        return case.closed_on
    match = _DAY.match(case.source.date or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def _days(case: Case) -> float:
    day = day_of(case)
    return float("nan") if day is None else float(day.toordinal())


def _tells_outcome(case: Case) -> bool:
    """Texts without a section on the outcome have a measure or the facts stand in its place."""
    return case.outcome.strip() not in ("", case.facts.strip(), case.measures[0].strip())


def _marked(traits: CaseTraits, matters: Sequence[str] | frozenset[str]) -> Scores:
    marks: Scores = np.zeros(len(traits), dtype=np.float32)
    for matter in matters:
        marks[traits.matters.get(matter, [])] = 1
    return marks


def _nearness(traits: CaseTraits, region: Region) -> Scores:
    """Share of province, city and county that a case's place has in common with ours."""
    shares = [_common(place, region) / _LADDER for place in traits.places]
    near: Scores = np.array(shares, dtype=np.float32)[traits.place_of]
    return near


def _common(one: Region, other: Region) -> int:
    steps = 0
    for mine, theirs in zip(one[:_LADDER], other[:_LADDER], strict=False):
        if mine != theirs:
            break
        steps += 1
    return steps


def _recency(traits: CaseTraits, as_of: date) -> Scores:
    """A case later than the facts is as far away as one that much earlier."""
    years = np.abs(traits.days - as_of.toordinal()) / _YEAR
    recent: Scores = np.where(np.isnan(years), AGE_UNKNOWN, 0.5 ** (years / HALF_LIFE))
    return recent
