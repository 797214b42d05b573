"""Decide: the sentence, the scenarios as cards, the levers beside what they do, and the part that is chosen below."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, sections
from dashboard.screens.decide.scenarios import (
    figures_today_and_then,
    if_somebody_leaves,
    open_scenarios,
    option_cards,
    scenario_files,
    scenario_money,
    scenario_parts,
    sentence_and_close_the_gap,
    step_by_step,
)
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.screens.decide.scenarios.scenarios_side_by_side import all_scenarios
from dashboard.screens.decide.scenarios.what_could_change import levers, more_levers
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer

MONEY, BESIDE, SHARE, _ = BELOW = ("Money", "Side by side", "Save and share", "If somebody leaves")


@live
def show(answer: Answer, labels: Labels) -> None:
    """The whole page. It runs alone when one of its widgets moves."""
    now = open_scenarios.board(answer)
    sentence_and_close_the_gap.said(answer)
    # What stays in view while levers move stands beside its part, not inside: a part ends where it ends.
    with st.container(key="options"):
        option_cards.options(answer)
    asked, told = st.columns([58, 42], gap="small")
    with asked:
        with st.container(key="card_levers"):
            levers(now, answer, labels)
        with st.container(key="card_other"):
            more_levers(now, answer, labels)
    with told, st.container(key="card_result"):
        figures_today_and_then.figures(answer, labels)
    below(sections.part([scenario_parts.STEPS, *BELOW], scenario_parts.PART), now, answer, labels)


def below(part: str, now: Board, answer: Answer, labels: Labels) -> None:
    """What is looked at below the levers."""
    if part == scenario_parts.STEPS and not now.open.levers:
        finding.note("Switch a lever on to see its steps here.")
    elif part == scenario_parts.STEPS:
        step_by_step.steps(answer)
    elif part == MONEY:
        scenario_money.show(answer, scenario_parts.compared(answer, now))
    elif part == BESIDE:
        all_scenarios(now, answer)
    elif part == SHARE:
        scenario_files.show(now, answer)
    else:
        if_somebody_leaves.show(answer, labels)
