"""The first schema: districts with their parts and tables, snapshots, and the record of changes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NEVER_CHANGED = "the record of changes is only added to"


def _district(**kind: Any) -> sa.Column:
    return sa.Column(
        "district", sa.String(32), sa.ForeignKey("districts.id", ondelete="CASCADE"), nullable=False, **kind
    )


def upgrade() -> None:
    op.create_table(
        "districts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("opened", sa.String(32), nullable=False),
    )
    saved = (
        lambda: sa.Column("plain", sa.Text, nullable=False),
        lambda: sa.Column("sheets", sa.Text, nullable=False),
        lambda: sa.Column("saved_at", sa.String(32), nullable=False),
        lambda: sa.Column("saved_by", sa.String(200), nullable=False),
    )
    op.create_table(
        "parts",
        _district(primary_key=True),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *(column() for column in saved),
    )
    op.create_table(
        "sheets",
        _district(primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "snapshots",
        _district(primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("roster_digest", sa.String(64), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        *(column() for column in saved),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("district", sa.String(32), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER changes_no_{verb.lower()} BEFORE {verb} ON changes "
                f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION changes_stay() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{NEVER_CHANGED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON changes "
            "FOR EACH STATEMENT EXECUTE FUNCTION changes_stay()"
        )
