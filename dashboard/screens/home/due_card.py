"""What is due next: late and coming evaluations, leaves, posts to fill, weeks that nobody has confirmed."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding, own_word
from dashboard.shell import navigation, through_the_year
from workload.answer import Answer
from workload.model.words import count, in_words
from workload.store.sent_corrections import WAITING
from workload.year_ahead.due_next import EVALUATION_DAYS, LEAVE_DAYS, Due, due_next


def show(answer: Answer) -> None:
    """A card with what is due; nothing where nothing is."""
    rows = [*due_next(answer), *of_the_team(answer)]
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
        st.page_link(navigation.page(navigation.YEAR), label="See the year ahead")


def of_the_team(answer: Answer) -> list[Due]:
    """Weeks that nobody has confirmed, and corrections that wait for the lead.

    On a server the therapists of the newest month are asked. On one computer nobody is, so that weeks are told of once the
    first one has been confirmed on People.
    """
    said = through_the_year.weeks_said()
    waiting = sum(each.state == WAITING for each in through_the_year.sent())
    found = []
    here, weeks = own_word.number_confirmed(answer), own_word.number_of_weeks(answer)
    if said is None and 0 < here < weeks:
        found.append(Due("weeks", None, f"{here} of {weeks} weeks were confirmed on People"))
    if said is not None and said.right < said.of:
        found.append(Due("weeks", None, said.words.removesuffix(".")))
    if waiting:
        one = "correction that a therapist has sent waits"
        found.append(Due("corrections", None, count(waiting, one, "corrections that therapists have sent wait")))
    return found
