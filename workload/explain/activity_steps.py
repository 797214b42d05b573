"""The hours of one activity opened: the sums that it starts from, and the rows they were summed over."""

from __future__ import annotations

import pandas as pd

from workload.explain.scope import Explanation, Scope, opened
from workload.explain.steps import HOURS_A_WEEK, MINUTES_A_WEEK, STUDENTS, Step
from workload.work.activities import ACTIVITIES, BY_CODE, INDIVIDUAL, SERVICE

Inputs = tuple[list[Step], pd.DataFrame, str]
OF_LINES = ("direct", "on_behalf", "consult", "makeup", "documentation")
OF_EVENTS = ("evaluation_initial", "reevaluation", "meeting", "progress_report")


def activity_opened(scope: Scope, code: str) -> Explanation:
    activity = BY_CODE[code]
    total = Step(activity.label, scope.activity_hours(code), HOURS_A_WEEK, "=")
    inputs, rows, rows_are = _inputs(scope, code)
    notes: tuple[str, ...] = ()
    if activity.kind == INDIVIDUAL or code == "mtss":
        notes = ("A school's part follows the therapist's service hours there.",) if scope.school is not None else ()
    return opened(scope, activity.label, activity.formula, [*inputs, total], activity.parameters, rows, rows_are, notes)


def _inputs(scope: Scope, code: str) -> Inputs:
    """The sums that an activity starts from, the rows they were summed over, and what these are."""
    if code in OF_LINES:
        return _of_lines(scope, code)
    if code in OF_EVENTS:
        return _of_events(scope, code)
    if BY_CODE[code].kind in (SERVICE, INDIVIDUAL):
        columns = ["file", "sheet", "row", "therapist", "days", "supervisor", "named_duty_hours", "mtss_hours"]
        rows = scope.answer.roster.therapists
        own = rows["therapist"] == scope.therapist if scope.therapist else rows["therapist"].notna()
        return _own_hours(scope), rows.loc[own, columns], "rows of the Therapists sheet"
    service = [activity.code for activity in ACTIVITIES if activity.kind == SERVICE]
    hours = Step("Service hours", scope.activity_hours(*service), HOURS_A_WEEK)
    return [hours], scope.of(scope.answer.lines), "service lines in force"


def _of_lines(scope: Scope, code: str) -> Inputs:
    """What follows from the lines of plans: sessions and what belongs to each of them."""
    lines = scope.of(scope.answer.lines)
    is_consult = lines["delivery"] == "consult"
    if code == "makeup":
        owed = lines[lines["makeup_minutes_owed"] > 0]
        steps = [
            Step("Minutes owed", float(owed["makeup_minutes_owed"].sum()), "minutes"),
            Step("A week until they are due", scope.feature("makeup_minutes"), MINUTES_A_WEEK),
        ]
        return steps, owed, "lines with compensatory minutes"
    if code == "consult":
        consult = lines[is_consult]
        minutes = Step("Minutes in plans", float(consult["student_minutes_per_week"].sum()), MINUTES_A_WEEK)
        return [minutes], consult, "consult lines in force"
    direct = lines[~is_consult]
    if code == "documentation":
        steps = [Step("Direct sessions a year, once for each student", scope.feature("sessions"), "sessions")]
    else:
        steps = [
            Step(label, float(direct[f"{whose}_minutes_per_week"].sum()), MINUTES_A_WEEK)
            for label, whose in (
                ("Student minutes", "student"),
                ("Therapist minutes, groups counted once", "therapist"),
            )
        ]
    return steps, direct, "individual and group lines in force"


def _of_events(scope: Scope, code: str) -> Inputs:
    """What comes once or a few times a year for a student: evaluations, meetings, reports."""
    events, feature, values = scope.of(scope.answer.events), scope.feature, scope.answer.assumptions
    with_iep = Step("Students with an IEP", feature("iep"), STUDENTS)
    if code == "progress_report":
        return [with_iep], events[events["has_iep"]], "students with an IEP"
    if code == "meeting":
        evaluations = (
            feature("initial")
            + feature("reevaluation")
            + feature("students_initial") * values["evaluations_initial_per_student"]
            + feature("students_reevaluation") * values["reevaluations_per_student"]
        )
        steps = [with_iep, Step("Evaluations in the school year", evaluations, "evaluations")]
        return steps, events, "students and evaluations counted"
    kind = "initial" if code == "evaluation_initial" else "reevaluation"
    steps = [
        Step("Listed or dated in the school year", feature(kind), "evaluations"),
        Step("Students counted at the default rate", feature(f"students_{kind}"), STUDENTS),
    ]
    counted = (events[kind] > 0) | (events[f"{kind}_at_default_rate"] > 0)
    return steps, events[counted], "evaluations and students counted"


def _own_hours(scope: Scope) -> list[Step]:
    """What one person's travel and supervision are made of; nothing for a school or the district."""
    if scope.therapist is None:
        return []
    people = scope.answer.demand.people
    at = scope.answer.demand.therapists.index(scope.therapist)
    return [
        Step("Known minutes of the week's legs", float(people.travel_minutes[at]), MINUTES_A_WEEK),
        Step("Legs that count as one move", float(people.moves[at]), "moves a week"),
        Step("OTAs supervised", float(people.otas_supervised[at]), "OTAs"),
    ]
