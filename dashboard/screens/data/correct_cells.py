"""Correct on the spot what could not be read, go back, and take the corrected file home."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import data_state, unread_cells
from dashboard.shell import cached, session
from workload.model.words import count

MOST = 200  # contents listed at once; the rest follow as these are settled


def show() -> None:
    """The cells to correct with their editor; nothing when every cell was read or there is no file."""
    own, opened = session.imported(), session.district()
    if not own.files or opened is None or opened.loaded is None:
        return
    loaded = opened.loaded
    listed = data_state.once(
        "cells", opened.roster.digest, lambda: unread_cells.cells(own.opened, loaded, own.edits, own.answers)
    )
    if not listed:
        return
    st.header("Correct what could not be read", anchor=False)
    st.caption(
        "Write what is meant into the column Corrected to; the rows are read again at once. Cells with the same "
        "content in the same column are corrected together. Your own file stays as it is."
    )
    key = f"mend_{opened.roster.digest[:12]}"
    st.data_editor(
        unread_cells.table(listed[:MOST]),
        width="stretch",
        hide_index=True,
        num_rows="fixed",
        key=key,
        placeholder="Write here",
        alt="Cells that could not be read, and what they are corrected to",
        disabled=[name for name in unread_cells.COLUMNS if name != "Corrected to"],
        on_change=correct,
        args=(key, listed),
        column_config={
            "Row": st.column_config.NumberColumn(format="%d", width="small"),
            "Cells": st.column_config.NumberColumn(format="%d", width="small"),
            "Corrected to": st.column_config.TextColumn(max_chars=200, width="medium"),
            "As it stands": st.column_config.TextColumn(width="medium"),
        },
    )
    if len(listed) > MOST:
        st.caption(f"The first {MOST} of {count(len(listed), 'content', 'contents')} are listed.")
    with st.container(horizontal=True):
        st.button("Undo the last correction", key="mend_back", on_click=step_back, disabled=not own.steps)
        for name, data in own.files:
            if any(place[0] == name for place in own.edits.cells):
                download(name, data)


def correct(key: str, listed: Sequence[unread_cells.Cell]) -> None:
    """Take over what was written into the editor."""
    own = session.imported()
    edits = own.edits
    for at, edit in session.chosen(key)["edited_rows"].items():
        if "Corrected to" in edit:
            edits = unread_cells.with_correction(edits, listed[int(at)], edit["Corrected to"])
    session.set_imported(own.with_edits(edits))


def step_back() -> None:
    """Undo the last correction."""
    session.set_imported(session.imported().a_step_back())


def download(name: str, data: bytes) -> None:
    """One corrected file, named by its content."""
    from workload.intake.by_hand.corrected_file import CannotCorrect, corrected_workbook

    own = session.imported()
    key = cached.digest(data, own.edits.digest, own.answers.as_dict())
    try:
        made = data_state.once_of(
            "corrected", name, key, lambda: corrected_workbook(name, data, own.edits, own.answers)
        )
    except CannotCorrect as problem:
        st.caption(safe(f"{name} cannot be corrected here. {problem}"))
        return
    path = PurePath(plain(made.name))
    st.download_button(
        "Download the corrected workbook" if len(own.files) == 1 else safe(f"Download {path.name}"),
        made.data,
        f"{path.stem}-{cached.digest(made.data)[:8]}{path.suffix}",
        widgets.EXCEL if path.suffix == ".xlsx" else "application/octet-stream",
        on_click="ignore",
        key=f"corrected_{cached.digest(name)[:8]}",
    )
    st.caption(kept_sentence(path.suffix, made.keeps_layout))


def kept_sentence(suffix: str, keeps_layout: bool) -> str:
    """What of the user's file is kept in the corrected one, and what is not."""
    if not keeps_layout:
        return "A file of this kind cannot be written in its own layout: its values stand in a new workbook."
    if suffix in (".xlsx", ".xlsm"):
        return (
            "The layout is yours; charts and pictures in it are dropped. A comment on each corrected cell says what "
            "stood there."
        )
    return "Only the corrected cells differ from your file."
