"""How small counts are kept out of charts: the switch, and below how many students."""

from __future__ import annotations

import streamlit as st

SMALLEST = 10


def masking() -> int:
    """Below how many students a school is left out of charts; 0 shows all."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        hidden = st.toggle(
            "Hide schools with few students in charts",
            value=True,
            key="hide_small",
            persist_state="session",
            help="A picture of very few children can tell who they are. The figures of a school that "
            "you open are always shown.",
        )
        smallest = st.number_input(
            "Fewer than", 5, 30, SMALLEST, key="smallest", persist_state="session", width=130, disabled=not hidden
        )
    return smallest if hidden else 0
