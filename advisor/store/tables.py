"""The tables of the advice store, as the newest migration leaves them."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone; kept in UTC, as SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Moment to column."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Column to moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

advice = Table(
    "advice",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("schema_version", Integer(), nullable=False),
    Column("region", Text(), nullable=False),
    Column("matter", Text(), nullable=True),
    Column("mode", String(32), nullable=False),
    Column("status", String(32), nullable=False),
    Column("request_hash", String(128), nullable=False),
    Column("idempotency_key", Text(), nullable=True, unique=True),
    Column("payload", Text(), nullable=False),
    Index("ix_advice_newest", "created_at", "id"),
)

advice_audit = Table(
    "advice_audit",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("action", String(64), nullable=False),
    Column("advice_id", String(64), nullable=False, index=True),
    Column("actor", Text(), nullable=False),
    Column("detail", Text(), nullable=False),
)

model_call = Table(
    "model_call",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    Column("advice_id", String(64), nullable=False, index=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("prompt", String(64), nullable=False),
    Column("model", Text(), nullable=False),
    Column("outcome", Text(), nullable=False),
    Column("text", Text(), nullable=False),
    Column("form", String(32), nullable=True),
    Column("seconds", Float(), nullable=True),
    Column("upstream_calls", Integer(), nullable=True),
    Column("from_cache", Boolean(), nullable=False),
    Column("tokens", Text(), nullable=False),
    Column("cost", String(32), nullable=True),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("payload", Text(), nullable=False),
    Column("delivered_at", UtcDateTime(), nullable=True),
    Index(
        "ix_event_undelivered",
        "id",
        sqlite_where=text("delivered_at IS NULL"),
        postgresql_where=text("delivered_at IS NULL"),
    ),
)

adoption_entry = Table(
    "adoption_entry",
    metadata,
    Column("seq", Integer(), primary_key=True, autoincrement=True),
    Column("advice_id", String(64), nullable=False, index=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", Text(), nullable=False),
)

adoption_standing = Table(
    "adoption_standing",
    metadata,
    Column("advice_id", String(64), primary_key=True),
    Column("origin", String(16), nullable=False),
    Column("given_at", UtcDateTime(), nullable=False, index=True),
    Column("region", Text(), nullable=False),
    Column("matter", Text(), nullable=True),
    Column("department", Text(), nullable=False),
    Column("mode", String(32), nullable=False),
    Column("prompt", String(64), nullable=True),
    Column("model", Text(), nullable=True),
    Column("trial", Text(), nullable=True),
    Column("verdict", String(16), nullable=True),
    Column("reason", String(32), nullable=True),
    Column("sections", Text(), nullable=True),
    Column("edit_distance", Float(), nullable=True),
    Column("judged_by", Text(), nullable=True),
    Column("judged_at", UtcDateTime(), nullable=True),
    Column("verdict_seq", Integer(), nullable=False),
    Column("cleared", Boolean(), nullable=True),
    Column("closed_on", Date(), nullable=True),
    Column("days", Integer(), nullable=True),
    Column("reopened", Boolean(), nullable=True),
    Column("satisfied", Boolean(), nullable=True),
    Column("outcome_seq", Integer(), nullable=False),
)

cited_article = Table(
    "cited_article",
    metadata,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    Column("advice_id", String(64), nullable=False, index=True),
    Column("law", Text(), nullable=False),
    Column("article", String(64), nullable=False),
    Column("law_day", Date(), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("text_kind", String(16), nullable=False),
    Column("status", String(32), nullable=False),
    Column("effective_from", Date(), nullable=True),
    Index("ix_cited_article_law", "law", "article"),
)

law_check = Table(
    "law_check",
    metadata,
    Column("law", Text(), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("checked_until", Integer(), nullable=False),
)

law_mark = Table(
    "law_mark",
    metadata,
    Column("advice_id", String(64), primary_key=True),
    Column("law", Text(), primary_key=True),
    Column("article", String(64), primary_key=True),
    Column("finding", String(16), nullable=False),
    Column("changed_on", Date(), nullable=True),
    Column("told", Text(), nullable=False),
    Column("noted_at", UtcDateTime(), nullable=False),
)
