"""An advice beside the case it answers, and what else is needed to judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from advisor.intake import strip_invisible, to_simplified
from advisor.model import Advice, LegalBasis, Point
from corpus.library import Library
from corpus.model import Duty
from corpus.numerals import parse_article
from eval.cases_set import AnswerPart, GrassrootsCase
from eval.dataset import ArticleKey, article_key

Field = Literal[
    "summary",
    "parties",
    "facts",
    "missing_facts",
    "disputes",
    "risks",
    "action",
    "competence",
    "escalation",
    "resident_script",
]
"""Where in an advice a statement stands; a step's owner and deadline are no statements."""

_ANALYSIS: tuple[Field, ...] = (
    "summary",
    "parties",
    "facts",
    "missing_facts",
    "disputes",
    "risks",
)
_ECHO = 8
"""So many characters of the complaint in a row are the complaint's, not the answer's."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One text of the advice that claims something, with the ids of its evidence."""

    field: Field
    text: str
    evidence: tuple[str, ...] = ()

    @property
    def part(self) -> AnswerPart:
        """The part of the advice it belongs to."""
        return "analysis" if self.field in _ANALYSIS else "plan"


@dataclass(frozen=True, slots=True)
class Spent:
    """What the model took for one advice; ``cost`` is None where no price is set."""

    calls: int = 0
    tokens: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True)
class CaseAnswer:
    """One case with the advice given on it.

    ``sent`` are the texts that left the machine for it, or would have where no model is set.
    ``department_names`` lead from any name of a department to its name on record, ``case_matters``
    from the id of a resolved case to its matters.
    """

    case: GrassrootsCase
    advice: Advice
    library: Library
    department_names: Mapping[str, str] = field(default_factory=dict)
    case_matters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sent: tuple[str, ...] = ()
    spent: Spent = Spent()

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Everything the analysis and the plan say, in the order they are shown."""
        return (*_of_analysis(self.advice), *_of_plan(self.advice))

    @cached_property
    def complaint(self) -> str:
        """The complaint as the service reads it: simplified, without invisible characters."""
        return to_simplified(strip_invisible(self.case.text).strip())

    @cached_property
    def basis_keys(self) -> tuple[ArticleKey, ...]:
        """The articles shown as law, each once, in their order."""
        shown = (basis_key(one) for one in self.advice.legal_basis)
        return tuple(dict.fromkeys(shown))

    @cached_property
    def whole(self) -> Mapping[AnswerPart, str]:
        """Each part as it is shown, the articles it rests on written in as 《law》第N条."""
        return {"analysis": self._part("analysis"), "plan": self._part("plan")}

    @cached_property
    def own(self) -> Mapping[AnswerPart, str]:
        """Each part without what it repeats of the complaint."""
        told = (self.complaint, self.case.text)
        return {part: without_echo(text, told) for part, text in self.whole.items()}

    def department(self, name: str) -> str:
        """The name on record of a department."""
        return self.department_names.get(name, name)

    def _part(self, part: AnswerPart) -> str:
        cited = {one.evidence_id: f"《{one.law}》{one.article}" for one in self.advice.legal_basis}
        lines = [
            "".join((one.text, *(cited[id_] for id_ in one.evidence if id_ in cited)))
            for one in self.statements
            if one.part == part
        ]
        if part == "plan":
            lines += _frame(self.advice)
        return "\n".join(lines)


def basis_key(one: LegalBasis) -> ArticleKey:
    """The key of an article shown as law."""
    return article_key(one.law, parse_article(one.article))


def names_of(duties: Sequence[Duty]) -> Mapping[str, str]:
    """From any name of a department to its name on record."""
    return {name: duty.department for duty in duties for name in (*duty.aliases, duty.department)}


def without_echo(text: str, told: Sequence[str]) -> str:
    """The text with every stretch that stands in one of the ``told`` texts turned to a break.

    A stretch of ``_ECHO`` characters or more counts; shorter ones are words that both may use.
    """
    runs = {one[at : at + _ECHO] for one in told for at in range(len(one) - _ECHO + 1)}
    echoed = [False] * len(text)
    for at in range(len(text) - _ECHO + 1):
        if text[at : at + _ECHO] in runs:
            echoed[at : at + _ECHO] = [True] * _ECHO
    return "".join("\n" if gone else char for char, gone in zip(text, echoed, strict=True))


def _of_analysis(advice: Advice) -> tuple[Statement, ...]:
    analysis = advice.analysis
    listed: tuple[tuple[Field, tuple[Point, ...]], ...] = (
        ("parties", analysis.parties),
        ("facts", analysis.facts),
        ("missing_facts", analysis.missing_facts),
        ("disputes", analysis.disputes),
        ("risks", analysis.risks),
    )
    points = (Statement(name, one.text, one.evidence) for name, those in listed for one in those)
    return (Statement("summary", analysis.summary), *points)


def _of_plan(advice: Advice) -> tuple[Statement, ...]:
    plan = advice.plan
    steps = (Statement("action", one.action, one.evidence) for one in plan.steps)
    competence = (Statement("competence", one.basis, one.evidence) for one in plan.competence)
    return (
        *steps,
        *competence,
        Statement("escalation", plan.escalation),
        Statement("resident_script", plan.resident_script),
    )


def _frame(advice: Advice) -> list[str]:
    """What the plan shows beside its statements: owners, deadlines, departments."""
    plan = advice.plan
    steps = [f"{one.owner}，{one.deadline_days}日内" for one in plan.steps]
    return [*steps, plan.lead_department, *plan.support_departments]
