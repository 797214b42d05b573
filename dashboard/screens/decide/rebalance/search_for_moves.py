"""The search for the best few moves: its place in line, its progress, and what it has found or refused."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.safe_text import safe
from dashboard.screens.decide.rebalance import constraint_widgets
from dashboard.screens.decide.rebalance.constraint_widgets import Question
from dashboard.screens.decide.rebalance.one_proposal_opened import opened
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.shell import cached, session
from dashboard.shell.guard import guarded
from dashboard.shell.therapist_names import Labels
from workload.figures.sharing_chart import moves_words
from workload.model.words import shown
from workload.rebalance.proposal import Task
from workload.rebalance.search_line import Search


def start(question: Question, task: Task) -> None:
    session.change(RebalanceRecord, by_hand=(), search=Search(question.key, task).start())
    st.rerun()


def progress(search: Search) -> None:
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


def outcome(search: Search, question: Question, labels: Labels) -> None:
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
    opened(tuple(search.proposals), search.task.answer, labels)
