"""How much disk the core install takes: the locked distributions and our own packages."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from eval.bench.figure import Measured
from eval.bench.material import Material

LOCK = Path(__file__).resolve().parents[3] / "requirements.lock"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==[^\s;]+\s*(?P<marker>;[^\\]*)?", re.MULTILINE)
_OURS = ("advisor", "api", "corpus", "eval", "indexer", "prompts")
_MIB = 1024 * 1024


def measure(_: Material) -> Measured:
    """Sizes of the installed files in MiB, the number of distributions, and torch among them."""
    installed = list(_installed(LOCK.read_text(encoding="utf-8")))
    sizes = {one.name: _size(one) for one in installed}
    ours = sum(_folder_size(LOCK.parent / package) for package in _OURS)
    largest = sorted(sizes, key=lambda name: sizes[name], reverse=True)[:5]
    torch = [name for name in sizes if name.lower().startswith(("torch", "nvidia"))]
    return Measured(
        values={
            "total_mb": (sum(sizes.values()) + ours) / _MIB,
            "ours_mb": ours / _MIB,
            "distributions": len(sizes),
            "torch": len(torch),
        },
        remarks={"最大的几个": "、".join(f"{n} {sizes[n] / _MIB:.0f} MB" for n in largest)},
    )


def _installed(lock: str) -> Iterator[Distribution]:
    """The distributions of a lock; one behind an environment marker may rightly be absent."""
    for found in _PINNED.finditer(lock):
        try:
            yield distribution(found["name"])
        except PackageNotFoundError:
            if not found["marker"]:
                raise


def _size(one: Distribution) -> int:
    paths = (Path(str(one.locate_file(file))) for file in one.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
