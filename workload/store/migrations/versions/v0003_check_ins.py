"""Rounds of the anonymous check-in by link: counts of answers, and nothing of who answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "check_ins",
        sa.Column("token", sa.String(43), primary_key=True),
        sa.Column("district", sa.String(32), sa.ForeignKey("districts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("opened", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("closed", sa.String(10), nullable=False, server_default=""),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("yes", sa.Text, nullable=False),
    )
