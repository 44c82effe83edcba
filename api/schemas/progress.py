"""What is told of an advice while it is being made, on the wire."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import TypeAdapter

from advisor.events import Event
from api.schemas.advice import (
    AnalysisOut,
    LegalBasisOut,
    MatterOut,
    PlanOut,
    PrecedentOut,
    TriageOut,
)
from api.schemas.base import Outgoing
from corpus.model import TextKind


class BegunOut(Outgoing):
    """The first event: the id the advice will have, and how the complaint is to be handled.

    ``mode`` is how it is going to be written; the advice itself tells how it was.
    """

    id: str
    mode: Literal["llm", "extractive"]
    region: str
    occurred_on: date | None
    matter: MatterOut
    triage: TriageOut


class ArticleChosenOut(Outgoing):
    """An article the advice may rest on."""

    evidence_id: str
    law: str
    article: str
    text_kind: TextKind


class CaseChosenOut(Outgoing):
    """A case the advice may compare with."""

    evidence_id: str
    case_id: str
    title: str


class EvidenceOut(Outgoing):
    """What the advice may rest on, and what was left out and why."""

    articles: tuple[ArticleChosenOut, ...]
    cases: tuple[CaseChosenOut, ...]
    set_aside: tuple[str, ...]


Section = AnalysisOut | PlanOut | tuple[LegalBasisOut, ...] | tuple[PrecedentOut, ...]
Shown = BegunOut | EvidenceOut | Section

_SHAPES: Mapping[str, TypeAdapter[Shown]] = {
    "triage": TypeAdapter(BegunOut),
    "evidence": TypeAdapter(EvidenceOut),
    "analysis": TypeAdapter(AnalysisOut),
    "plan": TypeAdapter(PlanOut),
    "legal_basis": TypeAdapter(tuple[LegalBasisOut, ...]),
    "precedents": TypeAdapter(tuple[PrecedentOut, ...]),
}
SECTIONS = ("analysis", "plan", "legal_basis", "precedents")
_LISTS = frozenset({"legal_basis", "precedents"})


def shown(event: Event) -> Shown:
    """The value of an event in the shape it has in the advice itself."""
    return _SHAPES[event.name].validate_python(
        event.value["items"] if event.name in _LISTS else event.value
    )


class PendingOut(Outgoing):
    """An advice that is still being made; ``ready`` names the sections that are complete."""

    id: str
    status: Literal["pending"] = "pending"
    matter: MatterOut
    triage: TriageOut
    ready: tuple[str, ...]

    @classmethod
    def of(cls, events: Sequence[Event]) -> "PendingOut":
        """What is known after these events, the first of which is the triage."""
        begun = BegunOut.model_validate(events[0].value)
        ready = tuple(one.name for one in events if one.name in SECTIONS)
        return cls(id=begun.id, matter=begun.matter, triage=begun.triage, ready=ready)
