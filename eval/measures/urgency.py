"""Urgency 紧急程度: right, and whether an urgent case was told to be less."""

from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase
from eval.measures.measure import Measure

_ORDER = ("一般", "较急", "紧急")


def _right(answer: CaseAnswer) -> float:
    return float(answer.advice.triage.urgency in answer.case.urgency)


def _urgent(case: GrassrootsCase) -> bool:
    return "一般" not in case.urgency


def _missed(answer: CaseAnswer) -> float:
    least = min(_ORDER.index(one) for one in answer.case.urgency)
    return float(_ORDER.index(answer.advice.triage.urgency) < least)


URGENCY = Measure(
    name="urgency",
    title="紧急程度正确",
    definition="1 when the urgency given is an accepted one.",
    source="design §3.1",
    of=_right,
)
URGENCY_MISSED = Measure(
    name="urgency_missed",
    title="紧急件被看轻",
    definition="Of the cases that are never 一般: 1 when the urgency given is below all accepted.",
    source="one error of two kinds: to take an emergency lightly is the dear one",
    of=_missed,
    asked=_urgent,
    direction="down",
    worst=1.0,
)
