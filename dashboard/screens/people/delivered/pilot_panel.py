"""A measured pilot on the page: which schools, from when, and how they and the others changed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.parts.finding import plain_table
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import navigation, session, through_the_year
from workload.model.words import count, fte, in_words, percent, rounded, shown
from workload.staffing.delivered.compliance import Delivered
from workload.store.measured_pilot import DELIVERED, OTHERS, PILOT, STUDENTS, MeasuredPilot

SCHOOLS, BEGAN, LEAST_MONTHS = "pilot_schools", "pilot_began", 2


def show(delivered: Delivered | None) -> None:
    """The choice and the comparison; what is needed before there are two months."""
    heads = through_the_year.months()
    st.header("Did a pilot change anything?", anchor=False)
    st.caption(
        "Choose the schools where something was tried. They are compared with all other schools, before and after."
    )
    if len(heads) < LEAST_MONTHS:
        st.info("Two kept months are needed, one from before. Keep the district, and a month of it on Year ahead.")
        st.page_link(navigation.page(navigation.YEAR), label="See the year ahead")
        return
    known = sorted(session.opened().roster.schools["school"].dropna())
    if now := session.chosen(SCHOOLS):
        session.set_now(SCHOOLS, [each for each in now if each in known])
    chosen = st.multiselect(
        "Pilot schools", known, key=SCHOOLS, format_func=plain, persist_state="session", placeholder="None yet"
    )
    days = [head.day for head in heads]
    began = st.date_input(
        "The pilot began on", days[-1], key=BEGAN, format="MM/DD/YYYY", persist_state="session", width=170
    )
    before = [day for day in days if began and day < began]
    after = [day for day in days if began and day >= began]
    if not chosen or not before or not after:
        st.caption("A kept month from before that day, one from it on, and at least one school are needed.")
        return
    found = through_the_year.pilot(before[-1], after[-1], tuple(chosen), began, delivered)
    if found is not None:
        compared(found, before[-1], after[-1])


def compared(found: MeasuredPilot, before: date, after: date) -> None:
    """The sentence, the table, and what it cannot say."""
    st.markdown(safe(sentence(found), 600))
    rows = [
        [
            each["measure"],
            each["group"],
            *(written(each["measure"], each[end]) for end in ("before", "after", "change")),
        ]
        for each in found.table.to_dict("records")
    ]
    head = ["", "", in_words(before), in_words(after), "Change"]
    plain_table(head, rows, "Pilot schools and the others, before and after", right=(2, 3, 4))
    for notice in found.notices:
        st.caption(safe(notice, 600))


def sentence(found: MeasuredPilot) -> str:
    """What was measured, or that nothing was."""
    table = found.table.set_index(["measure", "group"])
    if DELIVERED not in found.more:
        size = table.loc[(STUDENTS, PILOT), "after"]
        if pd.isna(size):
            return "The pilot schools are not in the later month. What was delivered there is not measured yet."
        return (
            f"The pilot schools have {count(int(size), 'student')} now. What was delivered there is not measured yet."
        )
    pilot, others = (table.loc[(DELIVERED, group)] for group in (PILOT, OTHERS))
    points = rounded(found.more[DELIVERED] * 100, 0)
    apart = (
        f"{count(int(abs(points)), 'point')} {'more' if points > 0 else 'less'}"
        if points
        else "the same change in whole points"
    )
    return (
        f"Delivered minutes went from {percent(pilot['before'])} to {percent(pilot['after'])} of those owed in the pilot "
        f"schools and from {percent(others['before'])} to {percent(others['after'])} in the others: {apart}."
    )


def written(measure: str, value: float) -> str:
    """A number of a measure as it is read."""
    if pd.isna(value):
        return "–"
    if measure == DELIVERED:
        return percent(value).replace("-", "−")
    return (shown(value, 0) if measure == STUDENTS else fte(value)).replace("-", "−")
