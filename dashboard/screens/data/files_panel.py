"""The files themselves: bring them, name the district, close it; how the rows of every sheet ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.finding import note, plain_table, title
from dashboard.parts.findings_list import row_counts
from dashboard.parts.safe_text import plain
from dashboard.screens.data import file_totals_panel, uploads
from dashboard.shell import cached, navigation, session

if TYPE_CHECKING:
    from workload.intake.load import Loaded

KINDS = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt"]
MEGABYTE = 1024 * 1024
NUMBERS = (3, 4, 5, 7)  # columns of the table of rows that hold numbers


def bring() -> None:
    """The uploader, what it takes, and the empty roster; with a file also the district's name and the way out."""
    uploads.take(
        st.file_uploader(
            "Roster files: Excel or CSV, one row for each student and service. Your own headings are fine.",
            type=KINDS,
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
        st.button("Close and forget this data", on_click=session.close, key="close")


def rows(loaded: Loaded) -> None:
    """How every row ended, and what known report a file is."""
    files = loaded.files[: len(session.imported().files) or None]
    counts = [table.rows for file in files for sheet in file.sheets for table in sheet.tables]
    with st.container(key="card_rows"):
        left = sum(sum(each.excluded.values()) + each.unreadable for each in counts)
        said = f"{left:,} {'row was' if left == 1 else 'rows were'} left out or could not be read"
        title(said if left else "No row was left out", "Nothing unread becomes a zero.")
        for file in files:
            for sheet in file.sheets:
                for found in (sheet.recognized, *(table.recognized for table in sheet.tables)):
                    file_totals_panel.recognized(found)
        if counts:
            table = row_counts(counts)
            plain_table(
                list(table.columns),
                [[plain(value) for value in row] for row in table.itertuples(index=False)],
                "How the rows of every sheet ended",
                NUMBERS,
            )
        widgets.links((navigation.CHECK, "See every row and finding"))
