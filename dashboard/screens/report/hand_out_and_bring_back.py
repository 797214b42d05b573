"""Correction sheets to hand out, one for each therapist, and what comes back in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.parts import correction_file, correction_ledger, widgets
from dashboard.parts.filters import natural
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.report.packet_files import ZIP, as_zip
from dashboard.shell import cached, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.roster import UNASSIGNED
from workload.model.words import count


def hand_out(answer: Answer, labels: Labels) -> None:
    """The sheet of one therapist, and all of them."""
    st.header("Hand out", anchor=False)
    st.caption(
        "Each therapist gets their own week and nobody else's. Students appear as pseudonyms, therapists as codes unless names are "
        "shown. The list of who has which code stays with you."
    )
    people = {labels.code(name): name for name in answer.therapists["therapist"] if name != UNASSIGNED}
    codes = sorted(people, key=natural)
    if not codes:
        st.info("The roster names no therapist, so there is nobody to hand a sheet to.")
        return
    key = cached.digest(session.answer_key(), labels.named)[:8]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            "Whose sheet?",
            codes,
            key="correction_who",
            width=260,
            persist_state="session",
            format_func=lambda code: plain(labels.of(people[code])) if code in people else code,
        )
        if code in people:
            name = f"corrections-{code.replace(' ', '-')}-{key}.xlsx"
            st.download_button(
                "Download this sheet",
                partial(correction_file.sheet, answer, people[code], labels.of(people[code])),
                name,
                widgets.EXCEL,
                key="correction_one",
                on_click="ignore",
            )
        st.download_button(
            f"Download all {len(codes)} sheets (zip)",
            partial(sheets, answer, people, labels),
            f"corrections-{key}.zip",
            ZIP,
            key="correction_all",
            on_click="ignore",
            type="primary",
        )


def sheets(answer: Answer, people: Mapping[str, str], labels: Labels) -> bytes:
    """All sheets as one zip; file names hold codes."""
    return as_zip(
        {
            f"corrections-{code.replace(' ', '-')}.xlsx": correction_file.sheet(answer, name, labels.of(name))
            for code, name in people.items()
        }
    )


def bring_back(answer: Answer, labels: Labels) -> None:
    """The upload of filled-in sheets, and what could not be used in them."""
    st.header("Bring back", anchor=False)
    number = correction_ledger.record().uploads
    files = st.file_uploader(
        "Filled-in sheets (Excel)", type=["xlsx"], accept_multiple_files=True, key=f"correction_files_{number}"
    )
    if files:
        with st.status(f"Reading {count(len(files), 'sheet')}"):
            for file in files:
                correction_ledger.take(file.name, file.getvalue(), answer, labels.codes)
        correction_ledger.record().uploads += 1  # an empty uploader: what was read is not read twice
        st.rerun()
    for name, changes, issues in correction_ledger.ledger().said:
        st.markdown(
            f"**{safe(name)}**: {count(changes, 'change')} proposed"
            + (", and this could not be used:" if issues else "")
        )
        for issue in issues:
            st.markdown(
                f"- {safe(f'{issue.place}:' if issue.place else '')} {safe(issue.message, 600)} {safe(issue.remedy, 600)}"
            )
