"""The story: two therapists of the sample with one contract, told apart by workload and not by caseload."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.shell import cached
from workload.model.words import count

FEWER, MORE = "Marisol Tennant", "Gwen Halloran"  # 36 and 67 students, see data/sample/README.md
TOP = 54.0  # hours that the bars are drawn to


def show() -> None:
    """Both weeks against the contract, each called by the number of its students."""
    finding.title(
        "Two full-time posts, one contract", "Hours of work a week. The upright mark is the contract of 37.5 hours."
    )
    everybody = cached.sample_answer().people.set_index("therapist")
    for name in (FEWER, MORE):
        row = everybody.loc[name]
        finding.week_of(
            partial(st.markdown, f"A post with **{count(int(row['caseload']), 'student')}**", width="content"),
            float(row["workload_hours"]),
            float(row["available_hours"]),
            TOP,
        )
    finding.note(
        "The fuller week: five schools, mostly one student at a time, owed make-up sessions. The other: two schools, "
        "groups and advice to teachers. Both are of the invented sample district."
    )
