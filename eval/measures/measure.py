"""What a measure of an advice is: a value with a name, a definition, a range and a direction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase

Direction = Literal["up", "down", "none"]
"""Which way is better; "none" where neither is."""


def every_case(case: GrassrootsCase) -> bool:
    """A measure that every case has."""
    del case
    return True


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure over cases; its mean over the cases that have it is the figure of a run.

    Args:
        name: stable, as it stands in run files and baselines.
        title: the Chinese name in tables.
        definition: one sentence that says exactly what is counted.
        source: where the definition comes from.
        direction: which way is better.
        low: the least value.
        high: the greatest value, None where there is none.
        worst: what a crash counts as; None where a crash has no value.
        of: the value of an answer, None where it is not defined for it.
        asked: whether a case has this measure at all, so that a crash on it counts.
        version: raised whenever the definition changes; runs of two versions are not compared.
    """

    name: str
    title: str
    definition: str
    source: str
    of: Callable[[CaseAnswer], float | None]
    direction: Direction = "up"
    low: float = 0.0
    high: float | None = 1.0
    worst: float | None = 0.0
    asked: Callable[[GrassrootsCase], bool] = every_case
    version: int = 1

    def value(self, answer: CaseAnswer) -> float | None:
        """The value for an answer, rounded to six places so that machines agree."""
        found = self.of(answer) if self.asked(answer.case) else None
        return None if found is None else round(found, 6)

    def of_crash(self, case: GrassrootsCase) -> float | None:
        """What a crash on this case counts as."""
        return self.worst if self.asked(case) else None


def share(part: int, whole: int) -> float | None:
    """``part / whole``; None where there is nothing to take a part of."""
    return part / whole if whole else None
