"""All weeks at once: how many fit, each against its contract in a fixed order, and the way to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.parts import filters, finding, live_chart, own_word, widgets
from dashboard.parts.ready_figure import ReadyFigure
from dashboard.parts.status_line import is_provisional, provisionally
from dashboard.parts.week_colors import BEYOND, COLORS
from dashboard.shell import cached, navigation, session
from dashboard.shell.therapist_names import Labels
from workload.answer import Answer
from workload.figures.fit_chart import MOST_WEEKS, WeekRow, fit_chart, fit_table, fit_words, week_row
from workload.figures.tones import Tones
from workload.model.roster import UNASSIGNED
from workload.model.words import count, hours
from workload.staffing.fitting_weeks import Bands, bands
from workload.staffing.tables import HOURS

COLUMNS = [
    "therapist",
    "role",
    "schools",
    "caseload",
    "workload_hours",
    "available_hours",
    "utilization",
    "required_fte",
    "contracted_fte",
    "available_fte",
    "gap_fte",
    "student_minutes_at_risk",
    "on_leave",
]
DRAWN = ("therapist", "available_hours", "on_leave", *HOURS)
ORDER = "In a fixed order, not a ranking. A long bar says that the week is too full; it says nothing about the person."


def finding_of(answer: Answer, found: Bands) -> tuple[str, str, str]:
    """(before, number, after) of the sentence on top; always of everybody, whatever is listed below."""
    work = hours(answer.people["workload_hours"].sum())
    if not answer.posts_known:
        return "The work takes", work, "hours a week. Nobody has said yet what the contracts are"
    if not found.present:
        return "Nobody is there on this date:", work, "hours of work a week wait"
    weeks = count(found.present, "week")
    if not found.too_full:
        return (
            "",
            "",
            provisionally(
                answer, "The one week fits its contract" if found.present == 1 else f"All {weeks} fit their contracts"
            ),
        )
    verb = "does not fit its contract" if found.too_full == 1 else "do not fit their contract"
    return "", str(found.too_full), provisionally(answer, f"of {weeks} {verb}")


def bands_of(answer: Answer) -> Bands:
    """How many weeks fit, worked out once for an answer."""
    return answer.once(_bands)


def _bands(answer: Answer) -> Bands:
    return bands(answer.people)


def head(answer: Answer) -> None:
    """The sentence and the next step."""
    action = (
        ("See who could share work", navigation.REBALANCE.file)
        if answer.posts_known
        else ("Say who is in post", navigation.DATA.file)
    )
    facts = [finding.fact(ORDER)]
    if said := own_word.number_confirmed(answer):
        facts.insert(0, finding.fact("{} confirmed by those whose they are", count(said, "week")))
    finding.hero(*finding_of(answer, bands_of(answer)), facts, actions=[action], key="people_next")


def choose(answer: Answer, labels: Labels) -> filters.Focus:
    """The choice of one week, for those who do not click, and how many weeks lie in each band."""
    finding.title("Open one week")
    focus = filters.choose(answer, labels, "therapist")
    if answer.posts_known and focus.therapist is None:
        finding.plain_table(["Week", "Posts"], band_rows(bands_of(answer)), "Posts by how full their weeks are", (1,))
    return focus


def band_rows(found: Bands) -> list[tuple[str, str]]:
    """The bands in words; the last one only where somebody is in it."""
    rows = [
        ("more than 120% of the contract", found.far_over),
        ("100 to 120%", found.over),
        ("100% or less", found.fits),
        ("on leave", found.on_leave),
        *([("not in post", found.not_in_post)] if found.not_in_post else []),
    ]
    return [(words, str(number)) for words, number in rows]


def rows(answer: Answer, people: pd.DataFrame, labels: Labels) -> list[WeekRow]:
    """The weeks to draw, in the order of the table."""
    return [
        week_row(
            row,
            labels.of(row["therapist"]),
            labels.code(row["therapist"]),
            answer.posts_known,
            row["therapist"] == UNASSIGNED,
        )
        for row in _records(people)
    ]


def _records(people: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The columns of which weeks are drawn, row by row."""
    columns = {name: people[name].tolist() for name in DRAWN}
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def weeks(answer: Answer, people: pd.DataFrame, labels: Labels, focus: filters.Focus) -> None:
    """Every week as a bar; a click opens the person."""
    tones = live_chart.tones()
    key = f"{session.shown_key()} {focus} {tones is live_chart.DARK}"
    said, figure, words = cached.drawn("weeks_drawn", key, partial(_drawn, answer, people, labels, tones))
    with st.container(key="card_weeks"):
        finding.title(said, under(answer, len(people)))
        filters.listed(len(people), len(answer.people), "therapist")
        if figure is None:
            finding.note("Nobody has work in what is chosen.")
            return
        finding.key_of_colors(*COLORS, *([BEYOND] if answer.posts_known else []))
        code = live_chart.clicked(figure, "weeks", words)
        numbers, alt = (lambda: fit_table(rows(answer, people, labels))), "Hours of work a week against the contract"
        widgets.as_table(numbers, alt, "weeks", "weeks")
    if code is not None:
        session.set_next("therapist", code)
        st.rerun()


def _drawn(answer: Answer, people: pd.DataFrame, labels: Labels, tones: Tones) -> tuple[str, ReadyFigure | None, str]:
    """(what the picture says, the picture or None without a week, its words)"""
    drawn, waits = rows(answer, people.head(MOST_WEEKS), labels), is_provisional(answer)
    figure = live_chart.ready(fit_chart(drawn, tones, provisional=waits)) if drawn else None
    return title(answer, people), figure, fit_words(drawn, waits) if drawn else ""


def title(answer: Answer, people: pd.DataFrame) -> str:
    """What the picture says: how many students the fullest post of those listed has."""
    there = (people["therapist"].to_numpy() != UNASSIGNED) & (people["available_hours"].to_numpy() > 0)
    if not answer.posts_known or not there.any():
        return "Hours of work, week by week"
    fullest = np.argmax(np.where(there, people["utilization"].to_numpy(), -1.0))
    return f"The fullest post has {count(int(people['caseload'].to_numpy()[fullest]), 'student')}"


def under(answer: Answer, number: int) -> str:
    """How to read it."""
    how = "Hours a week against the contract, the upright mark" if answer.posts_known else "Hours of work a week"
    more = f" The first {MOST_WEEKS} of {number} are drawn; the list below has all." if number > MOST_WEEKS else ""
    return f"{how}. Click a bar to open the person.{more}"


def table(people: pd.DataFrame, labels: Labels, focus: filters.Focus) -> None:
    """Everybody's figures as a list."""
    st.header("All figures", anchor=False)
    ready = cached.drawn("week_table", f"{session.shown_key()} {focus}", partial(_ready_table, people, labels))
    widgets.table(ready, "Hours and FTE of each therapist", "therapists", "therapists", rows=20)


def _ready_table(people: pd.DataFrame, labels: Labels) -> widgets.ReadyTable:
    return widgets.ReadyTable(labels.table(people)[COLUMNS])
