"""Home: what this is, the state of the data, and what next."""

import streamlit as st

from dashboard.parts import finding, keep_card, save_work, status_line
from dashboard.screens.home import due_card, state_of_the_data, two_weeks
from dashboard.shell import cached, session

finding.finding(
    "The therapist with",
    "36",
    "students has the fuller week, not the one with 67.",
    [
        finding.fact(
            "A caseload counts students. This tool counts the hours that the plans promise, and says how many people that takes."
        )
    ],
)
left, right = st.columns([6, 5], gap="small")
with left, st.container(key="card_story", height="stretch"):
    two_weeks.show()
with right, st.container(key="card_state", height="stretch"):
    state_of_the_data.show()
answer = session.answer()
if answer is not None:
    status_line.premises_line(answer)
    due_card.show(answer)
keep_card.ask()
keep_card.others()
save_work.bring_back()
st.info(cached.text("privacy"))
