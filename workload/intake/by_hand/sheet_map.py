"""The map by hand: for every sheet what each column is taken for, how sure that is, what is missing, and how to say it.

maps = sheet_maps(loaded.files)
answers = answers.with_answer(f"column:{maps[0].fingerprint}:Svc amt", "frequency_text")
load(opened, secret=secret, answers=answers)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workload.intake.answers.import_map import OTHER_SERVICE
from workload.intake.checks.import_report import FileReport, SheetReport, TableReport
from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.heading_meaning import UNITS
from workload.intake.columns.headings import AMOUNT, IDENTITY
from workload.intake.columns.mapped_column import MappedColumn
from workload.intake.columns.settled import BY_PERSON, EXACT
from workload.model.column_fates import FATE_WORDS, READ
from workload.model.columns import SERVICES, TABLE, Table

SURE, LIKELY, ANSWERED, NOT_SURE = "sure", "likely", "your answer", "not sure"
NOT_NEEDED = ("", "Not needed")
GOES_TO_ANOTHER = (OTHER_SERVICE, "Goes to another service")
# A period stands beside minutes of a session; totals say it themselves.
NEEDS_PERIOD = frozenset({"minutes_per_session", "sessions"})
WITH_PERIOD = frozenset(
    {"period", "frequency_text", "minutes_per_week", "minutes_per_month", "minutes_per_year", "hours_per_week"}
)


@dataclass(frozen=True)
class ColumnMap:
    """One column of a sheet in the map. `meaning` is a canonical column, "" for one that is not read."""

    heading: str
    letter: str
    samples: tuple[str, ...]
    meaning: str
    certainty: str
    why: str
    fate: str


@dataclass(frozen=True)
class SheetMap:
    """One sheet, or one table of it: what it is used as, its columns, and what is still missing in words."""

    file: str
    sheet: str
    fate: str  # "read", "not-understood", "skipped"
    reason: str
    table: str  # the table it is read as, or proposed to be
    fingerprint: str
    header_row: int
    columns: tuple[ColumnMap, ...] = ()
    missing: tuple[str, ...] = ()


def sheet_maps(files: Sequence[FileReport]) -> tuple[SheetMap, ...]:
    """The map of every sheet that has a table, understood or not, in the order of the files."""
    return tuple(
        each
        for file in files
        for sheet in file.sheets
        for each in (*_read(file.name, sheet), *_not_read(file.name, sheet))
    )


def _read(file: str, sheet: SheetReport) -> list[SheetMap]:
    return [_map(file, sheet.name, READ, "", TABLE[each.table], each) for each in sheet.tables]


def _not_read(file: str, sheet: SheetReport) -> list[SheetMap]:
    if sheet.tables:
        return []
    if sheet.proposal is None:
        return [SheetMap(file, sheet.name, "skipped", sheet.skipped, "", "", 0)]
    return [_map(file, sheet.name, "not-understood", sheet.skipped, sheet.proposal.table, sheet.proposal)]


def _map(file: str, sheet: str, fate: str, reason: str, table: Table, found: TableReport | FoundTable) -> SheetMap:
    columns = tuple(_column(each) for each in found.fates if each.heading)
    return SheetMap(
        file,
        sheet,
        fate,
        reason,
        table.name,
        found.fingerprint,
        found.header_row,
        columns,
        missing(table, {each.meaning.partition("@")[0] for each in columns}),
    )


def _column(column: MappedColumn) -> ColumnMap:
    certainty = (
        ANSWERED
        if column.sure == BY_PERSON
        else SURE
        if column.sure == EXACT or column.sure.startswith("known from")
        else LIKELY
        if column.fate == READ
        else NOT_SURE
    )
    meaning = f"{column.name}@{column.kind}" if column.kind in KIND_WORDS else column.name
    if column.unit == UNITS and column.name.startswith("minutes_per_"):
        meaning = f"{meaning}@{UNITS}"
    return ColumnMap(
        column.heading,
        column.letter,
        column.samples,
        meaning,
        certainty,
        column.sure if column.fate == READ else FATE_WORDS.get(column.fate, ""),
        column.fate,
    )


# Headings of the template that say something only beside their neighbors there.
ALONE = {"frequency_text": "How much, in words", "period": "How often: week, month …", "sessions": "Number of sessions"}
UNIT_WORDS = {"hours": "Hours", UNITS: "Units of 15 minutes"}
KIND_WORDS = {"direct": "direct", "individual": "individual", "group": "in a group", "consult": "consult"}


def label_of(table: Table, meaning: str) -> str:
    """A meaning in words: "Minutes a month, consult"; the words for a column that is not read."""
    for name, label in (NOT_NEEDED, GOES_TO_ANOTHER):
        if meaning == name:
            return label
    name, *parts = meaning.split("@")
    unit = next((UNIT_WORDS[part] for part in parts if part in UNIT_WORDS), "Minutes")
    label = ALONE.get(name, table.column(name).label).replace("Minutes", unit, 1)
    return ", ".join((label, *(KIND_WORDS[part] for part in parts if part in KIND_WORDS)))


def choices(table: str) -> tuple[tuple[str, str], ...]:
    """What a column of the table may be, as (meaning, label), for a list to choose from."""
    own = TABLE[table]
    kinds = (
        [
            (f"{name}@consult", label_of(own, f"{name}@consult"))
            for name in ("minutes_per_week", "minutes_per_month", "minutes_per_session")
        ]
        + [
            (meaning, label_of(own, meaning))
            for meaning in (
                *(f"minutes_per_{period}@hours" for period in ("month", "year")),
                *(f"minutes_per_{period}@{UNITS}" for period in ("session", "week", "month", "year")),
            )
        ]
        if own is SERVICES
        else []
    )
    other = (GOES_TO_ANOTHER,) if own is SERVICES else ()
    return (NOT_NEEDED, *((column.name, label_of(own, column.name)) for column in own.columns), *kinds, *other)


def missing(table: Table, meanings: set[str]) -> tuple[str, ...]:
    """What a sheet still needs to be read, as sentences; empty when it can be read."""
    said = []
    if table is SERVICES:
        if not meanings & IDENTITY:
            said.append("Choose the column that says who the student is: an id, or a name.")
        if not meanings & AMOUNT:
            said.append("Choose the column that says how much: minutes, or words such as 2 x 30 min weekly.")
        elif meanings & NEEDS_PERIOD and not meanings & WITH_PERIOD:
            said.append("Choose the column that says how often: a week, a month, a year.")
        return tuple(said)
    for group in table.needed:
        if not set(group) & meanings:
            said.append(f"Choose the column for {' or '.join(table.column(name).label for name in group[:2])}.")
    return tuple(said)
