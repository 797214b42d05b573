"""A therapist's own time log, day by day, on a phone: one stretch of work after the other, saved as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import streamlit as st

from dashboard.parts.safe_text import plain, safe
from dashboard.shell import keeping, session
from workload.model.words import hours, in_words
from workload.staffing.time_study import log_edits
from workload.staffing.time_study.log_edits import LABEL_LIST
from workload.staffing.time_study.study import clock_minutes, clock_words
from workload.store.district import District
from workload.store.own_log import Entry, OwnLog, own_log, save_log

DAY, START, END, WHAT, UNPAID = "own_log_day", "own_log_start", "own_log_end", "own_log_what", "own_log_unpaid"
NEXT_MINUTES = 30


def show(district: District, name: str) -> None:
    """The day, its entries with a way to take each out, and the next stretch."""
    log = own_log(district, name)
    st.header("My time log", anchor=False)
    st.caption("Unpaid work counts, too. It is saved with every entry, and your lead joins it to the time study.")
    session.start_with(DAY, session.today())
    session.start_with(START, time(8, 0))
    session.start_with(END, time(8, 30))
    day = st.date_input("Day", key=DAY, format="MM/DD/YYYY") or session.today()
    here = [at for at, entry in enumerate(log.entries) if entry["date"] == day]
    for at in sorted(here, key=lambda at: str(log.entries[at].get("start") or "")):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(safe(words(log.entries[at])), width="stretch")
            st.button("Take out", key=f"own_log_out_{at}", on_click=_take_out, args=(district, log, at))
    total = sum(minutes_of(log.entries[at]) for at in here)
    st.markdown(
        f"**{in_words(day)}: {hours(total / 60)} hours.**" if here else f"Nothing is logged on {in_words(day)}."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.time_input("From", key=START, step=900, width=120)
        st.time_input("To", key=END, step=900, width=120)
        st.selectbox("Activity", LABEL_LIST, key=WHAT, width=260)
    st.checkbox("Outside contract hours (unpaid)", key=UNPAID)
    st.button("Add to my log", key="own_log_add", type="primary", on_click=_add, args=(district, log))


def words(entry: Entry) -> str:
    """ "08:00 to 08:30: Direct services, unpaid"."""
    when = (
        f"{clock_words(str(entry['start']))} to {clock_words(str(entry['end']))}"
        if entry.get("start")
        else f"{entry.get('minutes'):g} minutes"
    )
    return f"{when}: {plain(str(entry['activity']))}{', unpaid' if entry.get('outside_contract') else ''}"


def minutes_of(entry: Entry) -> float:
    """How long an entry is."""
    if not entry.get("start"):
        return float(str(entry.get("minutes")))
    return (clock_minutes(str(entry["end"])) or 0) - (clock_minutes(str(entry["start"])) or 0)


def _add(district: District, log: OwnLog) -> None:
    day, start, end = (session.chosen(name) for name in (DAY, START, END))
    if problem := log_edits.problem_of(start, end, None, day) or overlap(log.entries, day, start, end):
        session.say(problem)
        return
    entry: Entry = {
        "therapist": log.therapist,
        "date": day,
        "activity": session.chosen(WHAT),
        "start": log_edits.clock(start),
        "end": log_edits.clock(end),
        "outside_contract": bool(session.chosen(UNPAID)),
    }
    if _save(district, log, [*log.entries, entry]):
        after = datetime.combine(date.min, end) + timedelta(minutes=NEXT_MINUTES)
        session.set_now(START, end)
        session.set_now(END, after.time() if after.date() == date.min else time(23, 45))


def overlap(entries: Sequence[Entry], day: date, start: time, end: time) -> str:
    """Why a stretch cannot be added where another one is; empty where it can."""
    first, last = (clock_minutes(log_edits.clock(each)) or 0 for each in (start, end))
    for entry in entries:
        if entry["date"] == day and entry.get("start"):
            was, till = (clock_minutes(str(entry[name])) or 0 for name in ("start", "end"))
            if first < till and was < last:
                return f"{entry['start']} to {entry['end']} is logged already. Take that out first, or choose another time."
    return ""


def _take_out(district: District, log: OwnLog, at: int) -> None:
    _save(district, log, [entry for number, entry in enumerate(log.entries) if number != at])


def _save(district: District, log: OwnLog, entries: Sequence[Entry]) -> bool:
    return keeping.done(lambda: save_log(district, log.therapist, entries, log.version, keeping.now()))
