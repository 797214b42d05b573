"""The tables of the store, as the newest migration leaves them. Every row of a district's work carries its district.

A part is one piece of work that is saved as a whole (the roster, the settings, the scenarios ...): plain data, with the
tables that belong to it beside, by digest. `version` counts its savings, so that nobody overwrites what they have not seen.
Times are UTC as text; the store never looks at a clock.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()


def _of_district(**kind: Any) -> Column:
    return Column("district", String(32), ForeignKey("districts.id", ondelete="CASCADE"), nullable=False, **kind)


DISTRICTS = Table(
    "districts",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created", String(32), nullable=False),
    Column("opened", String(32), nullable=False),  # when somebody last opened it
    Column("secret_mark", String(16), nullable=False, server_default=""),  # which secret its pseudonyms are of
)
PARTS = Table(
    "parts",
    METADATA,
    _of_district(primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("plain", Text, nullable=False),  # JSON, as `packing` writes it
    Column("sheets", Text, nullable=False),  # JSON list of the digests of its tables
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(200), nullable=False),
)
SHEETS = Table(
    "sheets",
    METADATA,
    _of_district(primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # Parquet
)
SNAPSHOTS = Table(
    "snapshots",
    METADATA,
    _of_district(primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("roster_digest", String(64), nullable=False),
    Column("method", String(40), nullable=False),
    Column("plain", Text, nullable=False),
    Column("sheets", Text, nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(200), nullable=False),
)
# Who changed what and when; no content. Rows are added and never changed: a trigger refuses, and each row's seal is
# made over the row before, so that a row that was changed behind the trigger is found.
CHANGES = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("district", String(32), nullable=False),  # no foreign key: it stays when the district is forgotten
    Column("what", String(40), nullable=False),
    Column("about", String(120), nullable=False),
    Column("digest", String(64), nullable=False),  # of what was saved
    Column("seal", String(64), nullable=False),
)
PEOPLE = Table(
    "people",
    METADATA,
    _of_district(primary_key=True),
    Column("email", String(200), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("therapist", String(200), nullable=False, server_default=""),  # whose week it is, for a therapist
    Column("version", Integer, nullable=False),
)
WEEKS = Table(
    "weeks",
    METADATA,
    _of_district(primary_key=True),
    Column("therapist", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),  # the snapshot that was looked at
    Column("roster_digest", String(64), nullable=False),
    Column("said", String(20), nullable=False),  # "right" or "not right"
    Column("note", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(200), nullable=False),
)
# A round of the anonymous check-in. Its answers are counts alone, and its days are days: no row, no time, no address of an
# answer is anywhere, nor in the record of changes.
CHECK_INS = Table(
    "check_ins",
    METADATA,
    Column("token", String(43), primary_key=True),  # of the link: it lets somebody answer and shows nothing
    _of_district(),
    Column("opened", String(10), nullable=False),
    Column("until", String(10), nullable=False),
    Column("closed", String(10), nullable=False, server_default=""),
    Column("answers", Integer, nullable=False),
    Column("yes", Text, nullable=False),  # JSON: question -> how many said yes
)
OWN_LOGS = Table(
    "own_logs",
    METADATA,
    _of_district(primary_key=True),
    Column("therapist", String(200), primary_key=True),
    Column("plain", Text, nullable=False),  # the entries, as `packing` writes them
    Column("version", Integer, nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(200), nullable=False),
)
SENT_CORRECTIONS = Table(
    "sent_corrections",
    METADATA,
    _of_district(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("therapist", String(200), nullable=False),
    Column("day", String(10), nullable=False),  # the snapshot that was looked at
    Column("roster_digest", String(64), nullable=False),
    Column("plain", Text, nullable=False),  # the proposed change
    Column("state", String(20), nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("saved_by", String(200), nullable=False),
)
OF_DISTRICT = [table for table in METADATA.tables.values() if table.foreign_keys]  # what goes with a district
