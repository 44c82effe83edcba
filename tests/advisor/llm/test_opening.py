"""The model that the settings name."""

import subprocess
import sys
from decimal import Decimal

import pytest

from advisor.errors import ModelRefusedRequest
from advisor.llm.cache import CachedLLM
from advisor.llm.openai_client import OpenAILLM
from advisor.llm.opening import open_llm, prices_of
from advisor.llm.prices import Prices
from advisor.settings import Settings

URL = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    "named", [{}, {"llm_base_url": URL}, {"llm_model": "m"}, {"llm_base_url": "", "llm_model": "m"}]
)
def test_without_address_or_model_there_is_none(tmp_path, named):
    assert open_llm(Settings(home=tmp_path, **named)) is None


def test_the_cache_is_off_unless_asked_for(tmp_path):
    settings = Settings(home=tmp_path, llm_base_url=URL, llm_model="m")
    assert isinstance(open_llm(settings), OpenAILLM)
    cached = open_llm(settings.model_copy(update={"llm_cache": True}))
    assert isinstance(cached, CachedLLM)
    assert cached.name == "m"
    assert not settings.llm_cache_path.exists()


def test_a_wrong_address_is_said_at_once(tmp_path):
    with pytest.raises(ModelRefusedRequest):
        open_llm(Settings(home=tmp_path, llm_base_url="localhost:8000", llm_model="m"))


def test_prices_need_both_sides(tmp_path):
    assert prices_of(Settings(home=tmp_path, llm_price_input=Decimal(1))) is None
    both = Settings(home=tmp_path, llm_price_input=Decimal(1), llm_price_output=Decimal(2))
    assert prices_of(both) == Prices(Decimal(1), Decimal(2), None)


def test_the_key_is_not_shown(tmp_path):
    settings = Settings(home=tmp_path, llm_api_key="sk-secret-canary")
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_the_client_library_is_loaded_only_when_a_model_is_named():
    probe = "import sys, api.cli, advisor.bootstrap; print('openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
