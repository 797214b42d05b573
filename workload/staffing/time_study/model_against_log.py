"""The model against the time study, activity by activity: areas of concern with sign and size."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workload.model.units import DAYS_PER_SCHOOL_WEEK, hours
from workload.staffing.required import Staffing
from workload.staffing.time_study.study import DIRECT_OTHER, LABELS, OTHER, TimeStudy
from workload.staffing.time_study.study_tables import person_weeks
from workload.work.activities import CODES

MORE, LESS, SAME = "more than the model", "less than the model", "as in the model"
LOGGED_IN_FULL = 0.9  # project choice, an example: share of the contract's hours that a log of whole days holds
AREA_COLUMNS = [
    "activity",
    "label",
    "model_hours",
    "study_hours",
    "paid_hours",
    "outside_hours",
    "difference_hours",
    "sign",
]


def compared_people(study: TimeStudy, staffing: Staffing) -> tuple[str, ...]:
    """The people of the study who are in the roster; the others have no model to be compared with."""
    return tuple(name for name in study.people if name in staffing.demand.people.names)


def days_a_week(staffing: Staffing) -> dict[str, int]:
    """Working days a week of everybody with a day plan."""
    people = staffing.demand.people
    return {name: len(plan) for name, plan in zip(people.names, people.plans, strict=False) if plan}


def logs_whole_days(study: TimeStudy, staffing: Staffing, therapist: str) -> bool:
    """Whether a person of the roster logged, on the days of the log, the hours that the contract has.

    Only such a log can show that something is missing from it: a log of sessions alone has no unpaid hour in it either.
    """
    names = staffing.demand.people.names
    if therapist not in names or therapist not in study.people:
        return False
    mine = study.work[(study.work["therapist"] == therapist) & ~study.work["outside_contract"]]
    contract = float(staffing.contracted_fte[names.index(therapist)]) * staffing.full_week
    a_day = contract / days_a_week(staffing).get(therapist, DAYS_PER_SCHOOL_WEEK)
    owed = a_day * mine["date"].nunique()
    return bool(owed) and float(hours(mine["minutes"].sum())) >= LOGGED_IN_FULL * owed


def areas_of_concern(study: TimeStudy, staffing: Staffing, therapist: str | None = None) -> pd.DataFrame:
    """Hours a week of the people who logged, model and study, by activity; the largest difference first.

    Columns as in `AREA_COLUMNS`: all in hours a week of all compared people together. `study_hours` is paid time plus
    time outside the contract, which are shown apart too. `difference_hours` is study minus model. A study of a week
    or two misses what comes later in the year, so an activity below the model is no proof of less work.
    """
    people = [name for name in compared_people(study, staffing) if therapist in (None, name)]
    weeks = person_weeks(study, days_a_week(staffing))
    work = study.work[study.work["therapist"].isin(people)]
    weekly = hours(work["minutes"]) / work["therapist"].map(weeks)
    by = weekly.groupby([work["activity"], work["outside_contract"]]).sum()
    at = [staffing.demand.people.names.index(name) for name in people]
    model = dict(zip(CODES, staffing.person_hours[at].sum(axis=0), strict=True))
    rows = []
    for code in (*CODES, DIRECT_OTHER, OTHER):
        paid, outside = float(by.get((code, False), 0.0)), float(by.get((code, True), 0.0))
        expected = float(model.get(code, 0.0))
        if paid or outside or expected:
            difference = paid + outside - expected
            sign = SAME if abs(difference) < 1e-9 else MORE if difference > 0 else LESS
            rows.append((code, LABELS[code], expected, paid + outside, paid, outside, difference, sign))
    table = pd.DataFrame(rows, columns=AREA_COLUMNS)
    return table.iloc[np.argsort(-table["difference_hours"].abs().to_numpy(), kind="stable")].reset_index(drop=True)
