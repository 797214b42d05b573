"""Every figure of today and of each scenario, side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.scenarios import open_scenarios, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board
from workload.answer import Answer
from workload.scenarios.compare import side_by_side
from workload.scenarios.lever_fields import LeverError


def all_scenarios(now: Board, answer: Answer) -> None:
    """Every figure of today and of each scenario."""
    try:
        table = side_by_side(answer, now.scenarios, open_scenarios.prices())
    except LeverError as refusal:
        st.warning(safe(refusal, 600))
        return
    widgets.words_table(
        scenario_words.compared_words(table), "Every figure of today and of each scenario", "scenarios_compared"
    )
    widgets.downloads("scenarios", table, "scenarios_exact")
    if len(now.scenarios) < 2:
        st.caption("Only one scenario is here. Press Copy or New above to compare another with it.")
