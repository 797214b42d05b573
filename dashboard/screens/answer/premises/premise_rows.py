"""The premises as rows: to settle first, in the order of their effect, then what is known."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import status_chip
from dashboard.screens.answer.premises import students_table
from dashboard.shell import navigation, session
from workload.answer import Answer
from workload.model.confirmations import Confirmation
from workload.model.words import EVEN_FTE, count, fte, gap_in_words
from workload.premises.premise_list import premises_of
from workload.premises.records import ASSUMED, CONFIRMED, OPEN, POSTS, STANDARDS, Premise, to_settle

# Where something is typed or answered to settle a premise; the others are settled by saying that they hold.
SETTLED_AT = {
    "columns": navigation.DATA,
    "questions": navigation.DATA,
    "posts": navigation.DATA,
    "standards": navigation.ASSUMPTIONS,
    "calendar": navigation.YEAR,
    "owed": navigation.ASSUMPTIONS,
}
# Saying so does not make these right: an example stays one until the district puts its own value there.
SET_ELSEWHERE = ("columns", "questions", POSTS, STANDARDS)
KINDS = {OPEN: "open", ASSUMED: "quiet", CONFIRMED: "", "given": ""}


def show(answer: Answer) -> None:
    """All premises of the answer."""
    premises = premises_of(answer)
    left = to_settle(premises)
    moves = max((premise.effect_fte for premise in left), default=0.0)
    finding.finding(
        "",
        str(len(left)),
        f"of {count(len(premises), 'premise')} {'is' if len(left) == 1 else 'are'} not settled"
        + (f". Settling moves the answer by up to {fte(moves)} FTE" if moves >= EVEN_FTE else ""),
        [status_chip(answer)],
    )
    students_table.show(answer)
    known = [premise for premise in premises if premise not in left]
    for premise in left:
        with st.container(key=f"card_premise_{premise.id}"):
            row(answer, premise)
    with st.container(key="card_known"):
        finding.title("What is settled", "Given by your file, or confirmed by somebody.")
        finding.plain_table(
            ["Premise", "State"],
            [
                [premise.text, finding.chip(premise.state + (f" by {premise.who}" if premise.who else ""))]
                for premise in known
            ],
            "Settled premises",
        )
        for premise in known:
            # Who is in post is taken back where it was typed in.
            if (
                premise.state == CONFIRMED
                and premise.id != POSTS
                and st.button(f"Take back: {safe(premise.text, 80)}", key=f"take_back_{premise.id}", type="tertiary")
            ):
                session.confirm(premise.id, None)
                st.rerun()


def row(answer: Answer, premise: Premise) -> None:
    """One premise that is not settled: its sentence, its ends, and the way to settle it."""
    said, settle = st.columns([3, 1.2], vertical_alignment="center")
    with said:
        finding.title(premise.text, f"{premise.action} {ends(premise)}".strip())
        finding.chips([finding.chip(premise.state, KINDS[premise.state])])
    with settle:
        if premise.id in SETTLED_AT:
            st.page_link(SETTLED_AT[premise.id].file, label="Settle it there")
        if premise.id not in SET_ELSEWHERE:
            who = st.text_input("Your name or role", key=f"who_{premise.id}", placeholder="OT lead")
            if st.button("Confirm that it is so", key=f"confirm_{premise.id}"):
                session.confirm(premise.id, Confirmation(who.strip() or "somebody", session.today().isoformat()))
                st.rerun()


def ends(premise: Premise) -> str:
    """What the answer would be if it were otherwise."""
    if premise.gap.low == premise.gap.low:
        low, high = (gap_in_words(end) for end in (premise.gap.low, premise.gap.high))
        return f"If it were otherwise: {low} to {high} FTE." if low != high else f"If it were otherwise: {low} FTE."
    if premise.required.low == premise.required.low:
        return f"If it were otherwise: needs {fte(premise.required.low)} to {fte(premise.required.high)} FTE."
    return ""
