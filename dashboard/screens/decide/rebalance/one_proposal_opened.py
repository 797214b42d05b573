"""One proposal, opened: what it gains, every move, and the same changed by hand."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import chart_links, finding, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.status_line import is_provisional
from dashboard.screens.decide import posts_in_order
from dashboard.screens.decide.posts_in_order import able, label_of
from dashboard.screens.decide.rebalance import constraint_widgets, proposal_to_scenario, proposal_words
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.shell import session
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.move_charts import before_and_after
from workload.figures.sharing_chart import moves_words
from workload.model.words import count
from workload.rebalance.proposal import Proposal, edited
from workload.rebalance.proposal import label_of as block_label

FIRST_SHOWN = 3


@live
def opened(proposals: tuple[Proposal, ...], answer: Answer, labels: Labels) -> None:
    """One proposal: what it gains, its moves, and the same changed by hand."""
    called = {code: label_of(answer, labels, code) for code in range(len(answer.demand.therapists))}
    left, right = st.columns([58, 42], gap="small")
    with left, st.container(key="card_proposal"):
        finding.title("One proposal, opened")
        made, found = _chosen(proposals)
        finding.note(proposal_words.gain_sentence(made))
        for words in proposal_words.school_words(made, called):
            st.markdown("- " + safe(words, 400))
        proposal_to_scenario.show(made, answer)
    with right, st.container(key="card_weeks_moved"):
        people = {code: labels.code(name) for code, name in enumerate(answer.demand.people.names)}
        drawn = before_and_after(made, called, people, is_provisional(answer))
        widgets.chart(drawn, "moved_weeks", opens=chart_links.person)
    with st.container(key="card_moves"):
        finding.title("Every move")
        moves_table(made, answer, labels)
        by_hand(found, made, answer, labels)


def _chosen(proposals: tuple[Proposal, ...]) -> tuple[Proposal, Proposal]:
    """(the proposal as it was changed by hand, as it was found), with what is said of it."""
    places = list(range(len(proposals)))
    session.start_with(f"proposal_{len(places)}", min(FIRST_SHOWN - 1, places[-1]))
    at = st.radio(
        "Which proposal",
        places,
        key=f"proposal_{len(places)}",
        persist_state="session",  # what was changed by hand is of the proposal that is open
        horizontal=True,
        format_func=lambda at: moves_words(proposals[at].most_moves),
        on_change=session.change,
        args=(RebalanceRecord,),
        kwargs={"by_hand": (), "opened": -1},
    )
    found = proposals[min(at or 0, places[-1])]
    made = found
    broken: list[str] = []
    if changes := dict(session.record(RebalanceRecord).by_hand):
        made, broken = edited(found, changes)
        st.info(f"Changed by hand at {count(len(changes), 'block')}; all numbers are those of the changed proposal.")
        if broken:
            named = "; ".join(constraint_widgets.CONSTRAINTS[name].said for name in broken)
            st.warning(safe(f"By hand this breaks: {named}.", 600))
    else:
        finding.note(f"{proposal_words.bound_sentence(made)} {proposal_words.binding_sentence(made)}")
    return made, found


def moves_table(made: Proposal, answer: Answer, labels: Labels) -> None:
    widgets.words_table(
        proposal_words.moves_words_table(made, answer, labels),
        "Every move: what, from whom, to whom, students and hours",
        "moves",
        "proposal",
    )


def by_hand(found: Proposal, made: Proposal, answer: Answer, labels: Labels) -> None:
    """Another person for a block; the numbers follow."""
    panel = st.expander("Change it by hand", key="by_hand_panel", on_change="rerun")
    if not panel.open:
        return
    task = made.task
    # Who holds a block today may keep it, also where the post has ended.
    holders = {int(code) for code in task.today}
    everybody = {code: label_of(answer, labels, code) for code in [*able(answer), *sorted(holders - set(able(answer)))]}
    with panel:

        def called(block: int) -> str:
            code = int(made.assignment[block])
            return plain(f"{block_label(task, block)} (block {block + 1}), with {everybody.get(code, 'nobody')}")

        with st.form("hand_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "Block",
                list(range(len(task.today))),
                None,
                format_func=called,
                placeholder="Choose what to move",
                key="hand_block",
            )
            posts_in_order.choose("Give it to", everybody, "hand_to", width=180)
            st.form_submit_button("Change", on_click=_change)
        st.button(
            "Take the last change back",
            on_click=_back,
            disabled=not session.record(RebalanceRecord).by_hand,
            key="hand_back",
        )
        st.caption(
            "A move is taken out by giving the block back to the person who has it today. Constraints are not enforced by hand: what a "
            "change breaks is shown above."
        )


def _change() -> None:
    pair = (session.chosen("hand_block"), session.chosen("hand_to"))
    if None not in pair:
        session.record(RebalanceRecord).by_hand += (pair,)


def _back() -> None:
    record = session.record(RebalanceRecord)
    record.by_hand = record.by_hand[:-1]
