"""A therapist's own time log on a server: written under her sign-in, joined to the study by the lead."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from workload.staffing.time_study.log_edits import FIELDS, LABEL_LIST, is_clock
from workload.staffing.time_study.study import clock_minutes
from workload.store import change_record
from workload.store.database import StoreError, reading, writing
from workload.store.district import District, put
from workload.store.packing import packed, unpacked
from workload.store.roles import CHANGE_OWN, SEE_WORK
from workload.store.schema import OWN_LOGS

Entry = Mapping[str, object]
MOST_ENTRIES, MINUTES_OF_A_DAY, DAYS_AHEAD = 10_000, 1_440, 366


@dataclass(frozen=True)
class OwnLog:
    """What somebody has logged. version  0 where nothing was saved yet."""

    therapist: str
    entries: tuple[Entry, ...] = ()
    version: int = 0


def own_log(district: District, therapist: str) -> OwnLog:
    district.person.must_be(therapist)
    return next((each for each in _logs(district) if each.therapist == therapist), OwnLog(therapist))


def all_logs(district: District) -> list[OwnLog]:
    """Everybody's, for those who see the whole work."""
    district.person.must(SEE_WORK)
    return _logs(district)


def save_log(district: District, therapist: str, entries: Sequence[Entry], seen: int, when: str) -> int:
    """Save the whole log of this person; the new version. Raises `StoreError` for an entry that is none of hers.

    seen  the version of the log as it was read
    """
    district.person.must(CHANGE_OWN)
    district.person.must_be(therapist)
    if len(entries) > MOST_ENTRIES:
        raise StoreError(f"A log holds at most {MOST_ENTRIES:,} entries.")
    last = date.fromisoformat(when[:10]) + timedelta(DAYS_AHEAD)
    for entry in entries:
        _check(entry, therapist, last)
    plain, _ = packed([dict(entry) for entry in entries])
    row = {"plain": json.dumps(plain), "saved_at": when, "saved_by": district.person.email}
    with writing(district.engine) as connection:
        district.must_exist(connection)
        made = put(connection, OWN_LOGS, {"district": district.id, "therapist": therapist}, row, seen, "log")
        change_record.add(connection, district.id, district.person, when, "logged time", f"entries: {len(entries)}")
    return made


def _check(entry: Entry, therapist: str, last: date) -> None:
    """Raises `StoreError` for anything but a day, an activity of the list and times: there is no place for free text.

    last  the latest day that can be meant
    """
    if set(entry) - set(FIELDS) or entry.get("therapist") != therapist:
        raise StoreError("A log holds one's own time only.")
    start, end = (entry.get(name) for name in ("start", "end"))
    length = _length(start, end, entry.get("minutes"))
    day = entry.get("date")
    if type(day) is not date or entry.get("activity") not in LABEL_LIST or length is None:
        raise StoreError("An entry needs a day, an activity of the list, and a start and an end, or minutes.")
    if day > last:
        raise StoreError("The day of an entry is more than a year ahead. Correct it.")
    if not isinstance(entry.get("outside_contract", False), bool):
        raise StoreError("Whether an entry was outside of the contract is yes or no.")


def _length(start: Any, end: Any, minutes: Any) -> float | None:
    """Minutes of an entry; None where they cannot be."""
    if start or end:
        if not (isinstance(start, str) and isinstance(end, str) and is_clock(start) and is_clock(end)):
            return None
        if minutes not in (None, "") and not _is_number(minutes):
            return None
        first, last = clock_minutes(start), clock_minutes(end)
        return last - first if first is not None and last is not None and last > first else None
    return float(minutes) if _is_number(minutes) and 0 < minutes <= MINUTES_OF_A_DAY else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _logs(district: District) -> list[OwnLog]:
    query = select(OWN_LOGS).where(OWN_LOGS.c.district == district.id).order_by(OWN_LOGS.c.therapist)
    with reading(district.engine) as connection:
        rows, words = connection.execute(query).all(), district.words(connection)
    found = []
    for row in rows:
        entries = unpacked(json.loads(row.plain), {})
        name = row.therapist if words is None else words(row.therapist, "therapist")
        named = tuple({**entry, "therapist": name} for entry in entries)
        found.append(OwnLog(name, named, row.version))
    return found
