"""The shape a model is asked to answer in, and the way from one of its sections into a draft.

The four sections stand under their contract names (design §1), so that each can be used as soon as
it is complete, or replaced by the extractive one when it is not usable.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from advisor.draft import Draft, DraftBasis, DraftCompetence, DraftPoint, DraftPrecedent, DraftStep

Section = Literal["analysis", "plan", "legal_basis", "precedents"]
SECTIONS: tuple[Section, ...] = ("analysis", "plan", "legal_basis", "precedents")
MAX_TEXT = 1200
MAX_ITEMS = 20


def _text(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _ids(value: object) -> object:
    """Ids as models write them: "L1", ["L1, L2"], "[L1]", null."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return []
    joined = " ".join(i for i in items if isinstance(i, str))
    for mark in "[]【】（）()，,、;；\"'":
        joined = joined.replace(mark, " ")
    return joined.upper().split()


def _points(value: object) -> object:
    """Items as models write them: objects, or bare sentences."""
    items = [value] if isinstance(value, str | dict) else value
    if not isinstance(items, list | tuple):
        return value
    return [{"text": i} if isinstance(i, str) else i for i in items if i not in ("", None)]


def _strings(value: object) -> object:
    items = [value] if isinstance(value, str) else value
    return [i for i in items if i not in ("", None)] if isinstance(items, list | tuple) else value


def _days(value: object) -> object:
    if isinstance(value, str):
        digits = "".join(c for c in value if c.isdecimal())
        return int(digits[:4]) if digits else value
    return value


def _one_id(value: object) -> object:
    found = _ids(value)
    return found[0] if isinstance(found, list) and found else value


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=MAX_TEXT)]
Ids = Annotated[tuple[str, ...], BeforeValidator(_ids), Field(max_length=MAX_ITEMS)]


class AnswerPart(BaseModel):
    """Base of the answer's values: frozen; unknown fields are ignored, they cannot do harm."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PointAnswer(AnswerPart):
    """A statement with the evidence claimed for it."""

    text: Text
    evidence: Ids = ()


Points = Annotated[
    tuple[PointAnswer, ...], BeforeValidator(_points), Field(default=(), max_length=MAX_ITEMS)
]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(_strings), Field(default=(), max_length=MAX_ITEMS)
]


class AnalysisAnswer(AnswerPart):
    """盘账分析 as the model gives it."""

    summary: Text
    parties: Points
    facts: Points
    missing_facts: Points
    disputes: Points
    risks: Points


class StepAnswer(AnswerPart):
    """One action; the number of days is read from a number or from "3天"."""

    action: Text
    owner: Text
    deadline_days: Annotated[int, BeforeValidator(_days), Field(ge=0, le=365)]
    evidence: Ids = ()


class CompetenceAnswer(AnswerPart):
    """A department and why it is competent."""

    department: Text
    basis: Text
    evidence: Ids = ()


class PlanAnswer(AnswerPart):
    """清账方案 as the model gives it."""

    steps: Annotated[tuple[StepAnswer, ...], Field(min_length=1, max_length=MAX_ITEMS)]
    lead_department: Text
    support_departments: Texts
    competence: Annotated[tuple[CompetenceAnswer, ...], Field(default=(), max_length=MAX_ITEMS)]
    escalation: Text
    resident_script: Text


class BasisAnswer(AnswerPart):
    """An article by id, and why it bears on the case."""

    evidence_id: Annotated[str, BeforeValidator(_one_id), Field(min_length=1)]
    why: Text
    paragraph: int | None = None


class PrecedentAnswer(AnswerPart):
    """A case by id, with what is the same and what is different."""

    evidence_id: Annotated[str, BeforeValidator(_one_id), Field(min_length=1)]
    same: Texts
    different: Texts


Answer = AnalysisAnswer | PlanAnswer | tuple[BasisAnswer | PrecedentAnswer, ...]

_BASES = TypeAdapter(Annotated[tuple[BasisAnswer, ...], Field(max_length=MAX_ITEMS)])
_PRECEDENTS = TypeAdapter(Annotated[tuple[PrecedentAnswer, ...], Field(max_length=MAX_ITEMS)])
_READERS: Mapping[Section, Callable[[object], Answer]] = {
    "analysis": AnalysisAnswer.model_validate,
    "plan": PlanAnswer.model_validate,
    "legal_basis": _BASES.validate_python,
    "precedents": _PRECEDENTS.validate_python,
}


def read_section(section: Section, value: object) -> Answer:
    """One section of an answer, checked for its shape.

    Raises:
        pydantic.ValidationError: It has not the shape asked for.
    """
    return _READERS[section](value)


def overlay(draft: Draft, section: Section, answer: Answer) -> Draft:
    """The draft with one of its sections written by the model instead."""
    if isinstance(answer, AnalysisAnswer):
        return draft.model_copy(
            update={
                "summary": answer.summary,
                "parties": _draft_points(answer.parties),
                "facts": _draft_points(answer.facts),
                "missing_facts": _draft_points(answer.missing_facts),
                "disputes": _draft_points(answer.disputes),
                "risks": _draft_points(answer.risks),
            }
        )
    if isinstance(answer, PlanAnswer):
        return draft.model_copy(update=_plan_update(answer))
    if section == "legal_basis":
        bases = (DraftBasis(**a.model_dump()) for a in answer if isinstance(a, BasisAnswer))
        return draft.model_copy(update={"basis": tuple(bases)})
    cases = (DraftPrecedent(**a.model_dump()) for a in answer if isinstance(a, PrecedentAnswer))
    return draft.model_copy(update={"precedents": tuple(cases)})


def _plan_update(answer: PlanAnswer) -> dict[str, object]:
    return {
        "steps": tuple(DraftStep(**s.model_dump()) for s in answer.steps),
        "lead_department": answer.lead_department,
        "support_departments": answer.support_departments,
        "competence": tuple(DraftCompetence(**c.model_dump()) for c in answer.competence),
        "escalation": answer.escalation,
        "resident_script": answer.resident_script,
    }


def _draft_points(points: tuple[PointAnswer, ...]) -> tuple[DraftPoint, ...]:
    return tuple(DraftPoint(text=p.text, evidence=p.evidence) for p in points)


def answer_schema() -> dict[str, object]:
    """JSON Schema of the whole answer, in the strict form endpoints ask for.

    Every property is required and no other is allowed (OpenAI structured outputs, 2024).
    """
    point = _object({"text": _STRING, "evidence": _LIST})
    step = _object(
        {
            "action": _STRING,
            "owner": _STRING,
            "deadline_days": {"type": "integer"},
            "evidence": _LIST,
        }
    )
    competence = _object({"department": _STRING, "basis": _STRING, "evidence": _LIST})
    names = ("parties", "facts", "missing_facts", "disputes", "risks")
    analysis = {"summary": _STRING} | {name: _many(point) for name in names}
    plan = {
        "steps": _many(step),
        "lead_department": _STRING,
        "support_departments": _LIST,
        "competence": _many(competence),
        "escalation": _STRING,
        "resident_script": _STRING,
    }
    basis = _object({"evidence_id": _STRING, "why": _STRING})
    precedent = _object({"evidence_id": _STRING, "same": _LIST, "different": _LIST})
    return _object(
        {
            "analysis": _object(analysis),
            "plan": _object(plan),
            "legal_basis": _many(basis),
            "precedents": _many(precedent),
        }
    )


_STRING: dict[str, object] = {"type": "string"}
_LIST: dict[str, object] = {"type": "array", "items": _STRING}


def _many(item: dict[str, object]) -> dict[str, object]:
    return {"type": "array", "items": item}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
