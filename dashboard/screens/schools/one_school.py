"""One school: its figures, people and service lines."""

from __future__ import annotations

from math import isnan

import pandas as pd
import streamlit as st

from dashboard.parts import column_labels, finding, widgets
from dashboard.parts.own_numbers import LINE_COLUMNS, WRONG, numbers
from dashboard.parts.status_line import provisionally
from dashboard.shell import navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.school_marks import hours_a_student
from workload.figures.states import gap_alone
from workload.model.words import count, fte, hours, shown

PEOPLE_COLUMNS = [
    "therapist",
    "role",
    "student_hours",
    "therapist_hours",
    "workload_hours",
    "required_fte",
    "available_fte",
]
SCHOOL_LINE_COLUMNS = [name if name != "school" else "therapist" for name in LINE_COLUMNS]


def head(answer: Answer, name: str) -> None:
    """The sentence about one school and the next step."""
    row = school(answer, name)
    gap = gap_alone(row["required_fte"], row["available_fte"]) if answer.posts_known else ""
    students, work = int(row["caseload"]), float(row["workload_hours"])
    facts = [finding.fact("{}, {} hours a week", count(students, "student"), hours(work))]
    if students:
        own, all_of_it = shown(work / students, 2), hours_a_student(answer.schools)
        facts.append(
            finding.fact("{} hours a student", own)
            if isnan(all_of_it)
            else finding.fact("{} hours a student, the district {}", own, shown(all_of_it, 2))
        )
    before, number, after = sentence(name, gap, work)
    finding.hero(
        before,
        number,
        provisionally(answer, after) if gap else after,
        facts,
        short=gap.startswith("short"),
        actions=[("Who could serve which school?", navigation.REBALANCE.file), ("All schools", back_to_all)],
        key="school_next",
    )


def sentence(name: str, gap: str, work: float) -> tuple[str, str, str]:
    """(before, number, after) of the heading."""
    if gap.startswith("short"):
        return f"{name} is short", gap.removeprefix("short "), "FTE"
    if gap.startswith("room"):
        return f"{name} has room for", gap.removeprefix("room for "), "FTE"
    end = ", and has about what they need" if gap else ""
    return f"{name} takes", hours(work), f"hours a week{end}"


def school(answer: Answer, name: str) -> pd.Series:
    return answer.schools.set_index("school", drop=False).loc[name]


def back_to_all() -> None:
    session.set_next("school", None)
    st.rerun()


def show(answer: Answer, name: str, labels: Labels) -> None:
    """The figures, people and lines of one school."""
    row = school(answer, name)
    st.caption(WRONG)
    cards = (
        ("Caseload", shown(row["caseload"], 0), "caseload"),
        ("Hours a week", hours(row["workload_hours"]), "workload_hours"),
        ("FTE required", fte(row["required_fte"]), "required_fte"),
        ("FTE available", fte(row["available_fte"]), "available_fte"),
        ("Gap, FTE", fte(row["gap_fte"]), "gap_fte"),
    )
    numbers(answer, labels, "school", cards, school=name)
    st.subheader("Who works there")
    people = answer.cells[answer.cells["school"] == name]
    widgets.table(labels.table(people)[PEOPLE_COLUMNS], "Work at this school by therapist", "school_people", "people")
    st.subheader("Service lines")
    lines = answer.lines[answer.lines["school"] == name]
    widgets.table(
        column_labels.filled(labels.table(lines)[SCHOOL_LINE_COLUMNS]),
        "Service lines at this school",
        "school_lines",
        "service-lines",
    )
