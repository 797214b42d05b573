"""Why? for the evidence: methods, caps, the time study, warning signs and delivered minutes opened in the same form.

Each function returns the `Explanation` that `explain.why` returns for the answer's own figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workload.explain.scope import Basis, Explanation, basis
from workload.explain.steps import FTE, HOURS_A_WEEK, SHARE, STUDENTS, Step
from workload.model.parameters import Assumptions
from workload.model.units import hours
from workload.staffing.caps.caseload_caps import Binding, CapCheck
from workload.staffing.concerns.warning_signs import Concern
from workload.staffing.delivered.compliance import REASONS, Delivered, compliance, compliance_by
from workload.staffing.method_differences import Difference
from workload.staffing.published_methods import HOUSE, MethodResult
from workload.staffing.time_study.study import LABELS, TimeStudy
from workload.staffing.time_study.study_tables import intervention_ratio

HOURS, MINUTES = "hours", "minutes"


def explain_method(
    method: MethodResult,
    differences: Sequence[Difference],
    house_fte: float,
    lines: pd.DataFrame,
    force: str,
    read: str,
) -> Explanation:
    """A method's FTE: what it starts from, and how it comes from the house method cause by cause.

    force, read  the words for the method's force and for how well its source was read
    """
    if method.method == HOUSE:
        steps = [Step("Low", method.low, FTE), Step("High", method.high, FTE)]
        last = Step("FTE required by this tool's method", house_fte, FTE, "=")
    else:
        causes = [Step(one.words, one.fte, FTE, "+") for one in differences if one.method == method.method]
        steps = [Step("FTE required by this tool's method", house_fte, FTE, "+"), *causes]
        both = "Halfway between this method's low and high"
        last = Step(both if method.low != method.high else "This method", method.middle, FTE, "=")
    notes = (
        f"Low {method.low:.2f} FTE, high {method.high:.2f} FTE.",
        f"Leaves out: {method.leaves_out}.",
        f"Never combine: {method.not_with}." if method.not_with else "",
    )
    return Explanation(
        f"FTE required: {method.label}",
        f"From {method.inputs}.",
        (*steps, last),
        (Basis(method.method, method.label, method.middle, FTE, f"{force}, {read}", method.source),),
        lines.reset_index(drop=True),
        "service lines in force",
        tuple(note for note in notes if note),
    )


def explain_cap(
    check: CapCheck,
    therapist: str,
    fte: float,
    has_assistant: bool,
    bound: Binding | None,
    lines: pd.DataFrame,
    force: str,
    read: str,
) -> Explanation:
    """One limit held against one person: the limit for the contract, the students counted, and the difference.

    lines  the service lines of the OT and of the OTAs supervised
    """
    steps = [
        Step("Contract", fte, FTE),
        Step("Limit for this contract", check.limit, STUDENTS),
        Step("Students counted", check.value, STUDENTS, "-"),
        Step("Room; below zero is over", check.room, STUDENTS, "="),
    ]
    notes = [f"The OT {'has' if has_assistant else 'has no'} OTA in post on this date."]
    if check.taken_off:
        notes.append(f"{check.taken_off:g} students were taken off the limit for buildings a day.")
    if check.consult_only:
        notes.append(
            f"{check.consult_only} of the students counted only have consultation; texts seldom say whether they count."
        )
    if check.without_iep:
        notes.append(
            f"{check.without_iep} of the students counted have no IEP (504 or MTSS); a number for special education does not count "
            "them."
        )
    if check.grade_unknown:
        notes.append(f"{check.grade_unknown} students have no grade in the file and count as school-age.")
    if check.note:
        notes.append(check.note)
    if bound is not None and bound.check is check:
        notes.append("This rule leaves the least room.")
        if bound.next_rule:
            notes[-1] += f" The next one ({bound.next_rule}) leaves {bound.tighter_by:g} students more."
    return Explanation(
        f"Students against the limit: {therapist}",
        "limit for the contract − different students of the OT and of the OTAs supervised",
        tuple(steps),
        (Basis(check.id, check.label, check.limit, STUDENTS, f"{force}, {read}", check.rule),),
        lines.reset_index(drop=True),
        "service lines in force",
        tuple(notes),
    )


def explain_study(study: TimeStudy, activity: str) -> Explanation:
    """The logged hours of one activity, paid and outside the contract, with their entries."""
    rows = study.work[study.work["activity"] == activity]
    outside = rows["outside_contract"].to_numpy(bool)
    paid, unpaid = (float(hours(rows.loc[mask, "minutes"].sum())) for mask in (~outside, outside))
    steps = (
        Step("Paid, inside the contract", paid, HOURS, "+"),
        Step("Outside the contract", unpaid, HOURS, "+"),
        Step("Hours logged", paid + unpaid, HOURS, "="),
    )
    return _logged(f"Hours logged: {LABELS[activity]}", steps, rows, study)


def explain_logged(study: TimeStudy, outside_only: bool = False) -> Explanation:
    """All hours of work logged, or those outside the contract, activity by activity, with their entries."""
    rows = study.work[study.work["outside_contract"]] if outside_only else study.work
    sums = hours(rows.groupby("activity")["minutes"].sum())
    steps = [Step(LABELS[code], float(sums[code]), HOURS, "+") for code in LABELS if code in sums.index]
    title = "Hours logged outside the contract" if outside_only else "Hours logged"
    return _logged(title, (*steps, Step(title, float(sums.sum()), HOURS, "=")), rows, study)


def _logged(title: str, steps: tuple[Step, ...], rows: pd.DataFrame, study: TimeStudy) -> Explanation:
    return Explanation(
        title,
        "minutes of the entries ÷ 60; lunch and breaks are no work",
        steps,
        (),
        rows.reset_index(drop=True),
        "entries of the log",
        (f"The log covers {study.dates}.",),
    )


def explain_difference(study: TimeStudy, area: pd.Series, weeks: float) -> Explanation:
    """One activity of the comparison: hours a week logged less hours a week in the model.

    weeks  that the people compared logged, added up
    """
    rows = study.work[study.work["activity"] == area["activity"]]
    return Explanation(
        f"Logged minus model: {area['label']}",
        "hours a week logged (each person's hours ÷ the weeks that the person logged) − hours a week in the model, "
        "for the people who logged",
        (
            Step("Logged, paid", float(area["paid_hours"]), HOURS_A_WEEK, "+"),
            Step("Logged, outside the contract", float(area["outside_hours"]), HOURS_A_WEEK, "+"),
            Step("Model", float(area["model_hours"]), HOURS_A_WEEK, "-"),
            Step("Logged minus model", float(area["difference_hours"]), HOURS_A_WEEK, "="),
        ),
        (),
        rows.reset_index(drop=True),
        "entries of the log",
        (f"The log covers {study.dates}, about {weeks:.1f} weeks of one person.",),
    )


def explain_ratio(study: TimeStudy, assumptions: Assumptions) -> Explanation:
    """All hours worked for each hour of IEP sessions."""
    ratio = intervention_ratio(study)
    return Explanation(
        "All work for each hour of IEP sessions",
        "all hours worked, paid and unpaid ÷ hours of direct service on IEPs",
        (
            Step("Hours worked", ratio.worked_hours, HOURS),
            Step("Hours of direct service on IEPs", ratio.intervention_hours, HOURS, "÷"),
            Step("Ratio", ratio.worked, "hours an hour", "="),
        ),
        (basis("hours_per_week", assumptions),),
        study.work.reset_index(drop=True),
        "entries of the log",
        (f"With paid hours alone the ratio is {ratio.paid:.2f}.",) if ratio.paid == ratio.paid else (),
    )


def explain_concern(concern: Concern) -> Explanation:
    """A warning sign: the figure it was read from with its rows; without a figure the check-in's counts."""
    found = concern.indicator
    title = f"Warning sign: {concern.sign.label}"
    said = () if concern.yes is None else (f"Team check-in: {concern.yes} of {concern.answers} said yes.",)
    if found is not None:
        step = Step(f"Read from the {found.source}", found.value, found.unit, "=")
        related = f"This figure is related to the sign and does not decide it: {found.cannot}."
        notes = (*(() if found.decides else (related,)), *said)
        return Explanation(title, found.words, (step,), (), found.rows, f"rows of the {found.source}", notes)
    if concern.yes is None:
        step = Step("Nothing to read it from", float("nan"), "", "=")
    else:
        step = Step("Yes answers of the check-in", float(concern.yes), "people", "=")
    return Explanation(title, "yes answers of the anonymous check-in", (step,), (), pd.DataFrame(), "rows", said)


