"""The typed tables of a roster after every check that needs all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from workload.intake.answers.findings import Findings, merged
from workload.intake.checks.file_totals import Panel, panel_of, unusual_totals
from workload.intake.checks.open_lines import lines_open_twice
from workload.intake.checks.roster_checks import check, without_fake_points
from workload.intake.checks.sharing import alike_but_for_therapist
from workload.model.coded_list import as_array, objects
from workload.model.coding import codes_of
from workload.model.columns import SERVICES, TABLES
from workload.model.roster import DAY, NUMBER, ROSTER_COLUMNS, SOURCE_COLUMNS, typed


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables of the roster by name, the totals of the files, and what is said of them."""

    frames: Mapping[str, pd.DataFrame]
    panel: Panel
    said: Findings


def checked(tables: Mapping[str, Mapping[str, list]], answers: Mapping[str, str]) -> Checked:
    """Columns of values as typed tables: lines of two therapists, lines open twice, impossible values, odd totals."""
    frames = {table: frame_of(table, tables[table]) for table in ROSTER_COLUMNS}
    students = codes_of(frames["services"]["student"])
    services, by_sharing = alike_but_for_therapist(frames["services"], answers, students)
    frames["services"], by_lines = lines_open_twice(services, answers, students)
    if frames["services"] is not services:  # students may have been told apart
        students = codes_of(frames["services"]["student"])
    by_checks = tuple(check(frames))
    frames["schools"] = without_fake_points(frames["schools"])
    panel = panel_of(frames["services"], students)
    return Checked(frames, panel, merged((by_sharing, by_lines, *by_checks, *unusual_totals(panel))))


NO_DAY, EPOCH, SECONDS_PER_DAY = -1, date(1970, 1, 1).toordinal(), 86_400
# What an empty cell of a choice means, by table.
EMPTY_MEANS = {
    table.name: {
        column.name: column.empty
        for column in table.columns
        if column.kind == "choice" and column.kept and column.empty
    }
    for table in TABLES
    if table is not SERVICES
}


def frame_of(table: str, columns: Mapping[str, list]) -> pd.DataFrame:
    """The typed table. Blank roles, employments and flags take the meaning of an empty cell."""
    if not columns:
        return _empty(table).copy()
    kinds = {**ROSTER_COLUMNS[table], **SOURCE_COLUMNS}
    made: dict[str, Sequence | np.ndarray] = {}
    for name, values in columns.items():
        kind = kinds.get(name)
        if kind == NUMBER:
            made[name] = as_array(values, _numbers)
        elif kind == DAY:
            made[name] = as_array(values, _days)
        elif kind == "flag":
            made[name] = as_array(values, lambda cells: np.array([bool(value) for value in cells], dtype=bool))
        elif kind:
            made[name] = as_array(values, objects)
    if made:
        for name, value in EMPTY_MEANS.get(table, {}).items():
            made[name] = [cell or value for cell in made.get(name, [None] * len(made["row"]))]
    return typed(table, made, len(columns.get("row", ())))


@cache
def _empty(table: str) -> pd.DataFrame:
    return typed(table, {}, 0)


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _days(values: Sequence[date | None]) -> np.ndarray:
    """Dates as numpy days in seconds; counting from the ordinal is many times cheaper than parsing."""
    known = {value: NO_DAY if value is None else value.toordinal() for value in set(values)}
    ordinals = np.fromiter(map(known.__getitem__, values), np.int64, len(values))
    seconds = (ordinals - EPOCH) * SECONDS_PER_DAY
    seconds[ordinals == NO_DAY] = np.iinfo(np.int64).min  # not a time
    return seconds.view("datetime64[s]")
