"""Adoption, the articles each advice cites, marks when law changes, and the outbox.

What is told of advice stored before is read from its payload, as it was then written.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_CHINA = timedelta(hours=8)


def upgrade() -> None:
    _outbox()
    standing = _adoption()
    cited = _law()
    _fill(standing, cited)


def _outbox() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
    )
    waiting = sa.text("delivered_at IS NULL")
    op.create_index(
        "ix_event_undelivered", "event", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )


def _adoption() -> sa.Table:
    op.create_table(
        "adoption_entry",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("advice_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("ix_adoption_entry_advice_id", "adoption_entry", ["advice_id"])
    standing = op.create_table(
        "adoption_standing",
        sa.Column("advice_id", sa.String(64), primary_key=True),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("prompt", sa.String(64), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("trial", sa.Text(), nullable=True),
        sa.Column("verdict", sa.String(16), nullable=True),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.Column("sections", sa.Text(), nullable=True),
        sa.Column("edit_distance", sa.Float(), nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict_seq", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("reopened", sa.Boolean(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("outcome_seq", sa.Integer(), nullable=False),
    )
    op.create_index("ix_adoption_standing_given_at", "adoption_standing", ["given_at"])
    return standing


def _law() -> sa.Table:
    cited = op.create_table(
        "cited_article",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("advice_id", sa.String(64), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("article", sa.String(64), nullable=False),
        sa.Column("law_day", sa.Date(), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("text_kind", sa.String(16), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
    )
    op.create_index("ix_cited_article_advice_id", "cited_article", ["advice_id"])
    op.create_index("ix_cited_article_law", "cited_article", ["law", "article"])
    op.create_table(
        "law_check",
        sa.Column("law", sa.Text(), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("checked_until", sa.Integer(), nullable=False),
    )
    op.create_table(
        "law_mark",
        sa.Column("advice_id", sa.String(64), primary_key=True),
        sa.Column("law", sa.Text(), primary_key=True),
        sa.Column("article", sa.String(64), primary_key=True),
        sa.Column("finding", sa.String(16), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )
    return cited


def _fill(standing: sa.Table, cited: sa.Table) -> None:
    connection = op.get_bind()
    for rows in _stored(connection):
        advice = [(row, _read(row.payload)) for row in rows]
        connection.execute(standing.insert(), [_standing(row, read) for row, read in advice])
        shown = [one for row, read in advice for one in _cited(row, read)]
        if shown:
            connection.execute(cited.insert(), shown)


def _stored(connection: sa.Connection) -> Iterator[list[sa.Row[Any]]]:
    at = sa.column("created_at", sa.DateTime(timezone=True))
    names = ("id", "region", "matter", "mode", "payload")
    table = sa.table("advice", *(sa.column(one, sa.Text()) for one in names), at)
    last = ""
    while True:
        query = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
        rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _read(payload: str) -> dict[str, Any]:
    try:
        advice = json.loads(payload)
    except ValueError:
        return {}
    return advice if isinstance(advice, dict) else {}


def _standing(row: sa.Row[Any], advice: dict[str, Any]) -> dict[str, object]:
    provenance = advice.get("provenance") or {}
    return {
        "advice_id": row.id,
        "origin": "service",
        "given_at": row.created_at,
        "region": row.region,
        "matter": row.matter,
        "department": (advice.get("plan") or {}).get("lead_department") or "",
        "mode": row.mode,
        "prompt": provenance.get("prompt"),
        "model": provenance.get("model"),
        "verdict_seq": 0,
        "outcome_seq": 0,
    }


def _cited(row: sa.Row[Any], advice: dict[str, Any]) -> Iterator[dict[str, object]]:
    occurred_on = (advice.get("complaint") or {}).get("occurred_on")
    day = date.fromisoformat(occurred_on) if occurred_on else _day_in_china(row.created_at)
    seen = set()
    for one in advice.get("legal_basis") or ():
        law, article, text = one.get("law"), one.get("article"), one.get("text")
        if not law or not article or text is None or (law, article) in seen:
            continue
        seen.add((law, article))
        begun = one.get("effective_from")
        yield {
            "advice_id": row.id,
            "law": law,
            "article": article,
            "law_day": day,
            "text_sha256": hashlib.sha256("".join(text.split()).encode()).hexdigest(),
            "text_kind": one.get("text_kind") or "",
            "status": one.get("status") or "",
            "effective_from": date.fromisoformat(begun) if begun else None,
        }


def _day_in_china(moment: datetime) -> date:
    """The day there; a moment without a zone is in UTC."""
    offset = moment.utcoffset() or timedelta()
    return (moment.replace(tzinfo=None) - offset + _CHINA).date()


def downgrade() -> None:
    for name in ("law_mark", "law_check", "cited_article", "adoption_standing", "adoption_entry"):
        op.drop_table(name)
    op.drop_table("event")
