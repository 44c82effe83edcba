"""Two runs over the same cases: the difference of each measure, with its interval."""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.errors import RunsApart
from eval.intervals import intervals
from eval.measures.measure import Direction
from eval.measures.registry import BY_NAME
from eval.run_file import Run

SEED = 20_260_101
Judgement = Literal["better", "worse", "different", "unclear", "same"]


class Difference(BaseModel):
    """Second run less first, over the cases that both have; 95 % interval of the mean.

    ``better`` and ``worse`` only where the interval leaves out zero, ``different`` where the
    measure has no direction besides; ``same`` where no case differs.
    """

    model_config = ConfigDict(frozen=True)

    measure: str
    title: str
    direction: Direction
    cases: int
    changed: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    judgement: Judgement


class Comparison(BaseModel):
    """All differences, and the cases that only one of the runs has."""

    model_config = ConfigDict(frozen=True)

    differences: tuple[Difference, ...]
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()

    def of(self, measure: str) -> Difference | None:
        """The difference of a measure; None where it is not compared."""
        return next((one for one in self.differences if one.measure == measure), None)


def compare(first: Run, second: Run, *, seed: int = SEED) -> Comparison:
    """Paired differences of two runs of one kind over one material.

    A paired bootstrap: the differences of the cases are drawn with replacement (Efron, Tibshirani
    1993, ch. 13; Smucker, Allan, Carterette, CIKM 2007, on paired tests of retrieval runs). A
    measure whose definition differs between the runs is listed, not compared.

    Raises:
        RunsApart: The runs are of two kinds or materials, or share no case.
    """
    _refuse_apart(first, second)
    names = [name for name in first.header.measures if name in second.header.measures]
    changed = {
        name for name in names if first.header.measures[name] != second.header.measures[name]
    }
    found = (_difference(name, first, second, seed) for name in names if name not in changed)
    ours, theirs = ({row.case for row in run.rows} for run in (first, second))
    return Comparison(
        differences=tuple(one for one in found if one is not None),
        only_first=tuple(sorted(ours - theirs)),
        only_second=tuple(sorted(theirs - ours)),
        not_compared=tuple(sorted(changed)),
    )


def _refuse_apart(first: Run, second: Run) -> None:
    if first.header.kind != second.header.kind:
        raise RunsApart("两次运行测的不是同一类指标，不能比较。")
    if first.header.material.sha256 != second.header.material.sha256:
        raise RunsApart("两次运行用的评测材料不同，不能比较。")
    if not {row.case for row in first.rows} & {row.case for row in second.rows}:
        raise RunsApart("两次运行没有共同的案例，不能比较。")


def _difference(name: str, first: Run, second: Run, seed: int) -> Difference | None:
    before, after = first.values(name), second.values(name)
    shared = [case for case in before if case in after]
    if not shared:
        return None
    deltas = [after[case] - before[case] for case in shared]
    ((low, high),) = intervals([(delta,) for delta in deltas], seed=seed)
    known = BY_NAME.get(name)
    direction: Direction = known.direction if known else "up"
    return Difference(
        measure=name,
        title=known.title if known else name,
        direction=direction,
        cases=len(shared),
        changed=sum(delta != 0 for delta in deltas),
        first=fmean(before[case] for case in shared),
        second=fmean(after[case] for case in shared),
        difference=fmean(deltas),
        low=low,
        high=high,
        judgement=_judgement(deltas, low, high, direction),
    )


def _judgement(deltas: Sequence[float], low: float, high: float, direction: Direction) -> Judgement:
    if not any(deltas):
        return "same"
    if low <= 0 <= high:
        return "unclear"
    if direction == "none":
        return "different"
    return "better" if (low > 0) == (direction == "up") else "worse"
