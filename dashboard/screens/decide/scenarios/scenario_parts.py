"""What the parts of a scenario share, and how they run again by themselves when a number of a lever moves.

The levers beside them stay as they are on the screen: `again` names these parts, and nothing else is drawn anew.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.screens.decide.scenarios import open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import session
from workload.answer import Answer
from workload.figures.scenario_numbers import adding_up
from workload.scenarios.compare import Comparison, compare
from workload.scenarios.lever_fields import LeverError

SAID, OPTIONS, FIGURES, TABLE = PARTS = ("scenario_said", "scenario_options", "scenario_figures", "scenario_steps")
PART, STEPS = (
    "scenario_part",
    "Step by step",
)  # what is looked at below the levers, and the one choice that is a part here


def again() -> None:
    """Run only these parts again; for the callback of a widget whose own part stays as it is.

    What else stands below the levers, such as the money, follows from the scenario, too: with it the whole page runs.
    """
    if session.chosen(PART) == STEPS:
        st.rerun(list(PARTS))


def compared(answer: Answer, now: Board) -> Comparison | None:
    """The open scenario taken apart; what is known from before is not computed again. None when it cannot be."""
    try:
        found = compare(answer, now.open, open_scenarios.prices(), open_scenarios.record().comparison)
    except LeverError as refusal:
        open_scenarios.refuse(str(refusal))
        return None
    open_scenarios.record().comparison = found
    return found


def added_up(comparison: Comparison) -> pd.DataFrame:
    """The steps as a table that adds up as it is written; made once for a comparison."""
    return adding_up(comparison.columns)
