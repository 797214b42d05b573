"""The anonymous team check-in: ten questions, counts only, results once it is closed and five have answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import streamlit as st

from dashboard.parts import sections, widgets
from dashboard.shell import session
from workload.figures.concern_charts import team_said
from workload.model.words import count
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn, problem_of, results

HERE, PAPER = "Pass this screen around", "Counts from paper slips"


@dataclass(slots=True)
class CheckInRecord:
    """The counts so far, whether nobody can answer any more, and why typed counts were refused."""

    # Kept once it is closed: a record of each saving would tell who answered when.
    KEPT: ClassVar[tuple[str, ...]] = ("counts", "closed")

    counts: CheckIn = CheckIn()
    closed: bool = False
    problem: str = ""

    @property
    def is_kept(self) -> bool:
        return self.closed


def record() -> CheckInRecord:
    """What is kept."""
    return session.record(CheckInRecord)


def closed() -> CheckIn | None:
    """The counts once it is closed; None before."""
    return record().counts if record().closed else None


def show() -> None:
    """The questions while it is open; the counts once it is closed."""
    st.markdown(
        "Ten questions with yes or no. **Nobody's answer is kept**: each one is added to the counts and forgotten, and "
        f"no result is shown before it is closed and {FEWEST_ANSWERS} people have answered."
    )
    if record().closed:
        _closed(record().counts)
        return
    if sections.part([HERE, PAPER], "check_in_way", label="How people answer") == HERE:
        _questions()
    else:
        _slips()


def _questions() -> None:
    number = record().counts.answers
    st.caption(f"{count(number, 'person has', 'people have')} answered so far. Whoever answers sees an empty form.")
    with st.form("check_in_form", clear_on_submit=True):
        for id, question in QUESTIONS.items():
            st.checkbox(question, key=f"sign_{id}_{number}")  # a new key for everybody: no answer stays on the screen
        st.form_submit_button("Add my answers", on_click=_add, args=(number,))
    st.button(
        "Close the check-in",
        on_click=session.change,
        args=(CheckInRecord,),
        kwargs={"closed": True},
        disabled=number < FEWEST_ANSWERS,
        key="close_check_in",
        help="Afterwards the counts are shown and nobody can answer any more.",
    )
    if number < FEWEST_ANSWERS:
        st.caption(f"It can be closed from {FEWEST_ANSWERS} answers on.")


def _add(number: int) -> None:
    yes = [id for id in QUESTIONS if session.chosen(f"sign_{id}_{number}")]
    record().counts = record().counts.with_answer(yes)


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
    if problem := record().problem:
        st.error(problem)


def _take() -> None:
    answers = int(session.chosen("slips_answers") or 0)
    yes = {id: int(session.chosen(f"slips_{id}") or 0) for id in QUESTIONS}
    record().problem = problem_of(answers, yes)
    if not record().problem:
        session.change(CheckInRecord, counts=CheckIn(answers, yes), closed=True)


def _closed(check_in: CheckIn) -> None:
    found = results(check_in)
    if found is not None:
        widgets.chart(team_said(found, check_in.answers), "check_in")
    st.button("Start a new check-in", on_click=_again, key="new_check_in", help="The counts of this one are forgotten.")


def _again() -> None:
    session.change(CheckInRecord, counts=CheckIn(), closed=False)
