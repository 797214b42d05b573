"""Today and the scenarios as cards side by side."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import plain
from dashboard.parts.status_line import provisionally
from dashboard.screens.decide.scenarios import open_scenarios, scenario_words
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.screens.decide.scenarios.scenario_parts import OPTIONS, compared
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded
from workload.answer import Answer
from workload.figures.states import gap_words, state_texts
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.outcome import outcome_of
from workload.scenarios.priced_words import about_more, added_cost
from workload.scenarios.scenario import Scenario

MOST_CARDS, MOST_KNOWN = 4, 24


@st.fragment(key=OPTIONS)
@guarded
def options(answer: Answer) -> None:
    """Today and the scenarios as cards side by side; a card's name opens it."""
    now = open_scenarios.board(answer)
    comparison = compared(answer, now)
    if comparison is None:
        return
    then = comparison.today.figures
    with st.container(key="option_row", horizontal=True, wrap=False, gap="small", vertical_alignment="top"):
        _option(answer, now, "Today", then, then, "today")
        for at in cards_of(now):
            there = comparison.scenario.figures if at == now.at else _figures_of(answer, now.scenarios[at])
            if there is not None:
                key = f"{'open' if at == now.at else 'other'}_{at}"
                _option(answer, now, now.scenarios[at].name, then, there, key, None if at == now.at else at)
        if len(now.scenarios) > MOST_CARDS:
            key = f"scenario_{open_scenarios.version()}_{len(now.scenarios)}"
            st.selectbox(
                "All scenarios",
                range(len(now.scenarios)),
                now.at,
                format_func=lambda at: plain(now.scenarios[at].name),
                width=180,
                key=key,
                on_change=lambda: open_scenarios.choose(now, session.chosen(key)),
            )


def cards_of(now: Board) -> list[int]:
    """The scenarios that have a card: the first ones, and always the open one."""
    places = list(range(len(now.scenarios)))[:MOST_CARDS]
    return places if now.at in places else [*places[:-1], now.at]


def _option(
    answer: Answer,
    now: Board,
    name: str,
    then: Mapping[str, float],
    there: Mapping[str, float],
    key: str,
    at: int | None = None,
) -> None:
    """One card: its name, the gap, need and posts, money and minutes."""
    gap = gap_words(*scenario_words.state(there))
    need, have, _ = state_texts(*scenario_words.state(there))
    first = added_cost(then, there)[0]
    lines = [
        f"needs {need}, has {have}" + (f", weeks with sessions {peak}" if (peak := scenario_words.peak(there)) else ""),
        f"{about_more(first)}" if there is not then else "posts as they are",
        f"{scenario_words.written('student_minutes_at_risk', there)} min a week at risk",
    ]
    with st.container(key=f"option_{key}", gap=None, width=218):
        if at is None:
            finding.option_name(name)
        elif st.button(plain(name, 40), key=f"open_option_{at}", type="tertiary"):
            open_scenarios.choose(now, at)
            st.rerun()
        finding.option(gap, gap.startswith("short"), lines, provisionally(answer, ""))


def _figures_of(answer: Answer, scenario: Scenario) -> Mapping[str, float] | None:
    """The figures of a scenario that is not open, held until something changes; None for one that cannot be."""
    known = open_scenarios.record().outcomes
    key = cached.digest(session.answer_key(), sorted(open_scenarios.prices().values.items()), scenario)
    if key not in known:
        try:
            found = outcome_of(answer, scenario, scenario.levers, open_scenarios.prices()).figures
        except LeverError:
            return None
        open_scenarios.record().outcomes = known = {**dict(list(known.items())[-MOST_KNOWN:]), key: found}
    return known[key]
