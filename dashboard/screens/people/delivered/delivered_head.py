"""What share of the required minutes was delivered, as the finding of the page, and the way to the reasons."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.shell import session
from workload.model.words import percent, shown
from workload.staffing.delivered.compliance import Delivered, compliance

RESULTS = "What was delivered"  # the part of the page with the reasons


def head(delivered: Delivered | None) -> None:
    """What share of the required minutes was delivered; without minutes, what would show it."""
    said = finding.fact("The record of what happened, with the reason of each minute; staffing is what was possible.")
    total = None if delivered is None else compliance(delivered)
    if total is None or total["compliance"] != total["compliance"]:
        finding.hero(
            "No delivered minutes yet: nothing shows what students missed", "", "", [said], key="delivered_next"
        )
        return
    facts = [
        finding.fact("{} minutes required", shown(total["required_minutes"], 0)),
        finding.fact("{} without a reason", shown(total["not_accounted_minutes"], 0)),
    ]
    finding.hero(
        "",
        percent(total["compliance"], 1),
        "of the required minutes were delivered",
        [*facts, said],
        actions=[("See the reasons", see_reasons)],
        key="delivered_next",
    )


def see_reasons() -> None:
    """Open the part with the reasons."""
    session.set_next("delivered_part", RESULTS)
    st.rerun()
