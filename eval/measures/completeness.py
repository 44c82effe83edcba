"""Completeness: whether each of the four parts holds what the design says it must give."""

from collections.abc import Mapping

from advisor.model import Advice
from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure

_MOST_STEPS = 7
_NO_LAW, _NO_CASE = "法律结论", "案例"


def required(advice: Advice) -> Mapping[str, bool]:
    """Everything that must be there, by name, and whether it is.

    A part without law or cases is complete when ``limits`` says so: nothing found is a value.
    """
    return {**_analysis(advice), **_plan(advice), **_grounds(advice)}


def _analysis(advice: Advice) -> Mapping[str, bool]:
    analysis = advice.analysis
    return {
        "summary": bool(analysis.summary.strip()),
        "parties": bool(analysis.parties),
        "facts": bool(analysis.facts),
        "missing_facts": bool(analysis.missing_facts),
        "disputes": bool(analysis.disputes),
        "risks": bool(analysis.risks),
    }


def _plan(advice: Advice) -> Mapping[str, bool]:
    plan = advice.plan
    return {
        "steps": 1 <= len(plan.steps) <= _MOST_STEPS,
        "owners": all(one.owner.strip() for one in plan.steps) and bool(plan.steps),
        "step_evidence": all(one.evidence for one in plan.steps) and bool(plan.steps),
        "lead": bool(plan.lead_department.strip()),
        "competence": any(one.department == plan.lead_department for one in plan.competence),
        "escalation": bool(plan.escalation.strip()),
        "resident_script": bool(plan.resident_script.strip()),
    }


def _grounds(advice: Advice) -> Mapping[str, bool]:
    limits = "\n".join(advice.limits)
    cases = advice.precedents
    return {
        "legal_basis": bool(advice.legal_basis) or _NO_LAW in limits,
        "precedents": bool(cases) or _NO_CASE in limits,
        "likeness": all(one.same and one.different and one.outcome for one in cases),
    }


def _complete(answer: CaseAnswer) -> float:
    there = required(answer.advice)
    return sum(there.values()) / len(there)


COMPLETENESS = Measure(
    name="completeness",
    title="四部分完整",
    definition=(
        "The share of sixteen required things that are there: six of the analysis, seven of the "
        "plan (one to seven steps, an owner and evidence for each, lead and its competence, "
        "escalation, words to the resident), law and cases or the word that none was found, and "
        "what is the same and different in each case."
    ),
    source="design §1: what each part must give",
    of=_complete,
)
