"""The published minutes of Chicago by school year, with the district's own above them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from workload.figures.delivered_charts import shares_by_year
from workload.model.words import percent, shown
from workload.staffing.delivered.compliance import CHICAGO_SOURCE, Delivered, chicago_minutes, compliance_by


def elsewhere(delivered: Delivered | None) -> None:
    """Chicago's published minutes by school year, with the district's own above them."""
    own = compliance_by(delivered, "school_year") if delivered is not None else None
    chicago = compliance_by(chicago_minutes(), "school_year")
    widgets.chart(shares_by_year(own, chicago, "Chicago"), "elsewhere")
    st.caption(
        safe(
            f"Source: {CHICAGO_SOURCE}. Guidance, read in the source: the figures were read, month by month; the shares are "
            "the sums of each school year. One large district, ten years ago. It is no standard.",
            900,
        )
    )
    widgets.words_table(
        pd.DataFrame(
            {
                "School year": chicago["school_year"],
                "Required, minutes": [shown(each, 0) for each in chicago["required_minutes"]],
                "Delivered, minutes": [shown(each, 0) for each in chicago["delivered_minutes"]],
                "Not delivered, explained": [shown(each, 0) for each in chicago["other_minutes"]],
                "Neither delivered nor explained": [shown(each, 0) for each in chicago["not_accounted_minutes"]],
                "Delivered of required": [percent(each, 1) for each in chicago["compliance"]],
            }
        ),
        "Chicago's minutes by school year",
        "chicago",
        "chicago-minutes",
    )
