"""The minutes that the plans promise by the model, beside those that a record of delivery calls required, year by year."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead.year_history import answer_of, written
from dashboard.shell import navigation
from workload.answer import Answer
from workload.staffing.delivered.compliance import Delivered
from workload.staffing.time_study.backcast import delivered_by_school_year, of_required_minutes

BRING = "No roster of this school year is open, so the model has nothing to say about it. Bring one under Year ahead."


def show(answer: Answer | None, delivered: Delivered | None) -> None:
    """A sentence for each school year of the record, against the roster of that year; nothing without roster or record."""
    years = delivered_by_school_year(delivered) if delivered is not None else {}
    if answer is None or not years:
        return
    st.header("Does the model say the same?", anchor=False)
    missing = False
    for year, part in years.items():
        then = answer_of(answer, year)
        missing |= then is None
        told = of_required_minutes(part, then.staffing) if then is not None else None
        if then is None or told is not None:
            st.markdown(f"**{written(year)}.** {safe(told.words if told is not None else BRING, 700)}")
    st.caption(
        "Each year is held against its own roster, under today's assumptions. A month is taken as a tenth of the "
        "instructional year; a month with many holidays lies below it."
    )
    if missing:
        widgets.links((navigation.YEAR, "Bring last year's roster"))
