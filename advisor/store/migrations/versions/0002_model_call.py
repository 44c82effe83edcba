"""Exchanges with a language model, kept beside the advice they were made for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_call",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("advice_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prompt", sa.String(64), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.String(32), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("upstream_calls", sa.Integer(), nullable=True),
        sa.Column("from_cache", sa.Boolean(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.Column("cost", sa.String(32), nullable=True),
    )
    op.create_index("ix_model_call_advice_id", "model_call", ["advice_id"])


def downgrade() -> None:
    op.drop_table("model_call")
