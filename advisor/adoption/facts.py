"""What the figures and the watch over the law need of an advice, read from its stored JSON."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from advisor import clock


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """By what an advice is counted: who made it, with what, for which kind of matter.

    ``department`` is the lead department; ``prompt`` and ``model`` are None where no model was
    asked; ``trial`` names the arm of a comparison on live traffic, None outside of one.
    """

    department: str = ""
    prompt: str | None = None
    model: str | None = None
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """One article an advice shows as law: ``law_day`` is the day whose law was applied.

    ``text_sha256`` is the hash of the text shown, ``effective_from`` the first day of that version,
    ``status`` what the reader was told of it.
    """

    law: str
    article: str
    law_day: date
    text_sha256: str
    text_kind: str
    status: str
    effective_from: date | None


def advice_facts(payload: str) -> AdviceFacts:
    """The facts of a stored advice; what is missing in it stays empty."""
    advice = _read(payload)
    plan, provenance = _part(advice, "plan"), _part(advice, "provenance")
    return AdviceFacts(
        department=_text(plan.get("lead_department")) or "",
        prompt=_text(provenance.get("prompt")),
        model=_text(provenance.get("model")),
        trial=_text(provenance.get("trial")),
    )


def cited_articles(payload: str, created_at: datetime) -> tuple[CitedArticle, ...]:
    """The articles a stored advice shows as law, each once."""
    advice = _read(payload)
    law_day = _day(_part(advice, "complaint").get("occurred_on")) or clock.day_of(created_at)
    found = {(one.law, one.article): one for one in _cited(advice.get("legal_basis"), law_day)}
    return tuple(found.values())


def hash_of_text(text: str) -> str:
    """SHA-256 of an article's text without its white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def _cited(rows: object, law_day: date) -> Iterator[CitedArticle]:
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        law, article, text = (_text(row.get(name)) for name in ("law", "article", "text"))
        if law and article and text is not None:
            yield CitedArticle(
                law=law,
                article=article,
                law_day=law_day,
                text_sha256=hash_of_text(text),
                text_kind=_text(row.get("text_kind")) or "",
                status=_text(row.get("status")) or "",
                effective_from=_day(row.get("effective_from")),
            )


def _read(payload: str) -> Mapping[str, object]:
    try:
        advice = json.loads(payload)
    except ValueError:
        return {}
    return advice if isinstance(advice, dict) else {}


def _part(advice: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = advice.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
