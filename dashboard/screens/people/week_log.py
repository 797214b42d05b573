"""A person's log of one week on her own page: a grid of quarters of an hour to drag over or type in, and a line of clock times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from dashboard.parts import finding, week_grid_component
from dashboard.screens.people.time_study import study_log
from dashboard.shell import session
from dashboard.shell.guard import guarded
from workload.model.words import count, hours
from workload.staffing.time_study import log_edits, log_grid
from workload.staffing.time_study.log_edits import LABEL_LIST
from workload.staffing.time_study.log_grid import Span
from workload.staffing.time_study.study import clock_words

NEXT_MINUTES = 30
LAST = time(23, 45)
DAY, START, END, WHAT = "log_line_day", "log_line_start", "log_line_end", "log_line_what"


def show(name: str, code: str) -> None:
    """The grid of a week and the line under it; the hours of the week in its title."""
    guarded(_show)(name, code)


def _show(name: str, code: str) -> None:
    with st.container(key="card_log"):
        title = st.container()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                "A day of the week",
                session.day(),
                key="log_week",
                format="MM/DD/YYYY",
                width=170,
                persist_state="session",
            )
            first = st.time_input(
                "My paid day begins", None, step=900, key="log_day_begins", width=150, persist_state="session"
            )
            last = st.time_input("and ends", None, step=900, key="log_day_ends", width=150, persist_state="session")
        monday = log_grid.monday_of(day or session.day())
        paid = (log_edits.clock(first), log_edits.clock(last)) if first and last else None
        entries = study_log.record().typed.entries
        grid = log_grid.grid_of(entries, name, monday)
        with title:
            finding.title(
                f"Log a week: {hours(log_grid.hours_in(grid, monday))} hours so far",
                "Quarters of an hour, unpaid work too. Kept with every stretch; it stands beside the plans above. "
                + ("Quarters outside the paid day count as unpaid." if paid else "No students' names belong in a log."),
            )
        editor(name, code, monday, grid, paid)
        line(name, monday, grid, paid)
        if beside := log_grid.off_grid(entries, name, monday):
            finding.note(
                f"{count(len(beside), 'entry', 'entries')} of this week at other times: see Time study, Bring in a log."
            )
        if brought(name, log_grid.days_of(monday)):
            finding.note("A log of this week was brought as a file, too: what is typed here counts beside it.")
        st.button(
            "Undo the last change",
            on_click=study_log.undo,
            disabled=not study_log.record().typed.steps,
            key="undo_week_log",
        )


def line(name: str, monday: date, grid: pd.DataFrame, paid: Span | None) -> None:
    """One stretch of work; the next one starts where it ends."""
    session.start_with(START, time(8, 0))
    session.start_with(END, time(8, 30))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Day", log_grid.days_of(monday), key=DAY, format_func=log_grid.day_name, width=110, persist_state="session"
        )
        st.time_input("Start", key=START, step=900, width=110)
        st.time_input("End", key=END, step=900, width=110)
        st.selectbox("Activity", LABEL_LIST, key=WHAT, width=250, persist_state="session")
        st.button("Add", key="log_line_add", on_click=_add, args=(name, monday, grid, paid))
    if problem := study_log.record().entry_problem:
        st.error(problem)


def _add(name: str, monday: date, grid: pd.DataFrame, paid: Span | None) -> None:
    day, start, end, what = (session.chosen(key) for key in (DAY, START, END, WHAT))
    study_log.record().entry_problem = problem = log_edits.problem_of(start, end, None, day)
    if problem:
        return
    made = log_grid.filled(grid, day, log_edits.clock(start), log_edits.clock(end), what)
    keep(name, monday, made, paid)
    session.set_now(START, end)
    session.set_now(END, later(end))


def later(moment: time) -> time:
    """Half an hour later, on the same day."""
    at = datetime.combine(date.min, moment) + timedelta(minutes=NEXT_MINUTES)
    return at.time() if at.date() == date.min else LAST


def editor(name: str, code: str, monday: date, grid: pd.DataFrame, paid: Span | None) -> None:
    """The grid itself: drag over it, tap twice, or type."""
    key = f"week_grid_{code}_{monday}"
    week_grid_component.show(
        key,
        "One week in quarters of an hour, Monday to Friday: the activity of each",
        [log_grid.day_name(day) for day in log_grid.days_of(monday)],
        [clock_words(slot) for slot in log_grid.slots()],
        log_grid.cells_of(grid, monday),
        study_log.record().grid_seen,
        lambda: take(session.chosen(key), name, monday, paid),
    )


def take(state: object, name: str, monday: date, paid: Span | None) -> None:
    """Keep the stretches that the grid has sent and that are not kept yet, each as one step for undo."""
    for each in week_grid_component.stretches(state):
        number = log_grid.whole(each.get("number"))
        if number is None or number <= study_log.record().grid_seen:
            continue
        study_log.record().grid_seen = number
        grid = log_grid.grid_of(study_log.record().typed.entries, name, monday)
        made = log_grid.stretched(grid, monday, each.get("days"), each.get("slots"), each.get("what"))
        if not made.equals(grid):
            keep(name, monday, made, paid)


def keep(name: str, monday: date, grid: pd.DataFrame, paid: Span | None) -> None:
    """Put the grid into the typed log, as one step for undo."""
    study_log.change(*log_grid.edits_of(study_log.record().typed.entries, name, monday, grid, paid))


def brought(name: str, days: Sequence[date]) -> bool:
    """Whether a file holds entries of this person in these days."""
    opened = session.district()
    own = [*([opened.roster.time_log] if opened else []), *study_log.record().files.values()]
    return any(_holds(log, name, days) for log in own if len(log))


def _holds(log: pd.DataFrame, name: str, days: Sequence[date]) -> bool:
    there = log[log["therapist"] == name]["date"].dropna()
    return bool(pd.to_datetime(there).dt.date.isin(list(days)).any())
