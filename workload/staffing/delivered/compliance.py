"""Delivered minutes: what was required, delivered, and not delivered by reason. Compliance is sum over sum.

delivered = delivered_of(rows)               # monthly totals, one record a row
delivered = delivered_from_log(rows)         # one record a session
compliance_by(delivered, "school"), compliance_by(delivered, "month"), compliance(delivered)
student_list_for_compliance_officer(delivered)      # the only function that shows single students
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from workload.model.columns import normalized
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.packaged_data import DATA
from workload.model.words import MONTHS

REASONS: Mapping[str, str] = {
    "provider_absence": "Provider absent",
    "evaluation": "Provider at an evaluation",
    "student_absence": "Student absent",
    "school_event": "School event",
    "refusal": "Student refused",
    "other": "Other reason",
}
REASON_COLUMNS = tuple(f"{reason}_minutes" for reason in REASONS)
# headings as `normalized` writes them -> column; the columns' own names are known as well
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "required_minutes": ("required", "minutes required", "mandated minutes", "mandated", "iep minutes", "owed minutes"),
    "delivered_minutes": (
        "delivered",
        "minutes delivered",
        "direct minutes",
        "provided minutes",
        "minutes provided",
        "received minutes",
    ),
    "provider_absence_minutes": ("provider absence", "provider absent", "therapist absent", "provider unavailable"),
    "evaluation_minutes": (
        "evaluation",
        "evaluations",
        "cancelled for evaluation",
        "cancelled for evaluations",
        "canceled for evaluation",
        "provider at evaluation",
    ),
    "student_absence_minutes": ("student absence", "student absent"),
    "school_event_minutes": ("school event", "school closed", "holiday", "assembly", "field trip", "testing"),
    "refusal_minutes": ("refusal", "refused", "student refused", "student refusal"),
    "other_minutes": ("other", "other reason", "explained no service minutes"),
    "student": ("student id", "pseudonym"),
    "school": ("building", "site"),
    "therapist": ("provider", "ot"),
    "month": (),
    "school_year": ("year",),
    "date": ("day", "service date"),
    "minutes": ("session minutes", "duration"),
    "outcome": ("status", "reason", "result"),
}
COLUMN_OF = {heading: column for column, more in HEADINGS.items() for heading in (normalized(column), *more)}
PLACES = ("student", "school", "therapist", "month")
DELIVERED_WORDS = frozenset({"delivered", "provided", "served", "yes", "attended", "makeup", "make up"})
FIRST_MONTH_OF_SCHOOL_YEAR = 7
YEARS = range(1990, 2101)  # as for every date of a roster
MONTH = re.compile(r"(\d{4})-(\d{1,2})(-\d{1,2})?")


@dataclass(frozen=True, eq=False)
class Delivered:
    """Minutes row by row: student, school, therapist, month ("2026-09", None where unknown), required_minutes,
    delivered_minutes and one column for each reason. A row counts only when both sums are known.
    """

    rows: pd.DataFrame
    issues: tuple[Issue, ...] = ()


def delivered_of(records: Iterable[Mapping[str, object]]) -> Delivered:
    """Delivered minutes from monthly totals, one mapping a row, under forgiving headings (`HEADINGS`).

    A row without required or delivered minutes, or with a number that cannot be read, is told and left out; nothing
    unread becomes zero. An empty reason is no minutes for that reason. Raises `ValueError` where two headings mean
    the same column.
    """
    made, issues = [], []
    for number, record in enumerate(records, 1):
        row = _known(record)
        problem = _unreadable(row)
        if problem:
            column, why = problem
            issues.append(
                Issue(
                    "delivered-unreadable",
                    WARNING,
                    f"{why} The row is not counted.",
                    "Write minutes as a plain number, 0 where there were none.",
                    row=number,
                    column=column,
                )
            )
            continue
        made.append(_typed(row))
        issues += _without_month(row, made[-1]["month"], number)
        told = sum(made[-1][reason] for reason in REASON_COLUMNS)
        left = made[-1]["required_minutes"] - made[-1]["delivered_minutes"] - told
        if left < -1:
            issues.append(
                Issue(
                    "delivered-over-accounted",
                    NOTICE,
                    f"Delivered and explained minutes are {-left:,.10g} more than the "
                    f"{made[-1]['required_minutes']:,.15g} required. They are counted as written.",
                    "Check whether make-up sessions or another month are inside.",
                    row=number,
                )
            )
    return Delivered(_frame(made), tuple(issues))


def delivered_from_log(records: Iterable[Mapping[str, object]]) -> Delivered:
    """Delivered minutes from a session log: date, minutes, outcome ("delivered" or a reason), and who and where.

    Every scheduled session is required time; one that took place is delivered, another goes to its reason.
    """
    made, issues = [], []
    for number, record in enumerate(records, 1):
        row = _known(record)
        minutes = _number(row.get("minutes"))
        outcome = _outcome(row.get("outcome"))
        if minutes is None or np.isnan(minutes) or outcome is None:
            column = "outcome" if outcome is None else "minutes"
            issues.append(
                Issue(
                    "delivered-unreadable",
                    WARNING,
                    f"The {column} of this session cannot be read. The row is not counted.",
                    f"Write minutes as a number, and delivered or a reason: {', '.join(REASONS.values())}.",
                    row=number,
                    column=column,
                )
            )
            continue
        totals = dict.fromkeys(("delivered_minutes", *REASON_COLUMNS), 0.0) | {outcome: minutes}
        made.append(_typed({**row, "required_minutes": minutes, **totals}))
        issues += _without_month(row, made[-1]["month"], number)
    return Delivered(_frame(made), tuple(issues))


def _without_month(row: Mapping[str, object], month: str | None, number: int) -> list[Issue]:
    """That a month or date is written and is none that a record can be of. What is written is not repeated."""
    column = next((name for name in ("month", "date") if row.get(name) not in (None, "")), None)
    if column is None or month is not None:
        return []
    return [
        Issue(
            "delivered-month",
            NOTICE,
            f"The {column} of this row cannot be read. Its minutes count in the totals; it counts in no month.",
            "Write the month as 2026-09, as a date, or by its name beside the school year.",
            row=number,
            column=column,
        )
    ]


def _known(record: Mapping[str, object]) -> dict[str, object]:
    """The cells under headings that are known. Raises `ValueError` when two headings mean the same column."""
    row: dict[str, object] = {}
    for heading, value in record.items():
        column = COLUMN_OF.get(normalized(heading)) if heading else None
        if column in row:
            raise ValueError(f"two columns mean {column}; {heading} is the second. Remove one of them.")
        if column:
            row[column] = value
    return row


def _outcome(text: object) -> str | None:
    """The column that a session's minutes go to; None for an outcome that is not known."""
    said = normalized(text) if text not in (None, "") else ""
    if said in DELIVERED_WORDS:
        return "delivered_minutes"
    column = COLUMN_OF.get(said) or COLUMN_OF.get(f"{said} minutes")
    return (
        column
        if column in REASON_COLUMNS
        else next((f"{reason}_minutes" for reason, label in REASONS.items() if normalized(label) == said), None)
    )


