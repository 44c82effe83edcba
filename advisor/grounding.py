"""The gate: ``ground()`` is the only way from a draft to what anybody may see.

Unknown evidence ids are dropped, article texts are pasted by the server, every text field is read
for free citations and each is ruled on; what does not pass is listed, the advice becomes partial.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from advisor.admission import ArticleEvidence, ContextArticle
from advisor.draft import (
    Draft,
    DraftBasis,
    DraftCompetence,
    DraftPoint,
    DraftPrecedent,
    DraftStep,
)
from advisor.evidence import Evidence
from advisor.model import (
    Analysis,
    Complaint,
    DepartmentCompetence,
    LawContext,
    LegalBasis,
    Plan,
    PlanStep,
    Point,
    Precedent,
    RejectedCitation,
    Source,
)
from advisor.prose import REMOVED, clean, plain_copy, repaired, stretches, touches
from advisor.verdicts import verdicts_on
from corpus.citation_check import CitationVerdict, rule
from corpus.library import Library
from corpus.model import Citation, VerdictKind
from corpus.numerals import format_article
from corpus.region import format_region

SHOWN_AS_LAW = frozenset({VerdictKind.VERIFIED, VerdictKind.REPAIRED})
MAX_STEPS = 7
"""Design §1: at most 5 to 7 actions."""
MAX_DEADLINE_DAYS = 365
_QUOTED_MARK = "（原文引用的法条未通过核验，不予采信）"

_Chosen = TypeVar("_Chosen", DraftBasis, DraftPrecedent)


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

    def _verdicts(self, text: str) -> tuple[CitationVerdict, ...]:
        return verdicts_on(text, self.library, self.complaint.as_of, self.complaint.region)

    def _list(self, refused: Iterable[CitationVerdict], origin: str = "") -> None:
        for v in refused:
            rejected = RejectedCitation(
                text=v.text, verdict=v.verdict, reason=f"{origin}{v.reason}"
            )
            self.rejected.setdefault(v.text, rejected)

    def prose(self, text: str) -> str:
        """The sentences of a text whose citations all pass, repaired ones as they should read.

        What is left is read again: a bare 第三条 or 同法 must still mean the law it meant before,
        or nothing is kept.
        """
        text = clean(text)
        verdicts = self._verdicts(text)
        refused = _refused(verdicts)
        if not refused:
            return repaired(text, verdicts)
        self._list(refused)
        self.removed += 1
        kept = [s for s in stretches(text) if not any(touches(s, v) for v in refused)]
        left = "".join(text[start:end] for start, end in kept)
        again = self._verdicts(left)
        meant = [(v.law, v.article) for v in verdicts if any(touches(s, v) for s in kept)]
        if _refused(again) or [(v.law, v.article) for v in again] != meant:
            return REMOVED
        return repaired(left, again) if left.strip() else REMOVED

    def all_prose(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(t for text in texts if (t := self.prose(text)) != REMOVED)

    def point(self, draft: DraftPoint) -> Point | None:
        text = self.prose(draft.text)
        if text == REMOVED:
            return None
        return Point(text=text, evidence=self.ids(draft.evidence))

    def points(self, drafts: Sequence[DraftPoint]) -> tuple[Point, ...]:
        return tuple(p for d in drafts if (p := self.point(d)) is not None)

    def retold(self, text: str) -> str:
        """A statement that quotes the complaint: kept as told, with false citations marked.

        Only a citation that really stands in the complaint counts as told; any other is the
        writer's own and goes the way of all prose.
        """
        refused = _refused(self._verdicts(clean(text)))
        if not refused or not all(self._told(v) for v in refused):
            return self.prose(text)
        self._list(refused, "诉求原文引用：")
        return clean(text) + _QUOTED_MARK

    def _told(self, verdict: CitationVerdict) -> bool:
        told = plain_copy(self.complaint.text + "\n" + self.complaint.original)
        return _squeezed(verdict.text) in _squeezed(told)

    def told(self, drafts: Sequence[DraftPoint]) -> tuple[Point, ...]:
        texts = ((self.retold(d.text), d.evidence) for d in drafts)
        return tuple(Point(text=t, evidence=self.ids(e)) for t, e in texts if t != REMOVED)

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
            same=self.all_prose(draft.same),
            different=self.all_prose(draft.different),
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
        return _paste(article, self._paragraph(article, draft.paragraph), self.prose(draft.why))

    def _paragraph(self, article: ArticleEvidence, claimed: int | None) -> int | None:
        """The paragraph claimed when the article has it; one we cannot prove is not shown."""
        if claimed is None:
            return None
        citation = Citation("", 0, 0, article.law, article.view.number, paragraph=claimed)
        verdict = rule(
            citation, self.library, as_of=self.complaint.as_of, region=self.complaint.region
        ).verdict
        self.removed += verdict not in SHOWN_AS_LAW
        return claimed if verdict is VerdictKind.VERIFIED else None

    def steps(self, drafts: Sequence[DraftStep]) -> tuple[PlanStep, ...]:
        actions = [(a, d) for d in drafts if (a := self.prose(d.action)) != REMOVED]
        self.removed += len(actions) > MAX_STEPS
        return tuple(
            PlanStep(
                order=n,
                action=action,
                owner=self.prose(d.owner),
                deadline_days=min(max(0, d.deadline_days), MAX_DEADLINE_DAYS),
                evidence=self.ids(d.evidence),
            )
            for n, (action, d) in enumerate(actions[:MAX_STEPS], start=1)
        )

    def competence(self, draft: DraftCompetence) -> DepartmentCompetence:
        return DepartmentCompetence(
            department=self.prose(draft.department),
            basis=self.prose(draft.basis),
            evidence=self.ids(draft.evidence),
        )


def _refused(verdicts: Iterable[CitationVerdict]) -> list[CitationVerdict]:
    return [v for v in verdicts if v.verdict not in SHOWN_AS_LAW]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _unique(drafts: Sequence[_Chosen]) -> tuple[_Chosen, ...]:
    """Each article or case once, the first time it is named."""
    return tuple({d.evidence_id: d for d in reversed(drafts)}.values())[::-1]


def _paste(article: ArticleEvidence, paragraph: int | None, why: str) -> LegalBasis:
    statute = article.view.statute
    return LegalBasis(
        evidence_id=article.id,
        law=statute.title,
        article=format_article(article.view.number),
        paragraph=paragraph,
        text=article.view.text,
        text_kind=article.view.text_kind,
        level=statute.level,
        region=format_region(statute.region),
        status=article.validity.status,
        effective_from=statute.effective_from,
        why=why,
        verdict=VerdictKind.VERIFIED,
        source_url=statute.source_url,
        context=tuple(_beside(one) for one in article.context),
    )


def _beside(one: ContextArticle) -> LawContext:
    return LawContext(
        article=format_article(one.view.number),
        term=one.term,
        text=one.text,
        text_kind=one.view.text_kind,
    )


def _plan(gate: _Gate, draft: Draft) -> Plan:
    return Plan(
        steps=gate.steps(draft.steps),
        lead_department=gate.prose(draft.lead_department),
        support_departments=gate.all_prose(draft.support_departments),
        competence=tuple(gate.competence(c) for c in draft.competence),
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
        summary=gate.retold(draft.summary),
        parties=gate.told(draft.parties),
        facts=gate.told(draft.facts),
        missing_facts=gate.points(draft.missing_facts),
        disputes=gate.points(draft.disputes),
        risks=gate.points(draft.risks),
    )
    plan = _plan(gate, draft)
    basis = tuple(b for d in _unique(draft.basis) if (b := gate.basis(d)) is not None)
    precedents = tuple(p for d in _unique(draft.precedents) if (p := gate.precedent(d)) is not None)
    limits = (*complaint.notes, *gate.all_prose(draft.limits), *evidence.set_aside)
    return Grounded(
        analysis=analysis,
        plan=plan,
        legal_basis=basis,
        precedents=precedents,
        limits=limits,
        rejected=tuple(gate.rejected.values()),
        status="partial" if gate.removed else "complete",
    )
