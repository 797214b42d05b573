"""What is odd about a roster once names are settled. Only what makes the answer impossible is an error."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from workload.intake.phrases.bounds import (
    FEWER_ARE_HOURS,
    LARGEST_USUAL_GROUP,
    LONGEST_USUAL_SESSION,
    MOST_WEEKLY_MINUTES,
    MOST_WEEKLY_SESSIONS,
)
from workload.intake.phrases.meanings import weeks_in_period
from workload.model.issues import ERROR, NOTICE, WARNING, Issue
from workload.model.words import count, first_few

LARGEST_FTE = 1.5  # one person's contract; more is a percentage or a slip
SAME_PLACE = 3  # schools at one point: their coordinates are a placeholder
SHOWN = 5
Tables = Mapping[str, pd.DataFrame]


def check(tables: Tables) -> Iterator[Issue]:
    """All findings about the linked tables of a roster."""
    for each in CHECKS:
        yield from each(tables)


def _at(frame: pd.DataFrame, at: int, column: str = "", value: str = "") -> dict[str, Any]:
    """Place of a row of a roster table."""
    row = frame.iloc[at]
    return {
        "file": row["file"] or "",
        "sheet": row["sheet"] or "",
        "row": int(row["row"]) if row["row"] == row["row"] else None,
        "column": column,
        "value": value,
    }


def _some(frame: pd.DataFrame, mask: np.ndarray, issue: Callable[[str, int], Issue]) -> Iterator[Issue]:
    """One finding for all rows of a mask: their count and rows in words, and the first of them."""
    at = np.flatnonzero(mask)
    if len(at):
        rows = [int(row) for row in frame["row"].to_numpy()[at[: SHOWN + 1]] if row == row]
        listed = f"row{'s' if len(at) > 1 else ''} {first_few(rows, SHOWN)}"
        yield issue(f"{count(len(at), 'row')} ({listed})", int(at[0]))


# --- therapists -----------------------------------------------------------------------------------------


def _fte(tables: Tables) -> Iterator[Issue]:
    people = tables["therapists"]
    for at, (name, fte, hours) in enumerate(
        zip(people["therapist"], people["fte"], people["hours_per_week"], strict=True)
    ):
        if fte == fte and not 0 <= fte <= LARGEST_FTE:
            yield Issue(
                "fte-impossible",
                ERROR,
                f"{name} has an FTE of {fte:g}. One person has between 0 and {LARGEST_FTE:g}.",
                "Correct the FTE: 1.0 is full time, 0.8 is four days of five.",
                **_at(people, at, "fte", f"{fte:g}"),
            )
        elif fte != fte and hours != hours:
            yield Issue(
                "fte-missing",
                WARNING,
                f"{name} has neither FTE nor hours a week. Until one is given the need is shown, but no gap.",
                "Fill in the FTE or the hours a week.",
                **_at(people, at, "fte"),
            )


def _supervision(tables: Tables) -> Iterator[Issue]:
    people = tables["therapists"]
    role = dict(zip(people["therapist"], people["role"], strict=True))
    for at, (name, own, supervisor) in enumerate(
        zip(people["therapist"], people["role"], people["supervisor"], strict=True)
    ):
        if own == "OTA" and not isinstance(supervisor, str):
            yield Issue(
                "ota-without-supervisor",
                NOTICE,
                f"{name} is an OTA without a supervising OT on the sheet. "
                "Evaluations of this person's students fall to Unassigned.",
                "Fill in supervisor.",
                **_at(people, at, "supervisor"),
            )
        if own != "OTA" or not isinstance(supervisor, str):
            continue
        for other in (each.strip() for each in supervisor.split(";")):
            if other == name or role.get(other) == "OTA":
                words = "as their own supervisor" if other == name else f"as supervised by {other}, who is an OTA"
                yield Issue(
                    "supervisor-not-ot",
                    ERROR,
                    f"{name} is an OTA and stands {words}. An OTA is supervised by an OT.",
                    "Name the supervising OT, or leave the cell empty.",
                    **_at(people, at, "supervisor", other),
                )


def _leaves(tables: Tables) -> Iterator[Issue]:
    people = tables["therapists"]
    for first, last in (("leave_start", "leave_end"), ("start", "end")):
        for at in np.flatnonzero(people[last].to_numpy() < people[first].to_numpy()):
            yield Issue(
                "end-before-start",
                WARNING,
                f"{last} is before {first} for {people['therapist'].iloc[at]}.",
                "Correct one of the two dates.",
                **_at(people, int(at), last),
            )


# --- services -------------------------------------------------------------------------------------------


def _group_sizes(tables: Tables) -> Iterator[Issue]:
    lines = tables["services"]
    missing = lines["delivery"].to_numpy() == "group"
    alone = np.flatnonzero(missing)
    missing[alone] = pd.isna(lines["group_size"].to_numpy()[alone]) & pd.isna(lines["group_id"].to_numpy()[alone])
    for file in dict.fromkeys(lines["file"][missing]):
        yield from _some(
            lines,
            missing & (lines["file"] == file).to_numpy(),
            lambda rows, at: Issue(
                "group-size-missing",
                NOTICE,
                f"A group without its number of students stands in {rows}. It is counted as "
                "individual; the result shows both bounds.",
                "Fill in how many students are in the group, or one name for each group.",
                **_at(lines, at, "group_size"),
            ),
        )


def _weeks(period: object) -> float:
    return float(weeks_in_period(period)) if isinstance(period, str) else float("nan")


def _unusual(tables: Tables) -> Iterator[Issue]:
    lines = tables["services"]
    codes, periods = pd.factorize(lines["period"].to_numpy(dtype=object))
    weeks = np.array([_weeks(period) for period in periods] + [np.nan])[codes]
    with np.errstate(invalid="ignore"):
        sessions, total = lines["sessions"].to_numpy() / weeks, lines["total_minutes"].to_numpy() / weeks
        length, size = lines["minutes_per_session"].to_numpy(), lines["group_size"].to_numpy()
        least = np.fmin(lines["total_minutes"].to_numpy(), length)  # of a period as it is written, or of one session
        for code, mask, words, column in (
            (
                "weekly-minutes-unusual",
                total > MOST_WEEKLY_MINUTES,
                f"More than {MOST_WEEKLY_MINUTES} minutes a week are written",
                "minutes_per_session",
            ),
            (
                "minutes-few",
                (least > 0) & (least < FEWER_ARE_HOURS),
                f"Fewer than {FEWER_ARE_HOURS} minutes, which may be hours, are written",
                "minutes_per_session",
            ),
            (
                "session-length-unusual",
                length > LONGEST_USUAL_SESSION,
                f"A session longer than {LONGEST_USUAL_SESSION} minutes is written",
                "minutes_per_session",
            ),
            (
                "sessions-unusual",
                sessions > MOST_WEEKLY_SESSIONS,
                f"More than {MOST_WEEKLY_SESSIONS} sessions a week are written",
                "sessions",
            ),
            (
                "group-size-unusual",
                size > LARGEST_USUAL_GROUP,
                f"A group of more than {LARGEST_USUAL_GROUP} is written",
                "group_size",
            ),
        ):
            yield from _some(lines, mask, partial(_is_unusual, lines, code, words, column))


def _is_unusual(lines: pd.DataFrame, code: str, words: str, column: str, rows: str, at: int) -> Issue:
    return Issue(
        code,
        WARNING,
        f"{words} in {rows}, which is unusual for occupational therapy in schools. It is counted as written.",
        "Check the numbers and the period.",
        **_at(lines, at, column),
    )


def _dates(tables: Tables) -> Iterator[Issue]:
    lines = tables["services"]
    yield from _some(
        lines,
        lines["end"].to_numpy() < lines["start"].to_numpy(),
        lambda rows, at: Issue(
            "end-before-start",
            WARNING,
            f"The end is before the start in {rows}, so the line never counts.",
            "Correct one of the two dates.",
            **_at(lines, at, "end"),
        ),
    )


# --- places ---------------------------------------------------------------------------------------------


def _coordinates(tables: Tables) -> Iterator[Issue]:
    schools = tables["schools"]
    points: dict[tuple[float, float], list[int]] = defaultdict(list)
    for at, (north, east) in enumerate(zip(schools["latitude"], schools["longitude"], strict=True)):
        if (north == north) != (east == east):
            yield Issue(
                "coordinates-incomplete",
                WARNING,
                f"{schools['school'].iloc[at]} has only one of latitude and longitude.",
                "Fill in both or neither.",
                **_at(schools, at, "latitude"),
            )
        elif north == north:
            points[north, east].append(at)
    zero = points.pop((0.0, 0.0), [])
    if zero:
        yield Issue(
            "coordinates-zero",
            WARNING,
            f"{count(len(zero), 'school is', 'schools are')} at latitude 0 and longitude 0, which is in the "
            "sea. The location is treated as unknown.",
            "Clear the coordinates, or correct them.",
            **_at(schools, zero[0], "latitude", "0"),
        )
    shared = [at for at in points.values() if len(at) >= SAME_PLACE]
    if shared:
        names = ", ".join(schools["school"].iloc[at] for at in shared[0][:SHOWN])
        yield Issue(
            "coordinates-alike",
            WARNING,
            f"{count(sum(map(len, shared)), 'school is', 'schools are')} at the same point as two or more others, for "
            f"example {names}. Their location is treated as unknown.",
            "Correct the coordinates.",
            **_at(schools, shared[0][0], "latitude"),
        )


def without_fake_points(schools: pd.DataFrame) -> pd.DataFrame:
    """The Schools table without coordinates that cannot be true: 0, 0, and one point for three or more schools.

    Travel time and the map must not be made from them.
    """
    points = list(zip(schools["latitude"], schools["longitude"], strict=True))
    times = Counter(points)
    fake = np.array(
        [
            point == (0, 0)
            or (point[0] == point[0] and times[point] >= SAME_PLACE)
            or (point[0] == point[0]) != (point[1] == point[1])
            for point in points
        ],
        dtype=bool,
    )
    if not fake.any():
        return schools
    return schools.assign(**{name: schools[name].mask(fake) for name in ("latitude", "longitude")})


def _travel(tables: Tables) -> Iterator[Issue]:
    travel = tables["travel"]
    seen: dict[tuple[str, str], tuple[float, int]] = {}
    for at, (origin, destination, minutes) in enumerate(
        zip(travel["from"], travel["to"], travel["minutes"], strict=True)
    ):
        before = seen.setdefault((origin, destination), (minutes, at))
        if before[0] != minutes:
            yield Issue(
                "travel-listed-twice",
                WARNING,
                f"{origin} to {destination} is listed with {before[0]:g} and with "
                f"{minutes:g} minutes. The longer time counts.",
                "Keep one of the two rows.",
                **_at(travel, at, "minutes", f"{minutes:g}"),
            )


CHECKS: Sequence[Callable[[Tables], Iterator[Issue]]] = (
    _fte,
    _supervision,
    _leaves,
    _group_sizes,
    _unusual,
    _dates,
    _coordinates,
    _travel,
)
