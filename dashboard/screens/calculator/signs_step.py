"""Step 3, warning signs: ten questions to herself, and what her own figures show."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import finding
from dashboard.screens.calculator import path_record
from dashboard.screens.calculator.path_record import record, widget_key
from dashboard.shell import session
from workload.answer import Answer
from workload.model.words import count, shown
from workload.one_week.own_signs import own_signs
from workload.staffing.concerns.check_in import QUESTIONS


def show(answer: Answer | None) -> None:
    """The questions, and the signs that show with what could be done."""
    left, right = st.columns([1, 1], gap="small")
    with left, st.container(key="card_signs", height="stretch"):
        finding.title(
            "Ten warning signs", "Tick what is so. It is about the caseload and not a reflection on your competence."
        )
        for id, question in QUESTIONS.items():
            key = widget_key(f"sign_{id}")
            session.start_with(key, id in record().signs)
            st.checkbox(question, key=key, on_change=_set, args=(id, key))
    with right, st.container(key="card_seen", height="stretch"):
        _seen(answer)


def _set(id: str, key: str) -> None:
    kept = record()
    kept.signs = kept.signs | {id} if session.chosen(key) else kept.signs - {id}


def _seen(answer: Answer | None) -> None:
    """The signs that show: said by her, or shown by her log."""
    if answer is None:
        finding.title("What shows", "Say who you serve in step 1 first; your log then speaks, too.")
        return
    signs = own_signs(answer, path_record.study(), record().signs)
    seen = [one for one in signs if one.shows]
    finding.title(
        f"{count(len(seen), 'sign shows', 'signs show')}" if seen else "No sign shows yet",
        "What you ticked, and what the log of step 2 shows by itself.",
    )
    for one in seen:
        figure = one.figure
        said = "you say so" if one.said else ""
        by_log = f"your log: {shown(figure.value, 1)} {figure.unit}, {figure.words}" if figure and figure.shows else ""
        finding.said(f"{one.sign.label}.", f"{'; '.join(part for part in (said, by_log) if part)}.")
    if any(one.said and one.figure and one.figure.shows is False for one in signs):
        finding.note("Where you say so and your log does not show it, the log of one week may have missed it.")
