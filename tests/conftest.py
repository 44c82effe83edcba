"""What every test may use: a home of its own, and services over the shipped knowledge."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile.embeddings import Embeddings
    from hostile.server import HostileServer

    from advisor.bootstrap import Services

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data"

# Tests are no packages; the hostile model is the one room that many of them import from.
hostile = ModuleType("hostile")
hostile.__path__ = [str(Path(__file__).with_name("hostile"))]
sys.modules.setdefault("hostile", hostile)


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Services as a fresh clone has them: shipped knowledge only, an index built from it."""
    from advisor.bootstrap import open_services
    from advisor.settings import Settings

    return open_services(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def real_laws() -> Path:
    """The real collection; tests that need it skip where it is absent."""
    laws = REAL / "laws"
    if not laws.is_dir():
        pytest.skip("../shared/data/laws is not here: the real collection is needed")
    return laws


@pytest.fixture(scope="session")
def hostile_model() -> Iterator[HostileServer]:
    """A real HTTP server on loopback that speaks chat completions, well or badly."""
    from hostile.server import HostileServer

    with HostileServer() as server:
        yield server


@pytest.fixture
def embeddings() -> Iterator[Embeddings]:
    """A real HTTP server on loopback that speaks embeddings."""
    from hostile.embeddings import Embeddings

    with Embeddings() as server:
        yield server
