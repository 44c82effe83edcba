"""A plan names only departments that the evidence makes competent."""

from advisor.answer import PlanAnswer
from advisor.departments import hold_departments

KNOWN = ("示例城管局", "示例消防队", "村委会")


def plan(lead, *support):
    return PlanAnswer(
        steps=[{"action": "看现场", "owner": "网格员", "deadline_days": 1}],
        lead_department=lead,
        support_departments=list(support),
        competence=[{"department": d, "basis": "管这事"} for d in (lead, *support)],
        escalation="报镇里",
        resident_script="明天来",
    )


def test_known_departments_pass_also_with_their_place():
    held, notes = hold_departments(plan("某区示例城管局", "村委会"), KNOWN, "示例城管局")
    assert held.lead_department == "某区示例城管局"
    assert held.support_departments == ("村委会",)
    assert notes == ()


def test_a_foreign_lead_is_replaced_and_told():
    held, notes = hold_departments(plan("邻里和谐委员会"), KNOWN, "示例城管局")
    assert held.lead_department == "示例城管局"
    assert held.competence == ()
    assert "邻里和谐委员会" in notes[0]


def test_foreign_support_is_taken_out_and_told():
    held, notes = hold_departments(plan("村委会", "环球督查办", "示例消防队"), KNOWN, "示例城管局")
    assert held.support_departments == ("示例消防队",)
    assert len(notes) == 1
