"""What is told of an advice while it is being made: triage, evidence, then each section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from advisor.evidence import ArticleEvidence, CaseEvidence
from advisor.grounding import Grounded
from advisor.understanding import Understanding
from corpus.numerals import format_article


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is ready: its name as in the stream contract, and its value as plain JSON."""

    name: str
    value: Mapping[str, object]


OnEvent = Callable[[Event], None]


def triage_event(case: Understanding) -> Event:
    """How to handle it and what kind of matter it is, known before anything is written."""
    return Event(
        "triage",
        {
            "matter": case.matter.model_dump(mode="json"),
            "triage": case.triage.model_dump(mode="json"),
        },
    )


def evidence_event(case: Understanding) -> Event:
    """The articles and cases the advice may rest on, by their ids."""
    return Event(
        "evidence",
        {
            "articles": [_article(a) for a in case.evidence.articles],
            "cases": [_case(c) for c in case.evidence.cases],
            "set_aside": list(case.evidence.set_aside),
        },
    )


def section_event(section: str, grounded: Grounded) -> Event:
    """One of the four parts as it passed the gate."""
    part = getattr(grounded, section)
    if isinstance(part, BaseModel):
        return Event(section, part.model_dump(mode="json"))
    return Event(section, {"items": [item.model_dump(mode="json") for item in part]})


def _article(evidence: ArticleEvidence) -> dict[str, object]:
    return {
        "evidence_id": evidence.id,
        "law": evidence.law,
        "article": format_article(evidence.view.number),
        "text_kind": evidence.view.text_kind.value,
    }


def _case(evidence: CaseEvidence) -> dict[str, object]:
    return {
        "evidence_id": evidence.id,
        "case_id": evidence.case.id,
        "title": evidence.case.title,
    }
