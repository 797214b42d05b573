"""What a district has given to hold a rule against, and which rules nothing was given for.

A rule is compared only with what the district itself has said: its rows, its contract, its log. What this tool assumes or
shares out is no fact about the district and breaks no rule.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workload.model.parameters import parameters
from workload.model.units import hours, minutes
from workload.rules.rule import Rule
from workload.staffing.required import Staffing
from workload.staffing.time_study.model_against_log import days_a_week, logs_whole_days
from workload.staffing.time_study.study import TimeStudy
from workload.staffing.time_study.study_tables import person_weeks

PLANNING = "planning_share"


def planning_given(staffing: Staffing, study: TimeStudy | None, person: int) -> tuple[float, str] | None:
    """Planning minutes a week of one person and where they come from; None where nobody has given them.

    A time study of whole days goes first (paid planning, a week). Else the planning time that the district has set, as
    a share of the person's contract. The tool's own allowance is never given.
    """
    name = staffing.demand.people.names[person]
    if study is not None and logs_whole_days(study, staffing, name):
        paid = study.work[~study.work["outside_contract"] & (study.work["therapist"] == name)]
        logged = hours(float(paid.loc[paid["activity"] == "planning", "minutes"].sum()))
        weeks = float(person_weeks(study, days_a_week(staffing))[name])
        return float(minutes(logged / weeks)), f"The value is what the person's log of {study.dates} shows."
    share, origin = staffing.assumptions[PLANNING], staffing.assumptions.origins.get(PLANNING)
    if origin is None or share == parameters()[PLANNING].value:
        return None
    week = float(minutes(share * float(staffing.contracted_fte[person]) * staffing.full_week))
    return week, f"The value is the planning time that was given ({origin}), as a share of this contract."


def is_for_this_contract(rule: Rule, staffing: Staffing, person: int) -> bool:
    """Whether a number for a full-time post can be held against this person.

    It can for a full-time contract, where the text says that part-time scales it, and for a number of each day.
    """
    return rule.prorated or rule.unit == "minutes a day" or float(staffing.contracted_fte[person]) >= 1


def has_day_plans(staffing: Staffing, school: int) -> bool:
    """Whether every OT with work at the school has a day plan, so that the FTE there is the district's own figure."""
    demand = staffing.demand
    there = np.unique(demand.therapist[(demand.school == school) & (staffing.hours.sum(axis=1) > 0)])
    people = demand.people
    return all(people.is_ota[at] or people.plans[at] for at in there if at < len(people.names))


def not_compared(rules: Sequence[Rule], staffing: Staffing, study: TimeStudy | None, ots: Sequence[int]) -> list[str]:
    """Why rules in force are not held against somebody, each as a sentence with what would be needed.

    ots  the OTs in post on the day
    """
    said = []
    for rule in rules:
        if rule.kind == "planning_minutes" and rule.value is not None:
            without = [at for at in ots if planning_given(staffing, study, at) is None]
            part_time = [at for at in ots if at not in without and not is_for_this_contract(rule, staffing, at)]
            if without:
                said.append(
                    f"{rule.label}: not compared for {len(without)} of {len(ots)} OTs. Nobody has given their planning "
                    "time, and what this calculation allows for is no fact about them. Set Planning under Assumptions to "
                    "what the contract gives, or bring a time study of whole days."
                )
            if part_time:
                said.append(
                    f"{rule.label}: not compared for {len(part_time)} part-time OTs. The text does not say how part-time "
                    "counts."
                )
        if rule.kind == "caseload_cap" and rule.scope == "building":
            demand = staffing.demand
            blind = [
                school
                for at, school in enumerate(demand.schools)
                if demand.caseload_of_school[at] and not has_day_plans(staffing, at)
            ]
            if blind:
                said.append(
                    f"{rule.label}: not compared for {len(blind)} schools. How much of a therapist's time a school has is "
                    "known from a day plan; fill in Days on the Therapists sheet."
                )
    return said
