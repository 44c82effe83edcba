"""``advisor llm check`` at the terminal."""

import json

import pytest

from advisor.settings import Settings
from api.cli import main
from api.cli.desk import Desk


@pytest.fixture
def check(tmp_path, capsys):
    def run(*args, **named):
        settings = Settings(home=tmp_path, llm_deadline=5, **named)
        code = main.run(["llm", "check", *args], obj=Desk(settings))
        return code, *capsys.readouterr()

    return run


def test_without_a_model_it_says_what_to_set(check):
    code, out, err = check()
    assert (code, out) == (1, "")
    assert "ADVISOR_LLM_BASE_URL" in err


def test_a_report_for_people(check, hostile_model):
    code, out, _ = check(llm_base_url=hostile_model.url("good", 60), llm_model="hostile-1")
    assert code == 0
    for word in ("连接：正常", "json_object：支持", "流式输出：支持", "样例：", "每秒约"):
        assert word in out


def test_a_report_for_programs(check, hostile_model):
    code, out, _ = check(
        "--json",
        llm_base_url=hostile_model.url("good", 61),
        llm_model="hostile-1",
        llm_price_input=2,
        llm_price_output=8,
        llm_cache=True,
    )
    report = json.loads(out)
    assert code == 0
    assert report["reachable"]
    assert report["sample"]["cost"] == "0.0088"
    assert report["sample"]["of"] == len(report["sample"]["checks"])
    again = json.loads(
        check("--json", llm_base_url=hostile_model.url("good", 61), llm_model="hostile-1")[1]
    )
    assert again["sample"]["text"]
    assert hostile_model.asked("good", 61) == 10


@pytest.mark.parametrize("mode", ["refused", "unauthorized"])
def test_an_endpoint_that_cannot_be_used(check, hostile_model, mode):
    named = {
        "llm_base_url": hostile_model.url(mode, 62),
        "llm_model": "m",
        "llm_api_key": "sk-canary",
    }
    code, out, err = check("--json", **named)
    assert code == 1
    assert not json.loads(out)["reachable"]
    assert "canary" not in out + err
    assert "失败" in check(**named)[1]
