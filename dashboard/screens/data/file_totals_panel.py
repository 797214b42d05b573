"""The whole file at a glance: which known report it is, what it adds up to, and what changed since the last upload."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.data import data_state
from dashboard.shell import cached, session
from workload.model.words import count, shown

if TYPE_CHECKING:
    from workload.intake.checks.file_totals import Panel
    from workload.intake.checks.since_last_upload import Changes
    from workload.intake.columns.presets import Recognized
    from workload.intake.load import Loaded


def recognized(known: Recognized | None) -> None:
    """The known report that the headings are, and what it cannot give."""
    if known is None:
        return
    preset = known.preset
    st.markdown(f"Recognized as **{safe(preset.name)}** ({safe(preset.system)}), {safe(known.sure)}.")
    for sentence in (*preset.notes, *preset.cannot):
        st.caption(safe(sentence, 600))


def totals(loaded: Loaded, here: object = True) -> None:
    """What the rows add up to. Unusual totals stop the answer until somebody has looked at them.

    here  whether this is their place: above everything else while they wait for a look, at the end otherwise
    """
    panel = loaded.panel
    if not panel.students or not here:
        return
    st.subheader("Does this look like your district?", anchor=False)
    unusual = next((issue for issue in loaded.roster.issues if issue.code == "totals-unusual"), None)
    if unusual:
        st.warning(safe(f"{unusual.message} {unusual.remedy}", 1_000))
        seen = session.must_look()
        key = f"totals_looked_{cached.digest(panel)[:12]}"
        st.checkbox(
            "I have looked at these totals and they are right. Show the answer.",
            value=not seen,
            key=key,
            on_change=look,
            args=(key,),
        )
    left, right = st.columns(2)
    with left:
        widgets.words_table(totals_table(panel), "What all service rows add up to", "totals")
    with right:
        widgets.words_table(largest_table(panel), "The students with the most minutes a week, as pseudonyms", "largest")
    st.caption(
        "Student minutes a week over 36 school weeks, all lines of the regular year, whatever their dates. "
        "Pseudonyms are the same next month."
    )


def totals_table(panel: Panel) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"All files": "Students", "Number": f"{panel.students:,}"},
            {"All files": "of them without minutes", "Number": f"{panel.students_without_minutes:,}"},
            {"All files": "Service lines", "Number": f"{panel.lines:,}"},
            {"All files": "Student minutes a week, all together", "Number": shown(panel.weekly_minutes, 0)},
            {
                "All files": "Half of the students have at most, minutes a week",
                "Number": shown(panel.median_weekly_minutes, 0),
            },
        ]
    )


def largest_table(panel: Panel) -> pd.DataFrame:
    """The students with the most minutes."""
    return pd.DataFrame(
        [{"Most minutes a week": student, "Minutes": shown(minutes, 0)} for student, minutes in panel.largest],
        columns=["Most minutes a week", "Minutes"],
    )


def look(key: str) -> None:
    """Somebody has ticked, or unticked, that the totals are right."""
    own = session.imported()
    session.set_imported(replace(own, looked=""))
    if session.chosen(key):
        session.set_imported(replace(own, looked=session.must_look()))


def since_last_upload() -> None:
    """What is new, gone and changed against the upload before this one; nothing for the first."""
    from workload.intake.checks.since_last_upload import compare

    before, opened = session.imported().before, session.district()
    if before is None or opened is None or opened.errors:
        return
    changes = data_state.once("changes", before.digest + opened.roster.digest, lambda: compare(before, opened.roster))
    st.subheader("What changed since the last upload", anchor=False)
    st.markdown(safe(changed_sentence(changes), 600))
    if changes.is_doubtful:
        st.warning(
            "Most students of both uploads are not in the other one. It may be another district, or the ids may have "
            "changed. If it is another district, choose Close and forget this data, and upload it again."
        )
    widgets.table(changes.by_change, "Students and weekly minutes by kind of change", "changes_totals")
    different = changes.table[changes.table["change"] != "same"]
    if not session.names_are_shown():
        different = different.drop(columns=["therapists_before", "therapists_after"])
    widgets.table(different, "Students that are new, gone or changed", "changes", "changes")


def changed_sentence(changes: Changes) -> str:
    """How many students are new, gone and changed, and the minutes before and after."""
    return (
        f"{count(changes.new, 'student is', 'students are')} new, {changes.gone:,} gone, {changes.changed:,} changed and "
        f"{changes.same:,} the same. Minutes a week: {shown(changes.weekly_minutes_before, 0)} before, "
        f"{shown(changes.weekly_minutes_after, 0)} now."
    )
