"""The outbox: what happened, written in the transaction of what it tells of, for others to hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from advisor import clock
from advisor.adoption.model import AdoptionEntry, Feedback, Outcome
from advisor.law_change import LawMark
from advisor.ports import StoredAdvice

_FACT_CHARACTERS = 200
_SUBJECT_CHARACTERS = 128


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """One thing that happened: ``kind`` such as "advice.created", ``subject`` the id it is about.

    ``facts`` are short (codes, counts, days) and never the text of a complaint: a value longer than
    200 characters is refused. ``id`` is 0 until it is stored and grows from then on.
    """

    kind: str
    subject: str
    facts: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    at: datetime = field(default_factory=clock.now)
    id: int = 0

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")
        for name, value in self.facts.items():
            if isinstance(value, str) and len(value) > _FACT_CHARACTERS:
                raise ValueError(f"fact {name!r} of an event is too long")


def created(record: StoredAdvice) -> OutboxEvent:
    """What is told of a new advice."""
    facts = {
        "matter": record.matter,
        "mode": record.mode,
        "region": record.region[:_FACT_CHARACTERS],
        "status": record.status,
    }
    return OutboxEvent("advice.created", record.id, facts, record.created_at)


def told(entry: AdoptionEntry) -> tuple[OutboxEvent, ...]:
    """What is told of something said of an advice; of a second opinion nothing, it is blind."""
    said = entry.said
    if isinstance(said, Feedback):
        facts = said.model_dump(mode="json", include={"verdict", "reason", "edit_distance"})
        return (OutboxEvent("advice.feedback", entry.advice_id, facts, entry.at),)
    if isinstance(said, Outcome):
        facts = said.model_dump(mode="json", exclude={"kind", "by"})
        return (OutboxEvent("advice.outcome", entry.advice_id, facts, entry.at),)
    return ()


def marked(mark: LawMark) -> OutboxEvent:
    """What is told of one advice whose law changed."""
    changed_on = mark.finding.changed_on
    facts: dict[str, str | None] = {
        "law": mark.law[:_FACT_CHARACTERS],
        "article": mark.article,
        "finding": mark.finding.verdict,
        "changed_on": changed_on.isoformat() if changed_on else None,
    }
    return OutboxEvent("advice.law_changed", mark.advice_id, facts, mark.noted_at)


def law_changed(law: str, marks: Sequence[LawMark]) -> OutboxEvent:
    """What is told of a law: how many stored advices its change concerns."""
    facts: dict[str, str | int] = {
        "law": law[:_FACT_CHARACTERS],
        "advices": len({one.advice_id for one in marks}),
        "outdated": len({one.advice_id for one in marks if one.finding.verdict == "outdated"}),
    }
    return OutboxEvent("law.changed", law[:_SUBJECT_CHARACTERS], facts, marks[0].noted_at)


class Outbox(Protocol):
    """Events not delivered yet. Safe to share among threads."""

    def pending(self, limit: int = 100) -> tuple[OutboxEvent, ...]:
        """The oldest events that were not delivered.

        Raises:
            StoreUnavailable: The store cannot be read.
        """

    def delivered(self, ids: Sequence[int]) -> None:
        """Note that these events reached whoever they were for.

        Raises:
            StoreUnavailable: Nothing was noted.
        """
