"""One line of arithmetic, and the arithmetic of one week that does not fit."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workload.model.units import minutes

HOURS_A_WEEK, FTE, MINUTES_A_WEEK, STUDENTS, SHARE = "hours a week", "FTE", "minutes a week", "students", "share"
EXPOSURE = "An estimate of exposure: which sessions are really missed, only a log of delivered minutes can tell."


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic. Steps with a `sign` are added up (or taken off) to the total below them."""

    label: str
    value: float
    unit: str
    sign: str = ""  # "+", "-", "÷", "×", "=" or "" for an input that stands by itself


def week_at_risk(row: pd.Series) -> tuple[list[Step], list[str]]:
    """(steps, notes) from the hours of a week to the student minutes a week that find no time.

    row  of `Answer.people`, of somebody whose hours are known
    """
    work, there = float(row["workload_hours"]), float(row["available_hours"])
    student, therapist = float(row["student_hours"]), float(row["therapist_hours"])
    beyond, at_risk = max(0.0, work - there), float(row["student_minutes_at_risk"])
    sides = [("Hours of work", work), ("Hours available", there)]
    sides = sides if work > there else sides[::-1]
    steps = [Step(label, value, HOURS_A_WEEK, sign) for (label, value), sign in zip(sides, "+-", strict=True)]
    steps.append(Step("Hours that do not fit" if beyond else "Hours to spare", abs(work - there), HOURS_A_WEEK, "="))
    notes = [EXPOSURE]
    if beyond and therapist:
        steps += [
            Step("Minutes in an hour", minutes(1), "minutes", "×"),
            Step("Student hours promised a week", student, HOURS_A_WEEK, "×"),
            Step("Therapist hours that they take", therapist, HOURS_A_WEEK, "÷"),
        ]
        exposed = minutes(beyond) * student / therapist
        if exposed > at_risk:
            said = f"That is {exposed:,.0f} minutes; only the {at_risk:,.0f} minutes that are promised can be at risk."
            notes.insert(0, said)
    return [*steps, Step("Minutes at risk", at_risk, MINUTES_A_WEEK, "=")], notes
