"""Decide: what the open scenario comes to, the scenarios as cards, the levers beside what they do, and the rest below."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, sections, widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.scenarios import (
    figures_today_and_then,
    lever_widgets,
    lever_words,
    money_panels,
    open_scenarios,
    option_cards,
    scenario_files,
    scenario_parts,
    scenario_words,
    sentence_and_close_the_gap,
    step_by_step,
    turnover_panels,
)
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.scenarios.compare import side_by_side
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.lever_starts import start_of
from workload.scenarios.levers import KINDS

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
        money_panels.show(answer, scenario_parts.compared(answer, now))
    elif part == BESIDE:
        all_scenarios(now, answer)
    elif part == SHARE:
        scenario_files.show(now, answer)
    else:
        turnover_panels.show(answer, labels)


def levers(now: Board, answer: Answer, labels: Labels) -> None:
    """The usual levers as switches. A switch that is on shows what can be set, at a value that does something."""
    finding.title("What could change", "A lever starts at a value that does something. The order does not matter.")
    for kind, words in lever_words.USUAL.items():
        places = [at for at, lever in enumerate(now.open.levers) if lever.kind == kind]
        start = start_of(kind, answer)
        key = f"switch_{open_scenarios.version()}_{kind}"
        st.toggle(
            f"**{KINDS[kind].label}** :gray[{words.unit if start is not None else 'nothing to change here'}]",
            bool(places),
            key=key,
            disabled=start is None and not places,
            on_change=_switch,
            args=(now, kind, key, answer),
            help=lever_words.LEVERS[kind].sentence,
        )
        for at in places:
            lever_widgets.usual(now, at, answer, labels)
    with st.container(horizontal=True, gap="small"):
        for name, label, press, args, said in (
            ("undo", "Undo", open_scenarios.undo, (), "Take the last change back"),
            ("copy", "Copy scenario", open_scenarios.duplicate, (now,), "To change one thing"),
            ("new", "New scenario", open_scenarios.new, (now, answer), "An empty scenario"),
            ("delete", "Delete scenario", open_scenarios.delete, (now,), "Without this scenario"),
        ):
            off = name == "undo" and not open_scenarios.can_undo()
            st.button(label, key=f"scenario_{name}", on_click=press, args=args, help=said, disabled=off)


def _switch(now: Board, kind: str, key: str, answer: Answer) -> None:
    if session.chosen(key):
        open_scenarios.add_lever(now, kind, start_of(kind, answer) or {})
    else:
        open_scenarios.without_kind(now, kind)


def more_levers(now: Board, answer: Answer, labels: Labels) -> None:
    """Every other lever, from a list, and where the scenario is tried first."""
    key = f"add_lever_{open_scenarios.version()}"
    st.selectbox(
        "Another lever",
        lever_words.ORDER,
        None,
        format_func=lever_words.listed,
        placeholder="Part-time, agency, telepractice and more",
        key=key,
        on_change=_add,
        args=(now, key, answer),
    )
    for at, lever in enumerate(now.open.levers):
        if lever.kind not in lever_words.USUAL:
            lever_widgets.lever(now, at, answer, labels)
    known, key = lever_widgets.school_names(answer), f"pilot_{open_scenarios.version()}"
    st.multiselect(
        "Try it only at these schools first (pilot)",
        list(known),
        [name for name in now.open.pilot_schools if name in known],
        format_func=known.__getitem__,
        placeholder="No pilot: the whole district",
        key=key,
        on_change=_pilot,
        args=(now, key),
    )


def _add(now: Board, key: str, answer: Answer) -> None:
    kind = session.chosen(key)
    if kind is None:
        return
    start = start_of(kind, answer)
    if start is None:
        open_scenarios.refuse(f"{KINDS[kind].label}: there is nothing in this district that it could change.")
        open_scenarios.fresh()
        return
    open_scenarios.add_lever(now, kind, start)


def _pilot(now: Board, key: str) -> None:
    open_scenarios.pilot(now, tuple(session.chosen(key)))


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
