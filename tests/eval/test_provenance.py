"""Where a run comes from: the commit of a checkout, the settings that count, no secret."""

import subprocess

from pydantic import SecretStr

from advisor.bootstrap import Services
from advisor.settings import Settings
from eval.provenance import code_state, header_of, told_settings
from eval.run_file import Material
from prompts import Catalog

GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")


def git(folder, *words):
    done = subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_checkout_tells_its_commit_and_whether_it_was_changed(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1", encoding="utf-8")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert code_state(tmp_path).commit == git(tmp_path, "rev-parse", "HEAD")
    assert not code_state(tmp_path).changed
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert code_state(tmp_path).changed


def test_outside_a_checkout_there_is_a_version_only(tmp_path):
    state = code_state(tmp_path)
    assert state.version
    assert (state.commit, state.changed) == (None, False)


def test_settings_tell_no_address_and_no_key():
    settings = Settings(
        llm_base_url="http://model.example/v1",
        llm_model="m",
        llm_api_key=SecretStr("k"),
        database_url="postgresql://user:secret@db/x",
    )
    told = told_settings(settings)
    assert told["llm_model"] == "m"
    assert not any(word in str(told) for word in ("example", "secret", "'k'"))


def test_a_header_names_everything_that_makes_an_answer(services: Services):
    material = Material(name="m", sha256="0", cases=1)
    header = header_of("advice", "advisor-eval advice", material, services, {"matter": 1})
    assert header.prompts == Catalog().lock
    assert header.index == services.adviser.versions.index
    assert header.corpus == services.adviser.versions.corpus
    assert header.created.tzinfo is not None