def explain_compliance(delivered: Delivered, by: str | None = None, key: str | None = None) -> Explanation:
    """Delivered over required, of everything or of one school, therapist or month, with its rows.

    Students are left out of the rows: they have their own function and step.
    """
    rows = delivered.rows
    total = compliance(delivered)
    if by is not None:
        table = compliance_by(delivered, by).set_index(by)
        total, rows = table.loc[key], rows[rows[by].fillna("not given") == key]
    steps = [
        Step("Required", float(total["required_minutes"]), MINUTES),
        Step("Delivered", float(total["delivered_minutes"]), MINUTES),
    ]
    steps += [
        Step(f"Not delivered: {label}", float(total[f"{code}_minutes"]), MINUTES)
        for code, label in REASONS.items()
        if total[f"{code}_minutes"]
    ]
    steps += [
        Step("Not delivered, no reason given", float(total["not_accounted_minutes"]), MINUTES),
        Step("Delivered of required", float(total["compliance"]), SHARE, "="),
    ]
    return Explanation(
        f"Delivered minutes: {key or 'all'}",
        "delivered minutes ÷ required minutes, sum over sum",
        tuple(steps),
        (),
        rows.drop(columns="student").reset_index(drop=True),
        "rows that were brought in",
        ("A row counts only when both its required and its delivered minutes are known.",),
    )
