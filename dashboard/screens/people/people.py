"""People: whose week does not fit?"""

import streamlit as st

from dashboard.parts import filters, widgets
from dashboard.screens.people import all_weeks, one_therapist
from dashboard.shell import session

answer = widgets.need_answer(
    "Whose week does not fit?",
    "every week against its contract, in a fixed order and never as a ranking.",
)
labels = session.labels(answer)

head = st.container()
left, right = st.columns([58, 42], gap="small")
with right:
    beside = st.container()
    with st.container(key="card_open"):
        focus = all_weeks.choose(answer, labels)
        people = filters.therapists(answer, focus)

if focus.therapist is None:
    with head:
        all_weeks.head(answer)
    with left:
        all_weeks.weeks(answer, people, labels, focus)
else:
    with head:
        one_therapist.head(answer, focus.therapist, labels)
    with left:
        one_therapist.week(answer, focus.therapist, labels)
    with beside:
        one_therapist.lines_of_work(answer, focus.therapist)
    one_therapist.show(answer, focus.therapist, labels)
if focus.therapist is None:  # a person's own page shows nobody else's figures
    all_weeks.table(people, labels, focus)
