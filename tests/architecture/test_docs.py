"""The documents keep up with the code: settings, commands, prompts, and their own lengths."""

import re
from pathlib import Path

import click
import pytest

from advisor.settings import Settings
from api.cli import main as advisor
from eval.cli import main as advisor_eval

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations.md"
README = ROOT / "README.md"
BESIDE_SETTINGS = {"ADVISOR_DEBUG"}
"""Variables that are read before there are settings."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def settings() -> set[str]:
    return {f"ADVISOR_{name.upper()}" for name in Settings.model_fields}


def leaves(group: click.Group, name: str) -> list[str]:
    """Every command of a group as it is typed, those of its groups in place of the groups."""
    found: list[str] = []
    for one, command in group.commands.items():
        typed = f"{name} {one}"
        found += leaves(command, typed) if isinstance(command, click.Group) else [typed]
    return found


def is_told(command: str, documents: str) -> bool:
    """Whether a line names the command; one line may name several of a group by their last word."""
    group, _, last = command.rpartition(" ")
    between = ".*(?<![\\w-])" if " " in group else " "
    named = re.compile(rf"(?<![\w-]){group}{between}{last}(?![\w-])")
    return any(named.search(line) for line in documents.splitlines())


def test_every_setting_stands_in_the_table_of_operations() -> None:
    rows = [line for line in read(OPERATIONS).splitlines() if line.startswith("| `ADVISOR_")]
    told = set(re.findall(r"`(ADVISOR_[A-Z_]+)`", "\n".join(row.split("|")[1] for row in rows)))
    assert told - BESIDE_SETTINGS == settings()


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_no_document_names_a_setting_that_is_none(path: Path) -> None:
    named = set(re.findall(r"\bADVISOR_[A-Z_]*[A-Z]\b", read(path)))
    assert named <= settings() | BESIDE_SETTINGS


@pytest.mark.parametrize(
    "command", [*leaves(advisor, "advisor"), *leaves(advisor_eval, "advisor-eval")]
)
def test_every_command_is_told_of(command: str) -> None:
    assert is_told(command, read(README) + read(OPERATIONS))


def test_a_command_is_told_by_its_own_name_only() -> None:
    assert is_told("advisor index verify", "| `advisor index build [--force]`, `verify` |")
    assert not is_told("advisor index verify", "| `advisor index build` |")
    assert not is_told("advisor-eval bench", "`advisor-eval benchmark`, or make bench")
    assert not is_told("advisor serve", "the commands of `advisor`, and what they serve")


def test_decisions_and_readme_are_short() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    long = {path.name for path in decisions if len(read(path).splitlines()) > 70}
    assert decisions
    assert not long
    assert len(read(README).splitlines()) <= 150


def test_decisions_are_numbered_once() -> None:
    names = [path.name for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names)
    assert len({name[:4] for name in names}) == len(names)


def test_every_released_prompt_is_named_in_the_changelog_of_the_prompts() -> None:
    prompts = ROOT / "prompts"
    released = {
        f"{path.parent.parent.name}/{path.parent.name}" for path in prompts.glob("*/*/*.j2")
    }
    named = set(re.findall(r"`([a-z_]+/v\d+)`", read(prompts / "CHANGELOG.md")))
    assert released
    assert released <= named


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in (README, *(ROOT / "docs").rglob("*.md"))
        for link in re.findall(r"\]\(([^)#\s]+)", read(path))
        if "://" not in link and not (path.parent / link).exists()
    ]
    assert not dead
