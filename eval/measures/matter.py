"""Matter recognition: the matter given, and whether it is among the first three shown."""

from eval.case_answer import CaseAnswer
from eval.measures.measure import Measure

_SOURCE = "design §1: 事项类型; abstention as in El-Yaniv, Wiener (JMLR 2010)"


def _given(answer: CaseAnswer) -> float:
    matter, case = answer.advice.matter, answer.case
    if matter.type is None:
        return float(case.may_abstain)
    return float(matter.type in case.matters)


def _among_three(answer: CaseAnswer) -> float:
    matter, case = answer.advice.matter, answer.case
    shown = (matter.type, *(one.type for one in matter.alternatives))[:3]
    return float(bool(set(shown) & set(case.matters)) or (matter.abstained and case.may_abstain))


MATTER = Measure(
    name="matter",
    title="事项正确",
    definition="1 when the matter given is accepted, or none is given where that is accepted.",
    source=_SOURCE,
    of=_given,
)
MATTER_3 = Measure(
    name="matter@3",
    title="事项前三含正确",
    definition=(
        "1 when an accepted matter is the one given or among the alternatives shown, the first "
        "three in all, or none is given where that is accepted."
    ),
    source=_SOURCE,
    of=_among_three,
)
