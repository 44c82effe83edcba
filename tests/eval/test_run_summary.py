"""Figures from rows: means over the cases that have a measure, curves, time, tables."""

from typing import get_args

import pytest

from eval.run_document import BEGIN, END, figures_in, rewrite
from eval.run_file import CodeState, Material, Run, RunHeader, RunKind, RunRow
from eval.run_summary import abstention_curve, summarize
from eval.run_table import markdown, number, terminal

HEADER = RunHeader(
    kind="advice",
    created="2026-06-01T00:00:00Z",
    command="advisor-eval advice",
    mode="extractive",
    code=CodeState(version="0.1.0"),
    material=Material(name="cases", sha256="0" * 64, cases=4),
    corpus="c",
    index="i",
    measures={"matter": 1, "emptiness": 1, "cost": 1},
)


def row(case, matter, confidence=0.5, emptiness=None, error=None, seconds=1.0):
    return RunRow(
        case=case,
        measures={"matter": matter, "emptiness": emptiness, "cost": None},
        detail={"confidence": confidence},
        error=error,
        seconds=seconds,
    )


ROWS = (
    row("a", 1.0, 0.9, 0.2, seconds=1.0),
    row("b", 1.0, 0.8, seconds=2.0),
    row("c", 0.0, 0.3, seconds=3.0),
    row("d", 0.0, 0.99, 1.0, "ValueError: x", seconds=4.0),
)


def test_a_mean_is_over_the_cases_that_have_the_measure():
    summary = summarize(Run(HEADER, ROWS))
    matter, emptiness = summary.figure("matter"), summary.figure("emptiness")
    assert (matter.mean, matter.cases) == (0.5, 4)
    assert matter.low <= 0.5 <= matter.high
    assert (emptiness.mean, emptiness.cases, emptiness.direction) == (0.6, 2, "down")
    assert summary.figure("cost") is None
    assert (summary.cases, summary.crashed) == (4, 1)
    assert (summary.seconds.median, summary.seconds.total) == (2.5, 10.0)


def test_one_row_and_none_have_a_summary_too():
    assert summarize(Run(HEADER, ROWS[:1])).seconds.p95 == 1.0
    empty = summarize(Run(HEADER, ()))
    assert (empty.figures, empty.curves, empty.seconds.total) == ((), {}, 0.0)


def test_the_surest_cases_come_first_and_a_crash_last():
    curve = {round(one.coverage, 1): one for one in abstention_curve(ROWS, "matter")}
    assert curve[0.5].accuracy == 1.0
    assert curve[0.5].sure == 0.8
    assert curve[0.8].accuracy == pytest.approx(2 / 3)
    assert curve[1.0].accuracy == 0.5
    assert curve[1.0].sure == 0.0


def test_the_tables_tell_direction_interval_and_cases():
    summary = summarize(Run(HEADER, ROWS))
    shown = terminal(summary)
    assert "建议（extractive）：4 例，出错 1 例" in shown
    assert "↓    0.600" in shown
    assert "前 50% 1.000" in shown
    table = markdown(summary.figures)
    assert "| `matter` | ↑ | 0.500 |" in table
    assert table.count("\n") == 3


@pytest.mark.parametrize("kind", get_args(RunKind))
def test_every_kind_of_run_can_be_told(kind, tmp_path):
    summary = summarize(Run(HEADER.model_copy(update={"kind": kind}), ROWS))
    assert "4 例，出错 1 例" in terminal(summary)
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}", encoding="utf-8")
    rewrite(page, [summary])
    assert (kind, "matter") in figures_in(page)


@pytest.mark.parametrize(
    ("value", "told"), [(0.12345, "0.123"), (9.9999, "10.000"), (2055.3, "2,055")]
)
def test_shares_have_places_and_counts_have_none(value, told):
    assert number(value) == told
