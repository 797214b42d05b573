"""Headings: what a heading can mean in each table, and reports that look like a roster but are not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from workload.model.columns import TABLES, Table, normalized

# What makes a sheet this table and no other: one of each group must be there.
IDENTITY = frozenset({"student_id", "student_name", "last_name"})
AMOUNT = frozenset(
    {
        "minutes_per_session",
        "frequency_text",
        "minutes_per_week",
        "minutes_per_month",
        "minutes_per_year",
        "hours_per_week",
        "direct_minutes",
        "direct_outside_minutes",
        "indirect_minutes",
    }
)
SIGNATURES: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "services": (IDENTITY, AMOUNT),
        "therapists": (frozenset({"therapist"}), frozenset({"fte", "hours_per_week", "role", "employment", "days"})),
        "schools": (frozenset({"school"}), frozenset({"school_code", "level", "enrollment", "latitude"})),
        "evaluations": (IDENTITY, frozenset({"type"}), frozenset({"due", "completed"})),
        "travel": (frozenset({"from"}), frozenset({"to"}), frozenset({"minutes"})),
        "time_log": (frozenset({"therapist"}), frozenset({"date"}), frozenset({"activity"})),
    }
)

# Reports of the same systems that hold no promised minutes. Two of a report's own headings name it.
OTHER_REPORTS: Mapping[str, tuple[tuple[str, ...], str, str]] = MappingProxyType(
    {
        "goals": (
            (
                "area of need",
                "annual goal",
                "baseline",
                "objective",
                "goal",
                "progress report 1 summary",
                "progress report 1 comments",
                "person responsible",
                "goals",
                "short term objective",
                "annual goal 1",
            ),
            'a goals report: its "Frequency" says how often progress is measured, not how much service is given',
            "Export the services or deliveries report, which lists minutes and how often.",
        ),
        "billing": (
            (
                "cpt",
                "cpt code",
                "procedure code",
                "icd 10",
                "icd 10 code",
                "diagnosis code",
                "npi",
                "claim number",
                "claim",
                "billed units",
                "units billed",
                "billed amount",
                "medicaid id",
                "medicaid number",
                "modifier",
                "date of service",
                "rendering provider",
            ),
            "a billing report",
            "Export the services report of the plans, not the claims.",
        ),
        "delivered": (
            (
                "minutes provided",
                "total delivered",
                "delivered minutes",
                "minutes delivered",
                "attendance code",
                "session date",
                "date of service",
                "maximum allowable minutes",
                "total allowable minutes remaining",
                "total time delivered",
                "actual minutes",
                "session note",
                "minutes missed",
                "reason missed",
            ),
            "a log of delivered minutes; delivered minutes are not what the plans promise",
            "Export the services report, which lists the promised minutes.",
        ),
        "lumped": (
            (
                "related service minutes general ed setting b grid",
                "related service minutes other setting c grid",
                "special ed service minutes b grid",
                "lre setting",
            ),
            "a report with one row for each student and all related services in one number",
            "Export a report with one row for each service, so that occupational therapy stands alone.",
        ),
    }
)
# A delivered log may carry the plan's period as well; these headings show that plan minutes are in the sheet.
PLANNED = frozenset({"sessions", "period", "frequency_text", "minutes_per_week"})

SENSITIVE = (
    (re.compile(r"(?:^|\s)\w*ssn\b|social security|soc sec"), "Social Security numbers"),
    (re.compile(r"medicaid|medi cal|\bmco\b|insurance"), "Medicaid or insurance data"),
)
UNIT = re.compile(
    r"\b(?P<unit>min(?:ute)?s?|hours?|hrs?)\b\s*(?:of\s+\w+\s+)?(?:(?:a|per|each)\s+)?"
    r"\b(?P<period>session|week|wk|weekly|month|mo|monthly|year|yr|yearly|annual(?:ly)?)\b"
)
PERIOD_FIRST = re.compile(
    r"\b(?P<period>weekly|monthly|yearly|annual|wkly)\b\s*(?:ot\s+|service\s+)?\b(?P<unit>min(?:ute)?s?|hours?|hrs?)\b"
)
PERIOD_OF = {
    "session": "session",
    "week": "week",
    "wk": "week",
    "weekly": "week",
    "wkly": "week",
    "month": "month",
    "mo": "month",
    "monthly": "month",
    "year": "year",
    "yr": "year",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
DELIVERED = re.compile(r"\b(?:delivered|provided|served|missed|remaining|owed|actual)\b")
SCHOOL_YEAR = re.compile(r"\(?\b20\d\d\s*[-/ ]\s*(?:20)?\d\d\b\)?")


def _aliases(table: Table) -> Mapping[str, str]:
    """Normalized heading -> canonical column of the table. A column's own name wins over an alias."""
    found = {normalized(column.name): column.name for column in table.columns}
    for column in table.columns:
        for alias in column.aliases:
            found.setdefault(normalized(alias), column.name)
    return MappingProxyType(found)


