"""Districts beside each other: need against what is there for each 1,000 students, and where they lie on the map."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import finding, live_chart
from dashboard.screens.districts.summary_of_a_run import DistrictsRecord
from dashboard.shell import cached, session
from workload.batch.batch_results import PER_1000_PUBLISHED
from workload.figures.district_map import district_map, district_map_words, placed
from workload.figures.district_rates import district_rates_chart, district_rates_words
from workload.model.words import count, shown
from workload.rules.benchmarks import benchmarks

COLORS = (("gap", "less than is needed"), ("accent", "enough"))


def comparable(table: pd.DataFrame) -> pd.DataFrame:
    """The districts whose rates can stand beside each other."""
    return table[table["not_comparable"].isna()]


def rates(table: pd.DataFrame) -> None:
    """Need against what is there, for each 1,000 students with disabilities."""
    seen, published = comparable(table), benchmarks()[PER_1000_PUBLISHED]
    with st.container(key="card_rates"):
        finding.title(
            "Below the dotted line a district has less than it needs",
            "FTE for each 1,000 students with disabilities. Filled: final. Hollow: a premise is open. "
            f"Dashed: {shown(published.value, 1)}, published for the nation.",
        )
        if seen.empty:
            finding.note("No district says both who is in post and how many students with disabilities it has.")
            return
        finding.key_of_colors(*COLORS)
        key = f"{session.record(DistrictsRecord).key} {live_chart.tones() is live_chart.DARK}"
        draw = partial(district_rates_chart, seen, published.value, live_chart.tones())
        figure = cached.drawn("district_rates", key, draw)
        live_chart.still(figure, "district_rates", district_rates_words(seen, published.value))
        finding.note(f"{published.label}: {published.source}")


def on_the_map(table: pd.DataFrame) -> None:
    """Where the districts lie, as far as the manifest of the run says it; nothing where it says it of none."""
    there = placed(table)
    if there.empty:
        return
    with st.container(key="card_district_map"):
        short = int((there["gap_fte"] < 0).sum())
        finding.title(
            f"{short:,} of {count(len(there), 'district')} on the map have less than they need",
            "Filled: final. Hollow: a premise is open. Gray: no gap can be given.",
        )
        finding.key_of_colors(*COLORS)
        key = f"{session.record(DistrictsRecord).key} {live_chart.tones() is live_chart.DARK}"
        figure = cached.drawn("district_map", key, partial(district_map, there, live_chart.tones()))
        live_chart.still(figure, "district_map", district_map_words(there, len(table) - len(there)))
