"""Next year, from the rosters of earlier years, and what it rests on."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead import year_history
from workload.answer import Answer
from workload.figures.next_year_charts import next_year_students
from workload.model.words import fte
from workload.year_ahead.forecast import TooLittleHistory, next_year


def another_year(answer: Answer) -> None:
    """Next year from the rosters of earlier years; too little history is refused in words."""
    st.markdown(
        "Next year's students are those who stay and those who come. How many stay and come is read from the rosters of earlier years, "
        "with the same student numbers. Bring at least two earlier years; they are read in this session only."
    )
    records = year_history.asked(answer)
    enrolled = st.number_input(
        "Students enrolled in the district next year, if known",
        0,
        2_000_000,
        None,
        10,
        key="enrolled_next",
        width=360,
        persist_state="session",
        placeholder="not given",
    )
    if records is None:
        return
    try:
        made = next_year(answer, records, float(enrolled) if enrolled else None)
    except TooLittleHistory as refusal:
        st.info(safe(refusal, 600))
        return
    low, likely, high = made.required_fte
    said = (
        f"In {year_history.written(made.year)} about {fte(likely)} FTE will likely be required, between {fte(low)} and {fte(high)}; "
        f"{fte(answer.district['required_fte'])} are required now."
    )
    st.markdown(f"**{safe(said, 400)}**")
    widgets.chart(next_year_students(made), "next_year")
    st.markdown("**What it rests on**")
    for driver in made.drivers:
        st.markdown("- " + safe(driver, 400))
