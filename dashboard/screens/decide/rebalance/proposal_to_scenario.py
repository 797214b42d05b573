"""From a proposal of Rebalance to a scenario: its moves beside money and other levers, to keep and to share."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord, UsedMoves
from dashboard.screens.decide.scenarios import open_scenarios
from dashboard.screens.decide.scenarios.open_scenarios import Board
from dashboard.shell import navigation, session
from workload.answer import Answer
from workload.model.words import count
from workload.rebalance.proposal import Proposal
from workload.rebalance.proposal_lever import keeps_two_schools_together, moves_of
from workload.scenarios.scenario import Scenario, roster_mark

NEW = -1
NAME = "Moves from Rebalance"
HELD = (
    "A scenario holds schools, the places of posts in the roster's list and the number of each group there: no student, no name and no "
    "label of a group. So it can be saved as a file and shared as an address, and it opens only with the same groups."
)


def show(made: Proposal, answer: Answer) -> None:
    """Which scenario takes the moves, the button, and what came of it."""
    now = open_scenarios.board(answer)
    places = [NEW, *(at for at, one in enumerate(now.scenarios) if one.levers)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Use these moves in",
            places,
            0,
            format_func=lambda at: "A new scenario" if at == NEW else plain(now.scenarios[at].name),
            key=f"use_in_{open_scenarios.version()}",
            width=260,
        )
        st.button(
            "Use in a scenario",
            key="use_moves",
            type="primary",
            disabled=not len(made.moves()),
            on_click=_use,
            args=(now, made, answer),
            help="See these moves with money, and together with other changes",
        )
    used = session.record(RebalanceRecord).used
    if used is not None and used.lever == moves_of(made):
        with st.container(horizontal=True, vertical_alignment="center"):
            (st.warning if used.refused else st.success)(safe(used.sentence, 400), width="stretch")
            if not used.refused:
                st.page_link(navigation.page(navigation.DECIDE), label="See it with money", icon=widgets.ARROW)
    st.caption(HELD)
    if keeps_two_schools_together(made):
        st.caption(
            "Blocks of two schools are kept together here: a scenario counts the drive to each of the schools, the proposal above to the "
            "first one only."
        )


def _use(now: Board, made: Proposal, answer: Answer) -> None:
    now, lever, at = open_scenarios.current(now), moves_of(made), session.chosen(f"use_in_{open_scenarios.version()}")
    if at == NEW:
        start = Board((), 0) if now.scenarios == (now.open,) and not now.open.levers else now
        open_scenarios.add(start, Scenario(NAME, (lever,), made_for=roster_mark(answer)))
    else:
        open_scenarios.change(now, Board(now.scenarios, at).with_open(now.scenarios[at].with_only(lever)))
    refused, opened = open_scenarios.problem(), open_scenarios.board(answer).open
    sentence = refused or f"{count(len(lever.moves), 'move')} now in the scenario {opened.name}."
    session.record(RebalanceRecord).used = UsedMoves(lever, bool(refused), sentence)
