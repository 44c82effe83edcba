"""Drafting with a model: its sections and failures, what leaves the machine, what comes back."""

import json
import time
from dataclasses import replace

import pytest

from advisor.drafting import ModelWriter
from advisor.errors import ModelGarbled, ModelTimeout, ModelUnavailable
from advisor.llm.port import ModelDelta
from advisor.llm.scripted import ScriptedLLM
from advisor.model import AI_LABEL, RETRIEVAL_LABEL, AdviceRequest
from prompts import Catalog

TEXT = "小区车位不够，隔壁王大锤装了地锁占着车位，电话13800000000，晚上没地方停车。希望拆掉地锁。"
GOOD = {
    "analysis": {
        "summary": "[姓名1]装地锁占车位，反映人要求拆除。",
        "facts": ["反映人称小区车位不够", "反映人称[姓名1]装了地锁占着车位"],
        "missing_facts": ["车位归谁，查规划图"],
        "disputes": [{"text": "地锁能不能装", "evidence": ["L1"]}],
    },
    "plan": {
        "steps": [
            {"action": "到场看车位", "owner": "社区干部", "deadline_days": 1, "evidence": ["L1"]}
        ],
        "lead_department": "示例城管局",
        "escalation": "报镇里",
        "resident_script": "明天去看，您也可以去法院。",
    },
    "legal_basis": [{"evidence_id": "L1", "why": "车位的规矩"}],
    "precedents": [{"evidence_id": "C1", "same": ["车位不够"], "different": ["有地锁"]}],
}


class _Masked:
    def __init__(self, text):
        self.masked = text.replace("王大锤", "[姓名1]").replace("13800000000", "[电话1]")

    def restore(self, text):
        return text.replace("[姓名1]", "王大锤").replace("[电话1]", "13800000000")


class NameMasking:
    """Knows one name and one number; a double of the masking port."""

    def mask(self, text):
        return _Masked(text)

    def personal(self, text):
        return [p for p in ("王大锤", "13800000000", "李二狗") if p in text]


def written(**changes):
    return json.dumps(GOOD | changes, ensure_ascii=False)


@pytest.fixture
def advise(adviser):
    def run(*lines, mode="auto"):
        llm = ScriptedLLM(lines)
        writer = ModelWriter(llm, Catalog(), NameMasking())
        events = []
        advice = replace(adviser, writer=writer).advise(
            AdviceRequest(text=TEXT, mode=mode), on_event=events.append
        )
        return advice, llm, events

    return run


def test_a_good_answer_is_the_advice(advise, store):
    advice, llm, events = advise(written())
    assert (advice.mode, advice.status, advice.ai_label) == ("llm", "complete", AI_LABEL)
    assert advice.plan.lead_department == "示例城管局"
    assert advice.provenance.prompt == "advise/v1"
    assert [e.name for e in events] == [
        "triage",
        "evidence",
        "analysis",
        "plan",
        "legal_basis",
        "precedents",
    ]
    assert len(llm.requests) == 1
    assert [c.outcome for c in store.calls(advice.id)] == ["answered"]


def test_personal_data_stays_here_and_comes_back_to_the_official(advise, store):
    advice, llm, _ = advise(written())
    sent = llm.requests[0].system + llm.requests[0].user
    assert "王大锤" not in sent
    assert "13800000000" not in sent
    assert "[姓名1]" in sent
    assert "王大锤装地锁" in advice.analysis.summary
    assert "王大锤" not in store.calls(advice.id)[0].text


def test_the_complaint_stands_between_fences_that_differ_each_time(advise):
    fences = set()
    for _ in range(3):
        _, llm, _ = advise(written())
        user = llm.requests[0].user
        fence = user.split("标记为 ")[1].split("：")[0]
        assert user.count(fence) == 3
        fences.add(fence)
    assert len(fences) == 3


def test_text_and_quotations_are_pasted_by_us(advise):
    advice, _, _ = advise(written())
    assert advice.legal_basis[0].text.startswith("车辆不得堵住消防通道")


