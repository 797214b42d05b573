"""One therapist's week: the figures, each open to its rows, so that the person can see and correct what is counted."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import column_labels, contract_rules, why_panel, widgets
from dashboard.parts.safe_text import safe
from dashboard.parts.summary import used_sentence
from dashboard.screens.rules import caps_panels
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.week_chart import week_of_person
from workload.model.words import fte, hours, shown
from workload.staffing.caps.caseload_caps import caps_for
from workload.staffing.caps.other_limits import limits_for
from workload.work.activities import ACTIVITIES

LINE_COLUMNS = [
    "row",
    "student",
    "school",
    "grade",
    "plan",
    "delivery",
    "as_written",
    "minutes_per_session",
    "sessions",
    "period",
    "group_size",
    "student_minutes_per_week",
    "therapist_minutes_per_week",
    "sheet",
    "file",
]
CELL_COLUMNS = ["school", "student_hours", "therapist_hours", "workload_hours", "required_fte", "available_fte"]
RULE_COLUMNS = ("Rule", "Limit for this contract", "Students counted", "Over by", "What it is", "Section")
WRONG = (
    "Something wrong? Every number below names its file, sheet and row. Correct the row in the file, or tell the "
    "person who keeps the roster which row it is, and upload the file again."
)


def show(answer: Answer, name: str, labels: Labels) -> None:
    """The week of one person, or of the work that has no therapist."""
    row = answer.therapists.set_index("therapist", drop=False).loc[name]
    st.header(safe(labels.of(name)), anchor=False)
    st.caption(WRONG)
    cards = (
        ("Caseload", shown(row["caseload"], 0), "caseload"),
        ("Hours a week", hours(row["workload_hours"]), "workload_hours"),
        ("Capacity used", used_sentence(row["utilization"]), "utilization"),
        ("FTE required", fte(row["required_fte"]), "required_fte"),
        ("Minutes at risk", shown(row["student_minutes_at_risk"], 0), "student_minutes_at_risk"),
    )
    widgets.cards(
        [
            (label, value, why_panel.opener(answer, measure, labels, therapist=name), f"person_{measure}")
            for label, value, measure in cards
        ]
    )
    widgets.chart(week_of_person(row, labels.of(name)), "week")
    number_opened(answer, labels, "person", therapist=name)
    st.subheader("Schools")
    cells = answer.cells[answer.cells["therapist"] == name]
    widgets.table(cells[CELL_COLUMNS], f"Work of {labels.of(name)} by school", "person_schools", "schools")
    rules_held(answer, name, labels)
    st.subheader("Service lines")
    lines = answer.lines[answer.lines["therapist"] == name]
    widgets.table(
        column_labels.filled(lines[LINE_COLUMNS]),
        f"Service lines of {labels.of(name)}",
        "person_lines",
        "service-lines",
    )


@live
def number_opened(answer: Answer, labels: Labels, key: str, **scope: str) -> None:
    """Any activity's hours, opened on the page."""
    by_code = {activity.code: activity.label for activity in ACTIVITIES}
    st.subheader("Where does a number come from?")
    code = st.selectbox(
        "Activity",
        list(by_code),
        index=None,
        format_func=by_code.get,
        key=f"{key}_activity",
        placeholder="Choose an activity to see its formula, assumptions and rows",
        persist_state="session",
    )
    if code is not None:
        why_panel.show(labels.explanation(why_panel.explain(answer, f"{code}_hours", **scope)), f"{key}_opened")


def rules_held(answer: Answer, name: str, labels: Labels) -> None:
    """The rules of the state and of the district's own agreement, held against this person."""
    packs = contract_rules.packs_chosen()
    caseload = caps_for(answer.staffing, packs, answer.roster.services).get(name, [])
    limits = limits_for(answer.staffing, packs, answer.roster.services, answer.time_study)
    others = [check for check in limits if check.about == name]
    if not caseload and not others:
        return
    st.subheader("Caseload rules and other limits")
    if caseload:
        table = caps_panels.caps_table({name: caseload}, {name: labels.of(name)})[list(RULE_COLUMNS)]
        widgets.words_table(table, f"Caseload rules held against {labels.of(name)}", "person_caps", "caps")
        st.caption(
            "With the students of the OTAs whom this OT supervises. A plan or an agreement may vary the limit; see the rule's text."
        )
    if others:
        table = caps_panels.limits_rows(others, labels).drop(columns=["Who or where", "Note"])
        widgets.words_table(table, f"Other limits held against {labels.of(name)}", "person_limits", "limits")
