"""A time study: where the hours really go, paid and unpaid apart.

study = study_of(roster.time_log)                        # rows of the Time log sheet
study = study_of(plain_entries([{"therapist": "A", "date": date(2026, 9, 21), "activity": "direct",
                                 "start": "8:00", "end": "8:45"}]))
`study_tables` adds it up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workload.model.columns import normalized
from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.roster import typed
from workload.model.units import hours, minutes
from workload.work.activities import ACTIVITIES

LUNCH, OTHER, DIRECT_OTHER = "lunch", "other", "direct_other"
LABELS: Mapping[str, str] = {
    **{activity.code: activity.label for activity in ACTIVITIES},
    DIRECT_OTHER: "Direct service outside IEPs (504, behavior plans)",
    OTHER: "Other work",
    LUNCH: "Lunch and breaks",
}
WORDS_TO_CODE = {normalized(word).replace(" ", "_"): code for code, label in LABELS.items() for word in (code, label)}
SLOT_MINUTES = 15  # AOTA, from caseload to workload: intervals of a quarter of an hour
MINUTES_APART = 1.0  # a clock that differs from the written minutes by more is told
DAY_HOURS = 24


@dataclass(frozen=True, eq=False)
class TimeStudy:
    """The entries that count, typed, and what was wrong with the others.

    entries  therapist, date, week (its Monday), activity (a code of `LABELS`), minutes, start, end, school,
             outside_contract, file, sheet, row
    """

    entries: pd.DataFrame
    issues: tuple[Issue, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.entries.empty

    @cached_property
    def work(self) -> pd.DataFrame:
        """The entries without lunch and breaks."""
        return self.entries[self.entries["activity"] != LUNCH]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who logged, in alphabetical order."""
        return tuple(sorted(self.entries["therapist"].unique()))

    @property
    def first_day(self) -> date | None:
        return None if self.is_empty else self.entries["date"].min().date()

    @property
    def last_day(self) -> date | None:
        return None if self.is_empty else self.entries["date"].max().date()

    @property
    def dates(self) -> str:
        """The span in words: "2026-09-21 to 2026-09-25"."""
        first, last = self.first_day, self.last_day
        return f"{first.isoformat()} to {last.isoformat()}" if first and last else "no days"

    def of(self, therapist: str) -> TimeStudy:
        """The part of one person."""
        return TimeStudy(self.entries[self.entries["therapist"] == therapist].reset_index(drop=True))


def clock_minutes(text: str) -> float | None:
    """Minutes after midnight of "8:05" or "17:30"; None for anything else."""
    parts = str(text).strip().split(":")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        return None
    at, minute = minutes(int(parts[0])) + int(parts[1]), int(parts[1])
    return float(at) if at <= minutes(DAY_HOURS) and minute < minutes(1) else None


def clock_text(after_midnight: float) -> str:
    """The clock time so many minutes after midnight: 485 is "08:05"."""
    hour, minute = divmod(int(after_midnight), int(minutes(1)))
    return f"{hour:02}:{minute:02}"


def clock_words(clock: str) -> str:
    """ "13:30" as people in the United States write it: "1:30 PM"."""
    hour, minute = clock.split(":")
    return f"{(int(hour) - 1) % 12 + 1}:{minute} {'AM' if int(hour) < 12 else 'PM'}"


