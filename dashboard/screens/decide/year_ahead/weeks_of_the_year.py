"""The weeks of the year: the sentence that says when it breaks, the band, and one week opened."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.parts import finding, live_chart, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.status_line import is_provisional, provisionally
from dashboard.screens.decide.year_ahead import calendar_inputs
from dashboard.shell import cached, navigation, session
from workload.answer import Answer
from workload.figures.week_band import (
    band_words,
    leaves_of,
    parts_of_week,
    short_day,
    week_band,
    week_code,
    weeks_table,
)
from workload.model.words import count, hours, in_words
from workload.year_ahead.weeks import Year

SPREAD = (
    "Sessions and notes are the same in every week with school; reviews, evaluations, make-up and reports fall where their "
    "dates put them. An evaluation's hours lie in the four weeks up to its date, progress reports in the last two weeks of "
    "each period: both are examples."
)


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
