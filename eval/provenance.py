"""Where a run comes from: code, prompts, corpus, index and the settings that change an answer."""

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from advisor.bootstrap import Services, code_version
from advisor.settings import Settings
from eval.run_file import CodeState, Material, RunHeader, RunKind, Setting
from prompts import Catalog

_ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 10
_TELLING = (
    "region",
    "embedder",
    "reranker",
    "llm_model",
    "llm_queries",
    "llm_deadline",
    "llm_first_deadline",
    "llm_max_output_tokens",
)


def header_of(
    kind: RunKind,
    command: str,
    material: Material,
    services: Services,
    measures: Mapping[str, int],
) -> RunHeader:
    """The header of a run that begins now; without mode and model."""
    versions = services.adviser.versions
    return RunHeader(
        kind=kind,
        created=datetime.now(UTC).replace(microsecond=0),
        command=command,
        code=code_state(),
        material=material,
        corpus=versions.corpus,
        index=versions.index,
        prompts=dict(Catalog().lock),
        settings=told_settings(services.settings),
        measures=measures,
    )


def told_settings(settings: Settings) -> Mapping[str, Setting]:
    """The settings that change an answer; no address and no key is among them."""
    return {name: getattr(settings, name) for name in _TELLING}


def code_state(root: Path = _ROOT) -> CodeState:
    """Version of the distribution; the commit too where the code lies in a checkout."""
    commit = _git(root, "rev-parse", "HEAD") if (root / ".git").exists() else None
    changed = bool(commit and _git(root, "status", "--porcelain", "--untracked-files=no"))
    return CodeState(version=code_version(), commit=commit, changed=changed)


def _git(root: Path, *words: str) -> str | None:
    """What git says; None where there is no git, or it refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None
