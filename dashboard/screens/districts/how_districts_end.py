"""How the districts of a run end, and which cannot be compared."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import finding
from workload.batch.batch_results import STATUS_WORDS, STATUSES
from workload.model.words import count


def ends(table: pd.DataFrame) -> None:
    """How the districts of the run end."""
    counts = table["status"].value_counts()
    with st.container(key="card_ends"):
        finding.title("How the districts end")
        rows = [(status, STATUS_WORDS[status], f"{counts.get(status, 0):,}") for status in STATUSES]
        finding.plain_table(["status", "", "districts"], rows, "Districts by status", (2,))


def apart(table: pd.DataFrame) -> None:
    """Which districts cannot be compared, and why."""
    reasons = table["not_comparable"].dropna().value_counts()
    with st.container(key="card_apart"):
        finding.title(
            f"{count(int(reasons.sum()), 'district')} cannot be compared" if len(reasons) else "All can be compared"
        )
        if len(reasons):
            rows = [(reason, f"{number:,}") for reason, number in reasons.items()]
            finding.plain_table(["because", "districts"], rows, "Why districts cannot be compared", (1,))
