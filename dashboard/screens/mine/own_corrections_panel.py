"""What is not right about the own week: one correction after the other, sent to the lead, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dashboard.parts import drafts
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import cached, keeping, session
from workload.model.columns import DELIVERIES
from workload.model.school_year import PERIODS
from workload.model.words import in_words
from workload.report.corrections.correction_sheet import SERVICE_FIELDS
from workload.report.corrections.correction_words import is_now, should_be, what
from workload.report.corrections.returned_sheets import Change
from workload.store import sent_corrections
from workload.store.district import District
from workload.store.sent_corrections import OWN_POST_FIELDS, STATES, WAITING, Sent
from workload.store.therapist_week import OwnWeek

LINE, POST, MISSING = "One of my lines", "My post", "A service is missing"
NOT_MINE = "This is not my student"
VALUE, ABOUT, WHICH, FIELD, POST_FIELD = "own_value_", "own_about", "own_line", "own_field", "own_post_field"
CHOICES: dict[str, tuple[str, ...]] = {"delivery": tuple(DELIVERIES), "period": tuple(PERIODS)}


def show(district: District, week: OwnWeek) -> None:
    """The form, and what was sent."""
    st.header("Something is not right?", anchor=False)
    st.caption("Your lead gets it on a list and decides; you see here what became of it. Never write a student's name.")
    about = st.segmented_control("What is it about?", [LINE, POST, MISSING], default=LINE, key=ABOUT) or LINE
    form = {LINE: _line, POST: _post, MISSING: _missing}[about](week)
    texts = [key for name, key in form.fields.items() if name not in CHOICES]
    chosen = {ABOUT: (LINE, POST, MISSING), **form.choices}
    chosen |= {key: (None, *CHOICES[name]) for name, key in form.fields.items() if name in CHOICES}
    drafts.keep(*texts, choices=chosen)
    st.button("Send it to the lead", key="own_send", type="primary", on_click=_send, args=(district, week, form))
    for each in sent_corrections.own_sent(district, week.therapist):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(safe(words(each, week), 600), width="stretch")
            if each.state == WAITING:
                st.button("Take it back", key=f"own_back_{each.number}", on_click=_back, args=(district, each))


def words(sent: Sent, week: OwnWeek) -> str:
    """ "S1, Oak, 2 x 30 min. Sessions a period: 2, should be 3. It waits for the lead."

    A line is named as in the list that she chose it from, not by its place among everybody's; that of an earlier month by its
    day.
    """
    change = sent.change
    of_now = (sent.day, sent.roster_digest) == (week.day, week.roster_digest[:64])
    row = week.rows[week.rows["line"] == change.line] if change.line is not None and of_now else week.rows.iloc[:0]
    named = line_words(row.to_dict("records")[0]) if len(row) else f"A line of {in_words(sent.day)}"
    where = "" if change.line is None else f"{named}. "
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


@dataclass(frozen=True)
class Form:
    """A correction that is being filled in: how it is made of what stands there, its fields with the keys of their widgets, and
    what can be chosen."""

    make: Callable[[], Change]
    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Collection[object]] = field(default_factory=dict)


def _line(week: OwnWeek) -> Form:
    """What is wrong with a line. A line is known by its place in its month, so that what was begun about one of an earlier
    month comes back with that month only, and never beside another student."""
    of_month = cached.digest(week.day, week.roster_digest)[:8]
    which = f"{WHICH}_{of_month}"
    lines = {int(row["line"]): line_words(row) for row in week.rows.to_dict("records")}
    st.selectbox("Which line?", list(lines), key=which, format_func=lambda at: plain(lines.get(at, "")))
    names = ["", *SERVICE_FIELDS]
    name = st.selectbox("What about it?", names, key=FIELD, format_func=lambda name: SERVICE_FIELDS.get(name, NOT_MINE))
    choices: dict[str, Collection[object]] = {which: list(lines), FIELD: names}
    if not name:
        return Form(lambda: sent_corrections.not_mine(week, session.chosen(which)), {}, choices)
    key = _value(name, of=f"{of_month}_")
    return Form(
        lambda: sent_corrections.other_value(week, session.chosen(which), name, session.chosen(key)),
        {name: key},
        choices,
    )


def _post(week: OwnWeek) -> Form:
    name = st.selectbox(
        "What about it?", list(OWN_POST_FIELDS), key=POST_FIELD, format_func=lambda name: OWN_POST_FIELDS[name]
    )
    key = _value(name)
    return Form(
        lambda: sent_corrections.other_post(week, name, session.chosen(key)),
        {name: key},
        {POST_FIELD: OWN_POST_FIELDS},
    )


def _missing(week: OwnWeek) -> Form:
    keys = {name: _value(name, label) for name, label in SERVICE_FIELDS.items()}

    def make() -> Change:
        said: dict[str, Any] = {name: session.chosen(key) for name, key in keys.items()}
        return sent_corrections.missing(week, {name: value for name, value in said.items() if value})

    return Form(make, keys)


def _value(name: str, label: str = "It should be", of: str = "") -> str:
    """The widget for a field; its key. of  what its value belongs to"""
    key = VALUE + of + name
    if name in CHOICES:
        st.selectbox(label, CHOICES[name], None, key=key)
    else:
        st.text_input(label, key=key, max_chars=80)
    return key


def _send(district: District, week: OwnWeek, form: Form) -> None:
    if not keeping.done(lambda: sent_corrections.send(district, week, form.make(), keeping.now())):
        return
    for name, key in form.fields.items():
        session.set_now(key, None if name in CHOICES else "")
    drafts.sent(*form.fields.values())


def _back(district: District, sent: Sent) -> None:
    keeping.done(lambda: sent_corrections.withdraw(district, sent.therapist, sent.number, keeping.now()))
