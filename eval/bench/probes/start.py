"""From the start of ``advisor serve`` to an answer of /readyz on loopback."""

from pathlib import Path

from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.service import serving


def measure(material: Material) -> Measured:
    """Seconds until ready with the whole collection, as ``make run`` starts it."""
    seconds, memory = _start(material.full_home)
    return Measured(values={"seconds": seconds, "memory_mb": memory})


def measure_shipped(material: Material) -> Measured:
    """Seconds until ready in an empty home, where the index is built first, and then again."""
    first, _ = _start(material.shipped_home)
    second, memory = _start(material.shipped_home)
    return Measured(values={"first_seconds": first, "second_seconds": second, "memory_mb": memory})


def _start(home: Path) -> tuple[float, float]:
    """Seconds until ready, and then the resident memory in MiB."""
    with serving(home, "--demo") as service:
        return service.seconds, service.memory_mb()
