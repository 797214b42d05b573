"""Proposals of a rebalancing: the search with its progress, few moves first, one proposal opened and changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.parts import chart_links, finding, live_chart, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.parts.status_line import is_provisional, provisionally, so_far
from dashboard.screens.decide import posts_in_order
from dashboard.screens.decide.posts_in_order import able, label_of
from dashboard.screens.decide.rebalance import constraint_widgets, proposal_to_scenario, proposal_words
from dashboard.screens.decide.rebalance.constraint_widgets import Question
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded, live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.move_charts import before_and_after
from workload.figures.sharing_chart import moves_words, sharing_chart, sharing_table, sharing_words
from workload.model.words import count, hours, percent, shown
from workload.rebalance.constraints import RulesError, fewest_hours_over
from workload.rebalance.problem import Score
from workload.rebalance.proposal import Proposal, Task, edited, task_of
from workload.rebalance.proposal import label_of as block_label
from workload.rebalance.search_line import Search
from workload.scenarios.blocks import BY_GROUP, BY_SCHOOL

FIRST_SHOWN = 3
MOVABLE = {
    BY_GROUP: ("group or class", "groups and classes"),
    BY_SCHOOL: ("school of one person", "schools of one person each"),
}


def show(answer: Answer, labels: Labels) -> None:
    """The whole page: how far sharing can go, the search and its steps beside what must hold, one proposal opened."""
    head = st.container()
    left, right = st.columns([58, 42], gap="small")
    with right, st.container(key="card_rules"):
        finding.title("What must hold")
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
    found = [] if search is None or search.running or search.key != question.key else search.proposals
    with head:
        hero(question, task, search, found, answer)
    with left, st.container(key="card_sharing"):
        steps(question, task, found, answer)
        if search is not None:
            _progress(search)
    if search is not None:
        _outcome(search, question, labels)


def hero(question: Question, task: Task, search: Search | None, found: list[Proposal], answer: Answer) -> None:
    """How far sharing the work can go, or has gone, and the search as the next step."""
    problem, (today, floor) = task.problem, ends(task, question)
    facts = [
        finding.fact(
            provisionally(answer, "the fullest post is {} of a contract too full"), percent(today.largest_overload)
        ),
        finding.fact("{} could move", count(len(problem.school), *MOVABLE[question.granularity])),
    ]
    running = search is not None and search.running
    again = search is not None and search.key == question.key
    label = "Search again" if again else "Find the best few moves"
    before, number, after = sentence(today.overload_hours, floor, found)
    finding.hero(
        before,
        number,
        provisionally(answer, after),
        facts,
        actions=[] if running else [(label, partial(_start, question, task))],
        key="search_start",
    )


def ends(task: Task, question: Question) -> tuple[Score, float]:
    """Where the district stands today, and the hours that no move can change."""
    return cached.drawn(
        "ends_of_sharing", question.key, lambda: (task.problem.score(task.today), fewest_hours_over(task.problem))
    )


def sentence(today: float, floor: float, found: Sequence[Proposal]) -> tuple[str, str, str]:
    """(before, number, after) of the heading: what sharing has found, else what it can do at most."""
    if today < proposal_words.SLACK_HOURS:
        return "Every week fits its contract; sharing can only save travel", "", ""
    if found:
        best = min(found, key=lambda one: one.score.overload_hours)
        return (
            f"{count(best.score.moves, 'move')} would take {hours(today)} hours that do not fit to",
            hours(best.score.overload_hours),
            "",
        )
    if floor < proposal_words.SLACK_HOURS:
        return "Shared otherwise,", hours(today), "hours that do not fit today could all find room"
    return "Sharing can find room for at most", hours(today - floor), f"of {hours(today)} hours that do not fit"


def steps(question: Question, task: Task, found: Sequence[Proposal], answer: Answer) -> None:
    """The steps down to what no move can change; a click on a step opens that proposal."""
    score, floor = ends(task, question)
    today = score.overload_hours
    helps = (
        f"Sharing helps by {percent((today - floor) / today)} at most"
        if today > proposal_words.SLACK_HOURS
        else "Nothing is too full"
    )
    waits = is_provisional(answer)
    finding.title(
        so_far(answer, helps),
        "Hours a week that do not fit a contract, by number of moves. Dotted: what no move can change."
        + (" Click a step to open it." if found else ""),
    )
    at = live_chart.clicked(
        sharing_chart(today, floor, found, live_chart.tones(), waits),
        f"sharing {session.record(RebalanceRecord).opened}",
        sharing_words(today, floor, found, waits),
    )
    if isinstance(at, int) and at >= 0 and at != session.record(RebalanceRecord).opened:
        session.change(RebalanceRecord, opened=at, by_hand=())
        session.set_next(f"proposal_{len(found)}", at)
        st.rerun()
    if not found:
        finding.note("The search looks for the best assignment with 1, 2, 3, 5 and 10 moves and with as many as help.")
        return
    widgets.as_table(lambda: sharing_table(found), "What each number of moves gains", "sharing", "few-moves")


def _start(question: Question, task: Task) -> None:
    session.change(RebalanceRecord, by_hand=(), search=Search(question.key, task).start())
    st.rerun()


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
        search.done,
        f"Searching with {moves_words(asked)}: {search.at} of {len(search.counts)} done, {shown(search.seconds, 0)} seconds. "
        "It may take a minute or two; the page stays alive.",
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


def _outcome(search: Search, question: Question, labels: Labels) -> None:
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
    _opened(tuple(search.proposals), search.task.answer, labels)


@live
def _opened(proposals: tuple[Proposal, ...], answer: Answer, labels: Labels) -> None:
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
