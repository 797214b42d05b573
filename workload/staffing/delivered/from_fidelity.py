"""Delivered minutes of a fidelity report, whose minutes belong to the span of a service and not to a month.

report = delivered_minutes(opened, secret)              # workload.intake.fidelity
read = delivered_of_report(report, day, WHOLE_SPAN)
read.delivered, read.waiting
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from workload.model.issues import WARNING, Issue
from workload.staffing.delivered.compliance import COLUMN_OF, REASON_COLUMNS, Delivered, delivered_of

TO_DATE, WHOLE_SPAN = "up to the day of the report", "of the whole span"
MISSED = "missed: "


@dataclass(frozen=True, eq=False)
class ReadReport:
    """What counts, and how many rows wait for the answer about services that go on (`TO_DATE` or `WHOLE_SPAN`)."""

    delivered: Delivered
    going_on: int
    waiting: int


def delivered_of_report(report: pd.DataFrame, day: date, promised: str | None = None) -> ReadReport:
    """The rows of a fidelity report as delivered minutes.

    day       of the report
    promised  what the promised minutes of a service that goes on are of; None while nobody has said it

    The minutes of a service that has ended by the day were all due. Of a service that goes on they are either due by
    the day or belong to the whole span, of which then the part that has passed counts (calendar days). Until somebody
    says which, these rows wait: counted as due by the day they could make a district look half as good as it is.
    """
    on = pd.Timestamp(day)
    due = report["promised_minutes"].to_numpy(float)
    goes_on = ~(report["end"] <= on).to_numpy()
    length = (report["end"] - report["start"]).dt.days.to_numpy(float) + 1
    passed = (on - report["start"]).dt.days.to_numpy(float) + 1
    if promised == WHOLE_SPAN:
        part = np.clip(np.divide(passed, length, out=np.full(len(report), np.nan), where=length > 0), 0, 1)
        due = np.where(goes_on, due * part, due)
    waits = goes_on if promised is None else np.zeros(len(report), bool)
    undated = goes_on & np.isnan(due) & report["promised_minutes"].notna().to_numpy()
    counted = report[~waits & ~undated]
    made = delivered_of(_record(row, due[at]) for at, row in counted.iterrows())
    issues = [_placed(issue, counted.iloc[(issue.row or 1) - 1]) for issue in made.issues]
    issues += [_placed(NO_SPAN, row) for _, row in report[~waits & undated].iterrows()]
    return ReadReport(Delivered(made.rows, tuple(issues)), int(goes_on.sum()), int(waits.sum()))


NO_SPAN = Issue(
    "delivered-unreadable",
    WARNING,
    "This service goes on and has no first or last day, so nobody can say how much of it was due. The row is not counted.",
    "Fill in the start and end of the service.",
    column="end",
)


def _record(row: pd.Series, due: float) -> dict[str, Any]:
    """One row under the headings that `delivered_of` knows; a reason that is not known is another reason."""
    record: dict[str, Any] = {"student": row["student"], "required_minutes": _cell(due)}
    record["delivered_minutes"] = _cell(row["delivered_minutes"])
    for name in row.index[row.index.str.startswith(MISSED)]:
        column = COLUMN_OF.get(name.removeprefix(MISSED), "other_minutes")
        column = column if column in REASON_COLUMNS else "other_minutes"
        record[column] = record.get(column, 0.0) + (0.0 if np.isnan(row[name]) else row[name])
    return record


def _cell(minutes: float) -> float | None:
    return None if np.isnan(minutes) else float(minutes)


def _placed(issue: Issue, row: pd.Series) -> Issue:
    return Issue(
        issue.code,
        issue.severity,
        issue.message,
        issue.remedy,
        row["file"],
        row["sheet"],
        int(row["row"]),
        issue.column,
    )
