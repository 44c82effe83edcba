"""The advice on the wire (design §3.1, ``schema_version`` 1) and the request that asks for it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from advisor.law_change import LawMark
from advisor.model import Advice, AdviceRequest
from advisor.model import LedgerRef as DomainLedgerRef
from api.schemas.base import Incoming, Outgoing, WholeText
from corpus.model import Level, Status, TextKind, VerdictKind


class LedgerRefIn(Incoming):
    """Where the complaint stands in the caller's ledger 账本."""

    system: WholeText = Field(min_length=1, max_length=100)
    id: WholeText = Field(min_length=1, max_length=200)


class AdviceIn(Incoming):
    """A complaint for which advice is asked."""

    text: WholeText = Field(description="诉求原文，不超过 20000 字")
    region: WholeText | None = Field(
        default=None, max_length=100, description="属地，如 浙江省嘉兴市秀洲区"
    )
    occurred_on: date | None = Field(default=None, description="事发日期，如 2025-03-01")
    mode: Literal["auto", "llm", "extractive"] = "auto"
    ledger_ref: LedgerRefIn | None = None

    def to_domain(self) -> AdviceRequest:
        """The request as the use case takes it."""
        ref = self.ledger_ref
        return AdviceRequest(
            text=self.text,
            region=self.region or None,
            occurred_on=self.occurred_on,
            mode=self.mode,
            ledger_ref=DomainLedgerRef(system=ref.system, id=ref.id) if ref else None,
        )


class LedgerRefOut(Outgoing):
    """Where the complaint stands in the caller's ledger 账本."""

    system: str
    id: str


class ComplaintOut(Outgoing):
    """The complaint as taken in."""

    text: str
    region: str
    occurred_on: date | None
    ledger_ref: LedgerRefOut | None


class MatterChoiceOut(Outgoing):
    """A kind of matter that might fit, 0 to 1."""

    type: str
    name: str
    confidence: float


class MatterOut(Outgoing):
    """The kind of matter 事项类型."""

    type: str | None
    name: str
    confidence: float
    alternatives: tuple[MatterChoiceOut, ...]
    abstained: bool


class TriageOut(Outgoing):
    """办理方式, 紧急程度, priority 0 to 100, and why."""

    track: Literal["即办", "联办", "督办"]
    urgency: Literal["一般", "较急", "紧急"]
    priority: int
    reasons: tuple[str, ...]


class PointOut(Outgoing):
    """One statement and the ids of its evidence."""

    text: str
    evidence: tuple[str, ...]


class AnalysisOut(Outgoing):
    """盘账分析."""

    summary: str
    parties: tuple[PointOut, ...]
    facts: tuple[PointOut, ...]
    missing_facts: tuple[PointOut, ...]
    disputes: tuple[PointOut, ...]
    risks: tuple[PointOut, ...]


class PlanStepOut(Outgoing):
    """One action, its owner and its deadline in days."""

    order: int
    action: str
    owner: str
    deadline_days: int
    evidence: tuple[str, ...]


class CompetenceOut(Outgoing):
    """Why a department is competent."""

    department: str
    basis: str
    evidence: tuple[str, ...]


class PlanOut(Outgoing):
    """清账方案."""

    steps: tuple[PlanStepOut, ...]
    lead_department: str
    support_departments: tuple[str, ...]
    competence: tuple[CompetenceOut, ...]
    escalation: str
    resident_script: str


class LawContextOut(Outgoing):
    """An article of the same law beside another: named by it, or defining ``term``."""

    article: str
    term: str | None
    text: str
    text_kind: TextKind


class LegalBasisOut(Outgoing):
    """One article 法规支撑."""

    evidence_id: str
    law: str
    article: str
    paragraph: int | None
    text: str
    text_kind: TextKind
    level: Level
    region: str
    status: Status
    effective_from: date | None
    why: str
    verdict: VerdictKind
    source_url: str | None
    context: tuple[LawContextOut, ...] = ()


class SourceOut(Outgoing):
    """Where a precedent comes from."""

    kind: Literal["ledger", "public"]
    url: str | None
    publisher: str | None
    date: str | None


class PrecedentOut(Outgoing):
    """One resolved case 案例参考."""

    evidence_id: str
    case_id: str
    title: str
    matter: str
    place: str
    closed_on: date | None
    measures: tuple[str, ...]
    outcome: str
    days: int | None
    same: tuple[str, ...]
    different: tuple[str, ...]
    source: SourceOut


class RejectedCitationOut(Outgoing):
    """A citation that did not pass the gate."""

    text: str
    verdict: VerdictKind
    reason: str


class ProvenanceOut(Outgoing):
    """Versions of what made the advice."""

    prompt: str | None
    model: str | None
    index: str
    corpus: str
    code: str
    embedder: str | None = None
    reranker: str | None = None
    trial: str | None = None


class LawChangeOut(Outgoing):
    """A cited article that is no longer what the advice shows.

    ``outdated``: it was not on the day whose law was applied; ``changed``: the law changed since.
    """

    law: str
    article: str
    finding: Literal["outdated", "changed"]
    changed_on: date | None
    told: str
    noted_at: datetime

    @classmethod
    def of(cls, mark: LawMark) -> "LawChangeOut":
        """The mark as it goes on the wire."""
        found = mark.finding
        return cls(
            law=mark.law,
            article=mark.article,
            finding=found.verdict,
            changed_on=found.changed_on,
            told=found.told,
            noted_at=mark.noted_at,
        )


class AdviceOut(Outgoing):
    """The four-part recommendation; ``law_changes`` is what became known after it was given."""

    id: str
    created_at: datetime
    schema_version: int
    mode: Literal["llm", "extractive"]
    ai_label: str
    status: Literal["complete", "partial"]
    corpus_as_of: date
    complaint: ComplaintOut
    matter: MatterOut
    triage: TriageOut
    analysis: AnalysisOut
    plan: PlanOut
    legal_basis: tuple[LegalBasisOut, ...]
    precedents: tuple[PrecedentOut, ...]
    limits: tuple[str, ...]
    rejected_citations: tuple[RejectedCitationOut, ...]
    provenance: ProvenanceOut
    law_changes: tuple[LawChangeOut, ...] = ()

    @classmethod
    def of(cls, advice: Advice, marks: Sequence[LawMark] = ()) -> "AdviceOut":
        """The advice as it goes on the wire."""
        changes = tuple(LawChangeOut.of(one) for one in marks)
        return cls.model_validate(advice).model_copy(update={"law_changes": changes})


class AdviceSummaryOut(Outgoing):
    """One line of the list of advice: enough to choose, without the complaint."""

    id: str
    created_at: datetime
    region: str
    matter: str
    track: str
    urgency: str
    priority: int
    status: str

    @classmethod
    def of(cls, advice: Advice) -> "AdviceSummaryOut":
        """The line of one advice."""
        return cls(
            id=advice.id,
            created_at=advice.created_at,
            region=advice.complaint.region,
            matter=advice.matter.name,
            track=advice.triage.track,
            urgency=advice.triage.urgency,
            priority=advice.triage.priority,
            status=advice.status,
        )


class AdvicePageOut(Outgoing):
    """One page of advice, newest first; ``next_cursor`` is null on the last."""

    items: tuple[AdviceSummaryOut, ...]
    next_cursor: str | None
