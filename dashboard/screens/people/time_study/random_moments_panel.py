"""Random moments: what somebody was doing when a bell rang. Typed in or uploaded; shares with their half-width."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import log_people, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.people.time_study import study_log
from dashboard.screens.people.time_study.bring_in_a_log import who
from dashboard.shell import session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.study_charts import shares_of_moments
from workload.model.columns import TIME_LOG, normalized
from workload.model.words import count
from workload.staffing.time_study.log_edits import LABEL_LIST, code_of
from workload.staffing.time_study.random_moments import (
    FEWEST_MOMENTS,
    TooFewMoments,
    moments_by_person,
    moments_of_person,
    moments_table,
)

HEADINGS = {
    **{normalized(term): "therapist" for term in (*TIME_LOG.column("therapist").names, "therapist", "person", "who")},
    **{normalized(term): "activity" for term in ("activity", "activity code", "task")},
}


def moments() -> list[dict[str, str]]:
    """Every moment so far: therapist and activity code."""
    return [moment for step in study_log.record().moments for moment in step]


def _add(step: list[dict[str, str]]) -> None:
    study_log.record().moments += (step,)


def _undo() -> None:
    study_log.record().moments = study_log.record().moments[:-1]


def show(answer: Answer, labels: Labels) -> None:
    """The fields, the shares of the team, and of one person from 30 moments on."""
    st.markdown(
        "A bell rings at random times; everybody notes what they are doing at that moment. Enough moments of a team show "
        "where its time goes without anybody keeping a log."
    )
    _fields(labels)
    seen = moments()
    if not seen:
        st.info(
            "No random moment has been noted yet. Type some in, or upload a sheet with the columns therapist and activity, "
            "one row for each moment."
        )
        return
    labels = log_people.with_others(labels, (moment["therapist"] for moment in seen))
    widgets.chart(shares_of_moments(moments_table(seen)), "moments")
    _person(labels, seen)


def _fields(labels: Labels) -> None:
    with st.form("moment", border=False):
        with st.grid(3, min_column_width=160, vertical_alignment="bottom"):
            who(labels, "moment_who")
            st.selectbox("Activity", LABEL_LIST, key="moment_activity")
            st.number_input("How many times seen", 1, 1_000, 1, key="moment_times")
        st.form_submit_button("Add these moments", on_click=_add_typed, args=(labels,))
    st.file_uploader("Or upload moments (Excel or CSV)", type=widgets.TABLE_KINDS, key="moments_file", on_change=_take)
    if refused := study_log.record().moments_refused:
        st.error(safe(refused, 800))
    st.button("Undo the last addition", on_click=_undo, disabled=not study_log.record().moments, key="undo_moments")


def _add_typed(labels: Labels) -> None:
    person, activity = labels.therapist(session.chosen("moment_who")), code_of(session.chosen("moment_activity"))
    if person and activity:
        _add([{"therapist": person, "activity": activity}] * int(session.chosen("moment_times")))


def _take() -> None:
    file = session.chosen("moments_file")
    if file is not None:
        study_log.record().moments_refused = read(file.name, file.getvalue())


def read(name: str, data: bytes) -> str:
    """Take over the moments of a file; a sentence about what was not taken over."""
    from workload.intake.records import records_of

    found = records_of(name, data, ("therapist", "activity"), HEADINGS)
    if found.refusal is not None:
        return f"{found.refusal.message} {found.refusal.remedy}"
    rows = [{HEADINGS[normalized(heading)]: value for heading, value in record.items()} for record in found.records]
    good = [
        {"therapist": str(row["therapist"]).strip(), "activity": activity}
        for row in rows
        if row.get("therapist") and (activity := code_of(row.get("activity")))
    ]
    if good:
        _add(good)
    left = len(rows) - len(good)
    return (
        ""
        if not left
        else (
            f"{count(left, 'row')} of {len(rows)} had no person or an activity that is not known, and "
            f"{'is' if left == 1 else 'are'} not counted. Use the activities of the empty log."
        )
    )


def _person(labels: Labels, seen: list[dict[str, str]]) -> None:
    st.header("One person", anchor=False)
    st.caption(f"Below {FEWEST_MOMENTS} moments nothing is shown of a person: it would say more than it knows.")
    number = moments_by_person(seen)
    codes = {labels.code(name): name for name in number.index}
    code = widgets.one_or_none(
        "Person",
        codes,
        "moments_person",
        "Choose a person",
        lambda code: plain(f"{labels.of(codes[code])}, {count(int(number[codes[code]]), 'moment')}"),
    )
    if code in codes:
        try:
            widgets.chart(shares_of_moments(moments_of_person(seen, codes[code])), "moments_one")
        except TooFewMoments as few:
            st.info(safe(str(few)))
