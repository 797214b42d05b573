"""A therapist's week as a file to keep and to bring back: numbers and choices, no name and no text that was pasted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from workload.model.school_year import PERIODS, cycle_days
from workload.one_week.caseload_list import MOST_STUDENTS
from workload.one_week.own_case import Case
from workload.one_week.responsibilities import responsibilities
from workload.one_week.week_grid import WEEK_DAYS, Grid
from workload.one_week.week_roster import CONSULT, GROUP, INDIVIDUAL, PLANS, Duties, Entry, Service
from workload.staffing.concerns.check_in import QUESTIONS

KIND, VERSION = "one-therapist-week", 1
LARGEST = 200_000  # bytes
MOST_ENTRIES = 300
REFUSED = "This file is not a week that was saved here, so nothing was changed. Choose the file named my-week.json."


class WeekFileError(ValueError):
    """A file that cannot be used; the message is a plain sentence."""


@dataclass(frozen=True)
class SavedWeek:
    """Everything of the four steps: the case, the grid, the signs that were said yes to, and the state."""

    case: Case = Case()
    grid: Grid = Grid()
    signs: frozenset[str] = frozenset()
    state: str = ""
    chosen: frozenset[str] = field(default_factory=frozenset)  # levers


def as_file(week: SavedWeek) -> bytes:
    """The week as JSON."""
    content = {
        "kind": KIND,
        "version": VERSION,
        "caseload": [asdict(entry) for entry in week.case.entries],
        "duties": asdict(week.case.duties),
        "responsibilities": dict(week.case.ticked),
        "grid": {
            "begins": week.grid.begins,
            "ends": week.grid.ends,
            "blocks": [asdict(block) for block in week.grid.blocks],
        },
        "signs": sorted(week.signs),
        "state": week.state,
        "levers": sorted(week.chosen),
    }
    return json.dumps(content, indent=1).encode()


def read_file(data: bytes) -> SavedWeek:
    """The week of a saved file. Raises `WeekFileError` for anything else; nothing is half taken over."""
    try:
        if len(data) > LARGEST:
            raise ValueError
        content = json.loads(data.decode("utf-8"))
        if content["kind"] != KIND or content["version"] != VERSION:
            raise ValueError
        return SavedWeek(
            Case(_entries(content["caseload"]), _duties(content["duties"]), _ticked(content["responsibilities"])),
            _grid(content["grid"]),
            frozenset(each for each in content["signs"] if each in QUESTIONS),
            _word(content["state"], 2),
            frozenset(_word(each, 60) for each in content["levers"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise WeekFileError(REFUSED) from None


def _entries(found: Any) -> tuple[Entry, ...]:
    entries = tuple(
        Entry(
            int(_number(one["students"], 1, MOST_STUDENTS)),
            tuple(_service(each) for each in one["services"]),
            _one_of(one["plan"], PLANS),
        )
        for one in found
    )
    if len(entries) > MOST_ENTRIES or not all(entry.services for entry in entries):
        raise ValueError
    return entries


def _service(one: dict) -> Service:
    if one["period"] not in PERIODS and cycle_days(one["period"]) is None:
        raise ValueError
    size = one["group_size"]
    return Service(
        _number_or_none(one["minutes"], 1_000),
        _number_or_none(one["sessions"], 1_000),
        one["period"],
        _number_or_none(one["total"], 100_000),
        _one_of(one["delivery"], (INDIVIDUAL, GROUP, CONSULT)),
        None if size is None else int(_number(size, 1, 40)),
    )


def _duties(found: dict) -> Duties:
    made: dict[str, Any] = {each.name: _number_or_none(found[each.name], 20_000) for each in fields(Duties)}
    whole = {name: int(made[name] or 0) for name in ("moves", "assistants")}
    if not 1 <= (made["contract_hours"] or 0) <= 60 or max(whole.values()) > 50:
        raise ValueError
    plain = {name: made[name] or 0 for name in ("makeup_minutes", "duty_hours", "mtss_hours")}
    return Duties(**{**made, **plain, **whole})


def _ticked(found: dict) -> MappingProxyType[str, float]:
    return MappingProxyType({id: _number(hours, 0, 2_000) for id, hours in found.items() if id in responsibilities()})


def _grid(found: dict) -> Grid:
    grid = Grid(begins=_word(found["begins"], 5), ends=_word(found["ends"], 5))
    for block in found["blocks"][:2_000]:
        grid = grid.with_block((_one_of(block["day"], WEEK_DAYS),), block["start"], block["end"], block["activity"])
    grid.is_outside("Mon", 0)  # refuses hours of the contract that are no clock times
    return grid


def _number(value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError
    return value


def _number_or_none(value: object, most: float) -> float | None:
    return None if value is None else _number(value, 0, most)


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError
    return str(value)


def _word(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError
    return value
