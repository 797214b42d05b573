"""What a district knows of its year beyond the roster: calendar, leaves, consents by month, the clock, 3:1 weeks."""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.posts_in_order import named
from dashboard.screens.decide.year_ahead import calendar_inputs
from dashboard.screens.decide.year_ahead.calendar_inputs import span_words
from dashboard.screens.decide.year_ahead.year_record import MONTHS, YearAheadRecord, clock_key, plan_in_force
from dashboard.shell import cached, session
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.school_year import school_year
from workload.model.words import count
from workload.year_ahead.evaluation_clock import Kept, clock_kept, clock_of, clock_sentence
from workload.year_ahead.weeks import YearPlan

CYCLES = {
    0: "Every week has sessions",
    1: "3:1, one week of four without sessions",
    2: "2:2, two weeks of four without sessions",
}


def asked(answer: Answer, labels: Labels) -> YearPlan:
    """The plan, with its fields once somebody opens them. Raises `CalendarError` for dates that cannot be."""
    fields = widgets.folded("What we know of the year: calendar, leaves, consents", "year_inputs")
    if fields is not None:
        with fields:
            _fields(answer, labels)
    plan, people = plan_in_force(answer), named(answer, labels)
    plan = replace(plan, leaves=tuple(one for one in plan.leaves if one[0] in people))
    key = cached.digest(session.answer_key(), plan.clock)
    kept = cached.drawn("clock_kept", key, partial(clock_kept, answer, plan.clock))
    st.caption(said(session.record(BesideRoster).calendar.closings, plan.leaves, plan.consents, kept))
    return plan


def _fields(answer: Answer, labels: Labels) -> None:
    calendar_inputs.asked(answer)
    _leaves(answer, labels, *school_year(answer.day))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _consents()
    with right:
        clock = clock_of(session.state(), answer.day)
        st.number_input(
            f"{clock.unit.capitalize()} from the parent's consent to the evaluation",
            10,
            180,
            clock.days,
            1,
            key=clock_key(),
            persist_state="session",
            help=plain(clock_sentence(session.state(), answer.day), 800),
        )
        st.selectbox(
            "Weeks without sessions",
            list(CYCLES),
            format_func=CYCLES.__getitem__,
            key="year_cycle",
            persist_state="session",
        )


def said(holidays: Sequence, leaves: Sequence, consents: Mapping[int, float], kept: Kept) -> str:
    """What is entered, and from what the clock of an evaluation runs."""
    expected = sum(consents.values())
    return (
        f"Entered: {count(len(holidays), 'holiday')}, {count(len(leaves), 'further leave')}, "
        f"{count(round(expected), 'expected consent')}. An evaluation is due {kept.clock.words}. {kept.words}"
    )


def _leaves(answer: Answer, labels: Labels, first: date, last: date) -> None:
    people = named(answer, labels)
    made = tuple(one for one in session.record(YearAheadRecord).leaves if one[0] in people and first <= one[1] <= last)
    st.markdown("**Leaves that are not in the roster**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Who",
            list(people),
            None,
            format_func=people.__getitem__,
            placeholder="Choose",
            key=f"leave_who_{len(made)}",
            width=200,
        )
        st.date_input("From and to", [], first, last, key=f"leave_{len(made)}", format="MM/DD/YYYY", width=260)
        st.button(
            "Add",
            key="leave_add",
            on_click=_add_span,
            args=("leaves", f"leave_{len(made)}", made, f"leave_who_{len(made)}"),
            help="Add this leave",
        )
    _spans("leaves", made, [f"{people[code]}: {span_words(start, end)}" for code, start, end in made])


def _spans(name: str, made: tuple, words: list[str]) -> None:
    """What is entered, each with the button that takes it out."""
    with st.container(horizontal=True):
        for at, text in enumerate(words):
            st.button(
                safe(text) + " ✕",
                key=f"{name}_drop_{at}",
                on_click=session.change,
                args=(YearAheadRecord,),
                kwargs={name: made[:at] + made[at + 1 :]},
                help="Take it out",
            )


def _add_span(name: str, key: str, made: tuple, who: str = "") -> None:
    span = tuple(session.chosen(key) or ())
    first = (session.chosen(who),) if who else ()
    if len(span) == 2 and None not in first:
        session.change(YearAheadRecord, **{name: tuple(sorted({*made, (*first, *span)}))})


def _consents() -> None:
    """Expected consents to an initial evaluation, by month."""
    st.markdown("**Expected consents to an initial evaluation, by month**")
    st.caption("Beyond the evaluations in the roster. The clock of each starts in the middle of its month.")
    with st.grid(6, min_column_width=70, vertical_alignment="bottom"):
        for month in MONTHS:
            st.number_input(month_abbr[month], 0, 500, 0, 1, key=f"consents_{month}", persist_state="session")
