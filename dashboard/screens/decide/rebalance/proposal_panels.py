"""Proposals of a rebalancing: the search with its progress, few moves first, one proposal opened and changed by hand."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.decide.posts_in_order import able, label_of
from dashboard.screens.decide.rebalance import constraint_widgets, proposal_to_scenario
from dashboard.screens.decide.rebalance.constraint_widgets import Question
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded, live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.move_charts import before_and_after, few_moves, moves_words
from workload.model.words import count, hours, percent, shown
from workload.rebalance.constraints import RulesError, fewest_hours_over
from workload.rebalance.problem import MOST_MOVES
from workload.rebalance.proposal import Proposal, Task, edited, task_of
from workload.rebalance.proposal import label_of as block_label
from workload.rebalance.search_line import Search
from workload.scenarios.blocks import BY_GROUP, BY_SCHOOL

FIRST_SHOWN = 3
SLACK_HOURS = 0.05  # less than the screen shows
MOVABLE = {
    BY_GROUP: ("group or class", "groups and classes"),
    BY_SCHOOL: ("school of one person", "schools of one person each"),
}


def show(answer: Answer, labels: Labels) -> None:
    """The whole page below its title."""
    question = constraint_widgets.asked(answer, labels)
    try:
        task = cached.drawn(
            "task",
            question.key,
            partial(
                task_of, answer, question.rules, question.weights, question.granularity, question.include_unassigned
            ),
        )
    except RulesError as refusal:
        st.warning(safe(refusal, 600))
        return
    search = session.record(RebalanceRecord).search
    st.markdown(safe(today_sentence(task, question.granularity), 600))
    if search is None or not search.running:
        again = search is not None and search.key == question.key
        st.button(
            "Search again" if again else "Find the best few moves",
            type="secondary" if again else "primary",
            key="search_start",
            on_click=_start,
            args=(question, task),
        )
    if search is not None:
        _progress(search)
        _outcome(search, question, answer, labels)
    else:
        st.caption(
            "The search looks for the best assignment with 1, 2, 3, 5 and 10 moves and with as many as help. It may take a minute or "
            "two; the page stays alive, and you can end it."
        )


def today_sentence(task: Task, granularity: str) -> str:
    """Where the district stands before any move, and what no move can change."""
    problem = task.problem
    now = problem.score(task.today)
    short = fewest_hours_over(problem)
    lacking = (
        f" At least {hours(short)} hours will not fit however the work is shared: there are too few in all."
        if short > SLACK_HOURS
        else ""
    )
    return (
        f"Today {hours(now.overload_hours)} hours a week do not fit the contracts of those who have the work.{lacking} The fullest "
        f"week is {percent(now.largest_overload)} of a contract too full. {count(len(problem.school), *MOVABLE[granularity])} could move."
    )


def _start(question: Question, task: Task) -> None:
    session.change(RebalanceRecord, by_hand=(), search=Search(question.key, task).start())


def _progress(search: Search) -> None:
    """How far the search is, once a second while it runs; the rest of the page stays as it is."""
    cached.watched(id(search), search).seen()
    st.fragment(guarded(_look), run_every=1.0 if search.running else None)(search)


def _look(search: Search) -> None:
    if not search.running:
        if session.record(RebalanceRecord).shown is not search:
            session.record(RebalanceRecord).shown = search
            st.rerun()
        return
    search.seen()
    if search.before:
        st.info(f"{waiting_sentence(search.before)} This one begins by itself.")
    asked = search.counts[min(search.at, len(search.counts) - 1)]
    st.progress(
        search.at / len(search.counts),
        f"Searching with {moves_words(asked)}: {search.at} of {len(search.counts)} done.",
    )
    if search.bound == search.bound and abs(search.bound) < 1e20 and search.best > 0:
        st.caption(safe(f"Best so far {shown(search.best, 1)} points; nothing can be below {shown(search.bound, 1)}."))
    st.button(
        "End the search and keep what was found",
        on_click=search.end,
        key="search_end",
        disabled=search.cancelled,
    )


def waiting_sentence(before: int) -> str:
    """Why a search has not begun."""
    others = "One other search is" if before == 1 else f"{before} other searches are"
    return f"This server is busy: {others} to end first."


def _outcome(search: Search, question: Question, answer: Answer, labels: Labels) -> None:
    """What the search has found so far."""
    if search.failure is not None:
        raise search.failure
    if search.refusal is not None:
        st.error("No assignment keeps all of these at once. Loosen one of them:")
        for sentence in constraint_widgets.loosen_words(search.refusal.constraints):
            st.markdown("- " + safe(sentence, 400))
    if search.running or not search.proposals:
        return
    if search.key != question.key:
        st.warning(
            "Something has been changed since this search: the proposals below answer the question as it was. Search again."
        )
    if search.cancelled:
        st.info("The search was ended early. What it had found until then stands below, without proof.")
    widgets.chart(few_moves(search.proposals), "few_moves")
    _opened(tuple(search.proposals), search.task.answer, labels)


@live
def _opened(proposals: tuple[Proposal, ...], answer: Answer, labels: Labels) -> None:
    """One proposal: what it gains, its moves, and the same changed by hand."""
    st.header("One proposal, opened", anchor=False)
    places = list(range(len(proposals)))
    at = st.radio(
        "Which proposal",
        places,
        min(FIRST_SHOWN - 1, places[-1]),
        key=f"proposal_{len(places)}",
        horizontal=True,
        format_func=lambda at: moves_words(proposals[at].most_moves),
        on_change=session.change,
        args=(RebalanceRecord,),
        kwargs={"by_hand": ()},
    )
    found = proposals[min(at or 0, places[-1])]
    made, broken = found, []
    if changes := dict(session.record(RebalanceRecord).by_hand):
        made, broken = edited(found, changes)
    st.markdown(safe(gain_sentence(made), 800))
    if changes:
        st.info(
            f"Changed by hand at {count(len(changes), 'block')}; all numbers below are those of the changed proposal."
        )
        if broken:
            st.warning(
                safe(
                    "By hand this breaks: "
                    + "; ".join(constraint_widgets.SAID.get(name, name) for name in broken)
                    + ".",
                    600,
                )
            )
    else:
        st.caption(safe(f"{bound_sentence(made)} {binding_sentence(made)}", 900))
    moves_table(made, answer, labels)
    proposal_to_scenario.show(made, answer)
    by_hand(found, made, answer, labels)
    called = {code: label_of(answer, labels, code) for code in range(len(answer.demand.therapists))}
    widgets.chart(before_and_after(made, called), "moved_weeks")


def gain_sentence(made: Proposal) -> str:
    """What a proposal changes."""
    then, now = made.before, made.score
    return (
        f"{count(now.moves, 'move')}: hours that do not fit go from {hours(then.overload_hours)} to {hours(now.overload_hours)} a week, the "
        f"largest overload from {percent(then.largest_overload)} to {percent(now.largest_overload)} of a contract, travel from "
        f"{hours(then.travel_hours)} to {hours(now.travel_hours)} hours a week. {count(round(now.students_changing), 'student')} "
        f"{'changes' if round(now.students_changing) == 1 else 'change'} therapist. {gained_sentence(made)}{over_sentence(made)}"
    )


def gained_sentence(made: Proposal) -> str:
    """How many students without a therapist get one; empty for none."""
    nobody, moved = len(made.task.answer.demand.people.names), made.assignment != made.task.today
    gained = frozenset().union(*(students_of(made, at) for at in (moved & (made.task.today == nobody)).nonzero()[0]))
    return (
        f"{count(len(gained), 'student')} without a therapist {'gets' if len(gained) == 1 else 'get'} one. "
        if gained
        else ""
    )


def over_sentence(made: Proposal) -> str:
    """How many weeks do not fit, before and after."""
    people = made.people()
    people = people[people["code"] < len(made.task.answer.demand.people.names)]  # work that nobody has is nobody's week
    then, now = (
        int((people[name] > people["contract_hours"] + SLACK_HOURS).sum()) for name in ("hours_before", "hours_after")
    )
    return f"Weeks that do not fit their contract: {then} before, {now} after."


def bound_sentence(made: Proposal) -> str:
    """How good the proposal is, at most."""
    if made.gap != made.gap:
        return "The search could not show how much better another proposal might be."
    if made.proven and percent(made.gap, 1) == percent(0, 1):
        return (
            f"Nothing better exists with {moves_words(made.most_moves)}, by what counts how much above: that is proven."
        )
    words = f"By what counts how much above, at most {percent(made.gap, 1)} better exists with {moves_words(made.most_moves)}."
    return words if made.proven else f"{words} It is not proven that this is the best."


def binding_sentence(made: Proposal) -> str:
    """What holds the proposal back."""
    if not made.binding:
        return "No constraint holds the next step back."
    if list(made.binding) == [MOST_MOVES]:
        return "Only the number of moves holds the next step back."
    parts = [
        f"{constraint_widgets.SAID.get(name, name)} ({shown(points, 1)} points)"
        for name, points in made.binding.items()
    ]
    return "What holds it back, with what one more step would gain without it: " + "; ".join(parts) + "."


def students_of(made: Proposal, block: int) -> frozenset[int]:
    """The students of a block, of all that are kept together in it."""
    return frozenset().union(*(made.task.blocks.students_of[one] for one in made.task.problem.members[block]))


def moves_words_table(made: Proposal, answer: Answer, labels: Labels) -> pd.DataFrame:
    """The moves for reading, by code."""
    moves = made.moves()
    students = [len(students_of(made, at)) for at in moves["block"]]
    return pd.DataFrame(
        {
            "Block": [int(each) + 1 for each in moves["block"]],
            "What moves": moves["label"].tolist(),
            "From": [label_of(answer, labels, int(code)) for code in moves["from_code"]],
            "To": [label_of(answer, labels, int(code)) for code in moves["to_code"]],
            "Students": [shown(each, 0) for each in students],
            "Hours a week": [hours(each) for each in moves["hours_per_week"]],
        }
    )


def moves_table(made: Proposal, answer: Answer, labels: Labels) -> None:
    """The moves and their download."""
    widgets.words_table(
        moves_words_table(made, answer, labels),
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
            st.selectbox(
                "Give it to",
                list(everybody),
                None,
                format_func=lambda code: plain(everybody[code]),
                placeholder="Choose",
                key="hand_to",
                width=180,
            )
            st.form_submit_button("Change", on_click=_change)
        st.button(
            "Take the last change back",
            on_click=_back,
            disabled=not session.record(RebalanceRecord).by_hand,
            key="hand_back",
        )
        st.caption(
            "A move is taken out by giving the block back to the person who has it today. Constraints are not enforced by hand: what a "
            "change breaks is said above."
        )


def _change() -> None:
    pair = (session.chosen("hand_block"), session.chosen("hand_to"))
    if None not in pair:
        session.record(RebalanceRecord).by_hand += (pair,)


def _back() -> None:
    record = session.record(RebalanceRecord)
    record.by_hand = record.by_hand[:-1]
