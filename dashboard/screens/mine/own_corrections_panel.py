"""What is not right about the own week: one correction after the other, sent to the lead, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import streamlit as st

from dashboard.parts.safe_text import plain, safe
from dashboard.shell import keeping, session
from workload.model.columns import DELIVERIES
from workload.model.school_year import PERIODS
from workload.report.corrections.correction_sheet import SERVICE_FIELDS
from workload.report.corrections.correction_words import is_now, should_be, what
from workload.report.corrections.returned_sheets import Change
from workload.store import sent_corrections
from workload.store.database import StoreError
from workload.store.district import District
from workload.store.sent_corrections import OWN_POST_FIELDS, STATES, WAITING, Sent
from workload.store.therapist_week import OwnWeek

LINE, POST, MISSING = "One of my lines", "My post", "A service is missing"
NOT_MINE = "This is not my student"
CHOICES: dict[str, tuple[str, ...]] = {"delivery": tuple(DELIVERIES), "period": tuple(PERIODS)}


def show(district: District, week: OwnWeek) -> None:
    """The form, and what was sent."""
    st.header("Something is not right?", anchor=False)
    st.caption("Your lead gets it on a list and decides; you see here what became of it. Never write a student's name.")
    about = st.segmented_control("What is it about?", [LINE, POST, MISSING], default=LINE, key="own_about") or LINE
    make = {LINE: _line, POST: _post, MISSING: _missing}[about](week)
    st.button("Send it to the lead", key="own_send", type="primary", on_click=_send, args=(district, week, make))
    for each in sent_corrections.own_sent(district, week.therapist):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(safe(words(each), 400), width="stretch")
            if each.state == WAITING:
                st.button("Take it back", key=f"own_back_{each.number}", on_click=_back, args=(district, each))


def words(sent: Sent) -> str:
    """ "Line 3, Sessions a period: 2, should be 3. It waits for the lead." """
    change = sent.change
    where = "" if change.line is None else f"Line {change.line + 1}, "
    values = f"{is_now(change, 'yours')}, should be {should_be(change)}"
    return f"{where}{what(change)}: {values}. It {STATES[sent.state]}."


def cell_words(value: object) -> str:
    """A cell as it is read: a whole number of minutes or sessions without decimals, nothing for no value."""
    if value is None or value != value:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def line_words(row: Mapping[Hashable, object]) -> str:
    """ "S1, Oak, 1.5 x 30 min"; what the file does not say is left out."""
    names = ("student", "school", "sessions", "minutes_per_session")
    student, school, sessions, minutes = (cell_words(row[name]) for name in names)
    times = "1 session" if sessions == "1" else f"{sessions} sessions"
    how_much = f"{sessions} x {minutes} min" if sessions and minutes else f"{minutes} min" if minutes else times
    return ", ".join(each for each in (student, school, how_much if sessions or minutes else "") if each)


def _line(week: OwnWeek) -> Callable[[], Change]:
    lines = {int(row["line"]): line_words(row) for row in week.rows.to_dict("records")}
    st.selectbox("Which line?", list(lines), key="own_line", format_func=lambda at: plain(lines.get(at, "")))
    fields = ["", *SERVICE_FIELDS]
    field = st.selectbox(
        "What about it?", fields, key="own_field", format_func=lambda name: SERVICE_FIELDS.get(name, NOT_MINE)
    )
    if not field:
        return lambda: sent_corrections.not_mine(week, session.chosen("own_line"))
    key = _value(field)
    return lambda: sent_corrections.other_value(week, session.chosen("own_line"), field, session.chosen(key))


def _post(week: OwnWeek) -> Callable[[], Change]:
    field = st.selectbox(
        "What about it?", list(OWN_POST_FIELDS), key="own_post_field", format_func=lambda name: OWN_POST_FIELDS[name]
    )
    key = _value(field)
    return lambda: sent_corrections.other_post(week, field, session.chosen(key))


def _missing(week: OwnWeek) -> Callable[[], Change]:
    keys = {field: _value(field, label) for field, label in SERVICE_FIELDS.items()}

    def make() -> Change:
        said: dict[str, Any] = {field: session.chosen(key) for field, key in keys.items()}
        return sent_corrections.missing(week, {field: value for field, value in said.items() if value})

    return make


def _value(field: str, label: str = "It should be") -> str:
    """The widget for a field; its key."""
    key = f"own_value_{field}"
    if field in CHOICES:
        st.selectbox(label, CHOICES[field], None, key=key)
    else:
        st.text_input(label, key=key, max_chars=80)
    return key


def _send(district: District, week: OwnWeek, make: Callable[[], Change]) -> None:
    try:
        sent_corrections.send(district, week, make(), keeping.now())
    except StoreError as problem:
        session.say(str(problem))


def _back(district: District, sent: Sent) -> None:
    try:
        sent_corrections.withdraw(district, sent.therapist, sent.number, keeping.now())
    except StoreError as problem:
        session.say(str(problem))
