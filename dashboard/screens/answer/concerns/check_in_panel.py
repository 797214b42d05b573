"""The anonymous team check-in: ten questions, counts only, results once it is closed and five have answered."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import sections, widgets
from dashboard.shell import session
from workload.figures.concern_charts import team_said
from workload.model.words import count
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn, results

HERE, PAPER = "Pass this screen around", "Counts from paper slips"
KEPT, CLOSED, PROBLEM = "check_in", "check_in_closed", "check_in_problem"


def current() -> CheckIn:
    """The counts so far."""
    return session.kept(KEPT) or CheckIn()


def show() -> None:
    """The questions while it is open; the counts once it is closed."""
    st.markdown(
        "Ten questions with yes or no. **Nobody's answer is kept**: each one is added to the counts and forgotten, and "
        f"no result is shown before it is closed and {FEWEST_ANSWERS} people have answered."
    )
    if session.kept(CLOSED):
        _closed(current())
        return
    if sections.part([HERE, PAPER], "check_in_way", label="How people answer") == HERE:
        _questions()
    else:
        _slips()


def _questions() -> None:
    number = current().answers
    st.caption(f"{count(number, 'person has', 'people have')} answered so far. Whoever answers sees an empty form.")
    with st.form("check_in_form", clear_on_submit=True):
        for id, question in QUESTIONS.items():
            st.checkbox(question, key=f"sign_{id}_{number}")  # a new key for everybody: no answer stays on the screen
        st.form_submit_button("Add my answers", on_click=_add, args=(number,))
    st.button(
        "Close the check-in",
        on_click=session.keep,
        args=(CLOSED, True),
        disabled=number < FEWEST_ANSWERS,
        key="close_check_in",
        help="Afterwards the counts are shown and nobody can answer any more.",
    )
    if number < FEWEST_ANSWERS:
        st.caption(f"It can be closed from {FEWEST_ANSWERS} answers on.")


def _add(number: int) -> None:
    session.keep(KEPT, current().with_answer([id for id in QUESTIONS if session.chosen(f"sign_{id}_{number}")]))


def _slips() -> None:
    st.caption(
        "Let everybody fill in a slip with the ten questions, mix them, count the yes answers, and type the counts in."
    )
    with st.form("slips", border=False):
        st.number_input("Slips", 0, 1_000, 0, key="slips_answers")
        with st.grid(2, min_column_width=320, vertical_alignment="bottom"):
            for id, question in QUESTIONS.items():
                st.number_input(question, 0, 1_000, 0, key=f"slips_{id}")
        st.form_submit_button("Take these counts and close", on_click=_take)
    if problem := session.kept(PROBLEM):
        st.error(problem)


def _take() -> None:
    answers = int(session.chosen("slips_answers") or 0)
    yes = {id: int(session.chosen(f"slips_{id}") or 0) for id in QUESTIONS}
    session.keep(PROBLEM, problem_of(answers, yes))
    if not session.kept(PROBLEM):
        session.keep(KEPT, CheckIn(answers, yes))
        session.keep(CLOSED, True)


def problem_of(answers: int, yes: dict[str, int]) -> str:
    """Why counts cannot be taken, as a sentence; empty when they can."""
    if answers < FEWEST_ANSWERS:
        return (
            f"{count(answers, 'slip is', 'slips are')} too few: below {FEWEST_ANSWERS} somebody could guess who said what. "
            "Nothing was kept."
        )
    most = max(yes, key=yes.get)
    if yes[most] > answers:
        return f"{yes[most]} yes answers are more than the {answers} slips, at: {QUESTIONS[most]} Nothing was kept."
    return ""


def _closed(check_in: CheckIn) -> None:
    found = results(check_in)
    if found is not None:
        widgets.chart(team_said(found, check_in.answers), "check_in")
    st.button("Start a new check-in", on_click=_again, key="new_check_in", help="The counts of this one are forgotten.")


def _again() -> None:
    for name in (KEPT, CLOSED):
        session.keep(name, None)
