"""All districts by name, and the sentences of those without an answer."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.screens.districts.summary_of_a_run import DistrictsRecord
from dashboard.shell import cached, session

SHOWN = {
    "district": "District",
    "status": "Status",
    "day": "Day",
    "caseload": "Students",
    "required_fte": "FTE required",
    "required_fte_p10": "FTE required, low",
    "required_fte_p90": "FTE required, high",
    "available_fte": "FTE available",
    "gap_fte": "Gap, FTE",
    "required_per_1000": "FTE required for each 1,000",
    "available_per_1000": "FTE available for each 1,000",
    "gap_per_1000": "Gap for each 1,000",
    "students_per_fte": "Students for each post",
    "published_band": "Against published figures",
    "open_premises": "Open premises",
    "not_comparable": "Not comparable, because",
}


def listed(table: pd.DataFrame) -> None:
    """Every district by its name, and the sentences of those without an answer."""
    st.header("All districts", anchor=False)
    ready = cached.drawn("district_table", session.record(DistrictsRecord).key, partial(_ready, table))
    widgets.table(ready, "Figures of every district", "districts", "districts", rows=20)
    refused = table.loc[table["sentence"].notna(), ["district", "sentence", "remedy"]]
    if len(refused):
        st.header("Without an answer", anchor=False)
        widgets.words_table(
            refused.rename(columns={"district": "District", "sentence": "Why", "remedy": "What to do"}),
            "Districts without an answer",
            "districts_refused",
        )


def _ready(table: pd.DataFrame) -> widgets.ReadyTable:
    """In the order of the names: this is no ranking."""
    rows = table.sort_values("district", kind="stable")[list(SHOWN)].rename(columns=SHOWN)
    return widgets.ReadyTable(rows)
