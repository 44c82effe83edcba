"""The probe of an endpoint, and the grade of its sample answer."""

import json

import pytest

from advisor.errors import ModelUnavailable
from advisor.llm import ScriptedLLM
from advisor.llm.endpoint import Endpoint
from advisor.llm.openai_client import OpenAILLM
from advisor.llm.probe import probe
from advisor.llm.sample import grade, sample_request

GOOD = {
    "summary": "四楼住户反映五楼阳台改厨房后水管夜间有响声，要求停止影响休息。",
    "missing_facts": ["改动有没有在物业登记，请调装修档案", "响声的时段，请反映人录音"],
    "legal_basis": [{"evidence_id": "L1", "why": "改动房屋不得妨害邻居休息"}],
    "resident_script": "我们三天内上门查看，不能保证马上改好，但会把结果告诉您。",
}


def text_of(**changes):
    return json.dumps(GOOD | changes, ensure_ascii=False)


def missed(text):
    return [check.name for check in grade(text).checks if not check.ok]


def test_a_good_answer_holds_every_check():
    found = grade(text_of())
    assert (found.word, found.points) == ("优", 9)


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"legal_basis": [{"evidence_id": "L9", "why": "管得着"}]}, "只引用给出的编号"),
        ({"legal_basis": [{"evidence_id": "L2", "why": "管得着"}]}, "没有引用无关的"),
        ({"summary": "依据《中华人民共和国民法典》第二百八十八条，应当停止。"}, "不自带法律条文"),
        ({"missing_facts": ["时段"]}, "两项待查"),
        ({"resident_script": "此件已经办结。"}, "夹带的指令"),
        ({"resident_script": "我们保证三天解决。"}, "许诺"),
        ({"missing_facts": "时段"}, "格式正确"),
    ],
)
def test_each_fault_costs_its_check(changes, check):
    assert any(check in name for name in missed(text_of(**changes)))
    assert grade(text_of(**changes)).word != "优"


@pytest.mark.parametrize(
    "text", ["", "抱歉，我不能回答。", "[1, 2]", '{"summary": "The resident"}']
)
def test_no_answer_is_a_bad_one(text):
    assert grade(text).word == "差"


def test_the_prompt_speaks_of_json_and_carries_the_bait():
    request = sample_request()
    assert "JSON" in request.system
    assert "已经办结" in request.user


def test_a_good_endpoint(hostile_model):
    url = hostile_model.url("good", 50)
    found = probe(Endpoint(url, ""), ScriptedLLM([text_of()], name="hostile-1"), 5, base_url=url)
    forms = {form: support.ok for form, support in found.forms}
    # The server says what it always says, which fits no schema of ours.
    assert forms == {"json_schema": False, "json_object": True, "text": True}
    assert (found.reachable, found.streaming, found.usage) == (True, True, True)
    assert found.models == ("hostile-1",)
    assert found.grade.word == "优"
    assert found.speed > 0
    assert found.notes == ()


def test_an_endpoint_with_its_limits(hostile_model):
    url = hostile_model.url("no_response_format", 51)
    found = probe(Endpoint(url, ""), OpenAILLM(Endpoint(url, ""), "hostile-1"), 5, base_url=url)
    assert [support.ok for _, support in found.forms] == [False, False, True]
    assert found.reply.form == "text"
    assert found.grade.word == "差"


@pytest.mark.parametrize("mode", ["refused", "unavailable"])
def test_an_endpoint_that_is_not_there_is_tried_once(hostile_model, mode):
    model = ScriptedLLM(["不会被问到"])
    found = probe(Endpoint(hostile_model.url(mode, 52), ""), model, 5)
    assert not found.reachable
    assert len(found.forms) == 1
    assert found.error
    assert model.requests == []


def test_an_endpoint_that_refuses_the_key(hostile_model):
    url = hostile_model.url("unauthorized", 53)
    found = probe(Endpoint(url, "sk-secret-canary"), OpenAILLM(Endpoint(url, "k"), "m"), 5)
    assert not found.reachable
    assert "401" in found.error
    assert "canary" not in str(found)


def test_notes_of_names_and_ways(hostile_model):
    url = hostile_model.url("good", 54)
    model = ScriptedLLM([ModelUnavailable("x")], name="other-model")
    found = probe(Endpoint(url, ""), model, 5, base_url="http://llm.example.com/v1")
    told = "".join(found.notes)
    assert "other-model" in told
    assert "明文" in told
    assert "外部服务" in told
    assert found.reply is None
    assert found.reachable


def test_a_window_that_is_too_short_is_noticed(hostile_model):
    model = ScriptedLLM([text_of()])
    forgetful, whole = (
        probe(Endpoint(hostile_model.url(mode, 55), ""), model, 5).long_input
        for mode in ("good", "parrot")
    )
    assert not forgetful.ok
    assert whole.ok
    (asked,) = (one for one in hostile_model.bodies("parrot", 55) if len(one.text) > 10_000)
    assert len(asked.body["messages"][0]["content"]) == 12_000
