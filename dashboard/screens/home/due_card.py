"""What is due next: late and coming evaluations, leaves, posts to fill, weeks that nobody has confirmed."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.shell import navigation
from workload.answer import Answer
from workload.model.words import in_words
from workload.year_ahead.due_next import EVALUATION_DAYS, LEAVE_DAYS, due_next


def show(answer: Answer) -> None:
    """A card with what is due; nothing where nothing is."""
    rows = due_next(answer)
    if not rows:
        return
    with st.container(key="card_due"):
        finding.title(
            "What is due next",
            f"Evaluations of the next {EVALUATION_DAYS} days, leaves of the next {LEAVE_DAYS}, posts to fill.",
        )
        finding.stacked_table(
            ["First on", "What"],
            [[in_words(one.day) if one.day else "Now", one.words] for one in rows],
            "What is due next",
        )
        st.page_link(navigation.YEAR.file, label="See the year ahead")
