"""Our domain: a complaint as understood, and the four-part advice as it leaves the gate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.model import Level, Region, Status, TextKind, VerdictKind

Mode = Literal["llm", "extractive"]
RequestedMode = Literal["auto", "llm", "extractive"]
Track = Literal["即办", "联办", "督办"]
Urgency = Literal["一般", "较急", "紧急"]

SCHEMA_VERSION = 1
AI_LABEL = "本建议由人工智能辅助生成，仅供参考，由承办人核实后决定"
"""The visible label for generated text (GB 45438; 人工智能生成合成内容标识办法)."""
RETRIEVAL_LABEL = (
    "本建议由系统检索处置指引、法规和案例后自动编排（未使用大模型），由承办人核实后决定"
)
"""The label of an extractive answer: nothing in it was generated."""


class Value(BaseModel):
    """Base of the domain values: frozen, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LedgerRef(Value):
    """Where the complaint stands in the caller's ledger 账本."""

    system: str
    id: str


class AdviceRequest(Value):
    """What a door hands in: the complaint as pasted, and what the caller knows of it.

    ``occurred_on`` is the day of the facts; the law of that day is applied. None means today.
    """

    text: str
    region: str | None = None
    occurred_on: date | None = None
    mode: RequestedMode = "auto"
    ledger_ref: LedgerRef | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint 诉求 ready for work.

    ``text`` is simplified Chinese without invisible characters, ``original`` what was pasted (also
    without invisible characters). ``as_of`` is the day whose law applies; ``notes`` tell the reader
    what intake did to the text.
    """

    text: str
    original: str
    region: Region
    as_of: date
    occurred_on: date | None = None
    ledger_ref: LedgerRef | None = None
    notes: tuple[str, ...] = ()


class MatterChoice(Value):
    """One kind of matter with how sure we are, 0 to 1."""

    type: str
    name: str
    confidence: float


class Matter(Value):
    """What kind of matter 事项 this is; ``type`` is None when we abstain."""

    type: str | None
    name: str
    confidence: float
    alternatives: tuple[MatterChoice, ...] = ()
    abstained: bool = False


class LeadChoice(Value):
    """A department that may lead, how likely it is the right one, 0 to 1, and why it is named."""

    department: str
    likelihood: float
    why: str = ""


class Triage(Value):
    """How to handle it: 办理方式, urgency, priority 0 to 100 and the reasons for them."""

    track: Track
    urgency: Urgency
    priority: int
    reasons: tuple[str, ...]


class Point(Value):
    """One statement with the ids of the evidence it rests on."""

    text: str
    evidence: tuple[str, ...] = ()


class Analysis(Value):
    """盘账分析."""

    summary: str
    parties: tuple[Point, ...] = ()
    facts: tuple[Point, ...] = ()
    missing_facts: tuple[Point, ...] = ()
    disputes: tuple[Point, ...] = ()
    risks: tuple[Point, ...] = ()


class PlanStep(Value):
    """One owned and dated action."""

    order: int
    action: str
    owner: str
    deadline_days: int
    evidence: tuple[str, ...] = ()


class DepartmentCompetence(Value):
    """Why a department may and must act."""

    department: str
    basis: str
    evidence: tuple[str, ...] = ()


class Plan(Value):
    """清账方案."""

    steps: tuple[PlanStep, ...]
    lead_department: str
    support_departments: tuple[str, ...] = ()
    competence: tuple[DepartmentCompetence, ...] = ()
    escalation: str
    resident_script: str


class LawContext(Value):
    """An article of the same law that stands beside another: named by it, or defining a term.

    ``text`` is the whole article, or of a ``term`` the sentence that defines it.
    """

    article: str
    term: str | None = None
    text: str
    text_kind: TextKind


class LegalBasis(Value):
    """One article 法规支撑, its text pasted by the server.

    ``context`` is what it names or uses of its own law, in force on the same day.
    """

    evidence_id: str
    law: str
    article: str
    paragraph: int | None = None
    text: str
    text_kind: TextKind
    level: Level
    region: str
    status: Status
    effective_from: date | None
    why: str
    verdict: VerdictKind
    source_url: str | None = None
    context: tuple[LawContext, ...] = ()


class Source(Value):
    """Where a precedent comes from."""

    kind: Literal["ledger", "public"]
    url: str | None = None
    publisher: str | None = None
    date: str | None = None


class Precedent(Value):
    """One resolved case 案例参考, with what is the same and what is different here."""

    evidence_id: str
    case_id: str
    title: str
    matter: str
    place: str
    closed_on: date | None = None
    measures: tuple[str, ...]
    outcome: str
    days: int | None = None
    same: tuple[str, ...]
    different: tuple[str, ...]
    source: Source


class RejectedCitation(Value):
    """A citation that did not pass the gate, and why."""

    text: str
    verdict: VerdictKind
    reason: str


class ComplaintEcho(Value):
    """The complaint as it was taken in."""

    text: str
    region: str
    occurred_on: date | None = None
    ledger_ref: LedgerRef | None = None


class Versions(Value):
    """What makes advice, whichever the complaint.

    ``embedder`` and ``reranker`` are the models that search; None where there is none.
    """

    index: str
    corpus: str
    code: str
    embedder: str | None = None
    reranker: str | None = None


class Provenance(Value):
    """Which versions of what made this advice; ``Versions`` with the model that drafted.

    ``trial`` names the arm where two versions are compared on live traffic.
    """

    prompt: str | None
    model: str | None
    index: str
    corpus: str
    code: str
    embedder: str | None = None
    reranker: str | None = None
    trial: str | None = None


class Advice(Value):
    """The four-part recommendation, as stored and as served (design §3.1)."""

    id: str
    created_at: datetime
    schema_version: int = SCHEMA_VERSION
    mode: Mode
    ai_label: str = AI_LABEL
    status: Literal["complete", "partial"]
    corpus_as_of: date
    complaint: ComplaintEcho
    matter: Matter
    triage: Triage
    analysis: Analysis
    plan: Plan
    legal_basis: tuple[LegalBasis, ...]
    precedents: tuple[Precedent, ...]
    limits: tuple[str, ...]
    rejected_citations: tuple[RejectedCitation, ...]
    provenance: Provenance
