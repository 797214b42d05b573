"""Fewer students can be more work: two people of the district, each with the week beside the students."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import finding
from dashboard.parts.status_line import provisionally
from dashboard.shell import navigation
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.model.words import count


def pair(answer: Answer, labels: Labels) -> None:
    """Fewer students and the fuller week, beside more students and a week that fits."""
    two = answer.two_weeks
    if two is None:
        return
    rows = answer.people[answer.people["therapist"].isin(two)].set_index("therapist")
    top = max(float(rows.loc[name, column]) for name in two for column in ("workload_hours", "available_hours")) * 1.05
    with st.container(key="card_pair"):
        finding.title("Fewer students can be more work")
        for name in two:
            row = rows.loc[name]
            finding.week_of(
                partial(person_link, labels, name, int(row["caseload"])),
                float(row["workload_hours"]),
                float(row["available_hours"]),
                top,
                provisionally(answer, ""),
            )


def person_link(labels: Labels, name: str, students: int) -> None:
    st.page_link(
        navigation.page(navigation.PEOPLE),
        label=f"**{labels.of(name)}** has **{count(students, 'student')}**",
        query_params={"therapist": labels.code(name)},
    )
