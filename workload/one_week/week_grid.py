"""The Mon-Fri grid that hangs on a therapist's wall, in quarter hours, and the time study that it is.

grid = Grid().with_block(("Mon", "Tue"), "08:00", "11:00", "direct")
study = study_of_grid(grid, monday)          # what lies outside the contract's hours is unpaid
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from workload.model.units import minutes
from workload.one_week.week_roster import ME
from workload.staffing.time_study import study

WEEK_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST_SLOT, LAST_SLOT = int(minutes(6)), int(minutes(21))  # from six in the morning to nine at night
CLOCKS = tuple(study.clock_text(at) for at in range(FIRST_SLOT, LAST_SLOT + 1, study.SLOT_MINUTES))


@dataclass(frozen=True)
class Block:
    """Slots that follow each other with one activity."""

    day: str
    start: str
    end: str
    activity: str


@dataclass(frozen=True)
class Grid:
    """What is done in each quarter of an hour, and when the contract's day begins and ends.

    slots  (day, minutes after midnight) -> activity
    """

    slots: Mapping[tuple[str, int], str] = field(default_factory=lambda: MappingProxyType({}))
    begins: str = "08:00"
    ends: str = "15:30"

    def with_block(self, days: Iterable[str], start: str, end: str, activity: str) -> Grid:
        """With these hours of these days filled; an empty activity clears them. Raises `ValueError` in plain words."""
        first, last = study.clock_minutes(start), study.clock_minutes(end)
        if first is None or last is None or last <= first:
            raise ValueError(f"The end, {end}, is not after the start, {start}.")
        if activity and activity not in study.LABELS:
            raise ValueError("That activity is not known.")
        slots = dict(self.slots)
        for day in days:
            for at in range(int(first), int(last), study.SLOT_MINUTES):
                slots.pop((day, at), None)
                if activity:
                    slots[(day, at)] = activity
        return replace(self, slots=MappingProxyType(slots))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The grid as blocks, by day and clock."""
        found: list[Block] = []
        for (day, at), activity in sorted(self.slots.items(), key=lambda one: (WEEK_DAYS.index(one[0][0]), one[0][1])):
            last = found[-1] if found else None
            if last and (last.day, last.end, last.activity) == (day, study.clock_text(at), activity):
                found[-1] = replace(last, end=study.clock_text(at + study.SLOT_MINUTES))
            else:
                found.append(Block(day, study.clock_text(at), study.clock_text(at + study.SLOT_MINUTES), activity))
        return tuple(found)

    def is_outside(self, day: str, at: int) -> bool:
        """Whether a slot lies outside the contract's hours: before, after, or at the weekend."""
        begins, ends = study.clock_minutes(self.begins), study.clock_minutes(self.ends)
        return day in WEEK_DAYS[5:] or not (begins or 0) <= at < (ends or 0)


def study_of_grid(grid: Grid, monday: date) -> study.TimeStudy:
    """The grid as a time study of the week that begins on `monday`."""
    records = []
    for place, day in enumerate(WEEK_DAYS):
        cells = {study.clock_text(at): activity for (of, at), activity in grid.slots.items() if of == day}
        outside = [clock for clock in cells if grid.is_outside(day, int(study.clock_minutes(clock) or 0))]
        records += study.grid_entries(ME, monday + timedelta(days=place), cells, outside=outside)
    return study.study_of(study.plain_entries(records))
