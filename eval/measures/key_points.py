"""Key points: what a good analysis and a good plan say on this case."""

from eval.case_answer import CaseAnswer
from eval.cases_match import shows
from eval.cases_set import AnswerPart, GrassrootsCase
from eval.measures.measure import Measure

_SOURCE = "nugget recall as in TREC QA (Voorhees 2003); words, not sense: eval/datasets/README.md"


def coverage(answer: CaseAnswer, *parts: AnswerPart) -> float:
    """The share of the key points of these parts that the answer's own words show."""
    points = [one for one in answer.case.key_points if one.part in parts]
    return sum(shows(one, answer.own) for one in points) / len(points)


def _has(part: AnswerPart, case: GrassrootsCase) -> bool:
    return any(one.part == part for one in case.key_points)


KEY_POINTS = Measure(
    name="key_points",
    title="要点覆盖",
    definition=(
        "The share of the case's key points shown by the part they belong to, what it repeats of "
        "the complaint left out."
    ),
    source=_SOURCE,
    of=lambda answer: coverage(answer, "analysis", "plan"),
)
KEY_POINTS_ANALYSIS = Measure(
    name="key_points_analysis",
    title="盘账分析要点覆盖",
    definition="The same over the key points of the analysis.",
    source=_SOURCE,
    of=lambda answer: coverage(answer, "analysis"),
    asked=lambda case: _has("analysis", case),
)
KEY_POINTS_PLAN = Measure(
    name="key_points_plan",
    title="清账方案要点覆盖",
    definition="The same over the key points of the plan.",
    source=_SOURCE,
    of=lambda answer: coverage(answer, "plan"),
    asked=lambda case: _has("plan", case),
)
