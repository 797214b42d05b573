"""Required, received and difference of single students, behind a step that only an audit needs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.screens.people.delivered.what_was_delivered import EMPTY
from workload.model.words import count, shown
from workload.staffing.delivered.compliance import REASONS, Delivered, student_list_for_compliance_officer

STEP = (
    "I answer a complaint or an audit and need to see single students. The list is for the compliance officer, and stays out "
    "of anything that leaves the district."
)


def students(delivered: Delivered | None) -> None:
    """Required, received and difference of single students, only after an explicit step."""
    if delivered is None:
        st.info(EMPTY)
        return
    if not st.checkbox(STEP, key="single_students"):
        st.caption("Students appear as pseudonyms, the same as in the roster. Leaving the page closes the list again.")
        return
    table = student_list_for_compliance_officer(delivered)
    if left := table.attrs["rows_without_student"]:
        st.caption(f"{count(left, 'row')} without a student {'is' if left == 1 else 'are'} not in this list.")
    if table.empty:
        st.info("No row names a student, so there is no list. Monthly totals by student are needed for it.")
        return
    widgets.table(
        student_table(table), "Required, received and difference of each student", "students", "students", rows=18
    )


def student_table(table: pd.DataFrame) -> pd.DataFrame:
    """The list with readable headings."""
    return pd.DataFrame(
        {
            "Student (pseudonym)": table["student"],
            "Required, minutes": [shown(each, 0) for each in table["required_minutes"]],
            "Received, minutes": [shown(each, 0) for each in table["received_minutes"]],
            "Difference, minutes": [shown(each, 0) for each in table["difference_minutes"]],
            **{
                f"{label}, minutes": [shown(each, 0) for each in table[f"{reason}_minutes"]]
                for reason, label in REASONS.items()
            },
        }
    )
