"""How far sharing the work can go, as the sentence of the page and as steps down to what no move can change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.parts import finding, live_chart, widgets
from dashboard.parts.status_line import is_provisional, provisionally, so_far
from dashboard.screens.decide.rebalance import proposal_words
from dashboard.screens.decide.rebalance.constraint_widgets import Question
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.rebalance.search_for_moves import start
from dashboard.shell import cached, session
from workload.answer import Answer
from workload.figures.sharing_chart import sharing_chart, sharing_table, sharing_words
from workload.model.words import count, hours, percent
from workload.rebalance.constraints import fewest_hours_over
from workload.rebalance.problem import Score
from workload.rebalance.proposal import Proposal, Task
from workload.rebalance.search_line import Search
from workload.scenarios.blocks import BY_GROUP, BY_SCHOOL

MOVABLE = {
    BY_GROUP: ("group or class", "groups and classes"),
    BY_SCHOOL: ("school of one person", "schools of one person each"),
}


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
        actions=[] if running else [(label, partial(start, question, task))],
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
