"""The page of scenarios: which one is open, its levers, what comes of it, step by step and school by school."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.scenarios import (
    lever_widgets,
    lever_words,
    money_panels,
    open_scenarios,
    scenario_files,
    scenario_result,
    scenario_words,
    turnover_panels,
)
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.scenario_charts import scenarios_side_by_side
from workload.model.words import agreeing_digits, rounded, shown
from workload.scenarios.compare import side_by_side
from workload.scenarios.lever_fields import LeverError

TABS = ("Levers and result", "Money", "Side by side", "Save and share", "If somebody leaves")


@live
def show(answer: Answer, labels: Labels) -> None:
    """Everything of the page below its title. It runs alone when one of its widgets moves."""
    now = open_scenarios.board(answer)
    buttons(now, answer)
    scenario_result.said(answer)
    levers, money, beside, share, leaving = st.tabs(TABS, key="scenario_tab", on_change="rerun")
    if levers.open:
        with levers:
            levers_and_result(now, answer, labels)
    if money.open:
        with money:
            money_panels.show(answer, scenario_result.compared(answer, now))
    if beside.open:
        with beside:
            all_scenarios(now, answer)
    if share.open:
        with share:
            scenario_files.show(now, answer)
    if leaving.open:
        with leaving:
            turnover_panels.show(answer, labels)


def buttons(now: Board, answer: Answer) -> None:
    """Which scenario is open, and what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        places = list(range(len(now.scenarios)))
        st.selectbox(
            "Scenario",
            places,
            now.at,
            format_func=lambda at: plain(now.scenarios[at].name),
            width=260,
            key=f"scenario_{open_scenarios.version()}_{len(places)}",
            on_change=_choose,
            args=(now, len(places)),
        )
        st.button("New", on_click=open_scenarios.new, args=(now, answer), key="scenario_new", help="An empty scenario")
        st.button(
            "Duplicate",
            on_click=open_scenarios.duplicate,
            args=(now,),
            key="scenario_copy",
            help="A copy, to change one thing in it",
        )
        st.button(
            "Undo",
            on_click=open_scenarios.undo,
            disabled=not open_scenarios.can_undo(),
            key="scenario_undo",
            help="Take the last change back",
        )
        st.button(
            "Delete", on_click=open_scenarios.delete, args=(now,), key="scenario_delete", help="Without this scenario"
        )


def _choose(now: Board, number: int) -> None:
    open_scenarios.choose(now, session.chosen(f"scenario_{open_scenarios.version()}_{number}"))


def levers_and_result(now: Board, answer: Answer, labels: Labels) -> None:
    """The levers on the left, the figures on the right, and below them the column that adds up."""
    asked, told = st.columns([6, 5], gap="medium")
    with asked:
        add_lever(now, answer)
        for at in range(len(now.open.levers)):
            lever_widgets.lever(now, at, answer, labels)
        pilot(now, answer)
    with told, st.container(key="card_result"):
        scenario_result.figures(answer, labels)
    scenario_result.steps(answer)


def add_lever(now: Board, answer: Answer) -> None:
    """The grouped list of levers; and, for an empty scenario, a start."""
    key = f"add_lever_{open_scenarios.version()}"
    st.selectbox(
        "Add a lever",
        lever_words.ORDER,
        None,
        format_func=lever_words.listed,
        placeholder="Choose what to change",
        key=key,
        on_change=_add,
        args=(now, key),
    )
    digits = agreeing_digits(answer.district["required_fte"], answer.district["available_fte"])
    gap = rounded(-answer.district["gap_fte"], digits)
    if not now.open.levers:
        st.caption(
            "Levers: more people, other posts, other work, another week. Each is in plain units, and their order does not matter."
        )
        if gap > 0:
            st.button(
                f"Try it: add {shown(gap, digits)} FTE of OT, as many as are short",
                key="try_gap",
                on_click=open_scenarios.add_lever,
                args=(now, "add", {"fte": gap}),
            )


def _add(now: Board, key: str) -> None:
    kind = session.chosen(key)
    if kind is not None:
        open_scenarios.add_lever(now, kind, lever_words.LEVERS[kind].start)


def pilot(now: Board, answer: Answer) -> None:
    """The schools where the scenario is tried before the district does it."""
    known, key = lever_widgets.school_names(answer), f"pilot_{open_scenarios.version()}"
    st.multiselect(
        "Try it only at these schools first (pilot)",
        list(known),
        [name for name in now.open.pilot_schools if name in known],
        format_func=known.get,
        placeholder="No pilot: the whole district",
        key=key,
        on_change=_pilot,
        args=(now, key),
    )


def _pilot(now: Board, key: str) -> None:
    open_scenarios.pilot(now, tuple(session.chosen(key)))


def all_scenarios(now: Board, answer: Answer) -> None:
    """Every scenario of the session beside today."""
    try:
        table = side_by_side(answer, now.scenarios, money_panels.prices())
    except LeverError as refusal:
        st.warning(safe(refusal, 600))
        return
    widgets.chart(scenarios_side_by_side(table), "scenarios_gap")
    widgets.words_table(
        scenario_words.compared_words(table), "Every figure of today and of each scenario", "scenarios_compared"
    )
    widgets.downloads("scenarios", table, "scenarios_exact")
    if len(now.scenarios) < 2:
        st.caption("Only one scenario is here. Press New or Duplicate above to compare another with it.")
