"""An advice in the making as the page shows it: by the templates of the whole page."""

import json
from collections.abc import Sequence

from jinja2 import Environment

from advisor.events import Event
from advisor.model import AI_LABEL, RETRIEVAL_LABEL, Advice
from api.errors import Problem
from api.plain import advice_text
from api.said import said_context
from api.schemas.advice import AdviceOut
from api.schemas.progress import SECTIONS, BegunOut, EvidenceOut, shown
from api.workroom import Order

_TEMPLATES = {"triage": "_live.html", "evidence": "_chosen.html"}


def advice_context(advice: AdviceOut) -> dict[str, object]:
    """What the templates are given of a whole advice."""
    laws = {one.evidence_id for one in advice.legal_basis}
    cases = {one.evidence_id for one in advice.precedents}
    return said_context(advice) | {
        "advice": advice,
        "begun": None,
        "anchors": laws | cases,
        "plain": advice_text(advice),
    }


def live_context(events: Sequence[Event], *, streamed: bool) -> dict[str, object]:
    """What the templates are given of an advice of which these events were told.

    ``streamed`` tells whether the rest follows by itself, or the page must be loaded again.
    """
    known = {one.name: one for one in events}
    begun = BegunOut.model_validate(known["triage"].value)
    context: dict[str, object] = {
        "advice": None,
        "begun": begun,
        "streamed": streamed,
        "ai_label": AI_LABEL if begun.mode == "llm" else RETRIEVAL_LABEL,
        "section_names": SECTIONS,
        "ready": tuple(known.keys() & set(SECTIONS)),
        "evidence": None,
        "anchors": set(),
    }
    if "evidence" in known:
        evidence = EvidenceOut.model_validate(known["evidence"].value)
        anchors = {one.evidence_id for one in evidence.articles}
        anchors |= {one.evidence_id for one in evidence.cases}
        context |= {"evidence": evidence, "anchors": anchors}
    return context | {name: shown(known[name]) for name in SECTIONS if name in known}


class PageTelling:
    """Each event as ``{"html": …}``, rendered and escaped here."""

    def __init__(self, pages: Environment, order: Order) -> None:
        self._pages = pages
        self._order = order

    def part(self, event: Event) -> str:
        """Something that is ready: the frame with the triage, then what belongs into it."""
        template = _TEMPLATES.get(event.name, f"_{event.name}.html")
        so_far = _until(self._order.told().events, event)
        return self._html(template, live_context(so_far, streamed=True))

    def done(self, advice: Advice) -> str:
        """The whole advice, as its own page shows it."""
        return self._html("_advice.html", advice_context(AdviceOut.of(advice)))

    def problem(self, problem: Problem) -> str:
        """Why there will be none."""
        return self._html("_problem.html", {"problem": problem})

    def _html(self, template: str, context: dict[str, object]) -> str:
        html = self._pages.get_template(template).render(context)
        return json.dumps({"html": html}, ensure_ascii=False)


def _until(events: Sequence[Event], last: Event) -> Sequence[Event]:
    return events[: events.index(last) + 1]
