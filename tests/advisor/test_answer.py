"""A model's section is read however models write it, and becomes part of a draft."""

import pytest
from pydantic import ValidationError

from advisor.answer import (
    SECTIONS,
    AnalysisAnswer,
    PlanAnswer,
    answer_schema,
    overlay,
    read_section,
)
from advisor.draft import Draft

DRAFT = Draft(
    summary="原稿", lead_department="原单位", escalation="原升级", resident_script="原口径"
)
PLAN = {
    "steps": [{"action": "看现场", "owner": "网格员", "deadline_days": 2, "evidence": ["L1"]}],
    "lead_department": "社区",
    "escalation": "报镇里",
    "resident_script": "明天来看",
}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["L1", "P1"], ("L1", "P1")),
        ("L1", ("L1",)),
        ("L1、L2，C1", ("L1", "L2", "C1")),
        ("[L1][P1]", ("L1", "P1")),
        (["l1"], ("L1",)),
        (None, ()),
        (7, ()),
    ],
)
def test_ids_are_read_as_models_write_them(written, read):
    analysis = read_section(
        "analysis", {"summary": "事", "risks": [{"text": "险", "evidence": written}]}
    )
    assert isinstance(analysis, AnalysisAnswer)
    assert analysis.risks[0].evidence == read


@pytest.mark.parametrize("items", [["一句话"], "一句话", {"text": "一句话"}, [None, "一句话", ""]])
def test_bare_sentences_count_as_points(items):
    analysis = read_section("analysis", {"summary": "事", "facts": items})
    assert isinstance(analysis, AnalysisAnswer)
    assert [p.text for p in analysis.facts] == ["一句话"]


@pytest.mark.parametrize(("written", "days"), [(3, 3), ("3天", 3), ("15 日内", 15)])
def test_days_are_read_from_a_number_or_a_phrase(written, days):
    plan = read_section(
        "plan", PLAN | {"steps": [{"action": "看", "owner": "他", "deadline_days": written}]}
    )
    assert isinstance(plan, PlanAnswer)
    assert plan.steps[0].deadline_days == days


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("analysis", {"facts": []}),
        ("analysis", "一段话"),
        ("analysis", {"summary": ""}),
        ("plan", PLAN | {"steps": []}),
        ("plan", PLAN | {"steps": [{"action": "看", "owner": "他", "deadline_days": -1}]}),
        ("plan", PLAN | {"steps": [{"action": "看", "owner": "他", "deadline_days": "尽快"}]}),
        ("legal_basis", {"evidence_id": "L1"}),
        ("legal_basis", [{"why": "没有编号"}]),
        ("precedents", [{"evidence_id": "C1", "same": 3, "different": []}]),
        ("analysis", {"summary": "长" * 5000}),
    ],
)
def test_a_section_of_another_shape_is_refused(section, value):
    with pytest.raises(ValidationError):
        read_section(section, value)


def test_only_the_section_written_is_replaced():
    answer = read_section("plan", PLAN)
    draft = overlay(DRAFT, "plan", answer)
    assert draft.summary == "原稿"
    assert draft.lead_department == "社区"
    assert draft.steps[0].evidence == ("L1",)


def test_rows_become_basis_and_precedents():
    draft = overlay(
        DRAFT, "legal_basis", read_section("legal_basis", [{"evidence_id": "l2", "why": "管"}])
    )
    draft = overlay(
        draft,
        "precedents",
        read_section("precedents", [{"evidence_id": "C1", "same": ["同"], "different": ["异"]}]),
    )
    assert [b.evidence_id for b in draft.basis] == ["L2"]
    assert draft.precedents[0].different == ("异",)


def test_the_schema_is_strict_throughout():
    def check(node):
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert set(node["required"]) == set(node["properties"])
            for child in node["properties"].values():
                check(child)
        elif node.get("type") == "array":
            check(node["items"])

    schema = answer_schema()
    assert tuple(schema["properties"]) == SECTIONS
    check(schema)
