"""What is told of an advice while it is being made: triage, evidence, then each section."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from advisor.admission import ArticleEvidence
from advisor.evidence import CaseEvidence
from advisor.grounding import Grounded
from advisor.model import Advice, Mode
from advisor.understanding import Understanding
from corpus.numerals import format_article
from corpus.region import format_region


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is ready: its name as in the stream contract, and its value as plain JSON."""

    name: str
    value: Mapping[str, object]


OnEvent = Callable[[Event], None]


def triage_event(case: Understanding, advice_id: str, mode: Mode) -> Event:
    """How to handle it and what kind of matter it is, known before anything is written.

    ``advice_id`` is the id the advice will be stored under, ``mode`` how it is going to be written:
    a model that fails may still leave an extractive advice.
    """
    complaint = case.complaint
    return Event(
        "triage",
        {
            "id": advice_id,
            "mode": mode,
            "region": format_region(complaint.region),
            "occurred_on": complaint.occurred_on.isoformat() if complaint.occurred_on else None,
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


def retold(advice: Advice) -> Iterator[Event]:
    """The events of an advice made earlier; its evidence is what it rests on."""
    plain = advice.model_dump(mode="json")
    complaint, laws, cases = plain["complaint"], plain["legal_basis"], plain["precedents"]
    yield Event(
        "triage",
        {
            "id": advice.id,
            "mode": advice.mode,
            "region": complaint["region"],
            "occurred_on": complaint["occurred_on"],
            "matter": plain["matter"],
            "triage": plain["triage"],
        },
    )
    yield Event(
        "evidence",
        {
            "articles": [_members(a, "evidence_id", "law", "article", "text_kind") for a in laws],
            "cases": [_members(c, "evidence_id", "case_id", "title") for c in cases],
            "set_aside": [],
        },
    )
    yield Event("analysis", plain["analysis"])
    yield Event("plan", plain["plan"])
    yield Event("legal_basis", {"items": laws})
    yield Event("precedents", {"items": cases})


def _members(row: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: row[name] for name in names}


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
