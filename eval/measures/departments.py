"""Departments: who leads, and whether anybody competent takes part."""

from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase
from eval.measures.measure import Measure

_SOURCE = "design §1: lead and supporting departments; which unit is competent is a real question"


def _named(case: GrassrootsCase) -> bool:
    return bool(case.departments)


def _lead(answer: CaseAnswer) -> float:
    lead = answer.department(answer.advice.plan.lead_department)
    return float(lead in answer.case.departments)


def _first(answer: CaseAnswer) -> float:
    lead = answer.department(answer.advice.plan.lead_department)
    return float(lead == answer.case.departments[0])


def _any(answer: CaseAnswer) -> float:
    plan = answer.advice.plan
    shown = {answer.department(one) for one in (plan.lead_department, *plan.support_departments)}
    return float(bool(shown & set(answer.case.departments)))


LEAD = Measure(
    name="lead",
    title="牵头单位可接受",
    definition="1 when the lead department, by its name on record, is an accepted one.",
    source=_SOURCE,
    of=_lead,
    asked=_named,
)
LEAD_FIRST = Measure(
    name="lead_first",
    title="牵头单位最合适",
    definition="1 when the lead department is the one that the case names first.",
    source=_SOURCE,
    of=_first,
    asked=_named,
)
DEPARTMENT_ANY = Measure(
    name="department_any",
    title="参加单位含可接受的",
    definition="1 when an accepted department leads or supports.",
    source=_SOURCE,
    of=_any,
    asked=_named,
)
