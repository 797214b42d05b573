"""The team check-in for whoever has its link: ten questions, no name, and nothing of the district."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import keeping, session
from workload.model.words import in_words
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS
from workload.store.check_in_rounds import add_answer, asked
from workload.store.database import StoreError

TOKEN = "c"  # in the address of the link
THANKED = "_check_in_thanked"  # the link that was answered on this page, so that one press counts once
GONE = "This check-in is closed, or the link is not whole. Ask whoever sent it to you."
PROMISE = (
    "You need not sign in. Your answer is added to the counts and forgotten: no line of its own, no time and no address is "
    "kept, and no page shows who has said what, or when.",
    f"Until it is over your lead sees only whether {FEWEST_ANSWERS} people have answered. Then the lead, the administrator and "
    "the auditor see how many said yes to each question.",
    f"What fewer than {FEWEST_ANSWERS} people have said is never shown, and is deleted.",
    "Where everybody says yes to a question, the counts say so of everybody. Whoever may open the server's own database could "
    "read it before and after an answer.",
)


def show() -> None:
    """The questions, or that the answer was counted, or that there is nothing to answer."""
    token = str(st.query_params.get(TOKEN, ""))
    if session.chosen(THANKED) == token and token:
        finding.finding("Thank you. Your answer is counted.", "", "")
        st.markdown("You can close this page.")
        return
    try:
        found = asked(keeping.store(), token, session.today()) if token else None
    except StoreError as problem:
        st.warning(safe(str(problem), 300))
        return
    if found is None:
        finding.finding("There is no check-in here", "", "")
        st.markdown(GONE)
        return
    asks = f"{plain(found.district, 120)} asks its occupational therapy team, until {in_words(found.until)}."
    finding.finding("Ten questions about your work, without your name", "", "", [finding.fact(asks)])
    st.markdown("\n".join(f"- {line}" for line in PROMISE))
    with st.form("check_in_by_link"):
        st.markdown("**Tick what is true for you.** What you leave empty counts as no.")
        for id, question in QUESTIONS.items():
            st.checkbox(question, key=f"link_{id}")
        st.form_submit_button("Send my answers", type="primary", on_click=_send, args=(token,))
    if warning := session.note():
        st.warning(warning)


def _send(token: str) -> None:
    yes = [id for id in QUESTIONS if session.chosen(f"link_{id}")]
    try:
        add_answer(keeping.store(), token, yes, session.today())
    except StoreError as problem:
        session.say(safe(str(problem), 300))
        return
    session.set_now(THANKED, token)