def plain_entries(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A time log table from plain records with the columns of the Time log sheet; absent ones are missing.

    `minutes` may be left out where `start` and `end` are given.
    """
    rows = list(rows)
    names = {name for row in rows for name in row}
    columns = {name: [row.get(name) for row in rows] for name in sorted(names - {"outside_contract"})}
    outside = [bool(row.get("outside_contract")) for row in rows]
    return typed("time_log", {**columns, "outside_contract": outside}, len(rows))


def grid_entries(
    therapist: str,
    day: date,
    cells: Mapping[str, str | None],
    outside: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Records of one day's grid: clock time of each slot -> activity; an empty slot is no entry.

    Slots that follow each other with the same activity become one record. `outside` names the slots (by their
    clock time) that lie outside contract hours. Raises `ValueError` for a slot that is no clock time.
    """
    slots = []
    for clock, activity in cells.items():
        at = clock_minutes(clock)
        if at is None:
            raise ValueError(f"{clock} is not a clock time such as 8:15")
        if activity:
            slots.append((at, activity, clock in outside))
    records: list[dict[str, Any]] = []
    for at, activity, is_outside in sorted(slots):
        last = records[-1] if records else None
        if (
            last
            and last["end"] == clock_text(at)
            and (last["activity"], last["outside_contract"]) == (activity, is_outside)
        ):
            last["end"], last["minutes"] = clock_text(at + SLOT_MINUTES), last["minutes"] + SLOT_MINUTES
        else:
            records.append(
                {
                    "therapist": therapist,
                    "date": day,
                    "activity": activity,
                    "minutes": SLOT_MINUTES,
                    "start": clock_text(at),
                    "end": clock_text(at + SLOT_MINUTES),
                    "school": None,
                    "outside_contract": is_outside,
                }
            )
    return records


def study_of(time_log: pd.DataFrame) -> TimeStudy:
    """The study of a time log table (`roster.time_log`, or `plain_entries`).

    An entry counts when it has a person, a day, a known activity and minutes above zero. Others are told and left
    out. Overlapping entries are told and counted as written.
    """
    issues: list[Issue] = []
    table = time_log.reset_index(drop=True).copy()
    start, end = (table[name].map(_clock).astype("float64") for name in ("start", "end"))
    by_clock = end - start
    table["minutes"] = table["minutes"].fillna(by_clock)
    codes = table["activity"].map(_code)
    usable = (codes.notna() & table["therapist"].notna() & table["date"].notna() & (table["minutes"] > 0)).to_numpy()
    differ = ((by_clock - table["minutes"]).abs() > MINUTES_APART).to_numpy()
    issues += [_issue(table.iloc[at], *_unusable(table.iloc[at], codes.iloc[at])) for at in np.flatnonzero(~usable)]
    issues += [_clock_differs(table.iloc[at], by_clock.iloc[at]) for at in np.flatnonzero(usable & differ)]
    table["activity"], table["_start"] = codes, start
    table = table[usable].reset_index(drop=True)
    table["week"] = table["date"] - pd.to_timedelta(table["date"].dt.day_of_week, unit="D")
    issues += [*_overlaps(table), *_long_days(table)]
    return TimeStudy(table.drop(columns="_start"), tuple(issues))


def _code(text: object) -> str | None:
    """The code of an activity written as its code or its label; None for another text."""
    return WORDS_TO_CODE.get(normalized(text).replace(" ", "_")) if isinstance(text, str) else None


def _clock(text: object) -> float:
    found = clock_minutes(text) if isinstance(text, str) else None
    return float("nan") if found is None else found


def _unusable(row: pd.Series, code: str | None) -> tuple[str, str, str, str, str]:
    """(code, severity, message, remedy, column) of an entry that cannot count."""
    if not isinstance(row["therapist"], str) or pd.isna(row["date"]):
        column = "date" if isinstance(row["therapist"], str) else "therapist"
        return (
            "study-entry-incomplete",
            WARNING,
            f"This entry has no {column}, so it is not counted.",
            f"Fill in the {column}.",
            column,
        )
    if not isinstance(code, str):
        return (
            "study-activity-unknown",
            WARNING,
            "The activity of this entry is not known, so it is not counted.",
            f"Use one of: {', '.join(LABELS)}.",
            "activity",
        )
    return (
        "study-minutes-missing",
        WARNING,
        "This entry has no minutes and no start before its end, so it is not counted.",
        "Fill in the minutes, or a start and a later end. Work over midnight is two entries.",
        "minutes",
    )


def _clock_differs(row: pd.Series, by_clock: float) -> Issue:
    return _issue(
        row,
        "study-minutes-differ",
        NOTICE,
        f"The entry says {row['minutes']:g} minutes, its clock times are {by_clock:g} apart. "
        "The written minutes count.",
        "Correct the minutes or the clock times.",
        "minutes",
    )


def _issue(row: pd.Series, code: str, severity: str, message: str, remedy: str, column: str) -> Issue:
    value = row[column] if column == "activity" and isinstance(row[column], str) else ""
    return Issue(
        code,
        severity,
        message,
        remedy,
        row["file"] or "",
        row["sheet"] or "",
        None if pd.isna(row["row"]) else int(row["row"]),
        column,
        value,
    )


def _overlaps(table: pd.DataFrame) -> list[Issue]:
    timed = table[table["_start"].notna()].sort_values(["therapist", "date", "_start"], kind="stable")
    same = (timed["therapist"].eq(timed["therapist"].shift()) & timed["date"].eq(timed["date"].shift())).to_numpy()
    ends = timed["_start"] + timed["minutes"]
    before = ends.groupby([timed["therapist"], timed["date"]]).cummax().shift().to_numpy()
    shared = np.where(same, before - timed["_start"].to_numpy(), 0.0)
    return [
        _issue(
            timed.iloc[at],
            "study-overlap",
            WARNING,
            f"This entry overlaps an earlier one of the same day by {shared[at]:g} minutes. Both are counted in full.",
            "Correct the clock times, or remove the entry that was logged twice.",
            "start",
        )
        for at in np.flatnonzero(shared > 0)
    ]


def _long_days(table: pd.DataFrame) -> list[Issue]:
    days = table.groupby(["therapist", "date"])["minutes"].sum()
    return [
        Issue(
            "study-day-too-long",
            WARNING,
            f"The entries of one person on {day.date().isoformat()} add up to {hours(total):.1f} hours; "
            f"a day has {DAY_HOURS}. They are counted as written.",
            "Correct the minutes of that day.",
            column="minutes",
        )
        for (_, day), total in days[days > minutes(DAY_HOURS)].items()
    ]
