"""All states: what the rule packs cover, state by state."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.shell import session
from workload.rules.packs import coverage
from workload.rules.rule import EVIDENCE, KINDS


def all_states() -> None:
    """What the packs cover, state by state."""
    st.markdown(
        "What was looked for in each state and how well it was read. A state without a number here may still have "
        "one: it was not found. **Law** is only what was read in its own text."
    )
    rows = [
        {
            "State": one.name,
            "About": KINDS[one.kind][0],
            "Numbers in force": ", ".join(f"{each:g}" for each in one.numbers)
            or ("none found" if one.kind == "no_number" else "none"),
            "How well read": ", ".join(EVIDENCE[mark] for mark in one.evidence),
            "Entries read": one.entries,
            "In force on this date": one.in_force,
        }
        for one in coverage(session.day())
    ]
    widgets.table(pd.DataFrame(rows), "What the rule packs cover, by state", "coverage", "coverage", rows=18)
