"""Figures: targets, outcomes, and that none is dropped."""

import math
import subprocess
import sys

import pytest

from eval.bench.catalogue import PROBES
from eval.bench.figure import Absence, FigureSpec, Measured, Outcome, Target, row_of
from eval.bench.process import percentiles

SPEED = FigureSpec("seconds", "用时", "秒", Target("≤", 5), digits=2)


@pytest.mark.parametrize(
    ("sense", "value", "holds"),
    [("≤", 5, True), ("≤", 5.01, False), ("≥", 5, True), ("≥", 4.9, False), ("=", 5, True)],
)
def test_the_bound_itself_is_good(sense, value, holds):
    assert Target(sense, 5).holds(value) is holds


@pytest.mark.parametrize("sense", ["≤", "≥", "="])
def test_what_is_no_number_keeps_no_bound(sense):
    assert not Target(sense, 5).holds(math.nan)


def test_a_figure_is_held_to_its_target():
    good = row_of("p", SPEED, Measured(values={"seconds": 1.234}))
    assert (good.outcome, good.shown, good.target) == (Outcome.OK, "1.23 秒", "≤ 5 秒")
    assert row_of("p", SPEED, Measured(values={"seconds": 6})).outcome is Outcome.FAIL


def test_a_figure_without_a_target_is_noted():
    spec = FigureSpec("articles", "条文", "条", digits=0)
    row = row_of("p", spec, Measured(values={"articles": 147400}))
    assert (row.outcome, row.shown, row.target) == (Outcome.NOTED, "147,400 条", "")


def test_missing_material_is_not_measured_and_a_broken_probe_fails():
    missing = row_of("p", SPEED, Absence(reason="没有法规全集", broken=False))
    assert (missing.outcome, missing.value) == (Outcome.UNMEASURED, None)
    assert missing.reason == "没有法规全集"
    assert row_of("p", SPEED, Absence(reason="测量出错", broken=True)).outcome is Outcome.FAIL


def test_a_figure_its_probe_forgot_fails():
    row = row_of("p", SPEED, Measured(values={}))
    assert row.outcome is Outcome.FAIL
    assert row.reason


def test_small_bounds_are_shown_whole():
    assert FigureSpec("x", "误拒", "%", Target("≤", 0.1)).promise() == "≤ 0.1 %"
    assert FigureSpec("x", "误放", "条", Target("=", 0)).promise() == "= 0 条"


def test_a_probe_runs_after_what_it_builds_on():
    order = list(PROBES)
    for name, probe in PROBES.items():
        assert all(order.index(before) < order.index(name) for before in probe.after)
        keys = [spec.key for spec in probe.figures]
        assert len(keys) == len(set(keys))


def test_percentiles_come_in_order():
    found = percentiles([float(n) for n in range(1, 101)])
    assert found == {"p50_ms": 50.5, "p95_ms": pytest.approx(95.05), "max_ms": 100.0}
    assert percentiles([7.0]) == {"p50_ms": 7.0, "p95_ms": 7.0, "max_ms": 7.0}
    with pytest.raises(ValueError, match="no latency"):
        percentiles([])


def test_memory_grows_with_what_is_held():
    """In a process of its own: the mark of this one may stand high above what it holds now."""
    program = (
        "from eval.bench.process import peak_mb\n"
        "before = peak_mb()\n"
        "held = bytearray(64 << 20)\n"
        "held[:: 1 << 12] = b'x' * len(held[:: 1 << 12])\n"
        "print(peak_mb() - before)\n"
    )
    grown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert 32 < float(grown.stdout) < 96
