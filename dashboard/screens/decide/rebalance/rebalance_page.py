"""Rebalance: what must hold beside what sharing gains, then the search and what it has found."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.rebalance import constraint_widgets
from dashboard.screens.decide.rebalance.rebalance_record import RebalanceRecord
from dashboard.screens.decide.rebalance.search_for_moves import outcome, progress
from dashboard.screens.decide.rebalance.what_sharing_gains import hero, steps
from dashboard.shell import cached, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.rebalance.constraints import RulesError
from workload.rebalance.proposal import task_of


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
            progress(search)
    if search is not None:
        outcome(search, question, labels)
