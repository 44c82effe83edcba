"""The gate: ``ground()`` is the only way from a draft to what anybody may see.

Unknown evidence ids are dropped, article texts are pasted by the server, all prose is read for free
citations and each is ruled on; what does not pass is listed and the advice becomes partial.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.draft import Draft, DraftBasis, DraftPoint, DraftPrecedent
from advisor.evidence import ArticleEvidence, Evidence
from advisor.model import (
    Analysis,
    Complaint,
    DepartmentCompetence,
    LegalBasis,
    Plan,
    PlanStep,
    Point,
    Precedent,
    RejectedCitation,
    Source,
)
from advisor.sentences import split_sentences
from corpus.citation_check import check_text
from corpus.library import Library
from corpus.model import VerdictKind
from corpus.numerals import format_article
from corpus.region import format_region

SHOWN_AS_LAW = frozenset({VerdictKind.VERIFIED, VerdictKind.REPAIRED})
_REMOVED = "（本段引用未通过核验，已删除）"
_QUOTED_MARK = "（原文引用的法条未通过核验，不予采信）"


@dataclass(frozen=True, slots=True)
class Grounded:
    """The four parts after the gate, and what the gate took out."""

    analysis: Analysis
    plan: Plan
    legal_basis: tuple[LegalBasis, ...]
    precedents: tuple[Precedent, ...]
    limits: tuple[str, ...]
    rejected: tuple[RejectedCitation, ...]
    status: Literal["complete", "partial"]


@dataclass(slots=True)
class _Gate:
    """One pass over one draft; remembers what it rejected."""

    evidence: Evidence
    complaint: Complaint
    library: Library
    known: frozenset[str] = field(init=False)
    rejected: dict[str, RejectedCitation] = field(default_factory=dict)
    removed: int = 0

    def __post_init__(self) -> None:
        self.known = self.evidence.ids()

    def ids(self, claimed: Iterable[str]) -> tuple[str, ...]:
        unique = dict.fromkeys(claimed)
        self.removed += sum(i not in self.known for i in unique)
        return tuple(i for i in unique if i in self.known)

    def _refused(self, text: str, origin: str) -> list[RejectedCitation]:
        verdicts = check_text(
            text, self.library, as_of=self.complaint.as_of, region=self.complaint.region
        )
        refused = [
            RejectedCitation(text=v.text, verdict=v.verdict, reason=f"{origin}{v.reason}")
            for v in verdicts
            if v.verdict not in SHOWN_AS_LAW
        ]
        for r in refused:
            self.rejected.setdefault(r.text, r)
        return refused

    def prose(self, text: str) -> str:
        """The sentences of a text whose citations all pass."""
        if not self._refused(text, ""):
            return text
        kept = "".join(s for s in split_sentences(text) if not self._refused(s, ""))
        self.removed += 1
        return kept or _REMOVED

    def point(self, draft: DraftPoint) -> Point | None:
        text = self.prose(draft.text)
        if text == _REMOVED:
            return None
        return Point(text=text, evidence=self.ids(draft.evidence))

    def points(self, drafts: Sequence[DraftPoint]) -> tuple[Point, ...]:
        return tuple(p for d in drafts if (p := self.point(d)) is not None)

    def told(self, drafts: Sequence[DraftPoint]) -> tuple[Point, ...]:
        """Statements quoted from the complaint: kept as told, with false citations marked."""
        points = []
        for d in drafts:
            refused = self._refused(d.text, "诉求原文引用：")
            mark = _QUOTED_MARK if refused else ""
            points.append(Point(text=d.text + mark, evidence=self.ids(d.evidence)))
        return tuple(points)

    def precedent(self, draft: DraftPrecedent) -> Precedent | None:
        found = next((c for c in self.evidence.cases if c.id == draft.evidence_id), None)
        if found is None:
            self.removed += 1
            return None
        case = found.case
        return Precedent(
            evidence_id=draft.evidence_id,
            case_id=case.id,
            title=case.title,
            matter=found.matter,
            place=case.place,
            closed_on=case.closed_on,
            measures=tuple(case.measures),
            outcome=case.outcome,
            days=case.days,
            same=tuple(self.prose(s) for s in draft.same),
            different=tuple(self.prose(s) for s in draft.different),
            source=Source(
                kind=case.source.kind,
                url=case.source.url,
                publisher=case.source.publisher,
                date=case.source.date,
            ),
        )

    def basis(self, draft: DraftBasis) -> LegalBasis | None:
        article = next((a for a in self.evidence.articles if a.id == draft.evidence_id), None)
        if article is None:
            self.removed += 1
            return None
        return _paste(article, draft, self.prose(draft.why))


def _paste(article: ArticleEvidence, draft: DraftBasis, why: str) -> LegalBasis:
    statute = article.view.statute
    return LegalBasis(
        evidence_id=article.id,
        law=statute.title,
        article=format_article(article.view.number),
        paragraph=draft.paragraph,
        text=article.view.text,
        text_kind=article.view.text_kind,
        level=statute.level,
        region=format_region(statute.region),
        status=article.validity.status,
        effective_from=statute.effective_from,
        why=why,
        verdict=VerdictKind.VERIFIED,
        source_url=statute.source_url,
    )


def _plan(gate: _Gate, draft: Draft) -> Plan:
    return Plan(
        steps=tuple(
            PlanStep(
                order=n,
                action=gate.prose(s.action),
                owner=s.owner,
                deadline_days=max(0, s.deadline_days),
                evidence=gate.ids(s.evidence),
            )
            for n, s in enumerate(draft.steps, start=1)
        ),
        lead_department=draft.lead_department,
        support_departments=draft.support_departments,
        competence=tuple(
            DepartmentCompetence(
                department=c.department, basis=gate.prose(c.basis), evidence=gate.ids(c.evidence)
            )
            for c in draft.competence
        ),
        escalation=gate.prose(draft.escalation),
        resident_script=gate.prose(draft.resident_script),
    )


def ground(draft: Draft, evidence: Evidence, complaint: Complaint, library: Library) -> Grounded:
    """Turn an unverified draft into the four parts a reader may see.

    Articles and cases appear only as the evidence holds them, at the text of the corpus; prose that
    cites anything that is not verified loses those sentences. ``status`` is partial when anything
    the writer proposed was taken out.
    """
    gate = _Gate(evidence, complaint, library)
    analysis = Analysis(
        summary=_summary(gate, draft.summary),
        parties=gate.told(draft.parties),
        facts=gate.told(draft.facts),
        missing_facts=gate.points(draft.missing_facts),
        disputes=gate.points(draft.disputes),
        risks=gate.points(draft.risks),
    )
    plan = _plan(gate, draft)
    basis = tuple(b for d in draft.basis if (b := gate.basis(d)) is not None)
    precedents = tuple(p for d in draft.precedents if (p := gate.precedent(d)) is not None)
    return Grounded(
        analysis=analysis,
        plan=plan,
        legal_basis=basis,
        precedents=precedents,
        limits=(*complaint.notes, *draft.limits, *evidence.set_aside),
        rejected=tuple(gate.rejected.values()),
        status="partial" if gate.removed else "complete",
    )


def _summary(gate: _Gate, summary: str) -> str:
    """The summary retells the complaint, so its quotations are marked rather than removed."""
    return gate.told((DraftPoint(text=summary),))[0].text
