"""The figures behind the warning signs: each from its evidence to an indicator with its rows, or None without data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from workload.model.units import hours, minutes
from workload.staffing.concerns.sign_evidence import FROM_DELIVERED, FROM_ROSTER, FROM_STUDY, Evidence, Indicator
from workload.staffing.delivered.compliance import compliance, compliance_by
from workload.staffing.required import AT
from workload.staffing.time_study.model_against_log import areas_of_concern, compared_people, days_a_week
from workload.staffing.time_study.study import LUNCH, SLOT_MINUTES, clock_minutes, person_weeks

LONG_DAY_HOURS = 6  # project choice, an example: a shorter day may be worked without a break
EVENING_HOUR = 17  # project choice, an example
SATURDAY = 5
WRITING = ("planning", "documentation", "progress_report", "on_behalf")
ENTRY = ["therapist", "date", "activity", "minutes", "start", "end", "school", "outside_contract"]


def _outside(evidence: Evidence) -> pd.DataFrame | None:
    if evidence.study is None or evidence.study.is_empty:
        return None
    work = evidence.study.work
    return work[work["outside_contract"]]


def _per_person_week(evidence: Evidence, entries: pd.DataFrame) -> float:
    weeks = person_weeks(evidence.study, days_a_week(evidence.staffing)).sum()
    return float(hours(entries["minutes"].sum()) / weeks) if weeks else float("nan")


def _of_outside(evidence: Evidence, entries: pd.DataFrame, words: str) -> Indicator:
    return Indicator(
        FROM_STUDY,
        _per_person_week(evidence, entries),
        "hours a person and week",
        words,
        bool(len(entries)),
        entries[ENTRY].reset_index(drop=True),
    )


def off_the_clock(evidence: Evidence) -> Indicator | None:
    """Logged work outside contract hours."""
    outside = _outside(evidence)
    return None if outside is None else _of_outside(evidence, outside, "logged work outside contract hours")


def planning_at_home(evidence: Evidence) -> Indicator | None:
    """Planning, notes, reports and materials outside contract hours."""
    outside = _outside(evidence)
    return (
        None
        if outside is None
        else _of_outside(
            evidence,
            outside[outside["activity"].isin(WRITING)],
            "planning, notes, reports and materials outside contract hours",
        )
    )


def family_time(evidence: Evidence) -> Indicator | None:
    """Work outside the contract in the evening or at the weekend; None where outside work has no clock time."""
    outside = _outside(evidence)
    if outside is None:
        return None
    start = outside["start"].map(lambda text: clock_minutes(text) if isinstance(text, str) else None).astype("float64")
    weekend = outside["date"].dt.day_of_week >= SATURDAY
    if (start.isna() & ~weekend).any() and not ((start >= minutes(EVENING_HOUR)) | weekend).any():
        return None
    return _of_outside(
        evidence,
        outside[(start >= minutes(EVENING_HOUR)) | weekend],
        f"work outside the contract after {EVENING_HOUR}:00 or at the weekend",
    )


def no_break(evidence: Evidence) -> Indicator | None:
    """Long days whose entries leave no gap of a quarter of an hour; None without clock times."""
    if evidence.study is None or evidence.study.is_empty:
        return None
    timed = evidence.study.entries
    timed = timed[~timed["outside_contract"]].assign(
        begin=lambda table: table["start"].map(lambda text: clock_minutes(text) if isinstance(text, str) else None)
    )
    timed = timed.dropna(subset="begin").sort_values(["therapist", "date", "begin"], kind="stable")
    days = []
    for (therapist, day), entries in timed.groupby(["therapist", "date"]):
        begin, ends = entries["begin"].to_numpy(float), (entries["begin"] + entries["minutes"]).to_numpy(float)
        gaps = begin[1:] - np.maximum.accumulate(ends)[:-1]
        worked = hours(entries.loc[entries["activity"] != LUNCH, "minutes"].sum())
        if worked >= LONG_DAY_HOURS:
            free = bool((gaps >= SLOT_MINUTES).any() or (entries["activity"] == LUNCH).any())
            days.append((therapist, day, float(worked), free))
    table = pd.DataFrame(days, columns=["therapist", "date", "worked_hours", "has_break"])
    if table.empty:
        return None
    without = table[~table["has_break"].astype(bool)]
    return Indicator(
        FROM_STUDY,
        len(without) / len(table),
        "share of long days",
        f"days of {LONG_DAY_HOURS} hours or more without a gap of {SLOT_MINUTES} minutes",
        bool(len(without)),
        without.reset_index(drop=True),
    )


def partial_meetings(evidence: Evidence) -> Indicator | None:
    """Meeting hours of the study against those that the meetings of the year take; seen when fewer."""
    if evidence.study is None or not compared_people(evidence.study, evidence.staffing):
        return None
    areas = areas_of_concern(evidence.study, evidence.staffing)
    meeting = areas[areas["activity"] == "meeting"]
    if meeting.empty or not meeting["model_hours"].iloc[0]:
        return None
    difference = float(meeting["difference_hours"].iloc[0])
    return Indicator(
        FROM_STUDY,
        difference,
        "hours a week against the model",
        "meeting hours logged less the hours that the meetings of the year take",
        difference < 0,
        meeting.reset_index(drop=True),
    )


def groups_to_fit(evidence: Evidence) -> Indicator | None:
    """Share of direct student minutes that are seen in a group although the plan says individual."""
    if evidence.services is None:
        return None
    lines = evidence.staffing.demand.lines
    rows = evidence.services.iloc[lines.row]
    direct = ~lines.is_consult
    total = float(lines.student_minutes[direct].sum())
    if not total:
        return None
    grouped = rows["group_id"].notna() | (rows["group_size"] > 1)
    at = direct & ((rows["delivery"] == "individual") & grouped).to_numpy()
    return Indicator(
        FROM_ROSTER,
        float(lines.student_minutes[at].sum()) / total,
        "share of direct student minutes",
        "minutes that plans promise one to one and that are seen in a group",
        bool(at.any()),
        rows[at].reset_index(drop=True),
    )


def sessions_for_evaluations(evidence: Evidence) -> Indicator | None:
    """Minutes missed because the provider was away, in months in which evaluations were completed."""
    if evidence.delivered is None or evidence.evaluations is None:
        return None
    months = compliance_by(evidence.delivered, "month")
    completed = evidence.evaluations["completed"].dropna().dt.strftime("%Y-%m").value_counts()
    months["evaluations"] = months["month"].map(completed).fillna(0).astype(int)
    busy = months[months["evaluations"] > 0]
    if busy.empty:
        return None
    missed = float(busy["provider_absence_minutes"].sum())
    columns = ["month", "evaluations", "provider_absence_minutes", "not_delivered_minutes", "required_minutes"]
    return Indicator(
        FROM_DELIVERED,
        missed,
        "minutes",
        "minutes not delivered because the provider was away, in months with completed evaluations",
        missed > 0,
        busy[columns].reset_index(drop=True),
    )


def undelivered(evidence: Evidence) -> Indicator | None:
    """Share of required minutes that students did not get: related, progress itself is not in the data."""
    if evidence.delivered is None:
        return None
    total = compliance(evidence.delivered)
    if pd.isna(total["compliance"]):
        return None
    share = 1 - float(total["compliance"])
    return Indicator(
        FROM_DELIVERED,
        share,
        "share of required minutes",
        "required minutes that were not delivered; progress itself is not in the data",
        share > 0,
        compliance_by(evidence.delivered, "school"),
        decides=False,
    )


def over_capacity(evidence: Evidence) -> Indicator | None:
    """People in post whose workload is more than their available hours: related, tiredness is not in the data."""
    staffing = evidence.staffing
    names = staffing.demand.people.names
    if not names:
        return None
    table = pd.DataFrame(
        {"therapist": names, "workload_hours": staffing.workload[:-1], "available_hours": staffing.available_hours[:-1]}
    )
    over = table[(table["available_hours"] > 0) & (table["workload_hours"] > table["available_hours"])]
    return Indicator(
        FROM_ROSTER,
        float(len(over)),
        "people",
        "people whose workload does not fit their contract",
        bool(len(over)),
        over.reset_index(drop=True),
        decides=False,
    )


def owed(evidence: Evidence) -> Indicator | None:
    """Hours a week of make-up owed: related, each cancelled session comes back."""
    hours_owed = float(evidence.staffing.person_hours[:, AT["makeup"]].sum())
    rows = pd.DataFrame()
    if evidence.services is not None:
        lines = evidence.services.iloc[evidence.staffing.demand.lines.row]
        rows = lines[lines["compensatory_minutes"].fillna(0) > 0].reset_index(drop=True)
    return Indicator(
        FROM_ROSTER, hours_owed, "hours a week", "make-up owed until it is due", hours_owed > 0, rows, decides=False
    )


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
