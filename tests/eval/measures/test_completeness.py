import pytest

from eval.measures.completeness import COMPLETENESS, required

STEP = {"order": 1, "action": "看", "owner": "网格员", "deadline_days": 1, "evidence": ["P1"]}


def missing(found):
    return {name for name, there in required(found.advice).items() if not there}


def test_a_whole_advice_is_complete(answer):
    assert missing(answer()) == set()
    assert COMPLETENESS.value(answer()) == 1.0


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"summary": " "}, "summary"),
        ({"missing_facts": []}, "missing_facts"),
        ({"risks": []}, "risks"),
    ],
)
def test_what_the_analysis_lacks_is_named(answer, analysis_with, fields, name):
    assert missing(answer(advice=analysis_with(**fields))) == {name}


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"steps": []}, {"steps", "owners", "step_evidence"}),
        ({"steps": [STEP] * 8}, {"steps"}),
        ({"steps": [{**STEP, "owner": ""}]}, {"owners"}),
        ({"steps": [{**STEP, "evidence": []}]}, {"step_evidence"}),
        ({"lead_department": "教育局"}, {"competence"}),
        ({"resident_script": ""}, {"resident_script"}),
    ],
)
def test_what_the_plan_lacks_is_named(answer, plan_with, fields, names):
    assert missing(answer(advice=plan_with(**fields))) == names


def test_nothing_found_is_complete_when_it_is_said(answer, resolved):
    nothing = {"legal_basis": [], "precedents": []}
    told = {"limits": ["没有找到可以确认适用的法条，本建议不作法律结论。", "没有相近的案例。"]}
    assert missing(answer(advice=nothing)) == {"legal_basis", "precedents"}
    assert missing(answer(advice={**nothing, **told})) == set()
    assert missing(answer(advice={"precedents": [resolved(different=[])]})) == {"likeness"}
