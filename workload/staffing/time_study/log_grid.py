"""One person's log of a week as a grid of quarters of an hour, Monday to Friday, read from typed entries and written back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from workload.model.units import DAYS_PER_SCHOOL_WEEK, hours, minutes
from workload.staffing.time_study.log_edits import ADD, LABEL_LIST, REMOVE, Entry, LogEdit
from workload.staffing.time_study.study import SLOT_MINUTES, clock_minutes, clock_text, grid_entries

FROM = "From"
# Minutes after midnight, for every grid of one day or one week; what lies outside is typed as single entries.
FIRST_SLOT, LAST_SLOT = int(minutes(6.5)), int(minutes(18))
Span = tuple[str, str]


def slots() -> list[str]:
    """The clock times at which the quarters of the grid begin."""
    return [clock_text(at) for at in range(FIRST_SLOT, LAST_SLOT, SLOT_MINUTES)]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> list[date]:
    """Monday to Friday."""
    return [monday + timedelta(at) for at in range(DAYS_PER_SCHOOL_WEEK)]


def day_name(day: date) -> str:
    """ "Mon 28": the heading of a day in the grid."""
    return f"{day:%a} {day.day}"


def is_on_grid(entry: Entry, therapist: str, monday: date) -> bool:
    """Whether an entry of this person lies in the week and begins and ends with quarters of the grid."""
    return entry.get("therapist") == therapist and entry.get("date") in days_of(monday) and _quarters(entry) is not None


def _quarters(entry: Entry) -> range | None:
    """The quarters of an entry, in minutes after midnight; None where one of its ends is none of the grid."""
    first, last = (clock_minutes(str(entry.get(name) or "")) for name in ("start", "end"))
    if first is None or last is None or any(at % SLOT_MINUTES for at in (first, last)):
        return None
    return (
        range(int(first), int(last), SLOT_MINUTES)
        if FIRST_SLOT <= min(first, last) <= max(first, last) <= LAST_SLOT
        else None
    )


def grid_of(entries: Sequence[Entry], therapist: str, monday: date) -> pd.DataFrame:
    """The week as a table: a row for each quarter, a column of activities for each day; what is empty is None."""
    cells: dict[date, dict[str, object]] = {day: {} for day in days_of(monday)}
    for entry in entries:
        if is_on_grid(entry, therapist, monday):
            for at in _quarters(entry) or ():
                cells[entry["date"]][clock_text(at)] = entry["activity"]  # type: ignore[index]
    columns = {
        day_name(day): pd.Series([held.get(slot) for slot in slots()], dtype=object) for day, held in cells.items()
    }
    return pd.DataFrame({FROM: slots(), **columns})


def off_grid(entries: Sequence[Entry], therapist: str, monday: date) -> list[Entry]:
    """Entries of the week that no quarter of the grid shows: minutes without a clock time, other times."""
    return [
        entry
        for entry in entries
        if entry.get("therapist") == therapist
        and entry.get("date") in days_of(monday)
        and not is_on_grid(entry, therapist, monday)
    ]


def edits_of(
    entries: Sequence[Entry], therapist: str, monday: date, grid: pd.DataFrame, contract: Span | None = None
) -> list[LogEdit]:
    """What makes the typed log hold this grid: the entries that it showed go, those of its cells come.

    contract  first and last clock time of the contract day; quarters outside it are unpaid. None: nothing is said of it
    """
    gone = [at for at, entry in enumerate(entries) if is_on_grid(entry, therapist, monday)]
    outside = [] if contract is None else [slot for slot in slots() if not _inside(slot, contract)]
    made: list[Mapping[str, object]] = []
    for day in days_of(monday):
        cells = {
            slot: what
            for slot, what in zip(grid[FROM], grid[day_name(day)], strict=True)
            if isinstance(what, str) and what
        }
        made += [
            {**record, "minutes": float(record["minutes"])}  # type: ignore[arg-type]
            for record in grid_entries(therapist, day, cells, outside=outside)
        ]
    removed = [LogEdit(REMOVE, row=at) for at in reversed(gone)]
    return [*removed, *([LogEdit(ADD, tuple(made))] if made else [])]


def _inside(slot: str, contract: Span) -> bool:
    at, (first, last) = clock_minutes(slot), map(clock_minutes, contract)
    return None not in (at, first, last) and first <= at < last  # type: ignore[operator]


def filled(grid: pd.DataFrame, day: date, start: str, end: str, activity: str | None) -> pd.DataFrame:
    """The grid with an activity in every quarter from start to end of a day."""
    here = [_inside(slot, (start, end)) for slot in grid[FROM]]
    made = grid.copy()
    made[day_name(day)] = [activity if at else old for at, old in zip(here, made[day_name(day)], strict=True)]
    return made


def cells_of(grid: pd.DataFrame, monday: date) -> list[list[str | None]]:
    """The activities of the week, a list for each day; what is empty is None."""
    return [[what or None for what in grid[day_name(day)]] for day in days_of(monday)]


def stretched(grid: pd.DataFrame, monday: date, days: object, places: object, activity: object) -> pd.DataFrame:
    """The grid with an activity in a stretch of each of some days in a row; an empty activity empties it.

    days    first and last day, 0 for Monday;  places  first and last quarter, 0 for the first of the grid. They come from a
    browser: what lies outside the week, or is no activity, changes nothing
    """
    here, there = _places(days, DAYS_PER_SCHOOL_WEEK), _places(places, len(grid))
    made = grid.copy()
    if here and there and (activity in LABEL_LIST or activity in ("", None)):
        for day in days_of(monday)[here[0] : here[1] + 1]:
            made.loc[there[0] : there[1], day_name(day)] = activity or None
    return made


def _places(ends: object, number: int) -> tuple[int, int] | None:
    """(first, last) where both are places among so many; else None."""
    if not (isinstance(ends, Sequence) and len(ends) == 2):
        return None
    first, last = map(whole, ends)
    return (first, last) if first is not None and last is not None and 0 <= first <= last < number else None


def whole(sent: object) -> int | None:
    """A whole number as a browser sends it, 3 or 3.0; None for anything else, infinity and no number among them."""
    return int(sent) if type(sent) is int or (type(sent) is float and sent.is_integer()) else None  # type: ignore[call-overload]


def hours_in(grid: pd.DataFrame, monday: date) -> float:
    cells = sum(
        int(grid[day_name(day)].map(lambda what: isinstance(what, str) and bool(what)).sum()) for day in days_of(monday)
    )
    return hours(cells * SLOT_MINUTES)
