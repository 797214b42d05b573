"""Bringing in a time log: the template, an upload, single entries, a day as a 15-minute grid, and corrections with undo."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.parts import findings_list, sections, widgets
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.people.time_study import study_log
from dashboard.shell import session, through_the_year
from dashboard.shell.therapist_names import Labels
from workload.model.roster import UNASSIGNED
from workload.model.words import count
from workload.staffing.time_study import log_edits, log_grid
from workload.staffing.time_study.log_edits import ADD, EDIT, LABEL_LIST, REMOVE, LogEdit
from workload.staffing.time_study.study import TimeStudy, clock_words, grid_entries

HEADINGS = {
    "therapist": "Therapist",
    "date": "Day",
    "activity": "Activity",
    "start": "Start",
    "end": "End",
    "minutes": "Minutes",
    "outside_contract": "Outside the contract",
    "remove": "Remove",
}
FIELD_OF = {heading: field for field, heading in HEADINGS.items()}
SPOKEN = {clock_words(slot): slot for slot in log_grid.slots()}  # the quarters as people say them
MINUTES_A_DAY = 24 * 60
ONE, GRID = "One entry", "A day in quarters of an hour"


def template() -> bytes:
    """The empty log with the activities of the method."""
    from workload.intake.log_template import log_template
    from workload.staffing.time_study.study import LABELS
    from workload.work.activities import BY_CODE

    meaning = {code: BY_CODE[code].formula for code in BY_CODE}
    return log_template([(label, meaning.get(code, "")) for code, label in LABELS.items()])


def show(labels: Labels, study: TimeStudy) -> None:
    """Everything that brings entries in, and what is wrong with the entries."""
    st.markdown(
        "Log five working days in a row, every quarter of an hour, unpaid work too. No students' names belong in a log."
    )
    st.download_button("Download the empty log", template, "time-log.xlsx", widgets.EXCEL, on_click="ignore")
    _own_logs()
    st.header("Upload a log", anchor=False)
    _upload()
    st.header("Or type it in", anchor=False)
    if sections.part([ONE, GRID], "log_way", label="How to type it in") == ONE:
        _entry(labels)
    else:
        _grid(labels)
    _typed(labels)
    _problems(labels, study)


def _own_logs() -> None:
    logs = [log for log in through_the_year.own_logs() if log.entries]
    if not logs:
        return
    st.header("Logged by therapists under their own sign-in", anchor=False)
    entries = sum(len(log.entries) for log in logs)
    st.markdown(f"{count(entries, 'entry', 'entries')} of {count(len(logs), 'person', 'people')}.")
    if study_log.own_logs_are_counted():
        st.caption("They count in the study.")
    else:
        st.button("Count them in the study as they are now", key="count_own_logs", on_click=study_log.count_own_logs)


def _upload() -> None:
    own = session.opened().roster.time_log
    if len(own):
        st.caption(f"The roster's Time log sheet has {count(len(own), 'entry', 'entries')}; they count already.")
    st.file_uploader("A filled-in log (Excel or CSV)", type=widgets.TABLE_KINDS, key="log_file", on_change=_take)
    if refused := study_log.record().log_refused:
        st.error(safe(refused, 800))
    for at, (name, rows) in enumerate(study_log.record().files.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{safe(name)}**: {count(len(rows), 'entry', 'entries')}", width="content")
            st.button("Leave it out", key=f"drop_log_{at}", on_click=study_log.drop, args=(name,))


def _take() -> None:
    file = session.chosen("log_file")
    if file is not None:
        study_log.record().log_refused = study_log.take(file.name, file.getvalue())


def who(labels: Labels, key: str) -> None:
    """The choice of a person by code."""
    codes = {labels.code(name): labels.of(name) for name in labels.codes if name != UNASSIGNED}
    st.selectbox(
        "Therapist", list(codes), key=key, format_func=lambda code: plain(codes[code]), persist_state="session"
    )


def _entry(labels: Labels) -> None:
    with st.form("log_entry", border=False):
        with st.grid(3, min_column_width=160, vertical_alignment="bottom"):
            who(labels, "entry_who")
            st.date_input("Day", session.day(), key="entry_day", format="MM/DD/YYYY")
            st.selectbox("Activity", LABEL_LIST, key="entry_activity")
            st.time_input("Start", time(8, 0), key="entry_start", step=300)
            st.time_input("End", time(8, 30), key="entry_end", step=300)
            st.number_input(
                "Or minutes, without a clock time", 0.0, 1_440.0, None, 5.0, format="%g", key="entry_minutes"
            )
        st.checkbox("Outside contract hours (unpaid)", key="entry_outside")
        st.form_submit_button("Add this entry", on_click=_add_entry, args=(labels,))
    if problem := study_log.record().entry_problem:
        st.error(safe(problem))


def _add_entry(labels: Labels) -> None:
    start, end, minutes = (session.chosen(f"entry_{name}") for name in ("start", "end", "minutes"))
    if minutes:
        start = end = None
    day = session.chosen("entry_day")
    problem = log_edits.problem_of(start, end, minutes, day)
    study_log.record().entry_problem = problem
    if not problem:
        study_log.change(
            LogEdit(
                ADD,
                (
                    {
                        "therapist": labels.therapist(session.chosen("entry_who")),
                        "date": day,
                        "activity": session.chosen("entry_activity"),
                        "start": log_edits.clock(start) if start else "",
                        "end": log_edits.clock(end) if end else "",
                        "minutes": float(minutes) if minutes else None,
                        "outside_contract": bool(session.chosen("entry_outside")),
                    },
                ),
            )
        )


def _grid(labels: Labels) -> None:
    with st.form("log_grid", border=False):
        with st.grid(2, min_column_width=200, vertical_alignment="bottom"):
            who(labels, "grid_who")
            st.date_input("Day", session.day(), key="grid_day", format="MM/DD/YYYY")
        st.caption(
            "Choose an activity for each quarter of an hour. An empty one is not counted. A column of equal cells can be "
            "filled by copy and paste."
        )
        empty = pd.DataFrame(
            {
                "From": list(SPOKEN),
                "Activity": pd.Series([None] * len(log_grid.slots()), dtype=object),
                HEADINGS["outside_contract"]: [False] * len(log_grid.slots()),
            }
        )
        filled = st.data_editor(
            empty,
            key=f"grid_{study_log.record().grid_version}",
            hide_index=True,
            num_rows="fixed",
            disabled=["From"],
            height=330,
            placeholder="–",
            alt="One day in quarters of an hour: activity, and whether it was outside the contract",
            column_config={"Activity": st.column_config.SelectboxColumn(options=list(LABEL_LIST))},
        )
        pressed = st.form_submit_button("Add this day")
    if pressed:
        _add_day(labels, filled)
    if problem := study_log.record().grid_problem:
        st.error(safe(problem))


def _add_day(labels: Labels, filled: pd.DataFrame) -> None:
    who_logged = labels.therapist(session.chosen("grid_who"))
    entries = day_entries(who_logged, session.chosen("grid_day"), filled) if who_logged else []
    study_log.record().grid_problem = "" if entries else "Choose an activity for at least one quarter of an hour."
    if entries:
        study_log.change(LogEdit(ADD, tuple(entries)))
        study_log.record().grid_version += 1
    st.rerun()


def day_entries(therapist: str, day: date, filled: pd.DataFrame) -> list[dict[str, object]]:
    """The entries of a filled grid; quarters that follow each other with the same activity become one."""
    begins = [SPOKEN[words] for words in filled["From"]]
    chosen = {at: what for at, what in zip(begins, filled["Activity"], strict=True) if isinstance(what, str) and what}
    unpaid = filled[HEADINGS["outside_contract"]].fillna(False).astype(bool)
    outside = {at for at, is_outside in zip(begins, unpaid, strict=True) if is_outside}
    return [
        {**record, "minutes": float(record["minutes"])}
        for record in grid_entries(therapist, day, chosen, outside=outside)
    ]


def typed_table(labels: Labels) -> pd.DataFrame:
    """What was typed in, as the table that can be corrected."""
    rows = study_log.record().typed.entries
    made = {HEADINGS[field]: [row.get(field) for row in rows] for field in log_edits.FIELDS}
    table = pd.DataFrame(made)
    table["Therapist"] = [labels.of(name) for name in table["Therapist"]]
    table["Minutes"] = table["Minutes"].astype("float64")
    table["Day"] = pd.to_datetime(table["Day"])
    return table.assign(Remove=False)


def _typed(labels: Labels) -> None:
    rows = study_log.record().typed.entries
    if not rows and not study_log.record().typed.steps:
        return
    st.markdown(f"**{count(len(rows), 'entry', 'entries')} typed in.** Correct a cell in the table, or tick Remove.")
    if rows:
        key = f"typed_{len(rows)}_{study_log.record().typed_version}"
        st.data_editor(
            typed_table(labels),
            key=key,
            hide_index=True,
            num_rows="fixed",
            disabled=["Therapist"],
            on_change=_correct,
            args=(key,),
            placeholder="–",
            alt="The entries that were typed in; every cell but the person can be corrected",
            column_config={
                "Activity": st.column_config.SelectboxColumn(options=list(LABEL_LIST), required=True),
                "Day": st.column_config.DateColumn(format="MM/DD/YYYY", required=True),
                "Minutes": st.column_config.NumberColumn(help="Counts where there is no clock time.", min_value=0),
            },
        )
    if problem := study_log.record().typed_problem:
        st.error(safe(problem))
    st.button(
        "Undo the last change", on_click=study_log.undo, disabled=not study_log.record().typed.steps, key="undo_log"
    )


def _correct(key: str) -> None:
    """Take over what was changed in the table, as one step; a cell that cannot be used is refused."""
    edited = session.chosen(key)["edited_rows"]
    refused = [
        problem
        for cells in edited.values()
        for heading, value in cells.items()
        if (problem := _problem(FIELD_OF[heading], value))
    ]
    study_log.record().typed_problem = f"{refused[0]} Nothing was changed." if refused else ""
    if refused:
        study_log.record().typed_version += 1
    else:
        study_log.change(*ops_of(edited))


def _problem(field: str, value: Any) -> str:
    """Why a cell cannot be used, as a sentence; empty when it can."""
    if field in ("start", "end") and not log_edits.is_clock(value):
        return f"{plain(value, 40)} is not a clock time such as 8:15."
    if field == "minutes" and (value or 0) > MINUTES_A_DAY:
        return f"{value:g} minutes are more than a day has."
    return ""


def ops_of(edited: dict) -> list[LogEdit]:
    """The changes of the table as operations; removals last and from below, so that places stay right."""
    changed = [
        LogEdit(EDIT, row=int(row), field=FIELD_OF[heading], value=_value(FIELD_OF[heading], value))
        for row, cells in edited.items()
        for heading, value in cells.items()
        if heading != "Remove"
    ]
    gone = sorted((int(row) for row, cells in edited.items() if cells.get("Remove")), reverse=True)
    return [*changed, *(LogEdit(REMOVE, row=row) for row in gone)]


def _value(field: str, value: object) -> object:
    if field == "date" and isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value


def _problems(labels: Labels, study: TimeStudy) -> None:
    read = [issue for found in study_log.record().issues.values() for issue in found]
    issues = (*read, *study.issues)
    if issues:
        st.header(f"{count(len(issues), 'thing')} to look at in the log", anchor=False)
        for kind in findings_list.kinds(issues):
            findings_list.show_kind(kind, labels)
