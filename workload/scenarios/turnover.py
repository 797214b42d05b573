"""When somebody leaves: what each school loses, how soon it shows, who could cover; and what wears posts down."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.units import hours
from workload.scenarios.cost import TRAVEL
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.levers import checked_against
from workload.scenarios.people_levers import LosePost
from workload.scenarios.scenario_state import AT, base_of
from workload.staffing.ratios import ratio
from workload.staffing.required import workload_hours
from workload.work.activities import CODES, FROM_FEATURES

FOLLOWS = [CODES.index(code) for code in FROM_FEATURES]  # what goes to whoever takes the students over
THRESHOLD_MINUTES = 1_000.0
# Where a load driver is named. Project choices, said beside the table; a district may set its own.
DRIVERS = {"utilization": 1.0, "schools": 4, "travel_share": 0.10, "outside_contract_hours": 1.0}
# What posts are ordered by: the largest first, except the role.
LOAD_FIRST = {
    "utilization": False,
    "outside_contract_hours": False,
    "travel_hours": False,
    "schools": False,
    "role": True,
}
SAME_DIGITS = 9
DRIVER_WORDS = {
    "utilization": "more work than contract",
    "schools": "many schools",
    "travel_share": "much travel",
    "outside_contract_hours": "work outside contract",
}


@dataclass(frozen=True, eq=False)
class Resignation:
    """What the loss of one post does.

    schools  school, students, student_minutes_per_week, share_of_school, weeks_to_threshold
    cover    code, serves_now, spare_hours, hours_needed: who has room for work at which school, most room first
    """

    threshold_minutes: float
    student_minutes_per_week: float
    students: float
    weeks_to_threshold: float
    service_hours: float
    schools: pd.DataFrame
    cover: pd.DataFrame

    @property
    def covered_share(self) -> float:
        """How much of the work would fit into the spare hours of those who could cover, at most 1."""
        if not self.service_hours:
            return 1.0
        room = self.cover.drop_duplicates("code")["spare_hours"].sum() if len(self.cover) else 0.0
        return float(min(1.0, room / self.service_hours))


def weeks_until(threshold_minutes: float, minutes_per_week: float) -> float:
    """Weeks until owed minutes reach the threshold when nothing is given; endless where nothing is owed."""
    return threshold_minutes / minutes_per_week if minutes_per_week > 0 else float("inf")


def resignation(answer: Answer, therapist: int, threshold_minutes: float = THRESHOLD_MINUTES) -> Resignation:
    """What happens when a post falls vacant and nobody takes over. Raises `LeverError` for an unknown post."""
    checked_against(answer, (LosePost(therapist),))
    if therapist < 0:
        raise LeverError("Choose the post that falls vacant.")
    sums, demand, staffing = base_of(answer).sums, answer.demand, answer.staffing
    mine = demand.therapist == therapist
    cells = np.flatnonzero(mine & (demand.student_minutes > 0))
    weekly = demand.student_minutes / demand.weeks
    of_school = staffing.by_school(weekly)
    schools = pd.DataFrame(
        {
            "school": pd.Series([demand.schools[one] for one in demand.school[cells]], dtype=object),
            "students": sums[cells, AT["students"]],
            "student_minutes_per_week": weekly[cells],
            "share_of_school": ratio(weekly[cells], of_school[demand.school[cells]]),
            "weeks_to_threshold": [weeks_until(threshold_minutes, one) for one in weekly[cells]],
        }
    )
    lost = float(weekly[mine].sum())
    service = staffing.hours[np.ix_(mine, FOLLOWS)].sum(axis=1)
    needed = dict(
        zip(demand.school[mine].tolist(), workload_hours(service, answer.assumptions.category_share, 0.0), strict=True)
    )
    return Resignation(
        threshold_minutes,
        lost,
        float(sums[mine, AT["students"]].sum()),
        weeks_until(threshold_minutes, lost),
        float(sum(needed.values())),
        schools,
        _cover(answer, therapist, needed),
    )


def _cover(answer: Answer, therapist: int, needed: dict[int, float]) -> pd.DataFrame:
    """Who has spare hours, school by school: those who serve it already first. An OT's work needs an OT."""
    demand, people, staffing = answer.demand, answer.demand.people, answer.staffing
    spare = staffing.available_hours - staffing.workload
    rows = []
    for school, need in sorted(needed.items()):
        if need <= 0:
            continue
        for person in range(len(people.names)):
            if person == therapist or spare[person] <= 0 or (people.is_ota[person] and not people.is_ota[therapist]):
                continue
            serves = bool(
                ((demand.therapist == person) & (demand.school == school) & (demand.therapist_minutes > 0)).any()
            )
            rows.append(
                {
                    "school": demand.schools[school],
                    "code": person,
                    "serves_now": serves,
                    "spare_hours": float(spare[person]),
                    "hours_needed": need,
                }
            )
    table = pd.DataFrame(rows, columns=["school", "code", "serves_now", "spare_hours", "hours_needed"])
    return table.sort_values(
        ["school", "serves_now", "spare_hours", "code"], ascending=[True, False, False, True], ignore_index=True
    )


