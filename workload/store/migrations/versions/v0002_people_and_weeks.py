"""People with their roles, the weeks that therapists have confirmed, and which secret the pseudonyms are of."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _district() -> sa.Column:
    return sa.Column(
        "district", sa.String(32), sa.ForeignKey("districts.id", ondelete="CASCADE"), nullable=False, primary_key=True
    )


def upgrade() -> None:
    op.add_column("districts", sa.Column("secret_mark", sa.String(16), nullable=False, server_default=""))
    op.create_table(
        "people",
        _district(),
        sa.Column("email", sa.String(200), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("therapist", sa.String(200), nullable=False, server_default=""),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "weeks",
        _district(),
        sa.Column("therapist", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("roster_digest", sa.String(64), nullable=False),
        sa.Column("said", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("saved_by", sa.String(200), nullable=False),
    )
