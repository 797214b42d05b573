"""The premises as rows: to settle first, in the order of their effect, then what is known."""

from __future__ import annotations

from dataclasses import replace

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
    "columns": ("See the columns", navigation.DATA),
    "questions": ("Answer the questions", navigation.DATA),
    "posts": ("Say who is in post", navigation.DATA),
    "standards": ("Set the standards of time", navigation.ASSUMPTIONS),
    "calendar": ("Enter the school calendar", navigation.YEAR),
    "owed": ("Set the weeks of make-up", navigation.ASSUMPTIONS),
    "drives": ("Set the minutes of an arrival", navigation.ASSUMPTIONS),
}
# Saying so does not make these right: an example stays one until the district puts its own value there.
SET_ELSEWHERE = ("columns", "questions", POSTS, STANDARDS)
KINDS = {OPEN: "open", ASSUMED: "quiet", CONFIRMED: "", "given": ""}


def show(answer: Answer) -> None:
    """All premises of the answer, with codes in place of therapists' names until names are asked for."""
    labels = session.labels(answer)
    premises = [
        replace(each, text=labels.sentence(each.text), action=labels.sentence(each.action))
        for each in premises_of(answer)
    ]
    left = to_settle(premises)
    moves = max((premise.effect_fte for premise in left), default=0.0)
    settled = f"All {count(len(premises), 'premise')} are settled"
    reach = f", worth up to {fte(moves)} FTE" if moves >= EVEN_FTE else ""
    there = next((SETTLED_AT[premise.id] for premise in left if premise.id in SETTLED_AT), None)
    finding.hero(
        "" if left else settled,
        str(len(left)) if left else "",
        f"of {count(len(premises), 'premise')} {'is' if len(left) == 1 else 'are'} not settled{reach}" if left else "",
        [status_chip(answer)],
        actions=[(there[0], there[1].file)] if there else [],
        key="premises_next",
    )
    students_table.show(answer)
    known = [premise for premise in premises if premise not in left]
    if any(premise.id not in SET_ELSEWHERE for premise in left):
        st.text_input("Your name or role, for what you confirm", key="who_confirms", placeholder="OT lead", width=320)
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
    with settle, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        finding.chips([finding.chip(premise.state, KINDS[premise.state])])
        if premise.id in SETTLED_AT:
            label, view = SETTLED_AT[premise.id]
            st.page_link(navigation.page(view), label=label)
        if premise.id not in SET_ELSEWHERE and st.button("Confirm that it is so", key=f"confirm_{premise.id}"):
            who = (session.chosen("who_confirms") or "").strip()
            session.confirm(premise.id, Confirmation(who or "somebody", session.today().isoformat()))
            st.rerun()


def ends(premise: Premise) -> str:
    """What the answer would be if it were otherwise."""
    if premise.gap.low == premise.gap.low:
        low, high = (gap_in_words(end) for end in (premise.gap.low, premise.gap.high))
        return f"If it were otherwise: {low} to {high} FTE." if low != high else f"If it were otherwise: {low} FTE."
    if premise.required.low == premise.required.low:
        return f"If it were otherwise: needs {fte(premise.required.low)} to {fte(premise.required.high)} FTE."
    return ""
