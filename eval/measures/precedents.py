"""Precedents: of the right matter, and what is said to be the same and different holds."""

from advisor.model import Precedent
from eval.case_answer import CaseAnswer
from eval.cases_set import GrassrootsCase
from eval.measures.measure import Measure, share
from eval.terms import terms

_OF_MATTER = "同属"
_UNTOLD = "未提到"
_FRAME = frozenset(terms("先例 本件 提到 未提到 待核实 核实"))
_CONTRADICTED = 0.5
_SOURCE = "design §1: each case with what is the same and what is different here"


def _recognisable(case: GrassrootsCase) -> bool:
    return bool(case.matters)


def _of_matter(answer: CaseAnswer) -> float | None:
    accepted = set(answer.case.matters)
    shown = answer.advice.precedents
    right = [bool(accepted & set(answer.case_matters.get(one.case_id, ()))) for one in shown]
    return share(sum(right), len(right))


def _facts(one: Precedent) -> tuple[str, ...]:
    return tuple(text for text in one.same if not text.startswith(_OF_MATTER))


def _same(answer: CaseAnswer) -> float | None:
    told = terms(answer.complaint)
    found = [bool(terms(text) & told) for one in answer.advice.precedents for text in _facts(one)]
    return share(sum(found), len(found))


def _alike(answer: CaseAnswer) -> float | None:
    told = terms(answer.complaint)
    shown = answer.advice.precedents
    found = [any(terms(text) & told for text in _facts(one)) for one in shown]
    return share(sum(found), len(found))


def contradicted(difference: str, complaint: str) -> bool:
    """Whether a difference says that something is not told which the complaint does tell."""
    claimed = terms(difference) - _FRAME
    told = len(claimed & terms(complaint))
    return _UNTOLD in difference and bool(claimed) and told / len(claimed) >= _CONTRADICTED


def _different(answer: CaseAnswer) -> float | None:
    told = answer.complaint
    found = [
        not contradicted(text, told) for one in answer.advice.precedents for text in one.different
    ]
    return share(sum(found), len(found))


PRECEDENT_MATTER = Measure(
    name="precedent_matter",
    title="案例事项相符",
    definition="The share of the cases shown that belong to an accepted matter.",
    source=_SOURCE,
    of=_of_matter,
    asked=_recognisable,
)
PRECEDENT_ALIKE = Measure(
    name="precedent_alike",
    title="案例有事实相同",
    definition=(
        "The share of the cases shown with a point said to be the same, beyond the matter, that "
        "shares a term with the complaint."
    ),
    source=_SOURCE,
    of=_alike,
)
PRECEDENT_SAME = Measure(
    name="precedent_same",
    title="“相同”有据（下限）",
    definition=(
        "The share of the points said to be the same, beyond the matter, that share a term with "
        "the complaint; the same thing in other words is missed, so it is a lower bound."
    ),
    source=_SOURCE,
    of=_same,
)
PRECEDENT_DIFFERENT = Measure(
    name="precedent_different",
    title="“不同”不自相矛盾",
    definition=(
        "The share of the points said to be different that are not contradicted: half of the terms "
        "of what is said not to be told here stand in the complaint."
    ),
    source=_SOURCE,
    of=_different,
)
