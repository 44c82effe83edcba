"""One row of a backlog becomes an item: the advice of the straight path, told in short."""

from collections.abc import Iterable
from datetime import date

from advisor.batch.model import (
    BatchRow,
    Deadline,
    Item,
    ItemArticle,
    ItemCase,
    RiskFlag,
)
from advisor.batch.summary import short_summary, shortened
from advisor.deadlines import at_once, deadlines_of, limits_for, reminders_of
from advisor.evidence import Evidence
from advisor.extractive import extractive
from advisor.grounding import Grounded, ground
from advisor.model import AdviceRequest, LedgerRef
from advisor.triage import quote_of
from advisor.understanding import Sources, Understanding, limits_of, understand
from corpus.model import Signal, TextKind

_MAX_MISSING = 5
_MAX_ARTICLES = 4
_MAX_CASES = 2
_ARTICLE_CHARACTERS = 90
_OLD_DAYS = 365


def triage_item(row: BatchRow, sources: Sources, *, today: date) -> Item:
    """What one row asks of the office: who does what by when, and on what basis.

    The same path as an advice without a model, so that both agree; no model is asked.

    Raises:
        RefusedInput: Nothing can be made of the text; the message is for the user.
    """
    case = understand(request_of(row), sources, today=today)
    draft = extractive(
        case.complaint,
        case.matter,
        case.evidence,
        signals=case.signals,
        general=case.general,
    )
    grounded = ground(draft, case.evidence, case.complaint, sources.library)
    plan = grounded.plan
    first = plan.steps[0] if plan.steps else None
    received = _received(row, today)
    limits = tuple(limits_for(case.matter.type, sources.knowledge.time_limits))
    flags = flags_of(case)
    return Item(
        row=row,
        matter=case.matter,
        triage=case.triage,
        flags=flags,
        lead_department=plan.lead_department,
        lead_candidates=case.leads,
        support_departments=plan.support_departments,
        competence=plan.competence,
        missing_facts=tuple(p.text for p in grounded.analysis.missing_facts[:_MAX_MISSING]),
        deadlines=(
            *_first_of_all(flags, today),
            *deadlines_of(case.complaint, limits, sources.library, received=received, today=today),
        ),
        reminders=reminders_of(case.complaint, limits, sources.library),
        first_step=f"{first.owner}：{first.action}" if first else "",
        summary=short_summary(row, case),
        articles=_articles(grounded, case.evidence),
        cases=_cases(grounded),
        limits=(*_age(row, today), *limits_of(case), *grounded.limits),
    )


def request_of(row: BatchRow) -> AdviceRequest:
    """The row as a request for advice; the law of the day it is worked on applies."""
    ref = LedgerRef(system="batch", id=row.ref) if row.ref else None
    return AdviceRequest(
        text=row.whole, region=row.region or None, mode="extractive", ledger_ref=ref
    )


def flags_of(case: Understanding) -> tuple[RiskFlag, ...]:
    """The risks a complaint shows, those that put people first before all others."""
    found = [_flag(signal, case.complaint.text) for signal in case.signals]
    return tuple(sorted(found, key=lambda flag: not flag.people_first))


def _flag(signal: Signal, text: str) -> RiskFlag:
    return RiskFlag(
        kind=signal.kind or "matter",
        risk=signal.risk,
        quote=quote_of(text, signal),
        at_once=signal.at_once,
        owner=signal.owner,
        people_first=signal.people_first,
    )


def _first_of_all(flags: Iterable[RiskFlag], today: date) -> tuple[Deadline, ...]:
    return (at_once(today),) if any(flag.people_first for flag in flags) else ()


def _received(row: BatchRow, today: date) -> date:
    """The day the row came in; today where it does not say, or says a day to come."""
    day = row.received_at.date() if row.received_at else today
    return min(day, today)


def _age(row: BatchRow, today: date) -> tuple[str, ...]:
    received = _received(row, today)
    if (today - received).days <= _OLD_DAYS:
        return ()
    return (
        f"收件日为 {received}，法规按 {today} 有效的列出；"
        "事实发生在更早时，实体问题可能适用当时的规定，请核对。",
    )


def _articles(grounded: Grounded, evidence: Evidence) -> tuple[ItemArticle, ...]:
    gists = {e.id: e.view.gist.gist for e in evidence.articles if e.view.gist}
    return tuple(
        ItemArticle(
            law=basis.law,
            article=basis.article,
            text=shortened(gists.get(basis.evidence_id, basis.text), _ARTICLE_CHARACTERS),
            text_kind=TextKind.GIST if basis.evidence_id in gists else basis.text_kind,
            level=basis.level,
        )
        for basis in grounded.legal_basis[:_MAX_ARTICLES]
    )


def _cases(grounded: Grounded) -> tuple[ItemCase, ...]:
    return tuple(
        ItemCase(case_id=p.case_id, title=p.title, outcome=p.outcome, days=p.days)
        for p in grounded.precedents[:_MAX_CASES]
    )
