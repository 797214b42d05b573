"""What an answer stands on, in a line: its status as a chip, its premises as squares, and the way to settle them."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.finding import chip, line_of_squares
from dashboard.shell import navigation
from workload.answer import Answer
from workload.model.words import EVEN_FTE, count, fte
from workload.premises.premise_list import answer_status, banner, premises_of
from workload.premises.records import FINAL, NEED_ONLY, OPEN, PROVISIONAL, to_settle

STATUS = {FINAL: ("Final", ""), PROVISIONAL: ("Provisional", "open"), NEED_ONLY: ("Need only", "open")}


def status_chip(answer: Answer) -> str:
    """The status of the answer as a chip."""
    return chip(*STATUS[answer_status(answer)])


def is_provisional(answer: Answer) -> bool:
    """Whether work is held against hours while a premise is open."""
    return answer_status(answer) == PROVISIONAL


def so_far(answer: Answer, title: str) -> str:
    """The title of a table of gaps, which says that they are provisional while a premise is open."""
    return f"Provisionally: {title[:1].lower() + title[1:]}" if is_provisional(answer) else title


def provisionally(answer: Answer, words: str) -> str:
    """The end of a sentence that holds work against the hours there are, which says while a premise is open that it may move."""
    return f"{words}, provisionally" if is_provisional(answer) else words


def premises_line(answer: Answer) -> None:
    """How many premises there are by state, and the link to settle what is left; the banner where the file is old."""
    premises = premises_of(answer)
    left = to_settle(premises)
    if warning := banner(answer):
        st.warning(warning, icon=":material/event:")
    with st.container(
        key="premises", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"
    ):
        line_of_squares([premise.state for premise in premises])
        st.page_link(navigation.page(navigation.PREMISES), label=settle_words(left))


def settle_words(left) -> str:
    """What is left to settle and how far it moves the answer."""
    if not left:
        return "See what the answer stands on"
    number = sum(premise.state == OPEN for premise in left)
    what = count(number, "open premise", "open premises") if number else f"{len(left)} assumed"
    most = max(premise.effect_fte for premise in left if premise.state == OPEN or not number)
    return f"Settle the {what}" + (f" (up to {fte(most)} FTE)" if most >= EVEN_FTE else "")
