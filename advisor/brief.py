"""The brief: what a writer is told of one case, and how it is put into a prompt's variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor.admission import ArticleEvidence
from advisor.evidence import Evidence
from advisor.fitting import told
from advisor.model import Complaint, Matter, Triage
from corpus.model import Playbook
from corpus.numerals import format_article
from corpus.region import format_region

_ARTICLE_CHARACTERS = 700
_CONTEXT_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a writer is told of one case; ``departments`` are all names on record."""

    complaint: Complaint
    matter: Matter
    triage: Triage
    evidence: Evidence
    signals: tuple[str, ...]
    today: date
    departments: tuple[str, ...] = ()


def variables(brief: Brief, masked: str, fence: str) -> Mapping[str, object]:
    """What ``advise`` prompts need; the complaint is masked, and cannot close its own fence."""
    evidence = brief.evidence
    return {
        "today": brief.today.isoformat(),
        "as_of": brief.complaint.as_of.isoformat(),
        "region": format_region(brief.complaint.region),
        "matter": brief.matter.name,
        "alternatives": "、".join(a.name for a in brief.matter.alternatives),
        "track": brief.triage.track,
        "urgency": brief.triage.urgency,
        "signals": brief.signals,
        "articles": _articles(evidence),
        "cases": _cases(evidence),
        "playbook": _playbook(evidence.playbook) if evidence.playbook else None,
        "duties": [
            {
                "id": d.id,
                "department": d.competence.department,
                "power": d.duty.power if d.duty else d.competence.role,
            }
            for d in evidence.duties
        ],
        "unknown": (*evidence.set_aside, *brief.complaint.notes),
        "complaint": masked.replace(fence, ""),
        "fence": fence,
    }


def _articles(evidence: Evidence) -> list[dict[str, str]]:
    return [
        {
            "id": a.id,
            "law": a.law,
            "number": format_article(a.view.number),
            "level": a.view.statute.level,
            "kind": "原文" if a.view.text_kind == "verbatim" else "要旨",
            "text": " ".join(a.view.text.split())[:_ARTICLE_CHARACTERS] + _beside(a),
        }
        for a in evidence.articles
    ]


def _beside(article: ArticleEvidence) -> str:
    """What the article names or uses of its own law, marked as no part of it."""
    told = "；".join(
        f"{format_article(one.view.number)}：{' '.join(one.text.split())[:_CONTEXT_CHARACTERS]}"
        for one in article.context
    )
    return f"［同法相关条文，供理解：{told}］" if told else ""


def _cases(evidence: Evidence) -> list[dict[str, str]]:
    return [
        {
            "id": c.id,
            "title": c.case.title,
            "place": c.case.place,
            "facts": c.case.facts,
            "measures": "；".join(c.case.measures),
            "outcome": " ".join((c.case.outcome, *c.case.lessons)),
        }
        for c in evidence.cases
    ]


def _playbook(book: Playbook) -> dict[str, str]:
    return {
        "nature": book.nature,
        "questions": "；".join(q.ask for q in book.questions),
        "steps": "；".join(f"{s.action}（{s.owner}，{s.days}日）" for s in book.steps),
        "traps": "；".join(trap.text for trap in book.traps),
        "routes": "；".join(f"{r.route}：{r.when}" for r in book.routes),
        "escalation": told(book.escalation),
    }
