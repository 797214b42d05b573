"""A therapist's week as a roster file: what she typed joins the district's other files, students numbered and unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from workload.one_week.own_case import Case
from workload.one_week.week_roster import evaluation_rows, service_rows, therapist_rows
from workload.report.table_files import as_xlsx

SHEETS = ("Services", "Therapists", "Evaluations")
SAID = ["minutes_per_session", "sessions", "period", "total_minutes"]  # what the column of the frequency says


def roster_file(case: Case, weeks: float, day: date) -> bytes:
    """The workbook with the columns of the empty roster. weeks  that hours of a year are spread over

    Therapist and school stand in it as "You" and "Building 1": whoever joins it to a district's files writes the names in.
    """
    duties = case.all_duties(weeks)
    services = [{**row, "frequency": frequency(row)} for row in service_rows(case.entries, duties)]
    rows = (services, therapist_rows(duties), evaluation_rows(duties, day))
    return as_xlsx(
        {
            name: pd.DataFrame(one).drop(columns=SAID, errors="ignore")
            for name, one in zip(SHEETS, rows, strict=True)
            if one
        }
    )


def frequency(row: Mapping[str, object]) -> str:
    """How often, as a plan says it and the reader reads it: "2 x 30 minutes per week", "60 minutes per month"."""
    period = f"every {row['period']}" if str(row["period"]).endswith("weeks") else f"per {row['period']}"
    if row["minutes_per_session"] is None:
        return f"{row['total_minutes']:g} minutes {period}"
    return f"{row['sessions']:g} x {row['minutes_per_session']:g} minutes {period}"
