"""The machine a benchmark ran on, as far as it bears on the figures; nothing that names it."""

import os
import platform
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_GIB = 1024**3


class Machine(BaseModel):
    """Cores this process may use, memory in GiB, versions, and how busy the cores already were.

    ``load`` is the load average of the last minute before the run: figures in seconds are
    those of a machine shared with that much other work.
    """

    model_config = ConfigDict(frozen=True)

    cores: int
    memory_gb: float
    system: str
    python: str
    processor: str
    load: float


def this_machine() -> Machine:
    """The machine at hand, now."""
    return Machine(
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else _cores(),
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        processor=_processor(),
        load=os.getloadavg()[0],
    )


def _cores() -> int:
    return os.cpu_count() or 1


def _processor() -> str:
    """The processor's model where the system tells it, else empty."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "")
