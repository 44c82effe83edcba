"""The child process of one probe: ``python -m eval.bench.child NAME OUT``, material on stdin."""

import sys
from pathlib import Path

from eval.bench.catalogue import PROBES
from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.process import peak_mb, pin_to_one_core


def measure(name: str, material: Material) -> Measured:
    """Run one probe here; the peak of this process's memory comes with its values."""
    probe = PROBES[name]
    if probe.one_core:
        pin_to_one_core()
    found = probe.measure(material)
    return found.model_copy(update={"values": {"peak_mb": peak_mb(), **found.values}})


def main(name: str, out: str) -> None:
    """Write what was read to ``out``; stdout stays free for whatever the probed code says."""
    found = measure(name, Material.model_validate_json(sys.stdin.read()))
    Path(out).write_text(found.model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
