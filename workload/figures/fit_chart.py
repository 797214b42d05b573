"""Weeks against their contracts in three kinds of work, the part beyond the contract underlined. Never in order of load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workload.figures.chart import NO_FADE, for_plotly, layout, row_bars
from workload.figures.open_premise import marked, told
from workload.figures.placing import LETTER_PIXELS
from workload.figures.tones import THIRDS, Tones, third_fill
from workload.model.words import hours, rounded
from workload.staffing.fitting_weeks import hours_beyond
from workload.work.activities import CODES

ROW, LEAST_LEFT, MOST_LEFT, ROOM_AT_THE_RIGHT = 26, 56, 150, 128
ONE_WEEK = 60  # pixels of the bar of one week by itself
LETTERS = 20
MOST_WEEKS = 40  # drawn; the list below a chart has all
MOST_STRETCH = 1.5  # how much wider than the people's weeks the axis may become for work that has nobody


@dataclass(frozen=True)
class WeekRow:
    """One week: hours of the three kinds of work, and the hours of the contract (None where none is known or asked)."""

    label: str
    code: str
    parts: tuple[float, ...]
    contract: float | None
    state: str = ""  # said instead of the difference: "on leave"
    nobody: bool = False

    @property
    def total(self) -> float:
        return sum(self.parts)

    @property
    def beyond(self) -> float:
        """Hours beyond the contract, as written."""
        return hours_beyond(self.total, self.contract) if self.contract else 0.0

    @property
    def words(self) -> str:
        """What stands after the hours: "13.9 over", "4.2 room", "on leave"."""
        if self.state or not self.contract:
            return self.state
        room = rounded(self.contract - self.total, 1)
        return f"{hours(-room)} over" if room < 0 else f"{hours(room)} room" if room else "fits"


def parts_of(by_activity: Mapping[str, float]) -> tuple[float, ...]:
    """Hours a week of the three kinds of work."""
    return tuple(third.hours(by_activity) for third in THIRDS)


def week_row(
    row: Mapping[str, Any] | pd.Series, label: str, code: str, posts_known: bool, nobody: bool = False
) -> WeekRow:
    """The week of a row of `Answer.people`; without a contract where nobody has said who is in post."""
    parts = parts_of({each: float(row[f"{each}_hours"]) for each in CODES})
    available = float(row["available_hours"])
    if nobody or not posts_known:
        return WeekRow(label, code, parts, None, "no therapist" if nobody else "", nobody)
    state = "" if available > 0 else "on leave" if row["on_leave"] else "not in post"
    return WeekRow(label, code, parts, available if available > 0 else None, state)


def fit_chart(weeks: Sequence[WeekRow], tones: Tones, row_pixels: int = ROW, provisional: bool = False) -> dict:
    """The weeks as bars in the order given; each bar carries its code as customdata, so that a click can open it.

    The contract is a dark mark. What lies beyond it is underlined in the color of missing time.
    """
    weeks = list(weeks)[:MOST_WEEKS]
    top, widest = _top(weeks), max((len(for_plotly(week.label, LETTERS)) for week in weeks), default=0)
    at, fill = list(range(len(weeks))), third_fill(tones)
    bars, base = [], [0.0] * len(weeks)
    for place, third in enumerate(THIRDS):
        color, edge = fill[third.code]
        values = [week.parts[place] for week in weeks]
        bars.append(
            row_bars(
                values,
                at,
                [
                    f"{for_plotly(week.label)}: {hours(value)} h a week {third.label}"
                    for week, value in zip(weeks, values, strict=True)
                ],
                name=third.label,
                base=list(base),
                customdata=[[week.code] for week in weeks],
                marker={"color": color, "line": {"width": 1, "color": edge}},
                **NO_FADE,
            )
        )
        base = [before + value for before, value in zip(base, values, strict=True)]
    figure = {
        "data": bars,
        "layout": layout(
            8 + row_pixels * max(len(weeks), 1),
            barmode="overlay",
            bargap=0.3,
            margin={
                "l": min(max(LEAST_LEFT, 12 + widest * LETTER_PIXELS * 1.15), MOST_LEFT),
                "r": ROOM_AT_THE_RIGHT,
                "t": 4,
                "b": 4,
            },
            shapes=[mark for place, week in enumerate(weeks) for mark in _marks(week, place, tones)],
            annotations=[_words(week, place, top, tones) for place, week in enumerate(weeks)],
            xaxis={"visible": False, "range": [0, top], "fixedrange": True},
            yaxis={
                "range": [len(weeks) - 0.5, -0.5],
                "fixedrange": True,
                "ticks": "outside",
                "ticklen": 6,
                "tickcolor": tones.clear,
                "showgrid": False,
                "zeroline": False,
                "tickvals": at,
                "ticktext": [for_plotly(week.label, LETTERS) for week in weeks],
                "tickfont": {"size": 14, "color": tones.ink},
            },
        ),
    }
    return marked(figure, provisional)


def _top(weeks: Sequence[WeekRow]) -> float:
    """The end of the axis in hours. Work of several vacant posts in one row does not press everybody's week together."""
    own = max((max(week.total, week.contract or 0.0) for week in weeks if not week.nobody), default=0.0)
    every = max((week.total for week in weeks), default=0.0)
    return (own * 1.1 if own and every > MOST_STRETCH * own else max(own, every)) * 1.02 or 1.0


def _marks(week: WeekRow, place: int, tones: Tones) -> list[dict]:
    """The contract as a dark mark, and the line under what lies beyond it."""
    if not week.contract:
        return []
    contract = {"x0": week.contract, "x1": week.contract, "y0": place - 0.46, "y1": place + 0.46}
    made = [{"type": "line", **contract, "line": {"color": tones.ink, "width": 3}}]
    if week.beyond:
        under = {"x0": week.contract, "x1": week.total, "y0": place + 0.42, "y1": place + 0.42}
        made.insert(0, {"type": "line", **under, "line": {"color": tones.gap, "width": 4}})
    return made


def _words(week: WeekRow, place: int, top: float, tones: Tones) -> dict:
    end = max(week.total, week.contract or 0.0)
    words = f"<b>{hours(week.total)}</b> h" + (f", {week.words}" if week.words else "")
    return tones.words(words + (" ▸" if end > top else ""), x=min(end, top), xshift=8, y=place, xanchor="left")


def fit_words(weeks: Sequence[WeekRow], provisional: bool = False) -> str:
    """The weeks for a reader without the picture."""
    said = [
        f"{week.label} {hours(week.total)} hours"
        + (f" of {hours(week.contract)}" if week.contract else "")
        + (f", {week.words}" if week.words else "")
        for week in weeks
    ]
    return told(f"Hours of work a week: {'; '.join(said)}", provisional=provisional) if said else "No week to show."


def fit_table(weeks: Sequence[WeekRow]) -> pd.DataFrame:
    """The same numbers as a table, as they are written."""
    return pd.DataFrame(
        {
            "Week": [week.label for week in weeks],
            **{
                f"{third.label}, hours a week": [rounded(week.parts[place], 1) for week in weeks]
                for place, third in enumerate(THIRDS)
            },
            "All work, hours a week": [rounded(week.total, 1) for week in weeks],
            "Contract, hours a week": [rounded(week.contract, 1) if week.contract else None for week in weeks],
            "Beyond the contract, hours a week": [week.beyond if week.contract else None for week in weeks],
            "Note": [week.words for week in weeks],
        }
    )
