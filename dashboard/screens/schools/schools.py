"""Schools: which building needs what?"""

import streamlit as st

from dashboard.parts import filters, small_schools, widgets
from dashboard.screens.schools import all_schools, member_table, one_school
from dashboard.shell import session

answer = widgets.need_answer(
    "Which building needs what?",
    "students against hours of work, school by school, and who drives how far.",
)
labels = session.labels(answer)

head = st.container()
left, right = st.columns([58, 42], gap="small")
opened = st.container()
with st.container(key="card_open"):
    focus = all_schools.choose(answer, labels)
    smallest = small_schools.masking()
    schools = filters.schools(answer, focus)
    all_schools.table(answer, schools, smallest, focus)

with head:
    if focus.school is None:
        all_schools.head(answer, smallest)
    else:
        one_school.head(answer, focus.school)
with left:
    all_schools.scatter(answer, schools, smallest, focus)
with right:
    all_schools.on_the_map(answer, schools, smallest, focus)
if focus.school is not None:
    with opened:
        one_school.show(answer, focus.school, labels)
all_schools.more(answer, schools, smallest, focus.school)
member_table.show(answer, labels, smallest)
