"""What the scenario comes to as the sentence of the page, and its buttons: to close the gap exactly, and to make the packet."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import provisionally, status_chip
from dashboard.screens.decide.scenarios import open_scenarios, scenario_files, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.screens.decide.scenarios.scenario_parts import SAID, compared
from dashboard.shell import guard, navigation, session
from dashboard.shell.guard import guarded
from workload.answer import Answer
from workload.figures.states import state_texts
from workload.report.scenario_options import rests_on_examples
from workload.scenarios.closing import closed
from workload.scenarios.compare import Comparison
from workload.scenarios.priced_words import about_more, added_cost
from workload.scenarios.scenario import mismatch


@st.fragment(key=SAID)
@guarded
def said(answer: Answer) -> None:
    """What the scenario comes to as the finding of the page, what to do next, and what stands against it."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is not None:
        there = comparison.scenario.figures
        before, number, words, short = scenario_words.sentence(comparison, session.district_name())
        words = provisionally(answer, words)
        actions: list[finding.Action] = (
            [("Make the packet with this", partial(_packet, now))] if now.open.levers else []
        )
        if scenario_words.is_short(there):
            actions.append(("Close the gap exactly", partial(_close, now, answer)))
        actions = actions or [("See the year ahead", navigation.YEAR.file)]
        finding.hero(before, number, words, facts(answer, comparison), short=short, actions=actions, key="decide_next")
    for warning in (open_scenarios.problem(), mismatch(answer, now.open)):
        if warning:
            st.warning(safe(warning, 600))
    scenario_files.put(scenario_files.link_of(now.open, answer))
    guard.after_a_part()


def facts(answer: Answer, comparison: Comparison) -> list[str]:
    """Needed and there, the money and its rates, and the weeks with sessions where the average does not show it."""
    then, there = comparison.today.figures, comparison.scenario.figures
    need, have, _ = state_texts(*scenario_words.state(there))
    made = [finding.fact("needs {}, has {}", need, have)]
    first, later = added_cost(then, there)
    if first or later:
        rates = rests_on_examples(comparison.today, comparison.scenario, open_scenarios.prices())
        said = "first year {}, then {} a year" + (", at example rates" if rates else "")
        made.append(finding.fact(said, *map(about_more, (first, later))))
    if peak := scenario_words.peak(there):
        made.append(finding.fact("average week {}, weeks with sessions {} FTE", need, peak))
    return [*made, status_chip(answer)]


def _packet(now: Board) -> None:
    open_scenarios.record().for_packet = open_scenarios.current(now).open.name
    st.switch_page(navigation.REPORT.file)


def _close(now: Board, answer: Answer) -> None:
    now = open_scenarios.current(now)
    open_scenarios.put(now, closed(answer, now.open, open_scenarios.prices()))
    st.rerun()
