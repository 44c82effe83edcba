"""The catalog renders strictly and notices when a released prompt was edited."""

from pathlib import Path

import pytest

from prompts import Catalog, MissingVariable, PromptChanged, UnknownPrompt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    version = tmp_path / "greet" / "v1"
    version.mkdir(parents=True)
    (version / "system.j2").write_text("你是助手。", encoding="utf-8")
    (version / "user.j2").write_text("请问候{{ name }}。", encoding="utf-8")
    (tmp_path / "prompts.lock").write_text(
        f"{Catalog(tmp_path).digest('greet/v1')}  greet/v1\n", encoding="utf-8"
    )
    return tmp_path


def test_a_prompt_is_rendered_with_its_identity(folder: Path) -> None:
    prompt = Catalog(folder).render("greet/v1", {"name": "老王"})
    assert (prompt.version, prompt.system, prompt.user) == (
        "greet/v1",
        "你是助手。",
        "请问候老王。",
    )


def test_a_missing_variable_is_an_error(folder: Path) -> None:
    with pytest.raises(MissingVariable, match="greet/v1"):
        Catalog(folder).render("greet/v1", {})


def test_an_unknown_version_is_an_error(folder: Path) -> None:
    with pytest.raises(UnknownPrompt):
        Catalog(folder).render("greet/v2", {"name": "老王"})
    with pytest.raises(UnknownPrompt):
        Catalog(folder).digest("greet/v2")


def test_an_edited_release_is_noticed(folder: Path) -> None:
    Catalog(folder).verify()
    (folder / "greet" / "v1" / "user.j2").write_text("随便写写", encoding="utf-8")
    with pytest.raises(PromptChanged, match="greet/v1"):
        Catalog(folder).verify()


def test_a_version_without_a_lock_line_is_noticed(folder: Path) -> None:
    (folder / "prompts.lock").write_text("", encoding="utf-8")
    with pytest.raises(PromptChanged):
        Catalog(folder).verify()


def test_a_removed_release_is_noticed(folder: Path) -> None:
    for template in (folder / "greet" / "v1").iterdir():
        template.unlink()
    with pytest.raises(PromptChanged):
        Catalog(folder).verify()


def test_the_shipped_prompts_are_as_locked() -> None:
    catalog = Catalog()
    catalog.verify()
    assert set(catalog.versions()) == set(catalog.lock)
