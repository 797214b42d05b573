"""Bringing delivered minutes in: the empty sheet, an upload with its question, and a month typed in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import findings_list, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.people.delivered import delivered_data
from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.model.words import count, in_words
from workload.staffing.delivered.compliance import REASONS
from workload.staffing.delivered.from_fidelity import TO_DATE, WHOLE_SPAN


def bring(labels: Labels) -> None:
    """The empty sheet, an upload, and a month typed in."""
    st.markdown(
        "One row for each month and student, therapist or school, with required and delivered minutes. A log with one row "
        "for each session works, too: date, minutes, and an outcome (delivered, or the reason). So does a SameGoal "
        "fidelity report."
    )
    st.download_button(
        "Download the empty sheet", delivered_data.template, "delivered-minutes.xlsx", widgets.EXCEL, on_click="ignore"
    )
    st.header("Upload", anchor=False)
    st.file_uploader(
        "A log or monthly totals (Excel or CSV)", type=widgets.TABLE_KINDS, key="delivered_file", on_change=_take
    )
    if refused := delivered_data.record().refused:
        st.error(safe(refused, 900))
    for at, (name, made) in enumerate(delivered_data.files().items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{safe(name)}**: {count(len(made.rows), 'row')} counted", width="content")
            st.button("Leave it out", key=f"drop_delivered_{at}", on_click=delivered_data.drop, args=(name,))
        if name in delivered_data.reports():
            _ask_promised(name, f"promised_{name}")
    st.header("Or type a month in", anchor=False)
    _fields(labels)
    for kind in findings_list.kinds(delivered_data.issues()):
        findings_list.show_kind(kind, labels)


def _ask_promised(name: str, key: str) -> None:
    """What the promised minutes of a report's services that go on are of; until then their rows wait."""
    read = delivered_data.reports()[name]
    if not read.going_on:
        return
    if read.waiting:
        st.warning(
            f"{count(read.waiting, 'row waits', 'rows wait')} for your answer and {_is(read.waiting)} not counted."
        )
    session.start_with(key, delivered_data.record().promised.get(name))
    st.radio(
        f"{count(read.going_on, 'service goes', 'services go')} on beyond {in_words(session.day())}. Their promised "
        "minutes are …",
        [TO_DATE, WHOLE_SPAN],
        index=None,
        key=key,
        on_change=_promised,
        args=(name, key),
        help="The report calls them Maximum Allowable Minutes. Of the whole span, the part that has passed by this date is "
        "counted as due, by calendar days.",
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _promised(name: str, key: str) -> None:
    delivered_data.record().promised[name] = session.chosen(key)


def _take() -> None:
    file = session.chosen("delivered_file")
    if file is not None:
        delivered_data.record().refused = delivered_data.take(file.name, file.getvalue())


def _fields(labels: Labels) -> None:
    roster = session.opened().roster if session.district() is not None else None
    schools = sorted(roster.schools["school"].dropna()) if roster is not None else []
    codes = {labels.code(name): labels.of(name) for name in labels.codes}
    with st.form("delivered_typed", border=False):
        with st.grid(3, min_column_width=180, vertical_alignment="bottom"):
            st.date_input("A day of the month", session.day(), key="typed_month", format="MM/DD/YYYY")
            st.selectbox("School", schools, index=None, key="typed_school", placeholder="All", format_func=plain)
            st.selectbox(
                "Therapist",
                list(codes),
                index=None,
                key="typed_therapist",
                placeholder="All",
                format_func=lambda code: plain(codes[code]),
            )
            st.number_input("Required minutes", 0.0, 1e8, None, 10.0, format="%g", key="typed_required")
            st.number_input("Delivered minutes", 0.0, 1e8, None, 10.0, format="%g", key="typed_delivered")
            for reason, label in REASONS.items():
                st.number_input(
                    f"Not delivered: {label.lower()}", 0.0, 1e8, None, 10.0, format="%g", key=f"typed_{reason}"
                )
        st.form_submit_button("Add these minutes", on_click=_add, args=(labels,))
    if problem := delivered_data.record().typed_problem:
        st.error(problem)
    if delivered_data.record().typed:
        st.markdown(f"**{count(len(delivered_data.record().typed), 'row')} typed in.**")
        widgets.table(typed_table(labels), "The minutes that were typed in", "typed_minutes")
    st.button("Undo the last row", on_click=_undo, disabled=not delivered_data.record().typed, key="undo_delivered")


def typed_table(labels: Labels) -> pd.DataFrame:
    """The rows that were typed in, with codes for people."""
    rows = pd.DataFrame(delivered_data.record().typed)
    return rows.assign(therapist=[labels.of(name) if name else None for name in rows["therapist"]])


def _add(labels: Labels) -> None:
    required, given = session.chosen("typed_required"), session.chosen("typed_delivered")
    missing = [words for words, value in (("required", required), ("delivered", given)) if value is None]
    delivered_data.record().typed_problem = (
        f"The {' and '.join(missing)} minutes are missing. Write 0 where there were none; "
        "an empty field is never read as zero."
        if missing
        else ""
    )
    if missing:
        return
    code = session.chosen("typed_therapist")
    row = {
        "month": session.chosen("typed_month"),
        "school": session.chosen("typed_school"),
        "therapist": labels.therapist(code) if code else None,
        "required_minutes": required,
        "delivered_minutes": given,
        **{f"{reason}_minutes": session.chosen(f"typed_{reason}") for reason in REASONS},
    }
    delivered_data.record().typed += (row,)


def _undo() -> None:
    delivered_data.record().typed = delivered_data.record().typed[:-1]
