"""Why? Every number opened: the formula in words, the arithmetic, the assumptions with their source, the rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.parts import column_labels, law_cards, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import session
from dashboard.shell.guard import guarded
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.explain.scope import Explanation
from workload.explain.why import explain
from workload.model.parameters import Parameter, parameters
from workload.model.words import numbers
from workload.rules.packs import entries_about
from workload.scenarios.cost import Rate, rates
from workload.work.drill import PLACE, SAID

SHOWN_COLUMNS = (*PLACE, "student", "therapist", "school", "grade", *SAID, "group_size")
NOT_SHOWN = ("total_minutes", "group_id")


def steps_table(opened: Explanation) -> pd.DataFrame:
    """The arithmetic, one line a step."""
    return pd.DataFrame(
        {
            "Step": [f"{step.sign or '   '}  {plain(step.label)}" for step in opened.steps],
            "Value": numbers((step.value for step in opened.steps), 2),
            "Unit": [step.unit for step in opened.steps],
        }
    )


def assumptions_table(opened: Explanation) -> pd.DataFrame:
    """The assumptions behind a figure."""
    return pd.DataFrame(
        {
            "Assumption": [each.label for each in opened.assumptions],
            "Value": [
                f"{each.value:.4g}" if isinstance(each.value, float) else str(each.value) for each in opened.assumptions
            ],
            "Unit": [each.unit for each in opened.assumptions],
            "Force": [each.force for each in opened.assumptions],
            "Source": [each.source for each in opened.assumptions],
            "What would change it": [
                parameters()[each.id].changes if each.id in parameters() else "" for each in opened.assumptions
            ],
        }
    )


def source_links(opened: Explanation) -> str:
    """Links to the published sources of the assumptions that have their default; empty without one."""
    found: dict[str, Parameter | Rate] = {**parameters(), **rates()}
    linked = [
        f"{safe(each.label)}: {law_cards.live_link(found[each.id].link)}"
        for each in opened.assumptions
        if each.id in found and found[each.id].link and each.source == found[each.id].cited
    ]
    return f"Where to read them: {'; '.join(linked)}." if linked else ""


def rows_table(opened: Explanation) -> pd.DataFrame:
    """The rows behind a figure, the place in the file first, without columns in which nothing stands."""
    rows = opened.rows
    first = [name for name in SHOWN_COLUMNS if name in rows.columns]
    rest = [name for name in rows.columns if name not in first and name not in NOT_SHOWN]
    return column_labels.filled(rows[first + rest])


def show(opened: Explanation, key: str) -> None:
    """An explanation on the page."""
    st.markdown(f"**In words.** {safe(opened.formula, 1_000)}")
    widgets.table(steps_table(opened), f"The arithmetic of {opened.title}", f"{key}_steps", rows=20)
    for note in opened.notes:
        st.markdown(safe(note, 1_000))
    if opened.assumptions:
        st.markdown("**Assumptions**")
        widgets.table(assumptions_table(opened), f"The assumptions behind {opened.title}", f"{key}_basis")
        if links := source_links(opened):
            st.caption(links)
    law_cards.beside(entries_about(opened.about, session.state(), session.day()))
    if len(opened.rows):
        st.markdown(
            f"**Rows.** {rows_words(len(opened.rows), opened.rows_are)}. Is a row wrong? Correct it in the file "
            "at the row that is named, and upload it again."
        )
        widgets.table(rows_table(opened), f"The rows behind {opened.title}", f"{key}_rows", "rows", rows=8)
    else:
        st.markdown("**Rows.** No row of the file stands behind this number.")


def rows_words(number: int, what: str) -> str:
    """How many rows stand behind a figure; what they are is said of several."""
    return f"{number:,} {safe(what)}" if number != 1 else f"1 row ({safe(what)})"


@guarded
def _open(make, labels: Labels | None, key: str) -> None:
    opened = labels.explanation(make()) if labels else make()
    body = st.dialog(safe(opened.title), width="large")(guarded(partial(show, key=key)))
    body(opened)


def opener(answer: Answer, measure: str, labels: Labels | None = None, **scope: str):
    """What a "Why?" button does: open this measure of the district, a therapist or a school."""
    return partial(
        _open, partial(explain, answer, measure, **scope), labels or session.labels(answer), f"why_{measure}"
    )


def opener_of(opened: Explanation, labels: Labels | None = None):
    """The same for an explanation that is already made."""
    return opener_from(lambda: opened, labels)


def opener_from(make: Callable[[], Explanation], labels: Labels | None = None):
    """The same for an explanation that is made when somebody opens it."""
    return partial(_open, make, labels, "why_made")
