"""The opposing case: larger groups on the consultant's reading, and when only direct time shrinks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.shell import cached
from workload.answer import Answer
from workload.figures.group_size_chart import group_size_readings
from workload.model.words import fte, percent, shown
from workload.staffing.larger_groups import (
    DIRECT_SHARES,
    DOLLARS_PER_FTE,
    SHARES_SOURCE,
    SOURCE,
    group_size_table,
)


def show(answer: Answer | None) -> None:
    """The table beside its correction; the district's own direct share in words where there is a roster."""
    st.markdown(cached.text("opposing"))
    dollars = st.number_input(
        "Dollars a year of one FTE",
        10_000,
        300_000,
        DOLLARS_PER_FTE,
        1_000,
        key="dollars_per_fte",
        persist_state="session",
        width=220,
    )
    table = group_size_table(dollars)
    st.markdown(safe(f"{sentence(table, dollars)} {own_share(answer)}"))
    widgets.chart(group_size_readings(table), "group_sizes")
    widgets.words_table(
        words(table), "The published table beside the corrected columns", "group_size_table", "group-sizes"
    )
    st.caption(
        safe(f"Published figures: {SOURCE}. Shares: {SHARES_SOURCE}", 1_000)
        + " The dollars of the report are 75,000 for each FTE."
    )


def own_share(answer: Answer | None) -> str:
    """What share of the district's own work is direct, as a sentence."""
    if answer is None or not answer.district["workload_hours"]:
        return ""
    share = answer.district["direct_hours"] / answer.district["workload_hours"]
    return f"In your district {percent(share)} of the work is direct service."


def sentence(table: pd.DataFrame, dollars: float) -> str:
    """What the last row says on each reading."""
    now, then = table.iloc[0], table.iloc[-1]
    low, high = (then[f"direct_{100 * share:g}_fte"] for share in DIRECT_SHARES)
    return (
        f"From groups of {now['group_size']:g} to groups of {then['group_size']:g}: the published table goes from "
        f"{fte(now['published_fte'])} to {fte(then['published_fte'])} FTE and saves "
        f"${shown(then['published_savings_dollars'], 0)} a year at ${shown(dollars, 0)} for each FTE. If only direct time "
        f"shrinks, it takes {fte(low)} FTE where {percent(DIRECT_SHARES[0])} of the week is direct, and {fte(high)} FTE "
        f"where {percent(DIRECT_SHARES[1])} is."
    )


def words(table: pd.DataFrame) -> pd.DataFrame:
    """The table as one reads it: what was published, and the corrected columns beside it."""
    made = {
        "Students a group": [f"{size:g}" for size in table["group_size"]],
        "Students for each FTE": [f"{each:g}" for each in table["students_per_fte"]],
        "FTE, published": [fte(each) for each in table["published_fte"]],
        "Saved, published": [f"${shown(each, 0)}" for each in table["published_savings_dollars"]],
    }
    for name in (name for name in table if name.startswith("direct_") and name.endswith("_fte")):
        share = name.removeprefix("direct_").removesuffix("_fte")
        made[f"FTE, if {share}% of the week is direct"] = [fte(each) for each in table[name]]
        made[f"Saved, if {share}% is direct"] = [
            f"${shown(each, 0)}" for each in table[name.replace("_fte", "_savings_dollars")]
        ]
    return pd.DataFrame(made)
