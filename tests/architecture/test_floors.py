"""The house stands as drawn: floors, names, sizes of rooms, faces."""

import ast
import importlib
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("advisor", "api", "corpus", "eval", "indexer", "prompts")
BELOW = {
    "corpus": set(),
    "prompts": set(),
    "indexer": {"corpus"},
    "advisor": {"corpus", "indexer", "prompts"},
    "api": {"advisor", "corpus", "indexer", "prompts"},
    "eval": {"advisor", "corpus", "indexer", "prompts"},
}
REFUSED_NAMES = {
    "manager",
    "helper",
    "helpers",
    "utils",
    "common",
    "processor",
    "handler",
    "data",
    "info",
    "engine",
}


def modules() -> list[Path]:
    return sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))


def imported_packages(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_an_arrow_only_points_down(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        above = imported_packages(path) - BELOW[package] - {package}
        assert not above, f"{path.relative_to(ROOT)} imports {above}"


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_names(package: str) -> None:
    owners = set(packages_distributions().get(package, ()))
    assert owners <= {"minqing-advisor"}
    module = importlib.import_module(package)
    assert Path(str(module.__file__)).is_relative_to(ROOT)


def test_rooms_are_small_and_named_in_the_words_of_the_field() -> None:
    long = [
        f"{p.relative_to(ROOT)} {n}"
        for p in modules()
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300
    ]
    named = [str(p.relative_to(ROOT)) for p in modules() if p.stem in REFUSED_NAMES]
    assert not long
    assert not named


def test_every_module_says_what_lives_here() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in modules()
        if "migrations/versions" not in p.as_posix()
        and not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_faces_are_short_and_explicit() -> None:
    for name in PACKAGES:
        text = (ROOT / name / "__init__.py").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40
        if "import" in text:
            assert "__all__" in text


def test_the_core_never_loads_torch() -> None:
    probe = "import sys, api.cli, eval.cli, advisor.bootstrap; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"


def test_the_locks_name_no_host_and_no_torch() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "\ntorch==" not in text
        assert "--hash=sha256:" in text
