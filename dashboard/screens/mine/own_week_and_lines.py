"""The own week of a therapist: its hours, whether it is right, and the service lines; cut by the library before it comes here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.parts import drafts, finding, sections
from dashboard.parts.safe_text import plain, safe
from dashboard.screens.mine import own_corrections_panel, own_log_panel
from dashboard.shell import keeping, rooms_by_role, session
from workload.model.words import count, fte, hours, in_words, percent, rounded
from workload.store.therapist_week import NOT_RIGHT, RIGHT, OwnWeek, newest_day, own_week, said_of, say

LINES, LOG, WRONG = "My lines", "My time log", "Something is not right"
SHOWN = {
    "student": "Student",
    "grade": "Grade",
    "school": "School",
    "minutes_per_session": "Minutes",
    "sessions": "Sessions",
    "period": "In a",
    "delivery": "How",
}
NOTHING = "No month of your district has been kept yet. Its lead keeps one on Year ahead."


def week() -> None:
    """The own week with its button, and one of its parts: the lines, the log, what is not right."""
    district = rooms_by_role.own_district()
    name = district.person.therapist if district is not None else ""
    found = own_week(district, name) if district is not None else None
    if warning := session.note():
        st.warning(safe(warning, 600))
    if district is None or found is None:
        day = newest_day(district, name) if district is not None and name else None
        st.info(NOTHING if day is None else f"Your name is not in the month of {in_words(day)}; tell your lead.")
        if district is not None and name:
            own_log_panel.show(district, name)
        return
    said = said_of(district, name, found.day)
    seen = said.version if said is not None else 0
    top = st.container()
    if said is not None:
        words = "It is right." if said.said == RIGHT else f"Not right: {said.note}"
        st.success(safe(f"You said on {said.saved_at[:10]}: {words}", 600))
    part = sections.part([LINES, LOG, WRONG], "mine_part")
    with top:
        head(found, "Is this your week?" if said is None else "", partial(_right, found, seen), part == LINES)
    if part == LOG:
        own_log_panel.show(district, name)
    elif part == WRONG:
        own_corrections_panel.show(district, found)
        with st.expander("Or tell the lead in words", expanded=bool(session.chosen("week_note"))):
            st.text_area("What is not right? Never write a student's name.", key="week_note", max_chars=2_000)
            drafts.keep("week_note")
            st.button("Tell the lead", key="week_wrong", on_click=_say, args=(found, NOT_RIGHT, seen))
    else:
        bar(found.figures["workload_hours"], found.figures["available_hours"])
        lines(found)


def bar(work: float, contract: float) -> None:
    """The week as one bar against its contract; nothing where there is no contract to hold it against."""
    if contract <= 0:
        return
    over = rounded(work - contract, 1)
    with st.container(key="card_own_bar"):
        finding.title(
            f"{hours(over)} hours lie beyond the contract" if over > 0 else "The week fits the contract",
            f"Hours of work a week. The upright mark is the contract of {hours(contract)} hours.",
        )
        finding.one_week(work, contract)


def lines(found: OwnWeek) -> None:
    with st.container(key="card_own_lines"):
        finding.title("Your service lines", f"As the file of {in_words(found.day)} has them.")
        shown = found.rows.reindex(columns=list(SHOWN))
        finding.stacked_table(
            list(SHOWN.values()),
            [[plain(own_corrections_panel.cell_words(cell)) for cell in row] for row in shown.to_numpy().tolist()],
            "Your service lines",
        )


def head(found: OwnWeek, asked: str, right: Callable[[], None], is_first: bool) -> None:
    """The hours of the week as the page's sentence, and the one button: that it is right."""
    figures, available = found.figures, found.figures["available_hours"]
    over = figures["workload_hours"] - available if available > 0 else 0.0
    if found.on_leave:
        week = f"hours of work on your list, and you are on leave on {in_words(found.day)}"
    elif available > 0:
        week = f"hours of work in a week of {hours(available)}"
    else:
        week = "hours of work a week"
    finding.hero(
        "You have",
        hours(figures["workload_hours"]),
        week,
        [
            finding.fact("{}", count(int(figures["caseload"]), "student")),
            *([finding.fact("{} contract hours a week", hours(figures["contract_hours"]))] if found.on_leave else []),
            *([finding.fact("{} of the hours used", percent(figures["utilization"]))] if available > 0 else []),
            finding.fact("it takes {} FTE", fte(figures["required_fte"])),
            *([finding.chip(f"{hours(over)} h too much", "short")] if rounded(over, 1) > 0 else []),
            *([finding.chip("your work is asked for as cover", "open")] if found.on_leave else []),
            *([finding.chip(asked, "open")] if asked else []),
        ],
        short=rounded(over, 1) > 0,
        actions=[("My week is right", right)],
        key="own_week",
        is_first=is_first,
    )


def _right(found: OwnWeek, seen: int) -> None:
    _say(found, RIGHT, seen)
    st.rerun()


def _say(found: OwnWeek, said: str, seen: int) -> None:
    district = rooms_by_role.own_district()
    note = str(session.chosen("week_note") or "") if said == NOT_RIGHT else ""
    if district is None:
        return
    if keeping.done(lambda: say(district, found, said, note, seen, keeping.now())) and note:
        session.set_now("week_note", "")
        drafts.sent("week_note")
