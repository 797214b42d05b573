"""The school calendar on the page: first and last day of school and closings, kept for the whole session.

Week strip, packet, money and premises all read the calendar that is typed here.
"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.shell import session
from dashboard.shell.beside_roster import BesideRoster
from workload.answer import Answer
from workload.model.school_calendar import CalendarError, SchoolCalendar, open_weeks
from workload.model.school_year import school_year
from workload.model.words import in_words
from workload.premises.district_premises import WEEKS_APART

MONDAY, THURSDAY = 0, 3


def asked(answer: Answer) -> None:
    """The fields that change the calendar in force."""
    begins, ends = school_year(answer.day)
    made = session.record(BesideRoster).calendar
    st.markdown("**First and last day of school**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, label in (("first", "First day"), ("last", "Last day")):
            given = getattr(made, name)
            st.date_input(
                label,
                given if given and begins <= given <= ends else None,
                begins,
                ends,
                key=f"school_{name}_{begins.year}",
                format="MM/DD/YYYY",
                width=150,
                on_change=_take,
                args=(name, f"school_{name}_{begins.year}"),
                help="Without it the year runs from September 1 to June 30. Year-round schools begin in July.",
            )
    if problem := session.record(BesideRoster).calendar_problem:
        st.warning(safe(problem, 300))
    closings = tuple(span for span in made.closings if begins <= span[0] <= ends)
    st.markdown("**Days without school**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input("From and to", (), begins, ends, key=f"holiday_{len(closings)}", format="MM/DD/YYYY", width=260)  # type: ignore[arg-type]
        st.button(
            "Add",
            key="holiday_add",
            on_click=_add,
            args=(f"holiday_{len(closings)}", made),
            help="Add these days without school",
        )
    with st.container(horizontal=True):
        for at, span in enumerate(closings):
            st.button(
                safe(span_words(*span)) + " ✕",
                key=f"holidays_drop_{at}",
                on_click=put,
                args=(SchoolCalendar(made.first, made.last, tuple(one for one in made.closings if one != span)),),
                help="Take it out",
            )
    weeks_button(answer)


def weeks_button(answer: Answer) -> None:
    """Where the calendar holds other weeks than are assumed: both numbers, and the button that takes the calendar's."""
    weeks, assumed = open_weeks(answer.day, answer.calendar), answer.demand.weeks
    if not answer.calendar.closings or abs(weeks - assumed) < WEEKS_APART:
        return
    st.button(
        f"Count {weeks:.1f} instructional weeks instead of {assumed:g}",
        key="weeks_of_the_calendar",
        on_click=session.set_assumption,
        args=("instructional_weeks", round(weeks, 1)),
    )


def put(calendar: SchoolCalendar) -> None:
    session.change(BesideRoster, calendar=calendar, calendar_problem="")


def _take(name: str, key: str) -> None:
    made = session.record(BesideRoster).calendar
    dates = {"first": made.first, "last": made.last, name: session.chosen(key)}
    try:
        put(SchoolCalendar(dates["first"], dates["last"], made.closings))
    except CalendarError as refusal:
        session.change(BesideRoster, calendar_problem=str(refusal))


def _add(key: str, made: SchoolCalendar) -> None:
    span = tuple(session.chosen(key) or ())
    if len(span) == 2:
        put(SchoolCalendar(made.first, made.last, tuple(sorted({*made.closings, span}))))


def span_words(start: date, end: date) -> str:
    return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"


def example_holidays(first_year: int) -> tuple[tuple[date, date], ...]:
    """Usual closings of a US school year, as an example that must be corrected."""
    thanks = _nth(first_year, 11, THURSDAY, 4)
    winter = (
        _nth(first_year, 12, MONDAY, 4)
        if _nth(first_year, 12, MONDAY, 4).day <= 24
        else _nth(first_year, 12, MONDAY, 3)
    )
    spring = _nth(first_year + 1, 3, MONDAY, 4)
    memorial = _nth(first_year + 1, 6, MONDAY, 1) - timedelta(7)
    one_day = [
        _nth(first_year, 9, MONDAY, 1),
        _nth(first_year + 1, 1, MONDAY, 3),
        _nth(first_year + 1, 2, MONDAY, 3),
        memorial,
    ]
    summer = date(first_year + 1, 6, 15)
    spans = [(day, day) for day in one_day]
    spans += [
        (thanks - timedelta(1), thanks + timedelta(1)),
        (winter, winter + timedelta(11)),
        (spring, spring + timedelta(4)),
        (summer, date(first_year + 1, 6, 30)),
    ]
    return tuple(sorted(spans))


def put_usual(answer: Answer) -> None:
    """Enter the usual closings of the answer's school year, an example to be corrected: Labor Day, Thanksgiving, two
    weeks in winter, a week in spring, three Mondays, and the second half of June."""
    closings = example_holidays(school_year(answer.day)[0].year)
    put(SchoolCalendar(answer.calendar.first, answer.calendar.last, closings))
    st.rerun()


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    start = date(year, month, 1)
    return start + timedelta((weekday - start.weekday()) % 7 + 7 * (number - 1))
