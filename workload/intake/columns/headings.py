"""What makes a row of headings this table and no other, and reports that look like a roster but are not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from workload.intake.columns.heading_meaning import WHOLE_NAME, candidates
from workload.model.columns import TABLES, Table, normalized

READ_FROM = 6.0  # points from which the words of a heading alone say what it is
IDENTITY = frozenset({"student_id", "student_name", "last_name"})
AMOUNT = frozenset(
    {
        "minutes_per_session",
        "frequency_text",
        "minutes_per_week",
        "minutes_per_month",
        "minutes_per_year",
        "hours_per_week",
        "minutes_per_period",
        "direct_minutes",
        "direct_outside_minutes",
        "indirect_minutes",
    }
)
SIGNATURES: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "services": (IDENTITY, AMOUNT | {"sessions"}),  # "OT Freq" may be sessions or phrases: its values say
        "therapists": (frozenset({"therapist"}), frozenset({"fte", "hours_per_week", "role", "employment", "days"})),
        "schools": (frozenset({"school"}), frozenset({"school_code", "level", "enrollment", "latitude"})),
        "evaluations": (IDENTITY, frozenset({"type"}), frozenset({"due", "completed", "consent"})),
        "travel": (frozenset({"from"}), frozenset({"to"}), frozenset({"minutes"})),
        "time_log": (frozenset({"therapist"}), frozenset({"date"}), frozenset({"activity"})),
    }
)
SENSITIVE = (
    (re.compile(r"(?:^|\s)\w*ssn\b|social security|soc sec"), "Social Security numbers"),
    (re.compile(r"medicaid|medi cal|\bmco\b|insurance"), "Medicaid or insurance data"),
)


def meaning(table: Table, heading: str) -> tuple[str | None, str]:
    """(canonical column, how sure) of a heading by its words alone; (None, "") when they do not say."""
    found = candidates(table.name, heading)
    if not found or found[0].points < READ_FROM:
        return None, ""
    return found[0].name, "exact alias" if found[0].points >= WHOLE_NAME else "by its words"


def fits(table: Table, columns: Iterable[str]) -> bool:
    """Whether columns with these canonical names make a sheet this table."""
    columns = frozenset(columns)
    return all(columns & group for group in SIGNATURES[table.name])


def table_named(sheet: str) -> Table | None:
    """The table that a sheet's name stands for."""
    name = normalized(sheet)
    return next(
        (
            table
            for table in TABLES
            if name in {normalized(table.sheet), *(normalized(alias) for alias in table.sheet_names)}
        ),
        None,
    )


def sensitive(heading: str) -> str | None:
    """What a heading holds that must never be read, in words; None for an ordinary heading."""
    text = normalized(heading)
    return next((what for pattern, what in SENSITIVE if pattern.search(text)), None)
