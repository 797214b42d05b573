"""Renewed or left? One row for each student whose plan is past its review; the answer follows what a lead says."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.parts import finding, map_file
from dashboard.parts.safe_text import plain
from dashboard.shell import cached, session
from workload.answer import Answer
from workload.model.words import count
from workload.premises.renewed_or_left import (
    LEFT,
    RENEWALS,
    RENEWED,
    confirmation,
    said_of_students,
    students_asked,
    unanswered,
)

WORDS = {"": None, RENEWED: "renewed", LEFT: "left"}
HEADINGS = {
    "student": "Student",
    "school": "School",
    "grade": "Grade",
    "therapist": "Therapist",
    "ended": "Plan until",
    "said": "Renewed or left?",
}


def show(answer: Answer) -> None:
    """The table with its buttons; nothing where every student has a plan in force."""
    table = students_asked(answer)
    if table.empty:
        return
    silent = unanswered(answer)
    with st.container(key="card_students"):
        finding.title(
            f"Renewed or left? {count(len(silent), 'student')} of {len(table)} not answered",
            "Their plans are past the annual review and nothing newer is in the file. Students stand under their pseudonyms.",
        )
        st.text_input("Your name or role", key="who_students", placeholder="OT lead", max_chars=80)
        key = f"students_{cached.digest(table['student'].tolist(), table['said'].tolist())[:12]}"
        edited = st.data_editor(
            shown(table, session.labels(answer)),
            key=key,
            hide_index=True,
            alt="Students whose plan is past the annual review: renewed or left",
            disabled=list(HEADINGS.values())[:-1],
            column_config={
                HEADINGS["said"]: st.column_config.SelectboxColumn(options=["renewed", "left"], required=False),
                HEADINGS["ended"]: st.column_config.DateColumn(format="MM/DD/YYYY"),
            },
        )
        now = said_in(table, edited)
        with st.container(horizontal=True):
            st.button("Use these answers", key="students_use", type="primary", on_click=keep, args=(answer, now))
            st.button(
                "All not answered were renewed",
                key="students_rest_renewed",
                on_click=keep,
                args=(answer, {**dict.fromkeys(silent, RENEWED), **now}),
            )
            st.button(
                "Take all back",
                key="students_forget",
                type="tertiary",
                on_click=session.confirm,
                args=(RENEWALS, None),
                disabled=not said_of_students(answer),
            )
            st.download_button(
                "Save the answers",
                map_file.text(),
                map_file.NAME,
                map_file.MIME,
                on_click="ignore",
                key="students_save",
                disabled=not said_of_students(answer),
                help="A file with pseudonyms, no names. Load it under Data, or give it to the command line with --map.",
            )


def shown(table: pd.DataFrame, labels) -> pd.DataFrame:
    """The table as a person reads it: therapists as they are called at the moment."""
    made = table.assign(
        school=[plain(one) for one in table["school"]],
        therapist=["nobody" if pd.isna(one) else labels.of(one) for one in table["therapist"]],
        said=[WORDS[one] for one in table["said"]],
    )
    return made.rename(columns=HEADINGS)


def said_in(table: pd.DataFrame, edited: pd.DataFrame) -> dict[str, str]:
    """{pseudonym: renewed or left} as the edited table says it."""
    answers = edited[HEADINGS["said"]]
    return {
        student: str(what) for student, what in zip(table["student"], answers, strict=True) if what in (RENEWED, LEFT)
    }


def keep(answer: Answer, said: Mapping[str, str]) -> None:
    """Keep what was said of these students, and of students who are not asked about on this day."""
    asked = set(students_asked(answer)["student"])
    others = {student: what for student, what in said_of_students(answer).items() if student not in asked}
    who = session.chosen("who_students") or ""
    made = confirmation({**others, **said}, who.strip() or "somebody", session.today().isoformat())
    session.confirm(RENEWALS, made)
