"""The weeks of a year as one band against a line: what each asks for, what lies beyond the hours there are, leave, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workload.answer import Answer
from workload.figures.chart import NO_FADE, layout
from workload.figures.open_premise import marked, told
from workload.figures.tones import Tones
from workload.model.words import count, hours, numbers
from workload.year_ahead.weeks import PARTS, Year

PART_LABELS = {
    "sessions": "Sessions",
    "makeup": "Make-up",
    "other_service": "Notes, consultation, MTSS",
    "evaluations": "Evaluations",
    "meetings": "IEP meetings",
    "reports": "Progress reports",
    "category": "Planning, staff time",
    "individual": "Travel, supervision, duties",
}
HEIGHT, ABOVE, BELOW = 320, 56, 28


@dataclass(frozen=True)
class Away:
    """A leave as the band shows it: its first and last week, and its last day where one is known. Of nobody by name."""

    first: int
    last: int
    until: date | None


def leaves_of(year: Year, answer: Answer) -> list[Away]:
    """The leaves of the roster and of the plan that touch the year, in the order in which they begin."""
    table = answer.roster.therapists.drop_duplicates("therapist")
    spans = [
        (None if pd.isna(start) else start.date(), None if pd.isna(end) else end.date())
        for start, end in zip(table["leave_start"], table["leave_end"], strict=True)
        if not (pd.isna(start) and pd.isna(end))
    ]
    spans += [(start, end) for _, start, end in year.plan.leaves]
    first, last = year.weeks.mondays[0], year.weeks.mondays[-1]
    made = {
        Away(year.weeks.place(max(start or first, first)), year.weeks.place(end or last), end)
        for start, end in spans
        if (start or first) <= last and (end or last) >= first
    }
    return sorted(made, key=lambda one: (one.first, one.last))


def week_code(day: pd.Timestamp | date) -> str:
    """What a week is called in the address: its Monday."""
    return f"{day:%Y-%m-%d}"


def short_day(day: pd.Timestamp | date) -> str:
    """ "Nov 9"."""
    return f"{day:%b} {day.day}"


def week_band(year: Year, day: date, leaves: Sequence[Away], tones: Tones, provisional: bool = False) -> dict:
    """Hours asked for as a band, the part beyond the hours there are in the color of missing time, the hours there as a line.

    Each week carries its Monday as customdata, so that a click can open it.
    """
    table, places = year.table, list(range(len(year.table)))
    need, have = table["demand_hours"].tolist(), table["capacity_hours"].tolist()
    mondays = year.weeks.mondays
    codes = [[week_code(monday)] for monday in mondays]
    said = [
        f"Week of {short_day(monday)}: {hours(asked)} hours asked for, {hours(there)} there"
        for monday, asked, there in zip(mondays, need, have, strict=True)
    ]
    common = {
        "type": "bar",
        "x": places,
        "width": 1.0,
        "customdata": codes,
        "hoverinfo": "text",
        "hovertext": said,
        **NO_FADE,
    }
    within = {**common, "y": [min(pair) for pair in zip(need, have, strict=True)], "marker": {"color": tones.about}}
    beyond = {
        **common,
        "y": [max(0.0, asked - there) for asked, there in zip(need, have, strict=True)],
        "marker": {"color": tones.gap},
    }
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": places,
        "y": have,
        "hoverinfo": "skip",
        "line": {"color": tones.ink, "width": 3, "shape": "hvh"},
    }
    top = max(*need, *have, 1.0)
    at = year.weeks.place(day)
    firsts = [at for at in places if at == 0 or mondays[at].month != mondays[at - 1].month]
    axis = {"fixedrange": True, "zeroline": False, "tickfont": {"size": 14, "color": tones.ink}}
    figure = {
        "data": [within, beyond, line],
        "layout": layout(
            HEIGHT,
            barmode="stack",
            bargap=0,
            margin={"l": 44, "r": 8, "t": ABOVE, "b": BELOW},
            shapes=[*_day_line(at, tones), *(_leave_bar(one, tones) for one in leaves)],
            annotations=[*_day_words(at, day, len(places), tones), *_leave_words(leaves, tones)],
            xaxis={
                **axis,
                "showgrid": False,
                "range": [-0.5, len(places) - 0.5],
                "tickvals": firsts[1:] if len(firsts) > 1 and firsts[1] < 3 else firsts,
                "ticktext": [
                    f"{mondays[at]:%b}" for at in (firsts[1:] if len(firsts) > 1 and firsts[1] < 3 else firsts)
                ],
            },
            yaxis={**axis, "gridcolor": tones.rule, "range": [0, top * 1.06], "nticks": 5},
        ),
    }
    return marked(figure, provisional)


def _day_line(at: int, tones: Tones) -> list[dict]:
    line = {"color": tones.ink, "width": 2, "dash": "dot"}
    return [{"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1.02, "yref": "paper", "line": line}]


def _day_words(at: int, day: date, number: int, tones: Tones) -> list[dict]:
    late = at > number / 2
    place: dict = {"x": at, "y": 1.0, "yref": "paper", "yshift": 12, "xshift": -4 if late else 4}
    text = f"<b>{short_day(day)}</b>, the day of the answer"
    return [tones.words(text, **place, xanchor="right" if late else "left")]


def _leave_bar(one: Away, tones: Tones) -> dict:
    """A leave as a hollow bar above the band."""
    return {
        "type": "rect",
        "x0": one.first - 0.5,
        "x1": one.last + 0.5,
        "y0": 1.09,
        "y1": 1.14,
        "yref": "paper",
        "fillcolor": tones.clear,
        "line": {"color": tones.soft, "width": 2},
    }


def _leave_words(leaves: Sequence[Away], tones: Tones) -> list[dict]:
    if not leaves:
        return []
    ends = [one.until for one in leaves if one.until]
    until = f" until {short_day(max(ends))}" if ends and len(ends) == len(leaves) else ""
    text = ("on leave" if len(leaves) == 1 else f"{len(leaves)} on leave") + until
    x = max(one.last for one in leaves) + 0.5
    return [tones.words(text, x=x, y=1.115, yref="paper", xshift=6, xanchor="left", yanchor="middle")]


def band_words(year: Year, provisional: bool = False) -> str:
    """The band for a reader without the picture."""
    table = year.table
    taught = table[table["open_days"] > 0]
    worst = taught.loc[taught["gap_hours"].idxmin()]
    return told(
        f"{year.weeks_over} of {count(len(taught), 'week')} with school ask for more hours than there are",
        f"Nine weeks of ten ask for at most {hours(year.busy_week_hours)} hours",
        f"The widest gap is the week of {worst['week_start']:%B} {worst['week_start'].day}: {hours(worst['demand_hours'])} hours "
        f"asked for, {hours(worst['capacity_hours'])} there",
        provisional=provisional,
    )


def weeks_table(year: Year) -> pd.DataFrame:
    table = year.table
    return pd.DataFrame(
        {
            "Week of": table["week_start"].dt.date.tolist(),
            "School days": table["open_days"].tolist(),
            **{f"{label}, hours": numbers(table[f"{name}_hours"], 1) for name, label in PART_LABELS.items()},
            "All work, hours": numbers(table["demand_hours"], 1),
            "Hours there are": numbers(table["capacity_hours"], 1),
            "Hours there are less work": numbers(table["gap_hours"], 1),
        }
    )


def parts_of_week(year: Year, code: str) -> list[tuple[str, str]]:
    """(kind of work, hours) of one week, without what is nothing; its sum and the hours that are there last."""
    row = year.table.iloc[[week_code(monday) for monday in year.weeks.mondays].index(code)]
    parts = [(PART_LABELS[name], hours(row[f"{name}_hours"])) for name in PARTS if row[f"{name}_hours"] > 0.05]
    return [*parts, ("All work", hours(row["demand_hours"])), ("Hours there are", hours(row["capacity_hours"]))]
