"""What could change: the usual levers as switches, every other lever from a list, and the schools of a pilot."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.screens.decide.scenarios import lever_widgets, lever_words, open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.scenarios.lever_starts import start_of
from workload.scenarios.levers import KINDS


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
