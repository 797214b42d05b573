"""Districts held against published figures, and what is published about the states."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import finding, state_personnel_card, widgets
from workload.batch.batch_results import ABOVE, BELOW, INSIDE, STUDENTS_PER_FTE, published_band
from workload.batch.saved_summary import states_table
from workload.model.words import count, shown
from workload.rules.benchmarks import benchmarks
from workload.scenarios import cost

BANDS = {BELOW: "fewer students a post", INSIDE: "within", ABOVE: "more students a post"}


def bands(table: pd.DataFrame) -> None:
    """Who lies outside the published figures of students for each post."""
    low, high = published_band()
    counts = table["published_band"].value_counts()
    with st.container(key="card_bands"):
        outside = int(counts.get(BELOW, 0) + counts.get(ABOVE, 0))
        finding.title(
            f"{count(outside, 'district')} outside published figures",
            f"Students for each post; published are {shown(low, 1)} to {shown(high, 1)}. They are no standard.",
        )
        rows = [(words, f"{counts.get(band, 0):,}") for band, words in BANDS.items()]
        finding.plain_table(["students for each post", "districts"], rows, "Districts against published figures", (1,))
        panel = st.expander("Sources", key="districts_sources", on_change="rerun")
        if panel.open:
            with panel:
                for id in STUDENTS_PER_FTE:
                    one = benchmarks()[id]
                    finding.said(f"{one.label}, {one.who}:", f"{one.source} ({one.force}, {one.evidence})")


def states() -> None:
    """What the nation publishes about every state, to hold a district's rate against: students, OTs, wages."""
    with st.container(key="card_states"):
        finding.title(
            "What is published about the states", "No standard: students who are served, posts that are filled, wages."
        )
        state_personnel_card.show()
        table = states_table(state_personnel_card.brought())
        widgets.table(table.dropna(axis=1, how="all"), "Published figures of every state", "states", "states", rows=10)
        finding.note(f"Students: IDEA Section 618, US Department of Education. Wages: {cost.SOURCE}.")
