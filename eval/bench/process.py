"""This process as the kernel sees it: its memory, and the core it may use."""

import os
import resource
import statistics
from collections.abc import Sequence
from pathlib import Path

_MIB = 1024 * 1024
_STATUS = "/proc/{}/status"


def peak_mb() -> float:
    """The most memory this process and its largest child held at once, in MiB.

    The high-water mark is read from /proc: ``ru_maxrss`` also counts what the parent held
    when it forked (getrusage(2); Linux keeps the mark across execve).
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = memory_mb(os.getpid(), "VmHWM")
    if own is None:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return own + children


def memory_mb(pid: int, field: str) -> float | None:
    """A memory field of a process's status in MiB (``VmRSS`` now, ``VmHWM`` at most), or None."""
    try:
        lines = Path(_STATUS.format(pid)).read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    for line in lines.splitlines():
        name, _, rest = line.partition(":")
        if name == field:
            return int(rest.split()[0]) * 1024 / _MIB
    return None


def pin_to_one_core() -> None:
    """Keep this process on one of its cores, so that a figure "on one core" is one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def percentiles(spent: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum of latencies, in their unit.

    Raises:
        ValueError: there is no latency at all.
    """
    if not spent:
        raise ValueError("no latency was measured")
    cuts = (
        statistics.quantiles(spent, n=20, method="inclusive") if len(spent) > 1 else [*spent] * 19
    )
    return {"p50_ms": cuts[9], "p95_ms": cuts[18], "max_ms": max(spent)}
