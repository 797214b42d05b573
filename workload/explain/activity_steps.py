"""The hours of one activity opened: the sums that it starts from, and the rows they were summed over."""

from __future__ import annotations

import pandas as pd

from workload.explain.scope import Explanation, Scope, opened
from workload.explain.steps import HOURS_A_WEEK, MINUTES_A_WEEK, STUDENTS, Step
from workload.work.activities import ACTIVITIES, BY_CODE, INDIVIDUAL, SERVICE


def activity_opened(scope: Scope, code: str) -> Explanation:
    activity = BY_CODE[code]
    total = Step(activity.label, scope.activity_hours(code), HOURS_A_WEEK, "=")
    inputs, rows, rows_are = _inputs(scope, code)
    notes: tuple[str, ...] = ()
    if activity.kind == INDIVIDUAL or code == "mtss":
        notes = ("A school's part follows the therapist's service hours there.",) if scope.school is not None else ()
    return opened(
        scope,
        activity.label,
        HOURS_A_WEEK,
        activity.formula,
        [*inputs, total],
        activity.parameters,
        rows,
        rows_are,
        notes,
    )


def _inputs(scope: Scope, code: str) -> tuple[list[Step], pd.DataFrame, str]:
    """The sums that an activity starts from, and the rows they were summed over."""
    answer, lines, events = scope.answer, scope.of(scope.answer.lines), scope.of(scope.answer.events)
    direct = lines[lines["delivery"] != "consult"]
    if code in ("direct", "on_behalf"):
        return (
            [
                Step("Student minutes", float(direct["student_minutes_per_week"].sum()), MINUTES_A_WEEK),
                Step(
                    "Therapist minutes, groups counted once",
                    float(direct["therapist_minutes_per_week"].sum()),
                    MINUTES_A_WEEK,
                ),
            ],
            direct,
            "individual and group lines in force",
        )
    if code == "consult":
        consult = lines[lines["delivery"] == "consult"]
        return (
            [Step("Minutes in plans", float(consult["student_minutes_per_week"].sum()), MINUTES_A_WEEK)],
            consult,
            "consult lines in force",
        )
    if code == "makeup":
        owed = lines[lines["makeup_minutes_owed"] > 0]
        return (
            [
                Step("Minutes owed", float(owed["makeup_minutes_owed"].sum()), "minutes"),
                Step("A week until they are due", scope.feature("makeup_minutes"), MINUTES_A_WEEK),
            ],
            owed,
            "lines with compensatory minutes",
        )
    if code == "documentation":
        return (
            [Step("Direct sessions a year, once for each student", scope.feature("sessions"), "sessions")],
            direct,
            "individual and group lines in force",
        )
    if code in ("evaluation_initial", "reevaluation"):
        kind, many = (
            ("initial", "students_initial")
            if code == "evaluation_initial"
            else ("reevaluation", "students_reevaluation")
        )
        default = f"{kind}_at_default_rate"
        return (
            [
                Step("Listed or dated in the school year", scope.feature(kind), "evaluations"),
                Step("Students counted at the default rate", scope.feature(many), STUDENTS),
            ],
            events[(events[kind] > 0) | (events[default] > 0)],
            "evaluations and students counted",
        )
    if code in ("meeting", "progress_report"):
        with_iep = Step("Students with an IEP", scope.feature("iep"), STUDENTS)
        if code == "progress_report":
            return [with_iep], events[events["has_iep"]], "students with an IEP"
        values = answer.assumptions
        evaluations = (
            scope.feature("initial")
            + scope.feature("reevaluation")
            + scope.feature("students_initial") * values["evaluations_initial_per_student"]
            + scope.feature("students_reevaluation") * values["reevaluations_per_student"]
        )
        return (
            [with_iep, Step("Evaluations in the school year", evaluations, "evaluations")],
            events,
            "students and evaluations counted",
        )
    if BY_CODE[code].kind == SERVICE or BY_CODE[code].kind == INDIVIDUAL:
        return (
            _own_hours(scope),
            answer.roster.therapists.loc[
                lambda table: table["therapist"] == scope.therapist if scope.therapist else table["therapist"].notna(),
                ["file", "sheet", "row", "therapist", "days", "supervisor", "named_duty_hours", "mtss_hours"],
            ],
            "rows of the Therapists sheet",
        )
    service = [activity.code for activity in ACTIVITIES if activity.kind == SERVICE]
    return [Step("Service hours", scope.activity_hours(*service), HOURS_A_WEEK)], lines, "service lines in force"


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
