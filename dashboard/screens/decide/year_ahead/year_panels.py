"""The year ahead on the page: the week strip, what waits and is owed if nothing changes, next year, earlier snapshots."""

from __future__ import annotations

import json
from datetime import date

import streamlit as st

from dashboard.parts import widgets
from dashboard.parts.safe_text import safe
from dashboard.screens.decide.year_ahead import calendar_inputs, year_history, year_plan
from dashboard.screens.decide.year_ahead.year_kept import YearAheadRecord
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.next_year_charts import earlier_days, next_year_students
from workload.figures.states import state_texts
from workload.figures.year_charts import evaluations_waiting, owed_minutes, week_strip
from workload.model.school_calendar import CalendarError
from workload.model.words import count, fte, hours, in_words, shown
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.forecast import TooLittleHistory, next_year
from workload.year_ahead.snapshots import Snapshot, compared, from_dict, snapshot_of
from workload.year_ahead.weeks import Year, year_ahead

TABS = ("Week by week", "If nothing changes", "Next year", "Earlier snapshots")
MOST_SNAPSHOTS = 24


def show(answer: Answer, labels: Labels) -> None:
    """The whole page below its title. Without posts only what needs none: how students and needs go on."""
    if not answer.posts_known:
        st.info("Nobody has said yet who is in post, so no week can be held against the hours that there are.")
        widgets.links((navigation.DATA, "Say who is in post"))
        another_year(answer)
        return
    try:
        year = year_ahead(answer, year_plan.asked(answer, labels))
    except CalendarError as refusal:
        st.error(safe(refusal, 600))
        return
    st.markdown(f"**{safe(sentence(year), 800)}**")
    if not answer.calendar.closings:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(
                "No day without school is entered yet, so every week counts as a full one. Enter your calendar above, or start with usual "
                "closings and correct them.",
                width="stretch",
            )
            calendar_inputs.start_with_usual(answer, "year_usual")
    strip, unchanged, following, earlier = st.tabs(TABS, key="year_tab", bind="query-params", on_change="rerun")
    if strip.open:
        with strip:
            weeks(year)
    if unchanged.open:
        with unchanged:
            if_nothing_changes(year)
    if following.open:
        with following:
            another_year(answer)
    if earlier.open:
        with earlier:
            snapshots(answer)


def sentence(year: Year) -> str:
    """When the year breaks."""
    taught = year.table[year.table["open_days"] > 0]
    fullest = hours(taught["demand_hours"].max())
    worst = taught.loc[taught["gap_hours"].idxmin()]
    if not year.weeks_over:
        return f"Every week fits. The fullest asks for {fullest} hours."
    return (
        f"{year.weeks_over} of {count(len(taught), 'week')} with school ask for more hours than there are. The widest gap is the week of "
        f"{worst['week_start']:%B} {worst['week_start'].day}: {hours(worst['demand_hours'])} hours asked for and "
        f"{hours(worst['capacity_hours'])} there. Nine weeks of ten ask for at most {hours(year.busy_week_hours)} hours."
    )


def weeks(year: Year) -> None:
    """The strip, and what was spread because no date was given."""
    widgets.chart(week_strip(year), "week_strip", "weeks")
    if year.notes:
        with st.expander(f"{count(len(year.notes), 'thing')} to know about these weeks"):
            for note in year.notes:
                st.markdown("- " + safe(note, 600))
    st.caption(
        "Sessions and notes are the same in every week with school; reviews, evaluations, make-up and reports fall where their dates "
        "put them. An evaluation's hours lie in the four weeks up to its date, progress reports in the last two weeks of each "
        "period: both are examples."
    )


def if_nothing_changes(year: Year) -> None:
    """Evaluations that wait and minutes that are owed, month by month."""
    widgets.chart(evaluations_waiting(evaluation_backlog(year), year.plan.clock), "evaluations_waiting")
    widgets.chart(owed_minutes(owed_by_month(year)), "owed_minutes")


def another_year(answer: Answer) -> None:
    """Next year from the rosters of earlier years; too little history is refused in words."""
    st.markdown(
        "Next year's students are those who stay and those who come. How many stay and come is read from the rosters of earlier years, "
        "with the same student numbers. Bring at least two earlier years; they are read in this session only."
    )
    records = year_history.asked(answer)
    enrolled = st.number_input(
        "Students enrolled in the district next year, if known",
        0,
        2_000_000,
        None,
        10,
        key="enrolled_next",
        width=360,
        persist_state="session",
        placeholder="not given",
    )
    if records is None:
        return
    try:
        made = next_year(answer, records, float(enrolled) if enrolled else None)
    except TooLittleHistory as refusal:
        st.info(safe(refusal, 600))
        return
    low, likely, high = made.required_fte
    said = (
        f"In {year_history.written(made.year)} about {fte(likely)} FTE will likely be required, between {fte(low)} and {fte(high)}; "
        f"{fte(answer.district['required_fte'])} are required now."
    )
    st.markdown(f"**{safe(said, 400)}**")
    widgets.chart(next_year_students(made), "next_year")
    st.markdown("**What it rests on**")
    for driver in made.drivers:
        st.markdown("- " + safe(driver, 400))


def snapshots(answer: Answer) -> None:
    """Keep today's figures as a file, and compare with files of earlier months."""
    mine = snapshot_of(answer)
    text = json.dumps(mine.as_dict(), indent=1, allow_nan=True)
    st.markdown(
        "A snapshot is a small file with the district's figures and assumptions on one day. It holds nobody's name, no student and no school. "
        "Keep one each month, and compare."
    )
    st.download_button(
        "Save a snapshot of this day",
        text,
        f"snapshot-{answer.day:%Y-%m-%d}-{cached.digest(text)[:8]}.json",
        "application/json",
        on_click="ignore",
        key="snapshot_save",
    )
    st.file_uploader(
        "Earlier snapshots",
        type=["json"],
        accept_multiple_files=True,
        key="earlier_snapshots",
        on_change=take_snapshots,
    )
    for sentence in session.record(YearAheadRecord).snapshot_problems:
        st.warning(safe(sentence, 400))
    kept: dict[date, Snapshot] = {**session.record(YearAheadRecord).snapshots, mine.day: mine}
    table = compared(tuple(kept.values()))
    widgets.chart(earlier_days(table), "earlier_days", "snapshots")
    if len(table) > 1 and not table["same_assumptions"].all():
        st.caption(
            "On some of these days other assumptions were in force: a part of the change is theirs. The table says on which."
        )
    first, last = table.iloc[0], table.iloc[-1]
    if len(table) > 1:
        then, now = (state_texts(one["required_fte"], one["available_fte"]) for one in (first, last))
        st.markdown(
            safe(
                f"From {in_words(first['day'])} to {in_words(last['day'])} students counted went from {shown(first['caseload'], 0)} to "
                f"{shown(last['caseload'], 0)}, required FTE from {then[0]} to {now[0]}, and the gap from {then[2]} to {now[2]} FTE.",
                600,
            )
        )


def take_snapshots() -> None:
    """Read snapshot files; one that is no snapshot is refused in a sentence."""
    found, problems = {}, []
    for file in (session.chosen("earlier_snapshots") or ())[:MOST_SNAPSHOTS]:
        try:
            one = from_dict(json.loads(file.getvalue().decode("utf-8")))
        except (ValueError, RecursionError):
            problems.append(f"{file.name} is not a snapshot that this version wrote.")
        else:
            found[one.day] = one
    session.change(YearAheadRecord, snapshots=found, snapshot_problems=tuple(problems))
