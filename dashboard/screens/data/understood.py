"""What was understood of the uploaded files, and the drop-downs that correct it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.parts import column_labels, widgets
from dashboard.parts.findings_list import SHEETS, row_counts
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.data import file_totals_panel
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import people_of
from workload.model.columns import TABLES, Table
from workload.model.words import count, in_words

if TYPE_CHECKING:
    from workload.intake.checks.import_report import FileReport, SheetReport, TableReport
    from workload.intake.load import Loaded

KINDS = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt"]
MEGABYTE = 1024 * 1024
NOT_READ, HIDDEN = "Not read", "hidden"
SURE = {"exact alias": "Sure: the heading is known", "chosen": "You chose it"}
BY_NAME = {table.name: table for table in TABLES}


def limits_sentence() -> str:
    """What may be uploaded, said before anybody tries."""
    from workload.intake.open.limits import Limits

    limits = Limits()
    return (
        f"Up to {limits.file_bytes // MEGABYTE} MB a file, {limits.sheets} sheets and {limits.rows:,} rows a sheet. "
        "Macros are never run, links are never opened, and a file that is locked with a password cannot be read."
    )


def refusals(loaded: Loaded) -> None:
    """A sentence and a remedy for each file that was not read."""
    for report in loaded.files:
        if report.refusal is not None:
            st.error(f"**{safe(report.name)}**: {safe(report.refusal.message)} {safe(report.refusal.remedy, 600)}")


def outcome(loaded: Loaded) -> None:
    """What came of it, the district's name, and the way on."""
    opened = session.district()
    if opened.is_sample:
        st.info("The sample district is open. A file that you upload takes its place.")
    elif opened.errors:
        told = {report.refusal.message for report in loaded.files if report.refusal}
        for issue in [issue for issue in opened.errors if issue.message not in told][:3]:
            st.error(f"{safe(issue.message, 600)} {safe(issue.remedy, 600)}")
        st.markdown("There cannot be an answer until this is settled.")
        widgets.links((navigation.CHECK, "See everything that was found"))
    elif session.must_look():
        st.markdown(
            "The rows were understood, but their totals are unusual. Please look at them below; the answer follows."
        )
    else:
        lines, people = loaded.roster.rows("counted"), len(people_of(loaded.roster))
        nobody = "" if people else "No therapist is named, so all of the work stands under No therapist. "
        st.success(
            f"{count(lines, 'service row')} and {count(people, 'therapist')} were understood. {nobody}"
            f"The answer speaks of {in_words(session.day())}; the day can be changed at the top."
        )
        widgets.links((navigation.ANSWER, "See the answer"), (navigation.CHECK, "See what was found in the file"))
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


def file(report: FileReport) -> None:
    """One file: its sheets and what each column was taken for."""
    if report.refusal is not None:
        return
    st.header(safe(report.name), anchor=False)
    counts = [table.rows for sheet in report.sheets for table in sheet.tables]
    widgets.words_table(
        row_counts(counts).drop(columns="File"), f"Rows of {report.name}", f"counts_{cached.digest(report.name)[:8]}"
    )
    for sheet in report.sheets:
        file_totals_panel.recognized(sheet.recognized)
        if sheet.tables:
            for number, table in enumerate(sheet.tables):
                file_totals_panel.recognized(table.recognized)
                columns_of(sheet, table, f"{cached.digest(report.name, sheet.name, number)[:8]}")
        elif sheet.skipped:
            st.caption(f"Sheet {safe(sheet.name)} was not used: {safe(sheet.skipped)}")


def columns_of(sheet: SheetReport, report: TableReport, key: str) -> None:
    """The column map of one table: the heading, what it was taken for, samples, how sure; to be corrected."""
    title = f"Sheet {safe(sheet.name)}, read as {SHEETS[report.table]}, headings in row {report.header_row}"
    panel = st.expander(title, key=f"map_{key}", on_change="rerun")
    if not panel.open:
        return
    with panel:
        if report.sensitive:
            st.caption(
                "Read only to make pseudonyms, or not kept at all: "
                + safe(", ".join(heading for heading, _ in report.sensitive), 600)
            )
        table = map_table(report)
        st.data_editor(
            table,
            width="stretch",
            hide_index=True,
            num_rows="fixed",
            key=f"columns_{key}",
            alt=plain(f"What each column of sheet {sheet.name} was taken for"),
            disabled=["Column", "Heading", "Examples", "How sure"],
            column_config={
                "Taken for": st.column_config.SelectboxColumn(
                    options=[NOT_READ, *choices(BY_NAME[report.table])], required=True
                )
            },
            on_change=correct,
            args=(f"columns_{key}", report),
        )
        st.caption("Wrong? Choose another meaning in the column Taken for; the file is read again at once.")


def choices(table: Table) -> dict[str, str]:
    """What a column can be taken for: the words of the screen with the canonical name."""
    return {column_labels.label(name): name for name in table.names}


def map_table(report: TableReport) -> pd.DataFrame:
    """The columns that are read, then those that are not."""
    kinds = {column.name: column.kind for column in BY_NAME[report.table].columns}
    shown = session.names_are_shown()
    rows = [
        {
            "Column": column.letter,
            "Heading": plain(column.heading),
            "Taken for": column_labels.label(column.name),
            "Examples": HIDDEN
            if kinds.get(column.name) == "therapist" and not shown and column.samples
            else plain(" · ".join(column.samples)),
            "How sure": SURE.get(column.sure, plain(column.sure)),
        }
        for column in report.columns
    ]
    rows += [
        {
            "Column": "",
            "Heading": plain(heading),
            "Taken for": NOT_READ,
            "Examples": "",
            "How sure": "Not needed, or not known",
        }
        for heading in report.dropped
    ]
    return pd.DataFrame(rows, columns=["Column", "Heading", "Taken for", "Examples", "How sure"])


def correct(key: str, report: TableReport) -> None:
    """Take over what was corrected in a column map."""
    for about, choice in decisions(report, session.chosen(key)["edited_rows"]):
        session.decide(about, choice)


def decisions(report: TableReport, edits: Mapping[int, Mapping[str, str]]) -> list[tuple[str, str]]:
    """(key, choice) for the import map from the edited rows of a column map."""
    names = choices(BY_NAME[report.table])
    headings = [*(column.heading for column in report.columns), *report.dropped]
    return [
        (f"column:{report.fingerprint}:{headings[int(at)]}", names.get(edit["Taken for"], ""))
        for at, edit in edits.items()
        if "Taken for" in edit
    ]
