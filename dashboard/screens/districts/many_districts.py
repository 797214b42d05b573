"""Many districts: what do they need, and which can stand beside each other?"""

import streamlit as st

from dashboard.parts import finding
from dashboard.screens.districts import (
    all_districts,
    how_districts_end,
    published_figures,
    rates_and_map,
    summary_of_a_run,
)

HOW = (
    "A run over a folder of workbooks, or over a manifest, answers every district by itself and writes summary.xlsx: "
    "python -m workload batch FOLDER --out RESULTS. No figure in it speaks of fewer students than the smallest count."
)

head = st.container()
left, right = st.columns([58, 42], gap="small")
below = st.container()
with right:
    summary_of_a_run.choose()
table = summary_of_a_run.opened()
if table is None:
    with head:
        finding.hero("Open a summary to see many districts side by side", "", "")
    with left:
        finding.note(HOW)
else:
    with head:
        summary_of_a_run.head(table)
    with left:
        rates_and_map.rates(table)
        rates_and_map.on_the_map(table)
    with right:
        how_districts_end.ends(table)
        published_figures.bands(table)
        how_districts_end.apart(table)
    with below:
        all_districts.listed(table)
with below:
    published_figures.states()