def resignations(answer: Answer, threshold_minutes: float = THRESHOLD_MINUTES) -> pd.DataFrame:
    """One row per post: code, students, minutes a week, weeks to the threshold, schools, schools left with nobody."""
    people, rows = answer.demand.people, []
    for code in np.flatnonzero(people.in_post[:-1]):
        one = resignation(answer, int(code), threshold_minutes)
        alone = one.schools["share_of_school"] > 1 - 1e-9
        rows.append(
            {
                "code": int(code),
                "students": one.students,
                "student_minutes_per_week": one.student_minutes_per_week,
                "weeks_to_threshold": one.weeks_to_threshold,
                "schools": len(one.schools),
                "schools_left_with_nobody": int(alone.sum()),
                "covered_share": one.covered_share,
            }
        )
    return pd.DataFrame(rows)


def retention_view(answer: Answer) -> pd.DataFrame:
    """One row per post in post, without names or codes, the fullest week first and posts on leave last.

    The order follows from the columns that are shown and from nothing else, so it tells nothing more about anybody,
    and the same roster gives the same letters on every day that it is opened. When the load changes, so may a letter.

    Columns: post, role, utilization, schools, travel_hours, travel_share, outside_contract_hours (a week of the
    time log; NaN without one), drivers (words). A driver is named at the values of `DRIVERS`.
    """
    staffing, people = answer.staffing, answer.demand.people
    present = np.flatnonzero(people.in_post[:-1])
    outside, travel = _outside_contract(answer), staffing.person_hours[:, TRAVEL]
    table = pd.DataFrame(
        {
            "role": pd.Series(["OTA" if people.is_ota[at] else "OT" for at in present], dtype=object),
            "utilization": ratio(staffing.workload, staffing.available_hours)[present],
            "schools": answer.demand.schools_served[present],
            "travel_hours": travel[present],
            "travel_share": ratio(travel, staffing.available_hours)[present],
            "outside_contract_hours": [outside.get(people.names[at], float("nan")) for at in present],
        }
    )
    # Rounded, so that the last digits of a sum do not decide; rows that are alike may stand either way.
    order = (
        table.round(SAME_DIGITS).sort_values(list(LOAD_FIRST), ascending=list(LOAD_FIRST.values()), kind="stable").index
    )
    table = table.loc[order].reset_index(drop=True)
    table.insert(0, "post", pd.Series([f"Post {letters(at)}" for at in range(len(table))], dtype=object))
    # A post on leave has no week to be too full: its utilization is no value, and no driver is named for it.
    table["drivers"] = pd.Series(
        [
            ", ".join(
                DRIVER_WORDS[name]
                for name, limit in DRIVERS.items()
                if row[name] > limit or (name == "schools" and row[name] >= limit)
            )
            for _, row in table.iterrows()
        ],
        dtype=object,
    )
    return table


def letters(at: int) -> str:
    """ "A" to "Z", then "AA", "AB": letters, as numbers are the codes of people on other pages."""
    head, last = divmod(at, len(ascii_uppercase))
    return (letters(head - 1) if head else "") + ascii_uppercase[last]


def _outside_contract(answer: Answer) -> dict[str, float]:
    """Hours a week outside the contract in the time log, by person."""
    log = answer.roster.time_log.dropna(subset=["therapist", "date", "minutes"])
    if not len(log):
        return {}
    week = log["date"].dt.to_period("W")
    weeks = week.groupby(log["therapist"]).nunique()
    spent = log["minutes"].where(log["outside_contract"], 0.0).groupby(log["therapist"]).sum()
    return (hours(spent) / weeks).to_dict()
