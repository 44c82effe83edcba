"""Batches on the wire: how far, what came of each row, and what belongs together."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from advisor.batch.model import Cluster, Item
from advisor.jobs.model import BatchProgress, BatchState
from advisor.model import Mode
from api.schemas.base import Outgoing


class BatchOut(Outgoing):
    """A batch with its counts; ``rows`` is null until the file is read.

    ``per_second`` counts rows since the batch was begun, ``seconds_left`` is an estimate; both are
    null while unknown.
    """

    id: str
    source: str
    state: BatchState
    reason: str
    created_at: datetime
    ended_at: datetime | None
    mode: Mode
    rows: int | None
    worked: int
    unworked: int
    per_second: float | None
    seconds_left: float | None
    max_cost: Decimal | None
    spent: Decimal

    @classmethod
    def of(cls, progress: BatchProgress) -> "BatchOut":
        """The wire shape of a batch under way or ended."""
        batch = progress.batch
        return cls(
            id=batch.id,
            source=batch.order.source,
            state=batch.state,
            reason=batch.reason,
            created_at=batch.created_at,
            ended_at=batch.ended_at,
            mode=batch.order.mode,
            rows=batch.rows,
            worked=progress.worked,
            unworked=progress.unworked,
            per_second=_rounded(progress.per_second),
            seconds_left=_rounded(progress.seconds_left),
            max_cost=batch.order.max_cost,
            spent=batch.spent,
        )


class BatchPageOut(Outgoing):
    """Batches, newest first."""

    items: tuple[BatchOut, ...]
    next_cursor: str | None


class BatchItemOut(Outgoing):
    """What was made of one row, as a list shows it; the whole stands in result.jsonl."""

    number: int
    ref: str
    sheet: str
    line: int
    summary: str
    matter: str
    track: Literal["即办", "联办", "督办"]
    urgency: Literal["一般", "较急", "紧急"]
    priority: int
    reasons: tuple[str, ...]
    risks: tuple[str, ...]
    lead_department: str
    support_departments: tuple[str, ...]
    first_step: str
    due_on: date | None
    due: str
    overdue: bool
    articles: tuple[str, ...]
    missing_facts: tuple[str, ...]
    advice_id: str | None

    @classmethod
    def of(cls, item: Item) -> "BatchItemOut":
        """The wire shape of an item."""
        first = min(item.deadlines, key=lambda one: one.due_on, default=None)
        return cls(
            number=item.row.number,
            ref=item.row.ref,
            sheet=item.row.sheet,
            line=item.row.line,
            summary=item.summary,
            matter=item.matter.name,
            track=item.triage.track,
            urgency=item.triage.urgency,
            priority=item.triage.priority,
            reasons=item.triage.reasons,
            risks=tuple(one.risk for one in item.flags),
            lead_department=item.lead_department,
            support_departments=item.support_departments,
            first_step=item.first_step,
            due_on=first.due_on if first else None,
            due=first.what if first else "",
            overdue=first.overdue if first else False,
            articles=tuple(f"《{one.law}》{one.article}" for one in item.articles),
            missing_facts=item.missing_facts,
            advice_id=item.advice_id or None,
        )


class BatchItemPageOut(Outgoing):
    """Items of a batch, the most urgent first."""

    items: tuple[BatchItemOut, ...]
    next_cursor: str | None


class ClusterPageOut(Outgoing):
    """Groups 一类事 of a batch, the hottest first, each with its brief."""

    items: tuple[Cluster, ...]
    next_cursor: str | None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
