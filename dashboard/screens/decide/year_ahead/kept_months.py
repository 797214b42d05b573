"""The months of a district that is kept: one taken, two compared with the reasons, and how it went."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.finding import plain_table
from dashboard.parts.safe_text import plain, safe
from dashboard.shell import cached, keeping, session, through_the_year
from dashboard.shell.therapist_names import labels_of, people_of
from workload.figures.month_lines import month_lines
from workload.model.words import count, fte, hours, in_words, shown
from workload.store.between_months import Between
from workload.store.months import Head
from workload.work.activities import BY_CODE

MOST_ROWS = 12


def show() -> None:
    """The list, and the comparison once there are two; nothing for a district that is not kept."""
    if keeping.current() is None:
        return
    st.header("Month by month", anchor=False)
    heads = through_the_year.months()
    st.markdown(
        "A month that you keep holds the rows, your decisions and the assumptions of its day, so that it can be calculated "
        "again and compared, whatever you change later."
    )
    day = session.day()
    there = day in [head.day for head in heads]
    words = f"Keep {in_words(day)} again as it is now" if there else f"Keep {in_words(day)} as a month"
    if through_the_year.looked_at() is None:
        st.button(words, key="take_month", on_click=through_the_year.take_month)
    said = through_the_year.weeks_said()
    if said is not None:
        st.markdown(safe(said.words))
        labels = session.labels(session.answer())
        for name, note in said.wrong:
            st.markdown(safe(f"{labels.of(name)}: {labels.sentence(note)}", 600))
    look(heads)
    if len(heads) < 2:
        st.caption(f"{count(len(heads), 'month is', 'months are')} kept. Two are needed to compare.")
        return
    _trend(heads)
    first, second = st.columns(2)
    days = [head.day for head in heads]
    with first:
        before = st.selectbox(
            "From", days, len(days) - 2, format_func=in_words, key="month_before", persist_state="session"
        )
    with second:
        after = st.selectbox(
            "To", days, len(days) - 1, format_func=in_words, key="month_after", persist_state="session"
        )
    if before == after:
        st.caption("Choose two different months.")
    else:
        compared(through_the_year.months_between(before, after))


def compared(found: Between | None) -> None:
    """The whole change in a sentence, its reasons, and where it is."""
    if found is None:
        return
    for notice in found.notices:
        st.info(safe(notice, 600))
    st.markdown(safe(sentence(found), 600))
    about = "Required and available FTE by reason; the reasons add up to the whole change"
    rows = [
        [
            plain(each["reason"]),
            "" if pd.isna(each["students"]) else f"{int(each['students']):,}",
            signed(each["required_fte"]),
            signed(each["available_fte"]),
        ]
        for each in found.reasons.to_dict("records")
    ]
    rows.append(["together", "", signed(found.total["required_fte"]), signed(found.total["available_fte"])])
    plain_table(["Reason", "Students", "Required FTE", "Available FTE"], rows, about, right=(1, 2, 3))
    labels = labels_of(people_of(found.after.roster), session.names_are_shown())
    with st.expander("By school, person and activity"):
        for head, table, key, label, write in (
            ("School", found.schools, "school", plain, fte),
            ("Therapist", found.people, "therapist", lambda name: plain(labels.of(name)), fte),
            ("Activity, hours a week", found.activities, "activity", activity, hours),
        ):
            moved = table[table["change"].abs() > 0].head(MOST_ROWS)
            lines = [
                [label(each[key]), write(each["before"]), write(each["after"]), signed(each["change"], 2)]
                for each in moved.to_dict("records")
            ]
            plain_table(
                [head, "Before", "After", "Change"], lines, f"{head}: before, after and change", right=(1, 2, 3)
            )


def sentence(found: Between) -> str:
    """The two months in a sentence."""
    was, now = found.before.answer.district, found.after.answer.district
    return (
        f"From {in_words(found.before.day)} to {in_words(found.after.day)} students counted went from "
        f"{shown(was['caseload'], 0)} to {shown(now['caseload'], 0)}, required FTE from {fte(was['required_fte'])} to "
        f"{fte(now['required_fte'])} and available FTE from {fte(was['available_fte'])} to {fte(now['available_fte'])}."
    )


def activity(column: str) -> str:
    """The label of an activity by the column of its hours."""
    return BY_CODE[column.removesuffix("_hours")].label


def signed(value: float | None, digits: int = 2) -> str:
    """A change with its sign; nothing for one that cannot be told."""
    if value is None or pd.isna(value):
        return "–"
    return "0" if abs(value) < 0.5 * 10**-digits else f"{value:+.{digits}f}".replace("-", "−")


def look(heads: list[Head]) -> None:
    """Open a month to look at, as it was kept."""
    if heads and through_the_year.looked_at() is None:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.selectbox(
                "A month as it was kept",
                [head.day for head in heads][::-1],
                format_func=in_words,
                key="month_look",
                persist_state="session",
            )
            st.button("Open it to look at", key="look", on_click=through_the_year.look_at, args=(day,))


def _trend(heads: list[Head]) -> None:
    table = cached.drawn("kept_trend", cached.digest(*heads), through_the_year.trend)
    if table is not None:
        widgets.chart(month_lines(table), "kept_trend", "months")
