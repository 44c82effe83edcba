"""Draft: unverified output of a writer (a model, or our extractive writer); evidence ids only."""

from pydantic import BaseModel, ConfigDict


class DraftValue(BaseModel):
    """Base of the draft values: frozen; an unknown field is a writer's error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DraftPoint(DraftValue):
    """A statement and the evidence ids its writer claims for it."""

    text: str
    evidence: tuple[str, ...] = ()


class DraftStep(DraftValue):
    """An action as proposed."""

    action: str
    owner: str
    deadline_days: int
    evidence: tuple[str, ...] = ()


class DraftCompetence(DraftValue):
    """A department and the reason given for its competence."""

    department: str
    basis: str
    evidence: tuple[str, ...] = ()


class DraftBasis(DraftValue):
    """An article by evidence id, and why it bears on this case; never its text."""

    evidence_id: str
    why: str
    paragraph: int | None = None


class DraftPrecedent(DraftValue):
    """A case by evidence id, compared with this one."""

    evidence_id: str
    same: tuple[str, ...]
    different: tuple[str, ...]


class Draft(DraftValue):
    """The four parts as a writer proposes them; nothing here has been checked."""

    summary: str
    parties: tuple[DraftPoint, ...] = ()
    facts: tuple[DraftPoint, ...] = ()
    missing_facts: tuple[DraftPoint, ...] = ()
    disputes: tuple[DraftPoint, ...] = ()
    risks: tuple[DraftPoint, ...] = ()
    steps: tuple[DraftStep, ...] = ()
    lead_department: str
    support_departments: tuple[str, ...] = ()
    competence: tuple[DraftCompetence, ...] = ()
    escalation: str
    resident_script: str
    basis: tuple[DraftBasis, ...] = ()
    precedents: tuple[DraftPrecedent, ...] = ()
    limits: tuple[str, ...] = ()
