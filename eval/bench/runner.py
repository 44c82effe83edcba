"""Runs the probes in order, each in a child process, and turns what came back into rows."""

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from eval.bench.catalogue import PROBES, Probe
from eval.bench.figure import Absence, Measured, Row, row_of
from eval.bench.material import INPUT_NAMES, Material

LIMIT_SECONDS = 900
_OWN_SETTINGS = "ADVISOR_"
_SHOWN_FAULT = 2000

Measure = Callable[[str, Material], Measured | Absence]
"""The name of a probe and the material to what was read."""


@dataclass(frozen=True, slots=True)
class Section:
    """One probe's part of the report."""

    name: str
    probe: Probe
    found: Measured | Absence

    def rows(self) -> tuple[Row, ...]:
        """One row for each figure, measured or not."""
        return tuple(row_of(self.name, spec, self.found) for spec in self.probe.figures)


def run(
    material: Material,
    only: Collection[str] = (),
    *,
    measure: Measure | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Section]:
    """The sections asked for, all of them by default, in the order of the catalogue.

    What a probe builds on is run first and reported only when it was asked for.

    Args:
        material: inputs and scratch folder.
        only: names of probes.
        measure: how one probe is read; in a child process by default.
        tell: told in Chinese what is being measured, and what went wrong.
    """
    measure = measure or (lambda name, material: measure_in_child(name, material, tell))
    wanted = set(only) or set(PROBES)
    running = wanted.union(*(PROBES[name].after for name in wanted))
    done: dict[str, Measured | Absence] = {}
    for name in (name for name in PROBES if name in running):
        probe = PROBES[name]
        absent = _absent(probe, material, done)
        if absent is None:
            tell(f"正在测量 {name}（{probe.title}）……")
        done[name] = absent or measure(name, material)
        if name in wanted:
            yield Section(name, probe, done[name])


def _absent(
    probe: Probe, material: Material, done: dict[str, Measured | Absence]
) -> Absence | None:
    """Why a probe cannot be run at all, None when it can."""
    missing = [INPUT_NAMES[one] for one in probe.needs if not material.has(one)]
    if missing:
        return Absence(reason=f"没有{'、'.join(missing)}", broken=False)
    for name in probe.after:
        before = done[name]
        if isinstance(before, Absence):
            return Absence(reason=f"前一项 {name} 没有测成", broken=before.broken)
    return None


def measure_in_child(
    name: str, material: Material, tell: Callable[[str], None]
) -> Measured | Absence:
    """Run one probe in a fresh interpreter, so that its peak of memory is its own."""
    out = material.scratch / f"{name}.json"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "eval.bench.child", name, str(out)],
            input=material.model_dump_json(),
            env=_environment(material),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Absence(reason=f"{LIMIT_SECONDS} 秒内没有测完", broken=True)
    if done.returncode != 0 or not out.is_file():
        tell(done.stderr[-_SHOWN_FAULT:])
        return Absence(reason=f"测量出错（{_fault(done.stderr)}）", broken=True)
    return Measured.model_validate_json(out.read_text(encoding="utf-8"))


def _environment(material: Material) -> dict[str, str]:
    """Ours without the user's own settings, which would make figures incomparable."""
    kept = {name: one for name, one in os.environ.items() if not name.startswith(_OWN_SETTINGS)}
    return {**kept, "ADVISOR_HOME": str(material.full_home)}


def _fault(stderr: str) -> str:
    """The kind of the exception that ended a child, without its words: those may hold paths."""
    last = stderr.strip().splitlines()[-1:] or ["没有说明"]
    return last[0].partition(":")[0].rpartition(".")[2].strip()[:80]
