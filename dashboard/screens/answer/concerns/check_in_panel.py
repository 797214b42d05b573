"""The anonymous team check-in: ten questions, counts only, results once it is closed and five have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import streamlit as st

from dashboard.parts import finding, sections, widgets
from dashboard.screens.answer.concerns import check_in_link
from dashboard.shell import session, sign_in
from workload.figures.concern_charts import team_said
from workload.model.words import count, in_words, percent
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn, problem_of, results
from workload.staffing.concerns.sign_trends import said_over_time
from workload.staffing.concerns.warning_signs import SIGNS

HERE, PAPER, LINK = "Pass this screen around", "Counts from paper slips", "Send a link"
MOST_ROUNDS = 6  # beside each other, the newest ones


@dataclass(slots=True)
class CheckInRecord:
    """The counts so far, whether nobody can answer any more, and why typed counts were refused."""

    # Kept once it is closed: a record of each saving would tell who answered when.
    KEPT: ClassVar[tuple[str, ...]] = ("counts", "closed", "day")

    counts: CheckIn = CheckIn()
    closed: bool = False
    day: date | None = None  # on which it was closed; never a time
    problem: str = ""

    @property
    def is_kept(self) -> bool:
        return self.closed


@dataclass(slots=True)
class EarlierCheckIns:
    """Check-ins that were closed before the one at hand, each with its day."""

    KEPT: ClassVar[tuple[str, ...]] = ("rounds",)

    rounds: tuple[tuple[date, CheckIn], ...] = ()


def record() -> CheckInRecord:
    return session.record(CheckInRecord)


def all_closed() -> list[tuple[date, CheckIn]]:
    """Every check-in that is closed, here and by link, by its day, the oldest first."""
    found = [*session.record(EarlierCheckIns).rounds]
    if record().closed:
        found.append((record().day or session.today(), record().counts))
    if sign_in.is_on():
        found += check_in_link.counted(check_in_link.all_rounds())
    return sorted(found, key=lambda one: one[0])


def closed() -> CheckIn | None:
    """The counts of the newest check-in that is closed and has answers enough; None without one."""
    return next((counts for _, counts in reversed(all_closed()) if counts.is_shown), None)


def show() -> None:
    """The questions while it is open, the counts once it is closed, and how they went from one to the next."""
    _now()
    _over_time(all_closed())


def _now() -> None:
    st.markdown(
        "Ten questions with yes or no. **Nobody's answer is kept**: each one is added to the counts and forgotten, and "
        f"no result is shown before it is closed and {FEWEST_ANSWERS} people have answered."
    )
    if record().closed:
        _closed(record().counts)
        return
    _ways()
    if found := [one for one in all_closed() if one[1].is_shown]:
        day, counts = found[-1]
        finding.title("The newest check-in that is closed", f"It is of {in_words(day)}.")
        _counts(counts)


def _ways() -> None:
    """How people answer the one that is open."""
    way = sections.part([*([LINK] if sign_in.is_on() else []), HERE, PAPER], "check_in_way", label="How people answer")
    if way == LINK:
        check_in_link.show(check_in_link.all_rounds())
    elif way == HERE:
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
        on_click=_close,
        disabled=number < FEWEST_ANSWERS,
        key="close_check_in",
        help="Afterwards the counts are shown and nobody can answer any more.",
    )
    if number < FEWEST_ANSWERS:
        st.caption(f"It can be closed from {FEWEST_ANSWERS} answers on.")


def _close() -> None:
    session.change(CheckInRecord, closed=True, day=session.today())


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
        session.change(CheckInRecord, counts=CheckIn(answers, yes), closed=True, day=session.today())


def _closed(check_in: CheckIn) -> None:
    _counts(check_in)
    st.button("Start a new check-in", on_click=_again, key="new_check_in", help="The counts of this one stay below it.")


def _counts(check_in: CheckIn) -> None:
    found = results(check_in)
    if found is not None:
        widgets.chart(team_said(found, check_in.answers), "check_in")


def _again() -> None:
    earlier = session.record(EarlierCheckIns).rounds
    session.change(EarlierCheckIns, rounds=(*earlier, (record().day or session.today(), record().counts)))
    session.change(CheckInRecord, counts=CheckIn(), closed=False, day=None)


def _over_time(rounds: Sequence[tuple[date, CheckIn]]) -> None:
    """Shares of yes of each question, one check-in beside the next."""
    table = said_over_time(rounds)
    every = dict(zip(table["place"], table["day"], strict=True))
    days = dict(list(every.items())[-MOST_ROUNDS:])
    if len(days) < 2:
        return
    finding.title("From one check-in to the next", "People who said yes, of those who answered.")
    labels = {sign.id: sign.label for sign in SIGNS}
    cells = {(row.sign, row.place): f"{percent(row.share)} ({row.yes} of {row.answers})" for row in table.itertuples()}
    finding.plain_table(
        ["Sign", *(in_words(day) for day in days.values())],
        [(label, *(cells[id, place] for place in days)) for id, label in labels.items()],
        "Check-ins beside each other",
        right=tuple(range(1, len(days) + 1)),
    )
    if len(every) > len(days):
        finding.note(f"The newest {len(days)} of {len(every)} check-ins.")
    finding.note(
        "Not the same people each time, perhaps, and few of them: a difference of one or two answers says little."
    )
