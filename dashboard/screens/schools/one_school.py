"""One school: its figures, people and service lines; and how small counts are kept out of charts."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import column_labels, why_panel, widgets
from dashboard.parts.filters import Focus
from dashboard.parts.safe_text import safe
from dashboard.screens.people.one_therapist import LINE_COLUMNS, WRONG, number_opened
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.words import fte, hours, shown

SMALLEST = 10
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


def masking() -> int:
    """Below how many students a school is left out of charts; 0 shows all."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        hidden = st.toggle(
            "Hide schools with few students in charts",
            value=True,
            key="hide_small",
            persist_state="session",
            help="A picture of very few children can tell who they are. The figures of a school that "
            "you open are always shown.",
        )
        smallest = st.number_input(
            "Fewer than", 5, 30, SMALLEST, key="smallest", persist_state="session", width=130, disabled=not hidden
        )
    return smallest if hidden else 0


def marked(focus: Focus) -> tuple[str, ...]:
    """The schools that a chart names."""
    return (focus.school,) if focus.school is not None else ()


def show(answer: Answer, name: str, labels: Labels) -> None:
    """The figures, people and lines of one school."""
    row = answer.schools.set_index("school", drop=False).loc[name]
    st.header(safe(name), anchor=False)
    st.caption(WRONG)
    cards = (
        ("Caseload", shown(row["caseload"], 0), "caseload"),
        ("Hours a week", hours(row["workload_hours"]), "workload_hours"),
        ("FTE required", fte(row["required_fte"]), "required_fte"),
        ("FTE available", fte(row["available_fte"]), "available_fte"),
        ("Gap, FTE", fte(row["gap_fte"]), "gap_fte"),
    )
    widgets.cards(
        [
            (label, value, why_panel.opener(answer, measure, labels, school=name), f"school_{measure}")
            for label, value, measure in cards
        ]
    )
    number_opened(answer, labels, "school", school=name)
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
