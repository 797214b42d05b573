"""A contract or own posts: one way of providing against another, by two totals."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.safe_text import safe
from workload.model.words import dollars
from workload.scenarios.cost import savings

PUBLISHED = (
    ("other_way", "The contract, $ a year", 389_401),
    ("own_way", "Own posts, first year, with start-up, $", 339_940),
    ("own_start", "Start-up in it, $", 50_000),
)
PUBLISHED_SOURCE = (
    "The numbers that stand here at first are a published case: Santa Barbara Unified School District, 2013, "
    "occupational therapy by the county or by its own posts."
)


def contract_or_own() -> None:
    """One way of providing against another, by two totals."""
    with st.expander("A contract or own posts: compare two totals"):
        st.caption(PUBLISHED_SOURCE)
        with st.grid(3, min_column_width=190, vertical_alignment="bottom"):
            other, own, start = (
                st.number_input(label, 0, 50_000_000, value, 1_000, key=key, persist_state="session")
                for key, label, value in PUBLISHED
            )
        first, later = savings(other, own, start)
        st.markdown(
            safe(
                f"Own posts save {dollars(first)} in the first year and {dollars(later)} in each later year. A number below "
                "zero means that they cost more."
            )
        )