@pytest.mark.parametrize(
    "failure", [ModelUnavailable("连不上"), ModelTimeout("超时"), ModelGarbled("空白")]
)
def test_a_model_that_fails_leaves_the_extractive_answer(advise, failure):
    advice, _, events = advise(failure, mode="llm")
    assert (advice.mode, advice.ai_label) == ("extractive", RETRIEVAL_LABEL)
    assert advice.status == "partial"
    assert advice.plan.steps
    assert any("处置指引" in limit for limit in advice.limits)
    assert len(events) == 6


def test_one_bad_section_costs_only_itself(advise):
    advice, llm, _ = advise(written(plan={"steps": []}), "还是不会")
    assert advice.mode == "llm"
    assert advice.status == "partial"
    assert "王大锤" in advice.analysis.summary
    assert advice.plan.lead_department == "示例城管局"
    assert [s.action for s in advice.plan.steps][:1] == ["到场看车位"]
    assert any("清账方案由处置指引生成" in limit for limit in advice.limits)
    assert len(llm.requests) == 2


def test_a_bad_section_is_asked_for_once_more(advise):
    repaired = json.dumps({"plan": GOOD["plan"]}, ensure_ascii=False)
    advice, llm, _ = advise(written(plan={"steps": []}), repaired)
    assert advice.status == "complete"
    assert len(llm.requests) == 2
    assert "plan" in llm.requests[1].user


def test_an_answer_cut_short_keeps_its_complete_sections(advise):
    cut = written()[: written().index('"legal_basis"') + 20]
    advice, _, _ = advise(cut, ModelUnavailable("断了"))
    assert advice.mode == "llm"
    assert "王大锤" in advice.analysis.summary
    assert advice.status == "partial"


@pytest.mark.parametrize(
    "hostile",
    [
        {"text": "依照《邻里和谐法》第八条处理。", "evidence": []},
        {"text": "依照《示例旧停车法》第一条处理。", "evidence": []},
        {"text": "依照《山东省示例停车条例》第一条处理。", "evidence": []},
        {"text": "李二狗也这样反映过。", "evidence": []},
        {"text": "保证能解决。", "evidence": []},
        {"text": "劝其放弃起诉。", "evidence": []},
        {"text": "你是中国村（社区）干部的办事参谋，帮助他们把一件疑难诉求理清楚、办妥当。"},
    ],
)
def test_what_must_not_be_shown_is_not(advise, hostile):
    analysis = GOOD["analysis"] | {"risks": [hostile, "先劝住双方。"]}
    advice, _, _ = advise(written(analysis=analysis))
    assert [r.text for r in advice.analysis.risks] == ["先劝住双方。"]
    assert advice.status == "partial"


def test_an_answer_to_another_complaint_is_not_used(advise):
    other = GOOD["analysis"] | {
        "summary": "工地拖欠工资。",
        "facts": ["反映人称工地拖欠工资四个月", "反映人称包工头跑了"],
    }
    advice, _, _ = advise(written(analysis=other), "不会")
    assert "工资" not in advice.analysis.model_dump_json()


def test_unknown_evidence_is_dropped_and_told(advise):
    advice, _, _ = advise(
        written(
            legal_basis=[{"evidence_id": "L1", "why": "管"}, {"evidence_id": "L99", "why": "编"}]
        )
    )
    assert [b.evidence_id for b in advice.legal_basis] == ["L1"]
    assert advice.status == "partial"


def test_a_model_that_thinks_past_the_first_section_is_left(adviser):
    class Thinking(ScriptedLLM):
        def stream(self, request, deadline):
            for _ in range(1000):
                time.sleep(0.01)
                yield ModelDelta("")

    llm = Thinking(["never said"])
    writer = ModelWriter(llm, Catalog(), NameMasking(), seconds=30, first_seconds=0.1)
    advice = replace(adviser, writer=writer).advise(AdviceRequest(text=TEXT))
    assert advice.mode == "extractive"
    assert any("第一部分" in limit for limit in advice.limits)


def test_extractive_mode_asks_no_model(advise):
    advice, llm, _ = advise(written(), mode="extractive")
    assert advice.mode == "extractive"
    assert llm.requests == []
