"""Batches: what came in, what was made of each row, the groups, and who is at work."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _batch()
    _rows()
    op.create_table(
        "batch_worker",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
    )


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("corpus_as_of", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("spent_millionths", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_batch_newest", "batch", ["created_at", "id"])
    op.create_index("ix_batch_sha256", "batch", ["sha256"])
    op.create_table(
        "batch_file",
        sa.Column("batch_id", sa.String(32), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _rows() -> None:
    op.create_table(
        "batch_row",
        sa.Column("batch_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "batch_result",
        sa.Column("batch_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("track", sa.String(16), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_batch_result_order", "batch_result", ["batch_id", "outcome", "rank", "number"]
    )
    op.create_table(
        "batch_group",
        sa.Column("batch_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("ix_batch_group_key", "batch_group", ["batch_id", "key"])


def downgrade() -> None:
    for name in (
        "batch_worker",
        "batch_group",
        "batch_result",
        "batch_row",
        "batch_file",
        "batch",
    ):
        op.drop_table(name)
