"""Settings come from the environment alone and are checked once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from advisor.settings import Settings, default_home


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in ("HOME", "DATABASE_URL", "REGION", "HOST", "PORT"):
        monkeypatch.delenv(f"ADVISOR_{name}", raising=False)


def test_the_default_place_is_xiuzhou_on_loopback():
    settings = Settings()
    assert (settings.region, settings.host, settings.port) == (
        "浙江省嘉兴市秀洲区",
        "127.0.0.1",
        8000,
    )


def test_each_setting_is_read_from_its_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.setenv("ADVISOR_REGION", "浙江省杭州市")
    monkeypatch.setenv("ADVISOR_PORT", "9001")
    settings = Settings()
    assert (settings.home, settings.region, settings.port) == (tmp_path, "浙江省杭州市", 9001)


@pytest.mark.parametrize("port", ["0", "65536", "abc"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("ADVISOR_PORT", port)
    with pytest.raises(ValidationError):
        Settings()


def test_the_store_is_a_file_in_the_home_unless_a_url_is_set(tmp_path):
    assert Settings(home=tmp_path).store_url == f"sqlite:///{tmp_path / 'advisor.db'}"
    assert Settings(home=tmp_path, database_url="sqlite://").store_url == "sqlite://"


def test_the_corpus_is_a_file_in_the_home(tmp_path):
    assert Settings(home=tmp_path).corpus_path == tmp_path / "corpus.db"


def test_settings_cannot_be_changed(tmp_path):
    with pytest.raises(ValidationError):
        Settings(home=tmp_path).port = 1


def test_a_checkout_keeps_its_home_inside_itself():
    assert default_home() == Path(__file__).resolve().parents[2] / ".advisor"
