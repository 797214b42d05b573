"""Therapists: whose week does not fit?"""

import streamlit as st

from dashboard.parts import filters, widgets
from dashboard.parts.summary import focus_sentence
from dashboard.screens.people import one_therapist
from dashboard.shell import session
from workload.figures.people_charts import hours_against_contract

COLUMNS = [
    "therapist",
    "role",
    "schools",
    "caseload",
    "workload_hours",
    "available_hours",
    "utilization",
    "required_fte",
    "contracted_fte",
    "available_fte",
    "gap_fte",
    "student_minutes_at_risk",
    "on_leave",
]

answer = widgets.need_answer("Whose week does not fit?")
labels = session.labels(answer)

widgets.heading(
    "Therapists",
    "One line for each person, in neutral order. A long bar says that a week "
    "does not fit its contract; it says nothing about the person.",
)
focus = filters.bar(answer, labels)
people = filters.therapists(answer, focus, labels)
widgets.sentence(focus_sentence(len(people), len(answer.therapists), "therapist"))

if focus.therapist is not None:
    one_therapist.show(answer, focus.therapist, labels)
    st.divider()
else:
    st.info("Choose a therapist above to open one week: hours by activity, schools, students and the rows in the file.")
widgets.chart(hours_against_contract(people, labels.shown), "weeks")
st.subheader("All figures")
widgets.table(labels.table(people)[COLUMNS], "Hours and FTE of each therapist", "therapists", "therapists", rows=20)
