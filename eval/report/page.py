"""The page: runs, what they are compared with, baselines and grades, written as one HTML file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from advisor import clock
from eval.baseline import Verdict
from eval.comparison import Comparison, compare
from eval.errors import EvalError, RunsApart
from eval.judge.agreement import Agreement
from eval.judge.grading import GradeFigures
from eval.measures.registry import BY_NAME
from eval.report import svg
from eval.report.worst import WorstCase, worst
from eval.run_file import Run
from eval.run_summary import Figure, RunSummary, summarize

_TITLES = {
    "advice": "处置建议",
    "retrieval": "法规检索",
    "citations": "引用核对",
    "redaction": "脱敏",
    "triage": "事项识别",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One run as it is shown; ``apart`` says why it is not compared with ``other``."""

    title: str
    run: Run
    summary: RunSummary
    other: Run | None
    comparison: Comparison | None
    apart: str
    curve: Markup
    histogram: Markup
    worst: tuple[WorstCase, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A model's grades of a run, and how far people agree with them."""

    figures: GradeFigures
    agreement: tuple[Agreement, ...] = ()


def write_report(
    runs: Sequence[Run],
    out: Path,
    *,
    others: Sequence[Run] = (),
    verdicts: Sequence[Verdict] = (),
    judged: Judged | None = None,
) -> None:
    """Write the page; it appears whole or not at all.

    Args:
        runs: What is shown, a section each.
        out: The HTML file.
        others: Earlier runs; each is compared with the run of its kind.
        verdicts: Baselines held against these runs.
        judged: A model's grades, shown apart.

    Raises:
        EvalError: The file cannot be written.
    """
    page = render(runs, others=others, verdicts=verdicts, judged=judged, created=clock.now())
    waiting = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_text(page, encoding="utf-8")
        waiting.replace(out)
    except OSError:
        waiting.unlink(missing_ok=True)
        raise EvalError(f"无法写入{out}，请检查路径、权限和磁盘空间。") from None


def render(
    runs: Sequence[Run],
    *,
    others: Sequence[Run] = (),
    verdicts: Sequence[Verdict] = (),
    judged: Judged | None = None,
    created: datetime,
) -> str:
    """The page as text. Complaints and advice are data in it: no tag of theirs has an effect."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    before = {other.header.kind: other for other in others}
    return environment.get_template("page.html.j2").render(
        created=created.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M"),
        sections=[_section(run, before.get(run.header.kind)) for run in _by_weight(runs)],
        verdicts=verdicts,
        grades=judged.figures if judged else None,
        agreement={one.key: one for one in judged.agreement} if judged else {},
        measures=BY_NAME,
        number=_number,
        bar=_bar,
    )


def _by_weight(runs: Sequence[Run]) -> list[Run]:
    """What the service is for comes first."""
    return sorted(runs, key=lambda run: list(_TITLES).index(run.header.kind))


def _section(run: Run, other: Run | None) -> Section:
    summary = summarize(run)
    comparison, apart = _compared(run, other)
    points = [(one.coverage, one.accuracy) for one in summary.curves.get("matter", ())]
    seconds = [row.seconds for row in run.rows if row.seconds > 0]
    return Section(
        title=_TITLES.get(run.header.kind, run.header.kind),
        run=run,
        summary=summary,
        other=other,
        comparison=comparison,
        apart=apart,
        curve=svg.curve(points, "作判断的件数占比", "正确率"),
        histogram=svg.histogram(seconds, "每件用时", "秒"),
        worst=worst(run),
    )


def _compared(run: Run, other: Run | None) -> tuple[Comparison | None, str]:
    if other is None:
        return None, ""
    try:
        return compare(other, run), ""
    except RunsApart as error:
        return None, str(error)


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"


def _bar(one: Figure, comparison: Comparison | None) -> Markup:
    measure = BY_NAME.get(one.measure)
    top = measure.high if measure and measure.high else max(1.0, one.high)
    before = comparison.of(one.measure) if comparison else None
    return svg.interval_bar(one.mean, one.low, one.high, top, before.first if before else None)