ALIASES = {table.name: _aliases(table) for table in TABLES}
# SCHOOLNAME and BeginDate are written without blanks in some exports.
COMPACT = {
    table: {text.replace(" ", ""): name for text, name in reversed(known.items())} for table, known in ALIASES.items()
}


def meaning(table: Table, heading: str) -> tuple[str | None, str]:
    """(canonical column, how sure) of a heading by its words alone; (None, "") when it means nothing here.

    "exact alias": the heading stands in the list of names. "by its unit": minutes or hours a week, month,
    year or session.
    """
    return _meaning(table.name, heading)


@lru_cache(maxsize=4096)
def _meaning(table: str, heading: str) -> tuple[str | None, str]:
    whole = normalized(heading.replace("\n", " "))
    for text in (
        normalized(heading),
        whole,
        normalized(SCHOOL_YEAR.sub(" ", whole)),
        normalized(re.sub(r"\(.*?\)", " ", heading)),
    ):
        if text in ALIASES[table]:
            return ALIASES[table][text], "exact alias"
    if (compact := normalized(heading).replace(" ", "")) in COMPACT[table]:
        return COMPACT[table][compact], "exact alias"
    if table == "services" and not DELIVERED.search(whole):
        found = UNIT.search(whole) or PERIOD_FIRST.search(whole)
        if found:
            return _by_unit(found["unit"], PERIOD_OF[found["period"]])
    return None, ""


def _by_unit(unit: str, period: str) -> tuple[str | None, str]:
    if unit.startswith("min"):
        return f"minutes_per_{period}", "by its unit"
    return ("hours_per_week", "by its unit") if period == "week" else (None, "")


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
            if name in {normalized(table.sheet), *(normalized(alias) for alias in table.sheet_aliases)}
        ),
        None,
    )


def other_report(headings: Iterable[str], columns: Iterable[str]) -> str | None:
    """The name of a report that is no roster, by two of its own headings."""
    names = {normalized(heading) for heading in headings}
    for report, (own, _, _) in OTHER_REPORTS.items():
        if len(names & set(own)) >= 2 and not (report == "delivered" and PLANNED & set(columns)):
            return report
    return None


def sensitive(heading: str) -> str | None:
    """What a heading holds that must never be read, in words; None for an ordinary heading."""
    text = normalized(heading)
    return next((what for pattern, what in SENSITIVE if pattern.search(text)), None)


def _spellings() -> frozenset[str]:
    texts = {
        text
        for table in TABLES
        for column in table.columns
        for text in (column.name, column.name.replace("_", " "), *column.aliases)
    }
    return frozenset(
        spelled for text in texts for spelled in (text, text.lower(), text.upper(), text.title(), text.capitalize())
    )


HEADING_SPELLINGS = _spellings()  # whole cells that may be a heading, found by set intersection
