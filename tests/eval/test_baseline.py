"""Baselines are rows of YAML; worse than expected by more than the tolerance fails."""

import pytest

from eval.baseline import QUICK, Baseline, Baselines, judge, read_baselines
from eval.errors import BaselineInvalid
from eval.measures.registry import BY_NAME
from eval.run_file import CodeState, Material, Run, RunHeader, RunRow
from eval.run_summary import summarize

HEADER = RunHeader(
    kind="advice",
    created="2026-06-01T00:00:00Z",
    command="advisor-eval advice",
    code=CodeState(version="0.1.0"),
    material=Material(name="cases", sha256="0" * 64, cases=2),
    corpus="c",
    index="i",
    measures={"matter": 1},
)


def verdict(value, expected, tolerance, direction="up", measure="matter"):
    rows = (RunRow(case="a", measures={"matter": value}),)
    baseline = Baseline(
        run="advice",
        measure=measure,
        expected=expected,
        tolerance=tolerance,
        direction=direction,
    )
    baselines = Baselines(command="x", rows=(baseline,))
    (found,) = judge(baselines, [summarize(Run(HEADER, rows))])
    return found


@pytest.mark.parametrize(
    ("value", "expected", "tolerance", "direction", "passed", "surpassed"),
    [
        (0.80, 0.80, 0.0, "up", True, False),
        (0.78, 0.80, 0.02, "up", True, False),
        (0.77, 0.80, 0.02, "up", False, False),
        (0.83, 0.80, 0.02, "up", True, True),
        (0.30, 0.25, 0.02, "down", False, False),
        (0.27, 0.25, 0.02, "down", True, False),
        (0.20, 0.25, 0.02, "down", True, True),
    ],
)
def test_a_figure_is_held_to_its_side(value, expected, tolerance, direction, passed, surpassed):
    found = verdict(value, expected, tolerance, direction)
    assert (found.passed, found.surpassed) == (passed, surpassed)


def test_what_was_not_measured_fails():
    found = verdict(1.0, 0.0, 1.0, measure="lead")
    assert (found.value, found.passed) == (None, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("command: x\nrows: []\n", "rows"),
        (
            "command: x\nrows:\n  - {run: advice, measure: m, expected: 1, tolerance: 1}\n",
            "direction",
        ),
        ("just words", "内容"),
        ("{", "无法读取"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path, text, told):
    path = tmp_path / "b.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineInvalid, match=told):
        read_baselines(path)


def test_the_shipped_baselines_hold_what_must_never_slip_without_tolerance():
    rows = {(one.run, one.measure): one for one in read_baselines(QUICK).rows}
    for measure in ("answered", "citation_truth", "leak_sent_numbers", "leak_precedents"):
        assert rows["advice", measure].tolerance == 0
        assert rows["advice", measure].expected == (
            1 if rows["advice", measure].direction == "up" else 0
        )
    for (run, measure), one in rows.items():
        if run == "advice":
            assert BY_NAME[measure].direction == one.direction
