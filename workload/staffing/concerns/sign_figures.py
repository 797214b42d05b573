"""The figures behind the warning signs: each from its evidence to an indicator with its rows, or None without data.

Each function asks first what its data could show at all. A figure decides a sign only where it would look different if
the sign were there, and if it were not; else it stands beside the sign and says why it does not decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from workload.model.units import hours, minutes
from workload.staffing.concerns.sign_evidence import FROM_DELIVERED, FROM_ROSTER, FROM_STUDY, Evidence, Indicator
from workload.staffing.delivered.compliance import REASON_COLUMNS, compliance, compliance_by
from workload.staffing.required import AT
from workload.staffing.time_study.model_against_log import (
    areas_of_concern,
    compared_people,
    days_a_week,
    logs_whole_days,
)
from workload.staffing.time_study.study import LUNCH, SLOT_MINUTES, clock_minutes
from workload.staffing.time_study.study_tables import person_weeks
from workload.work.demand import Demand

LONG_DAY_HOURS = 6  # project choice, an example: a shorter day may be worked without a break
EVENING_HOUR = 17  # project choice, an example
SATURDAY = 5
WRITING = ("planning", "documentation", "progress_report", "on_behalf")
ENTRY = ["therapist", "date", "activity", "minutes", "start", "end", "school", "outside_contract"]
NOT_ALL_LOGGED = (
    "the log does not hold the whole contract hours of everybody who logged, so unpaid work may be missing from it, too"
)


def _outside(evidence: Evidence) -> pd.DataFrame | None:
    if evidence.study is None or evidence.study.is_empty:
        return None
    work = evidence.study.work
    return work[work["outside_contract"]]


def logged_in_full(evidence: Evidence) -> bool:
    """Whether everybody who logged is in the roster and logged whole days: such a log can say that nothing is in it."""
    study = evidence.study
    return study is not None and all(logs_whole_days(study, evidence.staffing, name) for name in study.people)


def _of_outside(
    evidence: Evidence, rows: pd.DataFrame, words: str, spent: pd.Series | None = None, cannot: str = ""
) -> Indicator:
    """Work outside the contract: seen where there is some, not seen where whole days were logged without any.

    spent   minutes of each row that count; all of them where nothing is given
    cannot  why these rows cannot say no, where there is a reason beside the length of the log
    """
    assert evidence.study is not None  # the rows are of it
    weeks = person_weeks(evidence.study, days_a_week(evidence.staffing)).sum()
    spent = rows["minutes"] if spent is None else spent
    value = float(hours(spent.sum()) / weeks) if weeks else float("nan")
    cannot = "" if len(rows) else cannot or ("" if logged_in_full(evidence) else NOT_ALL_LOGGED)
    shows = None if cannot else bool(len(rows))
    return Indicator(
        FROM_STUDY, value, "hours a person and week", words, shows, rows[ENTRY].reset_index(drop=True), cannot
    )


def off_the_clock(evidence: Evidence) -> Indicator | None:
    """Logged work outside contract hours."""
    outside = _outside(evidence)
    return None if outside is None else _of_outside(evidence, outside, "logged work outside contract hours")


def planning_at_home(evidence: Evidence) -> Indicator | None:
    """Planning, notes, reports and materials outside contract hours."""
    outside = _outside(evidence)
    if outside is None:
        return None
    rows = outside[outside["activity"].isin(WRITING)]
    return _of_outside(evidence, rows, "planning, notes, reports and materials outside contract hours")


def family_time(evidence: Evidence) -> Indicator | None:
    """Work outside the contract in the evening or at the weekend; an entry without clock times may be either."""
    outside = _outside(evidence)
    if outside is None:
        return None
    begin = outside["start"].map(_clock).astype("float64")
    weekend = outside["date"].dt.day_of_week >= SATURDAY
    evening = (begin + outside["minutes"] - begin.clip(lower=minutes(EVENING_HOUR))).clip(lower=0).fillna(0)
    spent = outside["minutes"].where(weekend, evening)
    untimed = bool((begin.isna() & ~weekend).any())
    cannot = (
        "work outside the contract is logged without clock times, which may be an evening or not" if untimed else ""
    )
    words = f"work outside the contract after {EVENING_HOUR}:00 or at the weekend"
    return _of_outside(evidence, outside[spent > 0], words, spent[spent > 0], cannot)


def _clock(text: object) -> float | None:
    return clock_minutes(text) if isinstance(text, str) else None


def no_break(evidence: Evidence) -> Indicator | None:
    """Long days without a break; None where no long day has clock times throughout.

    Work that follows on work shows that there was none. A logged break shows one. A gap shows neither: nothing was
    logged in it.
    """
    if evidence.study is None or evidence.study.is_empty:
        return None
    entries = evidence.study.entries.assign(begin=lambda table: table["start"].map(_clock).astype("float64"))
    days = [
        _day(therapist, day, rows)
        for (therapist, day), rows in entries.groupby(["therapist", "date"])
        if rows["begin"].notna().all()
    ]
    table = pd.DataFrame(days, columns=["therapist", "date", "worked_hours", "break_logged", "gap"])
    table = table[table["worked_hours"] >= LONG_DAY_HOURS]
    if table.empty:
        return None
    logged, gap = table["break_logged"].astype(bool), table["gap"].astype(bool)
    without = table[~logged & ~gap]
    shows = True if len(without) else False if logged.all() else None
    words = f"days of {LONG_DAY_HOURS} hours or more without a gap of {SLOT_MINUTES} minutes"
    cannot = "" if shows is not None else "a gap in the log may be a break or may be work that nobody logged"
    rows = without if shows else table
    return Indicator(
        FROM_STUDY, len(without) / len(table), "share of long days", words, shows, rows.reset_index(drop=True), cannot
    )


def _day(therapist: str, day: pd.Timestamp, rows: pd.DataFrame) -> tuple[str, pd.Timestamp, float, bool, bool]:
    """(therapist, day, hours worked inside the contract, break logged, gap) of one day's timed entries.

    Unpaid work that fills a gap of the paid day leaves no gap; unpaid work before and after it makes none.
    """
    lunch = rows["activity"] == LUNCH
    paid = rows[~lunch & ~rows["outside_contract"]]
    last = float((paid["begin"] + paid["minutes"]).max())
    worked = rows[~lunch].assign(end=lambda table: table["begin"] + table["minutes"])
    worked = worked[(worked["end"] > paid["begin"].min()) & (worked["begin"] < last)].sort_values(
        "begin", kind="stable"
    )
    gaps = worked["begin"].to_numpy()[1:] - np.maximum.accumulate(worked["end"].to_numpy())[:-1]
    rested = float(rows.loc[lunch, "minutes"].sum()) >= SLOT_MINUTES
    return therapist, day, float(hours(paid["minutes"].sum())), rested, bool((gaps >= SLOT_MINUTES).any())


def partial_meetings(evidence: Evidence) -> Indicator | None:
    """Meeting hours of the study against those that the meetings of the year take: related, and no more."""
    if evidence.study is None or not compared_people(evidence.study, evidence.staffing):
        return None
    areas = areas_of_concern(evidence.study, evidence.staffing)
    meeting = areas[areas["activity"] == "meeting"]
    if meeting.empty or not meeting["model_hours"].iloc[0]:
        return None
    return Indicator(
        FROM_STUDY,
        float(meeting["difference_hours"].iloc[0]),
        "hours a week against the model",
        "meeting hours logged less the hours that the meetings of the year take",
        None,
        meeting.reset_index(drop=True),
        "hours say nothing about who came late, left early or was not there, and meetings crowd into some weeks",
    )


def groups_to_fit(evidence: Evidence) -> Indicator | None:
    """Share of direct student minutes that are seen in a group although the plan says individual.

    Such lines show the sign where their sheet tells group lines from individual ones: an empty cell means individual,
    too. Without one the roster is blind: a plan that says group may have been written to fit.
    """
    return None if evidence.services is None else evidence.staffing.demand.once(_groups_to_fit, evidence.services)


def _groups_to_fit(demand: Demand, services: pd.DataFrame) -> Indicator | None:
    """Of the lines in force alone: no assumption moves it."""
    lines = demand.lines
    rows = services[["delivery", "group_id", "group_size", "file", "sheet"]].iloc[lines.row]
    total = float(lines.student_minutes[~lines.is_consult].sum())
    if not total:
        return None
    grouped = rows["group_id"].notna() | (rows["group_size"] > 1)
    at = ((rows["delivery"] == "individual") & grouped).to_numpy()
    sheet = rows.groupby(["file", "sheet"], dropna=False, sort=False).ngroup().to_numpy()
    says_group = np.isin(sheet[at], sheet[(rows["delivery"] == "group").to_numpy()])
    shows = True if says_group.any() else None
    cannot = "where a plan itself says group, a roster cannot tell why"
    if at.any():
        cannot = "no line of the sheet says group, so individual may only be an empty cell"
    return Indicator(
        FROM_ROSTER,
        float(lines.student_minutes[at].sum()) / total,
        "share of direct student minutes",
        "minutes that plans promise one to one and that are seen in a group",
        shows,
        services.iloc[lines.row[at]].reset_index(drop=True),
        "" if shows else cannot,
    )


def sessions_for_evaluations(evidence: Evidence) -> Indicator | None:
    """Minutes not delivered because the provider was at an evaluation.

    Only that reason shows the sign. It is not there where every missed minute has another cause than the provider's
    being away or an unnamed one. That a provider was away in a month with evaluations shows nothing.
    """
    if evidence.delivered is None:
        return None
    months = compliance_by(evidence.delivered, "month")
    if evidence.evaluations is not None:
        completed = evidence.evaluations["completed"].dropna().dt.strftime("%Y-%m").value_counts()
        months["evaluations"] = months["month"].map(completed).fillna(0).astype(int)
    total = months[["evaluation_minutes", "provider_absence_minutes", "other_minutes", "not_accounted_minutes"]].sum()
    lost = float(total["evaluation_minutes"])
    shows = True if lost else None if total.drop("evaluation_minutes").sum() >= 1 else False
    words = "minutes not delivered because the provider was at an evaluation"
    cannot = (
        "" if shows is not None else "minutes without that reason may have been lost to evaluations or to anything else"
    )
    columns = ["month", "required_minutes", "not_delivered_minutes", "not_accounted_minutes", *REASON_COLUMNS]
    rows = months[[*columns, *(["evaluations"] if "evaluations" in months else [])]]
    return Indicator(FROM_DELIVERED, lost, "minutes", words, shows, rows, cannot)


def undelivered(evidence: Evidence) -> Indicator | None:
    """Share of required minutes that students did not get: related, progress itself is not in the data."""
    if evidence.delivered is None:
        return None
    total = compliance(evidence.delivered)
    if pd.isna(total["compliance"]):
        return None
    return Indicator(
        FROM_DELIVERED,
        1 - float(total["compliance"]),
        "share of required minutes",
        "required minutes that were not delivered",
        None,
        compliance_by(evidence.delivered, "school"),
        "progress itself is not in the data",
    )


def over_capacity(evidence: Evidence) -> Indicator | None:
    """People in post whose workload is more than their available hours: related, tiredness is not in the data.

    None while nobody has said who is in post: without a contract no week is too full.
    """
    staffing = evidence.staffing
    names = staffing.demand.people.names
    if not names or not staffing.demand.people.posts_known:
        return None
    table = pd.DataFrame(
        {"therapist": names, "workload_hours": staffing.workload[:-1], "available_hours": staffing.available_hours[:-1]}
    )
    over = table[(table["available_hours"] > 0) & (table["workload_hours"] > table["available_hours"])]
    return Indicator(
        FROM_ROSTER,
        float(len(over)),
        "people",
        f"people whose workload {'provisionally ' if evidence.provisional else ''}does not fit their contract",
        None,
        over.reset_index(drop=True),
        "how tired anybody is cannot be read from hours",
    )


def owed(evidence: Evidence) -> Indicator | None:
    """Hours a week of make-up owed: related, each cancelled session comes back."""
    hours_owed = float(evidence.staffing.person_hours[:, AT["makeup"]].sum())
    rows = pd.DataFrame()
    if evidence.services is not None:
        rows = evidence.staffing.demand.once(_owing, evidence.services)
    return Indicator(
        FROM_ROSTER,
        hours_owed,
        "hours a week",
        "make-up owed until it is due",
        None,
        rows,
        "what anybody feels at a cancellation is not in the data",
    )


def _owing(demand: Demand, services: pd.DataFrame) -> pd.DataFrame:
    """The lines in force with minutes to make up."""
    owing = services["compensatory_minutes"].to_numpy()[demand.lines.row] > 0
    return services.iloc[demand.lines.row[owing]].reset_index(drop=True)


INDICATORS: Mapping[str, Callable[[Evidence], Indicator | None]] = {
    "off-the-clock": off_the_clock,
    "no-break": no_break,
    "partial-meetings": partial_meetings,
    "groups-to-fit": groups_to_fit,
    "sessions-for-evaluations": sessions_for_evaluations,
    "no-progress": undelivered,
    "exhaustion": over_capacity,
    "relief": owed,
    "planning-at-home": planning_at_home,
    "family-time": family_time,
}
