"""The year ahead on the page: the week strip, what waits and is owed if nothing changes, next year, earlier snapshots."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

import streamlit as st

from dashboard.parts import finding, live_chart, sections, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.safe_text import safe
from dashboard.parts.status_line import is_provisional, provisionally
from dashboard.screens.decide.year_ahead import calendar_inputs, year_history, year_plan
from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.next_year_charts import earlier_days, next_year_students
from workload.figures.states import state_texts
from workload.figures.week_band import (
    band_words,
    leaves_of,
    parts_of_week,
    short_day,
    week_band,
    week_code,
    weeks_table,
)
from workload.figures.year_charts import evaluations_waiting, owed_minutes
from workload.model.school_calendar import CalendarError
from workload.model.words import count, fte, hours, in_words, shown
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.evaluation_clock import clock_kept
from workload.year_ahead.forecast import TooLittleHistory, next_year
from workload.year_ahead.snapshots import Snapshot, compared, from_dict, snapshot_of
from workload.year_ahead.weeks import Year, year_ahead

UNCHANGED, FOLLOWING, EARLIER = PARTS_OF_PAGE = ("If nothing changes", "Next year", "Earlier snapshots")
SPREAD = (
    "Sessions and notes are the same in every week with school; reviews, evaluations, make-up and reports fall where their "
    "dates put them. An evaluation's hours lie in the four weeks up to its date, progress reports in the last two weeks of "
    "each period: both are examples."
)
MOST_SNAPSHOTS = 24


def show(answer: Answer, labels: Labels) -> None:
    """The whole page. Without posts only what needs none: how students and needs go on."""
    if not answer.posts_known:
        finding.hero(
            "Nobody has said yet who is in post,",
            "",
            "so no week can be held against the hours that there are",
            actions=[("Say who is in post", navigation.DATA.file)],
            key="year_next",
        )
        another_year(answer)
        return
    head, band = st.container(), st.container()
    try:
        plan = year_plan.asked(answer, labels)
        key = cached.digest(session.answer_key(), plan)
        year = cached.drawn("year", key, partial(year_ahead, answer, plan))
    except CalendarError as refusal:
        st.error(safe(refusal, 600))
        return
    with head:
        hero(year, answer)
    with band:
        weeks(year, answer, key)
    part = sections.part(PARTS_OF_PAGE, "year_part")
    if part == UNCHANGED:
        if_nothing_changes(year, key)
    elif part == FOLLOWING:
        another_year(answer)
    else:
        snapshots(answer)


def hero(year: Year, answer: Answer) -> None:
    """When the year breaks, and what to do next: enter the calendar first, then the options."""
    usual = ("Start with usual closings", partial(calendar_inputs.put_usual, answer))
    options = ("See options", navigation.DECIDE.file)
    facts = [finding.fact("nine weeks of ten ask for at most {} hours", hours(year.busy_week_hours))]
    if not answer.calendar.closings:
        facts.append(finding.chip("No day without school is entered yet", "open"))
    before, number, after = sentence(year)
    finding.hero(
        before,
        number,
        provisionally(answer, after),
        facts,
        short=bool(year.weeks_over),
        actions=[options] if answer.calendar.closings else [usual, options],
        key="year_usual",
    )


def sentence(year: Year) -> tuple[str, str, str]:
    """(before, number, after) of when the year breaks."""
    taught = year.table[year.table["open_days"] > 0]
    if not year.weeks_over:
        return "Every week fits: the fullest asks for", hours(taught["demand_hours"].max()), "hours"
    return "", str(year.weeks_over), f"of {count(len(taught), 'week')} with school ask for more hours than there are"


def weeks(year: Year, answer: Answer, key: str) -> None:
    """The band, and the week that is open beside it. key  what the year follows from"""
    left, right = st.columns([64, 36], gap="small")
    mondays = {in_words(monday.date()): week_code(monday) for monday in year.table["week_start"]}
    with right, st.container(key="card_week"):
        named = widgets.select("Open one week, by its Monday", list(mondays), "week", "The widest gap")
        taught = year.table[year.table["open_days"] > 0]
        widest = week_code(taught.loc[taught["gap_hours"].idxmin(), "week_start"])
        code = mondays.get(named or "", widest)
        parts = parts_of_week(year, code)
        finding.title(f"Week of {short_day(date.fromisoformat(code))}")
        finding.plain_table(["Work", "Hours"], parts, "What one week asks for", (1,))
    with left, st.container(key="card_band"):
        finding.title(
            worst_words(year), "Hours a week. The line is the hours of those who are there. Click a week to open it."
        )
        finding.key_of_colors(("about", "asked for"), ("gap", "beyond the hours there are"))
        drawn = f"{key} {live_chart.tones() is live_chart.DARK}"
        figure, words = cached.drawn("band", drawn, partial(_band, year, answer))
        clicked = live_chart.clicked(figure, f"band {code}", words)
        widgets.as_table(lambda: weeks_table(year), "Hours by kind of work in each week", "band", "weeks")
        finding.note(SPREAD)
        for note in year.notes:
            finding.note(note)
    if clicked is not None and clicked != code:
        session.set_next("week", next(words for words, each in mondays.items() if each == clicked))
        st.rerun()


def _band(year: Year, answer: Answer) -> tuple[ReadyFigure, str]:
    waits = is_provisional(answer)
    figure = week_band(year, answer.day, leaves_of(year, answer), live_chart.tones(), waits)
    return live_chart.ready(figure), band_words(year, waits)


def worst_words(year: Year) -> str:
    """The widest gap, or how much room the tightest week leaves."""
    taught = year.table[year.table["open_days"] > 0]
    worst = taught.loc[taught["gap_hours"].idxmin()]
    return (
        f"The {'widest gap' if worst['gap_hours'] < 0 else 'tightest week'} is the week of {short_day(worst['week_start'])}: "
        f"{hours(worst['demand_hours'])} asked for, {provisionally(year.answer, hours(worst['capacity_hours']) + ' there')}"
    )


def if_nothing_changes(year: Year, key: str) -> None:
    """Evaluations that wait and minutes that are owed, month by month."""
    waits = is_provisional(year.answer)

    def backlog():
        return evaluations_waiting(evaluation_backlog(year), clock_kept(year.answer, year.plan.clock), waits)

    widgets.chart(cached.drawn("waiting", key, backlog), "evaluations_waiting")
    widgets.chart(cached.drawn("owed", key, lambda: owed_minutes(owed_by_month(year), waits)), "owed_minutes")


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
        gap = "provisionally the gap" if first["provisional"] or last["provisional"] else "the gap"
        st.markdown(
            safe(
                f"From {in_words(first['day'])} to {in_words(last['day'])} students counted went from {shown(first['caseload'], 0)} to "
                f"{shown(last['caseload'], 0)}, required FTE from {then[0]} to {now[0]}, and {gap} from {then[2]} to {now[2]} FTE.",
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
