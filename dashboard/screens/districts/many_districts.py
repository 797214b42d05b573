"""Many districts: what do they need, and which can stand beside each other?"""

import streamlit as st

from dashboard.parts import finding
from dashboard.screens.districts import district_cards

HOW = (
    "A run over a folder of workbooks, or over a manifest, answers every district by itself and writes summary.xlsx: "
    "python -m workload batch FOLDER --out RESULTS. No figure in it speaks of fewer students than the smallest count."
)

head = st.container()
left, right = st.columns([58, 42], gap="small")
below = st.container()
with right:
    district_cards.choose()
table = district_cards.opened()
if table is None:
    with head:
        finding.hero("Open a summary to see many districts side by side", "", "")
    with left:
        finding.note(HOW)
else:
    with head:
        district_cards.head(table)
    with left:
        district_cards.rates(table)
        district_cards.on_the_map(table)
    with right:
        district_cards.ends(table)
        district_cards.bands(table)
        district_cards.apart(table)
    with below:
        district_cards.listed(table)
with below:
    district_cards.states()
