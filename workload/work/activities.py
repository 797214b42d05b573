"""The fifteen activities of the method and what each costs (method, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workload.model.units import hours


@dataclass(frozen=True)
class Activity:
    """One activity: what it is called, how its hours come about in words, and the parameters behind it.

    kind  service (depends on students and events), category (everyone's), individual (one person's)
    """

    code: str
    kind: str
    label: str
    formula: str
    parameters: tuple[str, ...] = ()


SERVICE, CATEGORY, INDIVIDUAL = "service", "category", "individual"
ACTIVITIES = (
    Activity(
        "direct",
        SERVICE,
        "Direct service",
        "therapist minutes of individual and group lines in the year ÷ instructional weeks ÷ 60; "
        "a group session counts once for the therapist",
        ("instructional_weeks", "month"),
    ),
    Activity(
        "consult",
        SERVICE,
        "Consultation in the plan",
        "minutes of consult lines in the year ÷ instructional weeks ÷ 60",
        ("instructional_weeks", "month"),
    ),
    Activity(
        "makeup",
        SERVICE,
        "Make-up of owed minutes",
        "compensatory minutes owed ÷ calendar weeks left until they are due (overdue ones: the weeks set for them) ÷ 60",
        ("makeup_overdue_weeks",),
    ),
    Activity(
        "documentation",
        SERVICE,
        "Session notes",
        "direct sessions in the year (once for each student) × minutes a session ÷ instructional weeks ÷ 60",
        ("documentation_minutes_per_session", "instructional_weeks"),
    ),
    Activity(
        "on_behalf",
        SERVICE,
        "Work on behalf of students",
        "direct hours × hours on behalf for each direct hour",
        ("on_behalf_ratio",),
    ),
    Activity(
        "evaluation_initial",
        SERVICE,
        "Initial evaluations",
        "initial evaluations in the school year × hours each ÷ paid weeks",
        ("evaluation_initial_hours", "evaluations_initial_per_student", "contract_weeks"),
    ),
    Activity(
        "reevaluation",
        SERVICE,
        "Re-evaluations",
        "re-evaluations in the school year × hours each ÷ paid weeks",
        ("reevaluation_hours", "reevaluations_per_student", "contract_weeks"),
    ),
    Activity(
        "meeting",
        SERVICE,
        "IEP meetings",
        "(students with an IEP + initial evaluations + re-evaluations with a meeting of their own) × hours a meeting "
        "÷ paid weeks + students with a 504 plan × hours a 504 meeting ÷ paid weeks",
        ("meeting_hours", "reevaluation_own_meeting_share", "meeting_504_hours", "contract_weeks"),
    ),
    Activity(
        "progress_report",
        SERVICE,
        "Progress reports",
        "students with an IEP × reports a year × hours each ÷ paid weeks",
        ("progress_reports_per_year", "progress_report_hours", "contract_weeks"),
    ),
    Activity(
        "mtss", SERVICE, "Screening and school-wide support (MTSS)", "hours a week as given on the Therapists sheet"
    ),
    Activity(
        "planning",
        CATEGORY,
        "Planning",
        "service hours × planning share ÷ (1 − shares of the week)",
        ("planning_share", "staff_time_share"),
    ),
    Activity(
        "staff_time",
        CATEGORY,
        "Staff meetings, training, duties",
        "service hours × staff-time share ÷ (1 − shares of the week), plus hours for each person if set",
        ("staff_time_share", "planning_share", "staff_time_hours_per_person"),
    ),
    Activity(
        "travel",
        INDIVIDUAL,
        "Travel between schools",
        "minutes of the legs between the schools of each day, with the minutes to sign in and set up; a leg that is not known "
        "counts as one move",
        ("travel_minutes_per_move", "travel_arrival_minutes"),
    ),
    Activity(
        "supervision", INDIVIDUAL, "Supervising OTAs", "OTAs supervised × hours a week", ("supervision_hours_per_ota",)
    ),
    Activity("named_duty", INDIVIDUAL, "Named duties", "hours a week as given on the Therapists sheet"),
)
CODES = tuple(activity.code for activity in ACTIVITIES)
BY_CODE: Mapping[str, Activity] = {activity.code: activity for activity in ACTIVITIES}
# The service activities that are linear in the features of the pair table; `coefficients` has each. They stand first.
FROM_FEATURES = tuple(one.code for one in ACTIVITIES if one.kind == SERVICE and one.code != "mtss")


def coefficients(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Hours a week that one unit of a feature costs, as {activity: {feature: hours}}.

    `values` are the assumptions in force: numbers, or arrays of draws of one shape; the coefficients have that
    shape. Features are those of `work.demand`: minutes and sessions a year, makeup minutes a week, counts a year.
    """
    weeks, paid_weeks = values["instructional_weeks"], values["contract_weeks"]
    direct = hours(1 / weeks)
    initial = {"initial": 1, "students_initial": values["evaluations_initial_per_student"]}
    again = {"reevaluation": 1, "students_reevaluation": values["reevaluations_per_student"]}
    meeting = values["meeting_hours"] / paid_weeks

    def each(counts: Mapping[str, Any], cost: Any) -> dict[str, Any]:
        return {feature: count * cost for feature, count in counts.items()}

    return {
        "direct": {"direct_minutes": direct},
        "consult": {"consult_minutes": direct},
        "makeup": {"makeup_minutes": hours(1)},
        "documentation": {"sessions": hours(values["documentation_minutes_per_session"]) / weeks},
        "on_behalf": {"direct_minutes": direct * values["on_behalf_ratio"]},
        "evaluation_initial": each(initial, values["evaluation_initial_hours"] / paid_weeks),
        "reevaluation": each(again, values["reevaluation_hours"] / paid_weeks),
        "meeting": {
            "iep": meeting,
            **each(initial, meeting),
            **each(again, meeting * values["reevaluation_own_meeting_share"]),
            "plan_504": values["meeting_504_hours"] / paid_weeks,
        },
        "progress_report": {"iep": values["progress_reports_per_year"] * values["progress_report_hours"] / paid_weeks},
    }
