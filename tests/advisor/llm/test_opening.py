"""The model that the settings name."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from advisor.errors import ModelRefusedRequest
from advisor.language_models import open_model
from advisor.llm import Deadline, ModelRequest
from advisor.llm.cache import CachedLLM
from advisor.llm.openai_client import OpenAILLM
from advisor.settings import Settings

URL = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    "named", [{}, {"llm_base_url": URL}, {"llm_model": "m"}, {"llm_base_url": "", "llm_model": "m"}]
)
def test_without_address_or_model_there_is_none(tmp_path, named):
    assert open_model(Settings(home=tmp_path, **named)) is None


def test_the_cache_is_off_unless_asked_for(tmp_path):
    settings = Settings(home=tmp_path, llm_base_url=URL, llm_model="m")
    assert isinstance(open_model(settings), OpenAILLM)
    cached = open_model(settings.model_copy(update={"llm_cache": True}))
    assert isinstance(cached, CachedLLM)
    assert cached.name == "m"
    assert not settings.llm_cache_path.exists()


def test_a_wrong_address_is_said_at_once(tmp_path):
    with pytest.raises(ModelRefusedRequest):
        open_model(Settings(home=tmp_path, llm_base_url="localhost:8000", llm_model="m"))


def test_the_key_is_not_shown(tmp_path):
    settings = Settings(home=tmp_path, llm_api_key="sk-secret-canary")
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_the_client_library_is_loaded_only_when_a_model_is_named():
    probe = "import sys, api.cli, advisor.bootstrap; print('openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_parameters_of_the_servers_own_go_with_every_question(tmp_path, hostile_model, monkeypatch):
    monkeypatch.setenv("ADVISOR_LLM_EXTRA", '{"enable_thinking": false, "temperature": 0}')
    settings = Settings(home=tmp_path, llm_base_url=hostile_model.url("good", 70), llm_model="m")
    open_model(settings).complete(ModelRequest("系统", "问题"), Deadline.after(20))
    (sent,) = hostile_model.bodies("good", 70)
    assert sent.body["enable_thinking"] is False
    assert sent.body["temperature"] == 0


@pytest.mark.parametrize("value", ["enable_thinking", "[1]", "{"])
def test_parameters_that_are_no_object_are_refused(tmp_path, monkeypatch, value):
    monkeypatch.setenv("ADVISOR_LLM_EXTRA", value)
    with pytest.raises(ValidationError):
        Settings(home=tmp_path)
