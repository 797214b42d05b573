"""The model held against what has happened: hours logged, and minutes that a record of delivery says were required.

A record is held against the roster of its own school year: `delivered_by_school_year`, `study_by_school_year`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from workload.model.school_year import school_year
from workload.model.units import hours
from workload.model.words import count, percent, shown
from workload.staffing.delivered.compliance import Delivered
from workload.staffing.required import Staffing
from workload.staffing.time_study.model_against_log import areas_of_concern, compared_people, logs_whole_days
from workload.staffing.time_study.study import TimeStudy

MONTHS_OF_SCHOOL = 10
NEAR = 0.1  # project choice, an example: a tenth is as near as a week or a month of record can tell


@dataclass(frozen=True)
class Backcast:
    """What the model said and what was seen, in one unit; `of` says whose and how long.

    check      what to look at where the two lie apart
    delivered  how much of what was seen was given, where the record says so
    """

    model: float
    seen: float
    unit: str
    source: str
    of: str
    check: str
    delivered: float | None = None

    @property
    def off(self) -> float:
        """How far the model lies above what was seen, as a share of it."""
        return self.model / self.seen - 1 if self.seen else float("nan")

    @property
    def words(self) -> str:
        """ "The model said 229 hours, the log 246 ..."."""
        side = (
            "as near as such a record can tell"
            if abs(self.off) <= NEAR
            else f"{'more' if self.off > 0 else 'less'} by {percent(abs(self.off))}"
        )
        tail = "" if abs(self.off) <= NEAR else f" {self.check}"
        if self.delivered is not None:
            tail += f" {shown(self.delivered, 0)} of the {shown(self.seen, 0)} were delivered."
        return f"The model said {shown(self.model, 0)} {self.unit}, the {self.source} {shown(self.seen, 0)} ({self.of}): {side}.{tail}"


def delivered_by_school_year(delivered: Delivered) -> dict[int, Delivered]:
    """The rows that name their month, by the calendar year in which their school year begins, the newest first."""
    rows = delivered.rows[delivered.rows["month"].notna()]
    years = rows["month"].map(lambda month: school_year(date.fromisoformat(f"{month}-01"))[0].year)
    return {int(year): Delivered(part.reset_index(drop=True)) for year, part in _newest_first(rows, years)}


def study_by_school_year(study: TimeStudy) -> dict[int, TimeStudy]:
    """The entries by the calendar year in which their school year begins, the newest first."""
    years = study.entries["date"].map(lambda day: school_year(day.date())[0].year)
    return {int(year): TimeStudy(part.reset_index(drop=True)) for year, part in _newest_first(study.entries, years)}


def _newest_first(rows: pd.DataFrame, years: pd.Series) -> list[tuple[int, pd.DataFrame]]:
    return sorted(rows.groupby(years.to_numpy()), key=lambda each: -each[0]) if len(rows) else []


def of_log(study: TimeStudy, staffing: Staffing) -> Backcast | None:
    """Hours a week of everybody who logged and is in the roster, model and log; None where nobody is."""
    people = compared_people(study, staffing)
    if not people:
        return None
    areas = areas_of_concern(study, staffing)
    model, seen = float(areas["model_hours"].sum()), float(areas["study_hours"].sum())
    if not seen:
        return None
    whole = all(logs_whole_days(study, staffing, name) for name in people)
    return Backcast(
        model,
        seen,
        "hours a week",
        "log",
        f"{count(len(people), 'person', 'people')}, {study.dates}",
        LIGHT_WEEK if whole else PART_OF_DAYS,
    )


LIGHT_WEEK = "A week without evaluations or meetings is a light one; see which activity differs below."
PART_OF_DAYS = "The log does not hold the whole contract of everybody in it, so it says less than was worked."


def of_required_minutes(delivered: Delivered, staffing: Staffing) -> Backcast | None:
    """Student minutes a month that plans promise, by the model, and those that a record says were required.

    A month is a tenth of the instructional year. Only where every row names its month and whole months of a district are
    there can the two be the same thing; a record of one school or therapist is held against those in it.
    """
    rows = delivered.rows[delivered.rows["month"].notna()]
    seen_months = rows["month"].nunique()
    if not seen_months:
        return None
    demand, keep = staffing.demand, np.ones(len(staffing.demand.student_minutes), bool)
    for column, names, codes in (
        ("therapist", demand.people.names, demand.therapist),
        ("school", demand.schools, demand.school),
    ):
        said = set(rows[column].dropna())
        if said and rows[column].notna().all():
            keep &= np.isin(codes, [at for at, name in enumerate(names) if name in said])
    a_month = float(demand.student_minutes[keep].sum()) / MONTHS_OF_SCHOOL
    seen = float(rows["required_minutes"].sum()) / seen_months
    if not seen:
        return None
    return Backcast(
        float(hours(a_month)),
        float(hours(seen)),
        "student hours a month",
        "record",
        f"mean of {count(seen_months, 'month')} that it holds",
        "Check whether the record holds the same students, and whether what it calls required are the minutes of the plans.",
        float(hours(rows["delivered_minutes"].sum() / seen_months)),
    )
