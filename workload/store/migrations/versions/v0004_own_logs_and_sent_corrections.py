"""What therapists write on a server under their own sign-in: their time logs, and corrections sent to the lead."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _district() -> sa.Column:
    return sa.Column(
        "district", sa.String(32), sa.ForeignKey("districts.id", ondelete="CASCADE"), nullable=False, primary_key=True
    )


def upgrade() -> None:
    op.create_table(
        "own_logs",
        _district(),
        sa.Column("therapist", sa.String(200), primary_key=True),
        sa.Column("plain", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "sent_corrections",
        _district(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("therapist", sa.String(200), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("roster_digest", sa.String(64), nullable=False),
        sa.Column("plain", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
    )
