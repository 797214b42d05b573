"""Answer: how many are we short, how sure is it, and what next?"""

import streamlit as st

from dashboard.parts import status_line, widgets
from dashboard.screens.answer import ask_card, first_screen, whole_answer
from dashboard.shell import session

answer = widgets.need_answer(
    "How many therapists are we short, and why?",
    "how many FTE are missing, from what, and what to ask for.",
)
labels = session.labels(answer)

first_screen.sentence(answer)
left, right = st.columns([58, 42], gap="small")
with left:
    first_screen.bridge(answer)
with right:
    ask_card.show(answer)
    first_screen.pair(answer, labels)
status_line.premises_line(answer)
ask_card.money(answer)
whole_answer.show(answer, labels)
