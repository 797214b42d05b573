"""The weeks of the people: hours by activity against the hours of the contract. Never ordered by load."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from workload.figures.chart import (
    Chart,
    empty_chart,
    layout,
    legend_above,
    note_at,
    on_the_right,
    row_axes,
    rows_height,
    safe,
    short_name,
    two_tone,
    value_axis,
)
from workload.figures.palette import GROUPS, PAPER, group_hours, ink_on
from workload.model.roster import UNASSIGNED
from workload.model.words import count, hours, numbers, rounded

MOST_PEOPLE = 40
MOST_STRETCH = 1.5  # how much wider than the people's weeks the axis may become for the work of vacant posts
LABELED_SHARE = 0.06  # of the axis: a narrower segment has no room for its number
HEADINGS = {"OT": "OTs", "OTA": "OTAs", None: "Nobody yet"}
WEEKS_TITLE = "Whose week does not fit? Hours of work a week against the hours of the contract"
NO_PEOPLE = "There are no therapists and no services to show."
LOAD = "Load a roster on the page Data, or the sample on the page Home."
SMALL = 11


def codes_for(therapists: pd.DataFrame) -> dict[str, str]:
    """A neutral code for each person in the order of the table: "OT 1", "OT 2", "OTA 1"."""
    numbered: dict[str | None, int] = {}
    codes = {}
    for name, role in zip(therapists["therapist"], therapists["role"], strict=True):
        if name == UNASSIGNED:
            continue
        numbered[role] = numbered.get(role, 0) + 1
        codes[name] = f"{role} {numbered[role]}"
    return codes


def hours_against_contract(therapists: pd.DataFrame, names: Mapping[str, str] | None = None) -> Chart:
    """Stacked hours of each person by activity group, with the contract as a dark mark and the likely range.

    therapists  `Answer.therapists`
    names       what to call each person; None shows the names of the file. Someone who is missing in it is
                shown as "Person 7", so that a name never appears unasked

    People stand in the order of the alphabet, OTs before OTAs, Unassigned last; at most 40 are drawn.
    """
    people = _ordered(therapists, names)
    if not people:
        return empty_chart(WEEKS_TITLE, NO_PEOPLE, LOAD, _weeks_table([]).columns)
    drawn = [one for one in people if one["role"]][:MOST_PEOPLE] + [one for one in people if not one["role"]]
    rows = _with_headings(drawn)
    at = [place for place, row in enumerate(rows) if "hours" in row]
    top, goes_on = _width(drawn)
    labels = [f"<b>{row['heading']}</b>" if "heading" in row else short_name(row["label"]) for row in rows]
    axes = row_axes(labels, ["" if "heading" in row else _beside(row, goes_on) for row in rows], first=-0.75)
    return Chart(
        figure={
            "data": [*_stacks(drawn, at, top), *_ranges(drawn, at), *_contract_marks(drawn, at), on_the_right()],
            "layout": layout(
                rows_height(len(rows), extra=50),
                barmode="stack",
                showlegend=True,
                legend=legend_above(),
                xaxis=value_axis("hours a week", range=[0, top]),
                **axes,
                annotations=_key(drawn, at, top),
            ),
        },
        title=WEEKS_TITLE,
        alt=_weeks_alt(people),
        table=_weeks_table(people),
        note=_weeks_note(people, drawn, goes_on),
    )


def _width(drawn: list[dict]) -> tuple[float, bool]:
    """(end of the axis, whether the row without a therapist goes on beyond it).

    Work of several vacant posts in one row would press everybody's week together.
    """

    def end(people):
        return max((max(one["work"], one["available"], one["high"]) for one in people), default=0.0) * 1.03

    posts, all_rows = end([one for one in drawn if one["role"]]), end(drawn)
    goes_on = posts > 0 and all_rows > MOST_STRETCH * posts
    return (posts * 1.1 if goes_on else all_rows) or 1.0, goes_on


def _ordered(therapists: pd.DataFrame, names: Mapping[str, str] | None) -> list[dict]:
    """The people as plain records in the order in which they are drawn."""
    people = []
    for place, row in enumerate(therapists.to_dict("records"), start=1):
        name, unassigned = row["therapist"], row["therapist"] == UNASSIGNED
        work, available = float(row["workload_hours"]), float(row["available_hours"])
        week = work / row["required_fte"] if row["required_fte"] else 0.0
        people.append(
            {
                "label": "No therapist"
                if unassigned
                else name
                if names is None
                else names.get(name, f"Person {place}"),
                "role": None if unassigned else row["role"],
                "hours": group_hours(row),
                "work": work,
                "available": available,
                "on_leave": bool(row["on_leave"]),
                "low": float(row.get("required_fte_p10", np.nan)) * week,
                "high": float(np.nan_to_num(row.get("required_fte_p90", np.nan), nan=0.0)) * week,
            }
        )
    order = {"OT": 0, "OTA": 1, None: 2}
    return sorted(people, key=lambda one: (order.get(one["role"], 0), _natural(one["label"])))


def _natural(label: str) -> tuple:
    """So that OT 10 comes after OT 9."""
    return tuple((int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", label))


def _with_headings(people: list[dict]) -> list[dict]:
    """The people with a heading row before each role."""
    rows: list[dict] = []
    for before, one in zip([None, *people], people, strict=False):
        if before is None or before["role"] != one["role"]:
            rows.append({"heading": HEADINGS.get(one["role"], safe(one["role"]))})
        rows.append(one)
    return rows


def _beside(one: dict, goes_on: bool) -> str:
    """The numbers to the right of a row."""
    if one["role"] is None:
        return f"{hours(one['work'])} h" + (", goes on ▸" if goes_on else "")
    if one["available"] <= 0:
        return f"{hours(one['work'])} h, on leave" if one["on_leave"] else f"{hours(one['work'])} h, not in post"
    gap = rounded(one["available"] - one["work"], 1)
    side = "fits" if gap == 0 else f"short {hours(-gap)}" if gap < 0 else f"room {hours(gap)}"
    return f"{hours(one['work'])} h, {side}"


def _stacks(people: list[dict], at: list[int], top: float) -> list[dict]:
    traces = []
    for group in GROUPS:
        values = [one["hours"][group.code] for one in people]
        if not any(values):
            continue
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": group.label,
                "x": values,
                "y": at,
                "width": 0.72,
                "marker": {"color": group.color, "line": {"color": PAPER, "width": 1}},
                "text": _segment_texts(people, group.code, top),
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"color": ink_on(group.color), "size": 11},
                "hovertext": [
                    f"{short_name(one['label'])}: {group.label}, {hours(value)} hours a week"
                    for one, value in zip(people, values, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    return traces


def _segment_texts(people: list[dict], code: str, top: float) -> list[str]:
    """Hours of one group inside its segments, where they have room and neither the contract nor the range is on them."""
    texts, codes = [], [group.code for group in GROUPS]
    for one in people:
        value = one["hours"][code]
        middle = sum(one["hours"][before] for before in codes[: codes.index(code)]) + value / 2
        free = abs(middle - one["available"]) > top * LABELED_SHARE / 2 and not _under_range(one, middle, top)
        texts.append(hours(value) if value >= top * LABELED_SHARE and free else "")
    return texts


def _under_range(one: dict, middle: float, top: float) -> bool:
    """Whether the line of the likely range runs through a number in the middle of a segment."""
    margin = top * LABELED_SHARE / 2
    return one["low"] - margin < middle < one["high"] + margin


def _ranges(people: list[dict], at: list[int]) -> list[dict]:
    """The likely range of each person's hours: a thin line with ends."""
    x: list[float | None] = []
    y: list[float | None] = []
    for one, place in zip(people, at, strict=True):
        if one["low"] == one["low"] and one["high"] > one["low"]:
            x += [one["low"], one["low"], one["low"], one["high"], one["high"], one["high"], None]
            y += [place - 0.13, place + 0.13, place, place, place - 0.13, place + 0.13, None]
    return (
        two_tone(
            {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": "likely range", "hoverinfo": "skip"},
            core=1.2,
            halo=3.2,
        )
        if x
        else []
    )


def _contract_marks(people: list[dict], at: list[int]) -> list[dict]:
    """One tall mark at each person's available hours."""
    here = [(one, place) for one, place in zip(people, at, strict=True) if one["available"] > 0]
    return two_tone(
        {
            "type": "scatter",
            "mode": "markers",
            "name": "hours available",
            "cliponaxis": False,
            "x": [one["available"] for one, _ in here] or [None],
            "y": [place for _, place in here] or [None],
            "marker": {"symbol": "line-ns", "size": 17},
            "hoverinfo": "text",
            "hovertext": [
                f"{short_name(one['label'])}: {hours(one['available'])} hours available under the contract"
                for one, _ in here
            ],
        }
    )


def _key(people: list[dict], at: list[int], top: float) -> list[dict]:
    """Says at the first mark what the marks are, in the empty heading row above it."""
    for one, place in zip(people, at, strict=True):
        if one["available"] > 0 and place == at[0]:
            left = one["available"] < top * 0.4
            return [
                note_at(
                    "▾ hours of the contract" if left else "hours of the contract ▾",
                    SMALL,
                    x=one["available"],
                    y=place - 0.86,
                    xanchor="left" if left else "right",
                    xshift=-6 if left else 6,
                )
            ]
    return []


def _weeks_note(people: list[dict], drawn: list[dict], goes_on: bool) -> str:
    note = (
        "The upright mark is the hours available under the contract. The thin line with ends is the likely range "
        "of the hours the work takes."
    )
    if goes_on:
        note += " The bar of the work with no therapist goes on beyond the picture; its number stands beside it."
    if len(drawn) < len(people):
        number = sum(1 for one in people if one["role"])
        note += f" The first {MOST_PEOPLE} of {number} people are drawn; the table has all."
    return note


def _weeks_alt(people: list[dict]) -> str:
    posts = [one for one in people if one["role"]]
    present = [one for one in posts if one["available"] > 0]
    over = [one for one in present if rounded(one["work"] - one["available"], 1) > 0]
    roles = [count(sum(1 for one in posts if one["role"] == role), role) for role in ("OT", "OTA")]
    said = [f"Hours of work a week of {roles[0]} and {roles[1]} beside the hours of their contracts."]
    short = sum(one["work"] - one["available"] for one in over)
    said.append(
        f"{len(over)} of {count(len(present), 'person', 'people')} available have more work than hours, "
        f"together {hours(short)} hours a week."
        if present
        else "Nobody is available."
    )
    nobody = sum(one["work"] for one in people if one["role"] is None)
    away = sum(one["work"] for one in posts if one["available"] <= 0)
    if nobody:
        said.append(f"{hours(nobody)} hours a week have no therapist.")
    if away:
        said.append(f"{hours(away)} hours a week belong to people who are on leave or not in post.")
    return " ".join(said)


def _weeks_table(people: list[dict]) -> pd.DataFrame:
    table = {"Therapist": [one["label"] for one in people], "Role": [one["role"] or "" for one in people]}
    for group in GROUPS:
        table[f"{group.label}, hours a week"] = numbers((one["hours"][group.code] for one in people), 1)
    table["All work, hours a week"] = numbers((one["work"] for one in people), 1)
    table["Likely at least, hours a week"] = numbers((one["low"] for one in people), 1)
    table["Likely at most, hours a week"] = numbers((one["high"] or np.nan for one in people), 1)
    table["Available under the contract, hours a week"] = numbers((one["available"] for one in people), 1)
    table["Available minus work, hours a week"] = numbers((one["available"] - one["work"] for one in people), 1)
    table["Note"] = [
        "" if one["available"] > 0 or one["role"] is None else "on leave" if one["on_leave"] else "not in post"
        for one in people
    ]
    return pd.DataFrame(table)
