"""What the pages of one person and of one school share: their service lines, any of their numbers opened, what to do
where one is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts import why_panel, widgets
from dashboard.shell.guard import live
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.work.activities import ACTIVITIES
from workload.work.drill import SAID

WEEKLY = ("student_minutes_per_week", "therapist_minutes_per_week")
LINE_COLUMNS = ["row", "grade", "school", "student", *SAID, "group_size", *WEEKLY, "sheet", "file"]
WRONG = (
    "Something wrong? Every number below names its file, sheet and row. Correct the row in the file, or tell the "
    "person who keeps the roster which row it is, and upload the file again."
)


def numbers(answer: Answer, labels: Labels, key: str, cards: Sequence[tuple[str, str, str]], **scope: str) -> None:
    """Figures of a person or a school side by side, (label, value, measure) each, and then any activity's hours opened."""
    widgets.cards(
        [
            (label, value, why_panel.opener(answer, measure, labels, **scope), f"{key}_{measure}")
            for label, value, measure in cards
        ]
    )
    number_opened(answer, labels, key, **scope)


@live
def number_opened(answer: Answer, labels: Labels, key: str, **scope: str) -> None:
    """Any activity's hours, opened on the page."""
    by_code = {activity.code: activity.label for activity in ACTIVITIES}
    st.subheader("Where does a number come from?")
    code = widgets.one_or_none(
        "Activity",
        by_code,
        f"{key}_activity",
        "Choose an activity to see its formula, assumptions and rows",
        lambda code: by_code[code],
    )
    if code is not None:
        why_panel.show(labels.explanation(why_panel.explain(answer, f"{code}_hours", **scope)), f"{key}_opened")
