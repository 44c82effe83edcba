"""The tables of batches 批次: what came in, what was made of it, and who is at work."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from advisor.store.tables import UtcDateTime, metadata

batch = Table(
    "batch",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("order", Text(), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("idempotency_key", Text(), nullable=True, unique=True),
    Column("state", String(16), nullable=False),
    Column("round", Integer(), nullable=False),
    Column("rows", Integer(), nullable=True),
    Column("corpus_as_of", Date(), nullable=True),
    Column("reason", Text(), nullable=False),
    Column("begun_at", UtcDateTime(), nullable=True),
    Column("ended_at", UtcDateTime(), nullable=True),
    # Millionths of the currency: sums stay exact in every database.
    Column("spent_millionths", BigInteger(), nullable=False),
    Index("ix_batch_newest", "created_at", "id"),
)

batch_file = Table(
    "batch_file",
    metadata,
    Column("batch_id", String(32), primary_key=True),
    Column("content", LargeBinary(), nullable=False),
)

batch_row = Table(
    "batch_row",
    metadata,
    Column("batch_id", String(32), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    Column("attempts", Integer(), nullable=False),
    Column("body", Text(), nullable=False),
)

# A result is only ever inserted: the primary key makes a second one impossible.
batch_result = Table(
    "batch_result",
    metadata,
    Column("batch_id", String(32), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    Column("outcome", String(16), nullable=False),
    Column("track", String(16), nullable=True),
    # 100 less the priority: one index in ascending order gives the most urgent first.
    Column("rank", Integer(), nullable=False),
    Column("seconds", Float(), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("body", Text(), nullable=False),
    Index("ix_batch_result_order", "batch_id", "outcome", "rank", "number"),
)

batch_group = Table(
    "batch_group",
    metadata,
    Column("batch_id", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("body", Text(), nullable=False),
    Index("ix_batch_group_key", "batch_id", "key"),
)

batch_worker = Table(
    "batch_worker",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("host", Text(), nullable=False),
    Column("pid", Integer(), nullable=False),
    Column("seen_at", UtcDateTime(), nullable=False),
)
