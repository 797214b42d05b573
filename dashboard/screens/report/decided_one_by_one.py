"""Proposed corrections, accepted or refused one by one, and the log of what was decided."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.parts import correction_ledger, widgets
from dashboard.parts.safe_text import plain
from dashboard.screens.report import packet_settings, sent_panel
from dashboard.shell import cached, session
from dashboard.shell.therapist_names import Labels
from workload.model.words import count, in_words
from workload.report.corrections.correction_words import is_now, should_be, what, where
from workload.report.corrections.returned_sheets import Change

ACCEPT, REFUSE = "Accept", "Refuse"
ROW_PIXELS, HEAD_PIXELS, MOST_ROWS = 35, 40, 10


def decisions(labels: Labels) -> None:
    """The proposed changes; each is accepted or refused."""
    proposed = correction_ledger.ledger().proposed
    if not proposed:
        return
    st.header(f"Decide: {count(len(proposed), 'proposed change')}", anchor=False)
    with st.form("correction_decisions", border=False):
        key = f"decided_{cached.digest(*map(repr, proposed))[:8]}"
        st.data_editor(
            proposals(proposed, labels),
            key=key,
            hide_index=True,
            num_rows="fixed",
            disabled=["Whose", "What", "Where", "Is", "Should be"],
            placeholder="Choose",
            height=HEAD_PIXELS + ROW_PIXELS * min(len(proposed), MOST_ROWS),
            alt="The proposed changes; the first column takes the decision",
            column_config={
                "Decision": st.column_config.SelectboxColumn(
                    options=[ACCEPT, REFUSE], help="Leave it empty to decide later."
                )
            },
        )
        st.text_input(
            "Decided by (goes into the log)", packet_settings.saved()["checked_by"], max_chars=80, key="correction_by"
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                "Take these decisions over", type="primary", on_click=_decide, args=(key, len(proposed), "")
            )
            st.form_submit_button("Accept all", on_click=_decide, args=(key, len(proposed), ACCEPT))
            st.form_submit_button("Refuse all", on_click=_decide, args=(key, len(proposed), REFUSE))
    if problem := correction_ledger.record().problem:
        st.error(problem)


def _decide(key: str, number: int, everything: str) -> None:
    edited = session.chosen(key)["edited_rows"]
    said = {at: everything or edited.get(at, edited.get(str(at), {})).get("Decision") for at in range(number)}
    chosen = {at for at, decision in said.items() if decision in (ACCEPT, REFUSE)}
    by = (session.chosen("correction_by") or "").strip()
    problem = (
        ""
        if chosen and by
        else "Say who decides; the log needs it."
        if chosen
        else "Choose Accept or Refuse for at least one change."
    )
    correction_ledger.record().problem = problem
    if not problem:
        accept = {at for at in chosen if said[at] == ACCEPT}
        correction_ledger.put(correction_ledger.ledger().settled(chosen, accept, by, session.today()))
        sent_panel.tell()


def proposals(proposed: tuple[Change, ...], labels: Labels) -> pd.DataFrame:
    """The changes for reading, with an empty first column for the decision."""
    table = pd.DataFrame(
        [
            {
                "Decision": None,
                "Whose": plain(labels.of(change.therapist)),
                "What": what(change),
                "Is": plain(is_now(change, labels.of(change.therapist))),
                "Should be": plain(should_be(change)),
                "Where": plain(where(change), 100),
            }
            for change in proposed
        ]
    )
    return table.astype({"Decision": object})


def settled(labels: Labels) -> None:
    """What was decided: how many, undo, the log."""
    now = correction_ledger.ledger()
    if not now.batches and not now.taken_back:
        return
    in_force, by_hand = (sum(change.applies is applies for change in now.accepted) for applies in (True, False))
    refused = sum(len(batch) for batch in now.batches) - in_force - by_hand
    st.header("Decided", anchor=False)
    st.markdown(
        f"**{count(in_force + by_hand, 'change')} accepted, {refused} refused.** Every page counts with the accepted ones; the file itself is "
        "not changed."
        + (
            f" {by_hand} of them the roster has no place for: add {'it' if by_hand == 1 else 'them'} by hand; until "
            f"then the answer does not include {'it' if by_hand == 1 else 'them'}."
            if by_hand
            else ""
        )
    )
    st.button("Undo the last decisions", on_click=_undo, disabled=not now.batches, key="correction_undo")
    table = now.log({name: labels.of(name) for name in labels.codes})
    widgets.words_table(log_words(table), "Every decision with day, person, change and outcome", "correction_log")
    widgets.downloads("correction-log", table, "correction_log_exact")


def _undo() -> None:
    correction_ledger.undo()
    sent_panel.tell()


def log_words(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Day": [in_words(date.fromisoformat(day)) for day in table["on"]],
            "By": table["by"],
            "Whose": table["therapist"],
            "What": table["what"],
            "Was": table["before"],
            "Should be": table["after"],
            "Decision": table["decision"],
            "Now": table["status"],
        }
    )
