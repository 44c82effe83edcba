"""The tables of the advice store, as the newest migration leaves them."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
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
