"""The summary of a run read back from its workbook: through the same guarded reader as every other file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.batch.batch_results import COLUMNS, STATUSES, TEXT
from workload.explain.state_personnel import SERVED, PersonnelCounts, child_count, school_year
from workload.intake.open.opened import Opened
from workload.intake.open.opening import open_file
from workload.scenarios.cost import state_wages

SHEET = "Districts"
NEEDED = ("district", "status", "required_fte", "available_fte", "gap_fte")
WHAT_TO_DO = "Open the summary.xlsx that the batch command has written, as it is."


class SummaryError(ValueError):
    """A file that is no summary of a run; two sentences: what is wrong, and what to do."""


def read_summary(name: str, data: bytes) -> pd.DataFrame:
    """The districts of a run as `batch_results.summary_table` has them. Raises `SummaryError`."""
    opened = open_file(name, data)
    if opened.refusal:
        raise SummaryError(f"{opened.refusal.message} {opened.refusal.remedy}")
    table = _districts(opened)
    strange = sorted(set(table["status"].dropna()) - set(STATUSES))
    if table.empty or table["status"].isna().any() or strange:
        raise SummaryError(f"The sheet {SHEET} has rows without a status that is known here. {WHAT_TO_DO}")
    return table


def _districts(opened: Opened) -> pd.DataFrame:
    sheet = next((each for each in opened.sheets if each.name == SHEET), None)
    if sheet is None:
        raise SummaryError(f"{opened.name} has no sheet called {SHEET}. {WHAT_TO_DO}")
    columns = {str(cells[0]): cells[1:] for cells in sheet.cells if cells and isinstance(cells[0], str)}
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        raise SummaryError(f"The sheet {SHEET} has no column {lacking[0]}. {WHAT_TO_DO}")
    count = len(columns["district"])
    made = {}
    for name in COLUMNS:
        values = columns.get(name) or [None] * count
        if name == "withheld":
            continue
        if name in TEXT:
            made[name] = pd.Series([None if value is None else str(value) for value in values], dtype=object)
        else:
            made[name] = pd.Series([_number(value) for value in values], dtype=float)
    return pd.DataFrame(made)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else np.nan


def states_table(found: PersonnelCounts) -> pd.DataFrame:
    """A row for each state by name: what the newest shipped year counts, and what a brought file adds (NaN without one).

    Columns: State; students served, 2024-25 (persons aged 3 to 21 with disabilities); OTs, FTE; OTs for each 1,000; Mean
    wage of OTs (dollars a year, all employers, BLS May 2023).
    """
    newest, wages = max(SERVED), state_wages()
    frame = pd.DataFrame(child_count()).sort_values("state", kind="stable", ignore_index=True)
    codes = frame["abbreviation"]
    return pd.DataFrame(
        {
            "State": frame["state"],
            f"Students with disabilities, {school_year(newest)}": pd.to_numeric(frame[SERVED[newest]]),
            "OTs, FTE": codes.map(dict(found.fte)).astype(float),
            "OTs for each 1,000": codes.map(dict(found.per_1000)).astype(float),
            "Mean wage of OTs, all employers": [
                wages[code, "salary_ot"].mean if (code, "salary_ot") in wages else None for code in codes
            ],
        }
    )
