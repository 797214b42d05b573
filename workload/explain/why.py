"""Why is my number this? Every figure opened to its formula in words, its inputs, its assumptions and its rows.

    explain(answer, "required_fte", therapist="Avery Lund")
    explain(answer, "meeting_hours", school="Oak Elementary")
    explain(answer, "gap_fte")                                  # the district

The steps are the figure's own arithmetic: the last step is the value itself, and what is added up adds up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from workload.answer import Answer
from workload.explain.activity_steps import activity_opened
from workload.explain.scope import Explanation, Scope, opened
from workload.explain.steps import EXPOSURE, FTE, HOURS_A_WEEK, MINUTES_A_WEEK, SHARE, STUDENTS, Step, week_at_risk
from workload.model.roster import UNASSIGNED
from workload.model.units import hours
from workload.work.activities import ACTIVITIES, BY_CODE, CODES

STANDARDS = ("hours_per_week", "planning_share", "staff_time_share")
LINES, PEOPLE = "service lines in force", "people in post"
FTES = ("contracted_fte", "available_hours", "available_fte", "required_fte", "gap_fte", "shortfall_fte")
POSTS = ("therapist", "role", *FTES, "on_leave")


def measures() -> tuple[str, ...]:
    """Every figure that can be opened."""
    return (*SPECIAL, *(f"{code}_hours" for code in CODES))


def explain(answer: Answer, measure: str, *, therapist: str | None = None, school: str | None = None) -> Explanation:
    """The figure opened. Raises `KeyError` for an unknown measure and `ValueError` for an unknown name."""
    scope = Scope(answer, therapist, school)
    code = measure.removesuffix("_hours")
    if measure in SPECIAL:
        return replace(SPECIAL[measure](scope), about=(measure,))
    activity = BY_CODE[code]
    return replace(activity_opened(scope, code), about=(code, *activity.parameters))


def _workload_steps(scope: Scope) -> list[Step]:
    """The hours of each activity and their sum."""
    steps = [Step(activity.label, scope.activity_hours(activity.code), HOURS_A_WEEK, "+") for activity in ACTIVITIES]
    return [*(step for step in steps if step.value), Step("Workload", scope.activity_hours(*CODES), HOURS_A_WEEK, "=")]


def _workload(scope: Scope) -> Explanation:
    share = scope.answer.assumptions.category_share
    return opened(
        scope,
        "Workload",
        "the hours of every activity, added up",
        _workload_steps(scope),
        (*STANDARDS[1:], STANDARDS[0]),
        scope.of(scope.answer.lines),
        LINES,
        (
            f"Planning and staff time are {share:.1%} of the week: service hours ÷ (1 − {share:.1%}) is a mark-up of "
            f"{share / (1 - share):.1%} on service hours.",
        ),
    )


def _required(scope: Scope) -> Explanation:
    week = scope.answer.staffing.full_week
    return opened(
        scope,
        "Required FTE",
        "workload in hours a week ÷ hours a week of a full-time post",
        [
            *_workload_steps(scope),
            Step("Hours a week of a full-time post", week, HOURS_A_WEEK, "÷"),
            Step("Required", scope.required_fte, FTE, "="),
        ],
        STANDARDS,
        scope.of(scope.answer.lines),
        LINES,
    )


def _people_rows(scope: Scope) -> pd.DataFrame:
    table = scope.answer.people
    if scope.school is not None:
        cells = scope.of(scope.answer.cells)
        return cells[cells["available_fte"] > 0][["therapist", "role", "available_fte", "required_fte", "gap_fte"]]
    if scope.therapist is not None:
        table = table[table["therapist"] == scope.therapist]
    return table[list(POSTS)]


def _available(scope: Scope) -> Explanation:
    week = scope.answer.staffing.full_week
    how = (
        "each therapist's available FTE shared over the day plan, or over service hours where there is none"
        if scope.school is not None
        else "contract hours a week, or FTE × the full week; nothing on leave, before the start or after the end"
    )
    return opened(
        scope,
        "Available FTE",
        how,
        [
            Step("Available hours a week", scope.available_fte * week, HOURS_A_WEEK),
            Step("Hours a week of a full-time post", week, HOURS_A_WEEK, "÷"),
            Step("Available", scope.available_fte, FTE, "="),
        ],
        ("hours_per_week",),
        _people_rows(scope),
        PEOPLE,
    )


def _gap(scope: Scope) -> Explanation:
    return opened(
        scope,
        "Gap",
        "available FTE − required FTE; a negative gap is a shortfall",
        [
            Step("Available", scope.available_fte, FTE, "+"),
            Step("Required", scope.required_fte, FTE, "-"),
            Step("Gap", scope.available_fte - scope.required_fte, FTE, "="),
        ],
        STANDARDS,
        _people_rows(scope),
        PEOPLE,
        ("The sum of everybody's shortfall is larger where one post has room and another does not.",)
        if scope.therapist is None
        else (),
    )


def _shortfall_total(scope: Scope) -> Explanation:
    rows = _people_rows(scope)
    short = rows[rows["gap_fte"] < 0]
    steps = [Step(name, -gap, FTE, "+") for name, gap in zip(short["therapist"], short["gap_fte"], strict=True)]
    return opened(
        scope,
        "Shortfall of all who are short",
        "for each person (and for work with no therapist) required − available where that is positive, added up",
        [*steps, Step("Shortfall, all persons", float(-short["gap_fte"].sum()), FTE, "=")],
        ("hours_per_week",),
        rows,
        PEOPLE,
        (
            "Room in one week does not help a student in another building, so surplus is not taken off here. "
            "The net gap does take it off.",
        ),
    )


def _utilization(scope: Scope) -> Explanation:
    week = scope.answer.staffing.full_week
    available = scope.available_fte * week
    workload = scope.activity_hours(*CODES)
    return opened(
        scope,
        "Capacity used",
        "workload hours ÷ available hours, sum over sum",
        [
            Step("Workload", workload, HOURS_A_WEEK),
            Step("Available", available, HOURS_A_WEEK, "÷"),
            Step("Capacity used", workload / available if available else float("nan"), SHARE, "="),
        ],
        STANDARDS,
        _people_rows(scope),
        PEOPLE,
        () if available else ("Nobody is available, so there is no value.",),
    )


def _caseload(scope: Scope) -> Explanation:
    lines = scope.of(scope.answer.lines)
    students = lines["student"].nunique()
    return opened(
        scope,
        "Caseload",
        "different students with a service line in force; a student with two lines is one",
        [Step("Service lines in force", len(lines), "lines"), Step("Different students", students, STUDENTS, "=")],
        (),
        lines,
        LINES,
        ("Students who are only being evaluated are workload, not caseload.",),
    )


def _at_risk(scope: Scope) -> Explanation:
    answer, table = scope.answer, scope.answer.people
    if scope.therapist is not None:
        table = table[table["therapist"] == scope.therapist]
        if answer.posts_known:
            return _one_week_at_risk(scope, table.iloc[0])
    weeks = ["workload_hours", "available_hours", "student_hours", "therapist_hours"]
    rows = table[["therapist", *weeks, "student_minutes_at_risk"]]
    steps = _each(rows, "student_minutes_at_risk", MINUTES_A_WEEK, "Minutes at risk")
    return opened(
        scope,
        "Estimated student minutes at risk",
        "hours that do not fit × 60 × (student minutes ÷ therapist minutes), never more than the minutes owed",
        [*(step for step in steps[:-1] if step.value), steps[-1]],
        ("hours_per_week",),
        rows,
        "people in post and work with no therapist",
        (EXPOSURE,),
    )


def _one_week_at_risk(scope: Scope, week: pd.Series) -> Explanation:
    steps, notes = week_at_risk(week)
    return opened(
        scope,
        "Estimated student minutes at risk",
        "hours that do not fit × 60 × (student hours ÷ therapist hours of the plans), never more than the minutes owed",
        steps,
        ("hours_per_week",),
        scope.of(scope.answer.lines),
        LINES,
        notes,
    )


def _each(rows: pd.DataFrame, column: str, unit: str, total: str) -> list[Step]:
    """A column person by person, and its sum."""
    parts = [Step(name, value, unit, "+") for name, value in zip(rows["therapist"], rows[column], strict=True)]
    return [*parts, Step(total, float(rows[column].sum()), unit, "=")]


def _minutes(scope: Scope) -> Explanation:
    lines = scope.of(scope.answer.lines)
    student = float(hours(lines["student_minutes_per_week"].sum()))
    therapist = float(hours(lines["therapist_minutes_per_week"].sum()))
    return opened(
        scope,
        "Therapist hours of the plans",
        "student hours − hours saved because several students share a session",
        [
            Step("Student hours promised", student, HOURS_A_WEEK, "+"),
            Step("Saved by groups", student - therapist, HOURS_A_WEEK, "-"),
            Step("Therapist hours", therapist, HOURS_A_WEEK, "="),
        ],
        ("instructional_weeks", "month"),
        lines,
        LINES,
    )


def _contracted(scope: Scope) -> Explanation:
    table = scope.answer.people
    if scope.therapist is not None:
        table = table[table["therapist"] == scope.therapist]
    table = table[table["therapist"] != UNASSIGNED]
    return opened(
        scope,
        "Contracted FTE",
        "FTE as given, else contract hours ÷ the full week",
        _each(table, "contracted_fte", FTE, "Contracted"),
        ("hours_per_week",),
        table[["therapist", "role", "contracted_fte", "available_fte", "on_leave"]],
        PEOPLE,
    )


SPECIAL: dict[str, Callable[[Scope], Explanation]] = {
    "required_fte": _required,
    "available_fte": _available,
    "gap_fte": _gap,
    "shortfall_fte": _gap,
    "shortfall_total_fte": _shortfall_total,
    "utilization": _utilization,
    "workload_hours": _workload,
    "caseload": _caseload,
    "student_minutes_at_risk": _at_risk,
    "therapist_hours": _minutes,
    "student_hours": _minutes,
    "contracted_fte": _contracted,
}