def _number(value: Any) -> float | None:
    """A number of minutes; NaN for an empty cell, None for what cannot be read or is below zero."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return float("nan")
    try:
        number = float(value.replace(",", "") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        return None
    return None if isinstance(value, bool) or number < 0 or number == float("inf") else number


def _unreadable(row: Mapping[str, object]) -> tuple[str, str] | None:
    """(column, sentence) of the first number that a row lacks or that cannot be read; None when it counts."""
    for column in ("required_minutes", "delivered_minutes", *REASON_COLUMNS):
        number = _number(row.get(column))
        if number is None:
            return column, f"The cell under {column} is not a number of minutes."
        if np.isnan(number) and column not in REASON_COLUMNS:
            return column, f"There is nothing under {column}."
    return None


def _typed(row: Mapping[str, object]) -> dict[str, Any]:
    numbers = {
        column: np.nan_to_num(_number(row.get(column)) or 0.0)
        for column in ("required_minutes", "delivered_minutes", *REASON_COLUMNS)
    }
    texts = {name: str(row[name]).strip() if row.get(name) not in (None, "") else None for name in PLACES[:-1]}
    return {**texts, "month": month_of(row.get("month") or row.get("date"), row.get("school_year")), **numbers}


def month_of(written: object, school_year: object = None) -> str | None:
    """ "2026-09" from a date, "2026-09", or a month's name with a school year "2026-2027"; None where unknown.

    July to December belong to the first year of a school year. A year that no record of today can be of is none.
    """
    if isinstance(written, date | datetime):
        return _month(written.year, written.month)
    text = str(written or "").strip().casefold()
    if found := MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    at = next((number for number, name in enumerate(MONTHS, 1) if len(text) > 2 and name.startswith(text)), None)
    years = re.match(r"\d{4}", str(school_year or "").strip())
    if at is None or years is None:
        return None
    return _month(int(years[0]) + (at < FIRST_MONTH_OF_SCHOOL_YEAR), at)


def _month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if year in YEARS and 1 <= month <= len(MONTHS) else None


def _frame(made: list[dict[str, object]]) -> pd.DataFrame:
    columns = [*PLACES, "required_minutes", "delivered_minutes", *REASON_COLUMNS]
    table = pd.DataFrame(made, columns=columns)
    for name in columns:
        if name in PLACES:
            table[name] = table[name].astype(object).where(table[name].notna(), None)
        else:
            table[name] = table[name].astype("float64")
    return table


def school_year_of(month: str | None) -> str | None:
    """The school year of a month: "2015-01" is "2014-2015"."""
    if not isinstance(month, str):
        return None
    year, number = int(month[:4]), int(month[5:])
    first = year if number >= FIRST_MONTH_OF_SCHOOL_YEAR else year - 1
    return f"{first}-{first + 1}"


def compliance(delivered: Delivered) -> pd.Series:
    """The totals: required, delivered, each reason, not_accounted_minutes and the compliance share (NaN without any)."""
    return _with_share(
        delivered.rows[["required_minutes", "delivered_minutes", *REASON_COLUMNS]].sum().to_frame().T
    ).iloc[0]


def compliance_by(delivered: Delivered, by: str) -> pd.DataFrame:
    """The same by "school", "therapist", "month" or "school_year", in the order of the name; unknown ones last.

    `compliance` is delivered over required, sum over sum. Single students have their own function. Raises
    `ValueError` for anything else.
    """
    if by not in ("school", "therapist", "month", "school_year"):
        raise ValueError(f"by must be school, therapist, month or school_year, got {by}")
    rows = delivered.rows
    key = rows["month"].map(school_year_of) if by == "school_year" else rows[by]
    sums = (
        rows.groupby(key.fillna("not given").rename(by))[["required_minutes", "delivered_minutes", *REASON_COLUMNS]]
        .sum()
        .reset_index()
    )
    last = (sums[by] == "not given").to_numpy()
    return _with_share(pd.concat([sums[~last], sums[last]], ignore_index=True))


def _with_share(table: pd.DataFrame) -> pd.DataFrame:
    """Adds not_delivered_minutes, not_accounted_minutes (neither delivered nor explained) and compliance."""
    missing = table["required_minutes"] - table["delivered_minutes"]
    explained = table[list(REASON_COLUMNS)].sum(axis=1)
    return table.assign(
        not_delivered_minutes=missing,
        not_accounted_minutes=(missing - explained).clip(lower=0.0),
        compliance=table["delivered_minutes"] / table["required_minutes"].where(table["required_minutes"] > 0),
    )


def student_list_for_compliance_officer(delivered: Delivered) -> pd.DataFrame:
    """Required, received and difference of every student, the largest difference first.

    For the person who answers a complaint, and nobody else: call it only after an explicit step, and never for a
    report that leaves the district. Students are the pseudonyms that came in. Rows without a student are left out
    and counted in `attrs["rows_without_student"]`.
    """
    rows = delivered.rows
    known = rows[rows["student"].notna()]
    table = known.groupby("student")[["required_minutes", "delivered_minutes", *REASON_COLUMNS]].sum().reset_index()
    table = table.rename(columns={"delivered_minutes": "received_minutes"})
    table.insert(3, "difference_minutes", table["required_minutes"] - table["received_minutes"])
    table = table.sort_values(["difference_minutes", "student"], ascending=[False, True], ignore_index=True)
    table.attrs["rows_without_student"] = len(rows) - len(known)
    return table


CHICAGO = DATA / "reference" / "chicago_ot_minutes_2014_2017.csv"
CHICAGO_SOURCE = (
    "Chicago Public Schools, occupational therapy minutes by month, as obtained by WBEZ for its 2017 reporting"
)


@cache
def chicago_minutes() -> Delivered:
    """Chicago's minutes required, delivered and explained, 30 months. Compliance 63.0, 58.4 and 67.6 % by school year."""
    with CHICAGO.open(encoding="utf-8", newline="") as file:
        return delivered_of(csv.DictReader(file))
