"""Corrections that therapists have sent from their own week on a server: taken into the lead's list, or seen by hand."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.parts import correction_ledger, finding
from dashboard.parts.safe_text import plain
from dashboard.shell import keeping, session, through_the_year
from dashboard.shell.therapist_names import Labels
from workload.model.words import count, in_words
from workload.report.corrections.correction_words import is_now, should_be, what, where
from workload.report.corrections.returned_sheets import NOT_MINE, Corrections
from workload.store.roles import CHANGE_WORK
from workload.store.sent_corrections import SEEN, TAKEN, WAITING, Sent, off_the_list, states_in

SENT = "Sent by therapists on this server"


def show(labels: Labels) -> None:
    """What waits; nothing where nothing does."""
    sent, looking = through_the_year.sent(), through_the_year.looked_at() is not None
    lost = [] if looking else off_the_list(correction_ledger.ledger(), sent)
    waiting = [each for each in sent if each.state == WAITING or each in lost]
    here = {roster.digest for roster in correction_ledger.ledger().rosters(session.opened().roster)}
    own = [each for each in waiting if each.roster_digest in {digest[:64] for digest in here}]
    others = [each for each in waiting if each not in own]
    may = keeping.may(CHANGE_WORK) and not looking
    if own:
        st.header(f"{SENT}: {count(len(own), 'change')}", anchor=False)
        table(own, labels)
        if may:
            st.button(
                "Take them into the list below",
                key="take_sent",
                type="primary",
                on_click=take,
                args=(own, labels.codes),
            )
    if others:
        st.header(f"Sent for other rows: {count(len(others), 'change')}", anchor=False)
        st.markdown(
            "They were sent for a month whose rows are not those that are open, so they cannot be placed by themselves. "
            "Look at each by hand."
        )
        table(others, labels)
        if may:
            st.button("I have seen them", key="seen_sent", on_click=seen, args=(others,))
    if looking and (own or others):
        st.caption("An older month is open. Go back to today to decide about them.")


def table(sent: list[Sent], labels: Labels) -> None:
    rows = [
        [
            plain(labels.of(each.therapist)),
            what(each.change),
            plain(where(each.change), 100),
            plain(is_now(each.change, labels.of(each.therapist))),
            plain(should_be(each.change)),
            in_words(each.day),
        ]
        for each in sent
    ]
    finding.plain_table(["Whose", "What", "Where", "Is", "Should be", "Of the month"], rows, SENT)


def take(sent: list[Sent], codes: dict[str, str]) -> None:
    """Put them on the list of what is to be decided; none of them where that cannot be written down."""
    changes = tuple(
        replace(each.change, before=codes.get(each.therapist, "")) if each.change.kind == NOT_MINE else each.change
        for each in sent
    )
    if through_the_year.settle_sent({each.number: TAKEN for each in sent}):
        correction_ledger.put(correction_ledger.ledger().with_sheet(SENT, Corrections("", changes)))


def seen(sent: list[Sent]) -> None:
    """They were looked at by hand."""
    through_the_year.settle_sent({each.number: SEEN for each in sent})


def tell() -> None:
    """Let those who sent a correction know what the list says of it now."""
    through_the_year.settle_sent(states_in(correction_ledger.ledger(), through_the_year.sent()))
