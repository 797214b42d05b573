"""Delivered minutes from a known fidelity report, which is no roster but says what students have been given.

table = delivered_minutes(opened, secret)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from workload.intake.cells.service_filter import filter_services
from workload.intake.cells.values import read_column
from workload.intake.columns.found_tables import find_tables
from workload.intake.columns.presets import DELIVERED, Preset, compact
from workload.intake.open.opened import Opened, RawSheet, Value
from workload.intake.rows.identity import identities
from workload.model.columns import SERVICES, normalized
from workload.model.pseudonyms import pseudonyms

MINUTES = ("promised_minutes", "delivered_minutes", "remaining_minutes")
MISSED, NOT_PROVIDED = "missed: ", re.compile(r"minutes not provided (.+)")
ANY_MINUTES = SERVICES.column("minutes_per_year")


def delivered_minutes(opened: Opened, secret: bytes) -> pd.DataFrame | None:
    """One row for each occupational therapy row of a fidelity report; None when no sheet of the file is one.

    Columns are `COLUMNS` and one for each reason of the report, `MISSED` and the reason as written in small letters.
    Students are pseudonyms, minutes are those of the span from start to end, NaN where a cell is empty or cannot be
    read.
    """
    found = [
        _of_sheet(opened.name, sheet, refused.preset, secret)
        for sheet in opened.sheets
        if sheet.rows and (refused := find_tables(sheet).refused) and refused.preset.reads == DELIVERED
    ]
    return pd.concat(found, ignore_index=True) if found else None


def _of_sheet(file: str, sheet: RawSheet, preset: Preset, secret: bytes) -> pd.DataFrame:
    cells, first = _columns(sheet, preset)
    count = sheet.rows - first
    kept = filter_services(cells["service"], {}).is_ot if "service" in cells else [True] * count
    who = identities({name: cells[name] for name in ("student_id", "student_name") if name in cells}, count)[0]
    at = [position for position in range(count) if kept[position] and who[position] is not None]
    made: dict[str, Sequence] = {"student": pseudonyms([who[position] for position in at], secret)}
    for name in ("start", "end"):
        values = read_column(SERVICES.column(name), cells[name]).values if name in cells else [None] * count
        made[name] = pd.to_datetime([values[position] for position in at]).astype("datetime64[s]")
    for name in (*MINUTES, *(name for name in cells if name.startswith(MISSED))):
        values = read_column(ANY_MINUTES, cells[name]).values if name in cells else [None] * count
        made[name] = pd.Series([values[position] for position in at], dtype=float)
    made |= {"file": file, "sheet": sheet.name, "row": [sheet.sheet_row(first + position) for position in at]}
    return pd.DataFrame(made)


def _columns(sheet: RawSheet, preset: Preset) -> tuple[dict[str, list[Value]], int]:
    """Cells by canonical column under the row that holds the report's headings, and the first row of them."""
    for at in range(sheet.rows):
        row = [cell if isinstance(cell := column[at], str) else "" for column in sheet.cells]
        names = [compact(text) or normalized(text) for text in row]
        if preset.required <= set(names):
            found = [preset.columns.get(name) or _missed(text) for name, text in zip(names, row, strict=True)]
            return {name: sheet.cells[index][at + 1 :] for index, name in enumerate(found) if name}, at + 1
    return {}, sheet.rows


def _missed(heading: str) -> str | None:
    """ "missed: student absent" of "Minutes Not Provided - Student Absent"; None for another heading."""
    reason = NOT_PROVIDED.fullmatch(normalized(heading))
    return MISSED + reason[1] if reason else None
