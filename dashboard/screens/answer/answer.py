"""Answer: how many are we short, how sure is it, and what next?"""

import streamlit as st

from dashboard.parts import status_line, widgets
from dashboard.screens.answer import answer_sentence, ask_card, bridge_card, fewer_students_more_work, whole_answer
from dashboard.shell import session

answer = widgets.need_answer(
    "How many therapists are we short, and why?",
    "how many FTE are missing, from what, and what to ask for.",
)
labels = session.labels(answer)

answer_sentence.sentence(answer)
left, right = st.columns([58, 42], gap="small")
with left:
    bridge_card.bridge(answer)
with right:
    ask_card.show(answer)
    fewer_students_more_work.pair(answer, labels)
status_line.premises_line(answer)
ask_card.money(answer)
whole_answer.show(answer, labels)
