"""The files themselves: bring them, name the district, close it; how the rows of every sheet ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts import keep_card, widgets
from dashboard.parts.finding import note, plain_table, title
from dashboard.parts.findings_list import SHEETS
from dashboard.parts.safe_text import plain
from dashboard.parts.summary import reason_words
from dashboard.screens.data import file_totals_panel, uploads
from dashboard.shell import cached, keeping, navigation, session
from workload.intake.open.limits import MEGABYTE
from workload.model.words import count

if TYPE_CHECKING:
    from workload.intake.load import Loaded
    from workload.model.roster import RowCount


def bring() -> None:
    """The uploader, which offers what the readers read, and the empty roster."""
    from workload.intake.open.sniff import READABLE

    uploads.take(
        st.file_uploader(
            "Roster files: Excel or CSV, one row for each student and service. Your own headings are fine.",
            type=[ending for endings in READABLE.values() for ending in endings],
            accept_multiple_files=True,
            key=session.uploader(),
        )
    )
    note(limits_sentence())
    st.download_button("Download the empty roster", cached.template, "roster.xlsx", widgets.EXCEL, on_click="ignore")


def limits_sentence() -> str:
    """What may be uploaded, said before anybody tries."""
    from workload.intake.open.limits import Limits

    limits = Limits()
    return (
        f"Up to {limits.file_bytes // MEGABYTE} MB a file, {limits.sheets} sheets and {limits.rows:,} rows a sheet. "
        "Macros are never run, links are never opened, and a file that is locked with a password cannot be read."
    )


def name_and_close() -> None:
    """The district's name, and forgetting everything."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "What is your district called? The name stands in every sentence and file",
            key="district_name",
            persist_state="session",
            max_chars=80,
            width=460,
            placeholder="Type it here, such as Maple Valley Schools",
        )
        words = "Close; it stays kept" if keeping.current() else "Close and forget this data"
        st.button(words, on_click=keeping.close, key="close")
    keep_card.ask()
    keep_card.forget_open()


def rows(loaded: Loaded) -> None:
    """How every row ended, and what known report a file is."""
    files = loaded.files[: len(session.imported().files) or None]
    counts = [table.rows for file in files for sheet in file.sheets for table in sheet.tables]
    with st.container(key="card_rows"):
        left = sum(sum(each.excluded.values()) + each.unreadable for each in counts)
        said = f"{left:,} {'row is' if left == 1 else 'rows are'} not counted"
        title(said if left else "Every row is counted", "Nothing unread becomes a zero.")
        for file in files:
            for sheet in file.sheets:
                for found in (sheet.recognized, *(table.recognized for table in sheet.tables)):
                    file_totals_panel.recognized(found)
        if counts:
            several = len({each.file for each in counts}) > 1
            plain_table(
                ["Sheet", "How its rows ended"],
                [[plain(f"{each.file}, {each.sheet}" if several else each.sheet), ended(each)] for each in counts],
                "How the rows of every sheet ended",
            )
        widgets.links((navigation.CHECK, "See every row and finding"))


def ended(each: RowCount) -> str:
    """How the rows of a sheet ended, in a sentence whose parts add up to the rows read."""
    lost = each.unreadable - each.waiting
    parts = [f"{each.counted:,} understood"]
    if each.waiting:
        parts.append(f"{each.waiting:,} wait for your answers")
    if why := reason_words(each.excluded):
        parts.append(f"{sum(each.excluded.values()):,} left out ({why})")
    if lost:
        parts.append(f"{lost:,} not readable")
    return plain(f"{count(each.read, 'row')} as {SHEETS[each.table]}: {', '.join(parts)}.", 600)
