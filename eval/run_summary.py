"""Figures of a run, always from its rows: means with intervals, abstention curves, time taken."""

from collections.abc import Mapping, Sequence
from statistics import fmean, quantiles

from pydantic import BaseModel, ConfigDict

from eval.intervals import intervals
from eval.measures.measure import Direction
from eval.measures.registry import BY_NAME
from eval.run_file import Run, RunHeader, RunRow

CURVED = ("matter", "track", "urgency", "lead")
"""Measures whose accuracy is told by how sure the service was of the matter."""
TITLES: Mapping[str, str] = {
    "hit@5": "前五条含核心条文",
    "hit@10": "前十条含核心条文",
    "Recall@10": "前十条召回核心条文",
    "nDCG@10": "前十条排序",
    "MRR@10": "首条核心条文的名次倒数",
    "right": "裁定正确",
    "masked": "该盖的盖全",
    "spared": "不该盖的没盖",
    "restored": "可还原",
}
"""Chinese names of the measures of other runs than advice."""
COVERAGES = tuple(tenth / 10 for tenth in range(1, 11))


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Figure(_Value):
    """The mean of one measure over the ``cases`` that have it, with its 95 % interval."""

    measure: str
    title: str
    direction: Direction
    cases: int
    mean: float
    low: float
    high: float


class CurvePoint(_Value):
    """Accuracy over the surest share of the cases; ``sure`` is the least confidence among them."""

    coverage: float
    accuracy: float
    sure: float


class Seconds(_Value):
    """Time for one case: median, 95th percentile, and all cases together."""

    median: float
    p95: float
    total: float


class RunSummary(_Value):
    """All figures of one run."""

    header: RunHeader
    cases: int
    crashed: int
    figures: tuple[Figure, ...]
    curves: Mapping[str, tuple[CurvePoint, ...]]
    seconds: Seconds

    def figure(self, measure: str) -> Figure | None:
        """The figure of a measure; None where no case has it."""
        return next((one for one in self.figures if one.measure == measure), None)


def summarize(run: Run) -> RunSummary:
    """The figures of a run, measures in the order in which its header names them."""
    names = run.header.measures or dict.fromkeys(name for row in run.rows for name in row.measures)
    found = [_figure(name, tuple(run.values(name).values())) for name in names]
    curves = {name: abstention_curve(run.rows, name) for name in CURVED if name in names}
    return RunSummary(
        header=run.header,
        cases=len(run.rows),
        crashed=len(run.crashed),
        figures=tuple(one for one in found if one is not None),
        curves={name: curve for name, curve in curves.items() if curve},
        seconds=_seconds([row.seconds for row in run.rows]),
    )


def _figure(name: str, values: Sequence[float]) -> Figure | None:
    if not values:
        return None
    ((low, high),) = intervals([(value,) for value in values])
    known = BY_NAME.get(name)
    return Figure(
        measure=name,
        title=known.title if known else TITLES.get(name, name),
        direction=known.direction if known else "up",
        cases=len(values),
        mean=fmean(values),
        low=low,
        high=high,
    )


def abstention_curve(rows: Sequence[RunRow], measure: str) -> tuple[CurvePoint, ...]:
    """Accuracy against coverage, the surest cases first; a crash is the least sure.

    El-Yaniv, Wiener: *On the foundations of noise-free selective classification* (JMLR 2010).
    Cases of one confidence stay in the order of the rows.
    """
    asked = [
        (_confidence(row), value)
        for row in rows
        if (value := row.measures.get(measure)) is not None
    ]
    asked.sort(key=lambda one: -one[0])
    points = []
    for coverage in COVERAGES:
        surest = asked[: round(coverage * len(asked))]
        if surest:
            accuracy = fmean(value for _, value in surest)
            points.append(CurvePoint(coverage=coverage, accuracy=accuracy, sure=surest[-1][0]))
    return tuple(points)


def _confidence(row: RunRow) -> float:
    told = row.detail.get("confidence")
    return float(told) if isinstance(told, int | float) and row.error is None else 0.0


def _seconds(spent: Sequence[float]) -> Seconds:
    if not spent:
        return Seconds(median=0.0, p95=0.0, total=0.0)
    cut = quantiles(spent, n=20, method="inclusive") if len(spent) > 1 else [spent[0]] * 19
    return Seconds(median=cut[9], p95=cut[18], total=sum(spent))
