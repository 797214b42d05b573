"""A therapist's own week, and whether it is right: all that a therapist sees of a district, and says about it.

Nothing of a colleague leaves this module for a therapist: the rows are cut before anything is given back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from workload.model.roster import UNASSIGNED
from workload.store import change_record
from workload.store.database import StoreError, reading, writing
from workload.store.district import ConflictError, District, put
from workload.store.months import Month, read_month
from workload.store.roles import CHANGE_OWN, SEE_WORK
from workload.store.schema import SNAPSHOTS, WEEKS

RIGHT, NOT_RIGHT = "right", "not right"
WITHHELD = "(what is not right is for the lead)"  # free text, in which anybody may be named
FIGURES = (
    "role",
    "contracted_fte",
    "available_hours",
    "workload_hours",
    "utilization",
    "caseload",
    "required_fte",
)
ROWS = (
    "student",
    "school",
    "grade",
    "delivery",
    "sessions",
    "minutes_per_session",
    "period",
    "group_size",
    "start",
    "end",
)


@dataclass(frozen=True, eq=False)
class OwnWeek:
    """One person's week on the day of a snapshot: figures by name, and the service lines that make it, each with its
    `line`, the position among the rows of the roster."""

    therapist: str
    day: date
    roster_digest: str
    figures: dict[str, Any]
    rows: pd.DataFrame

    @property
    def on_leave(self) -> bool:
        """Whether the person has a contract and none of its hours on the day."""
        return bool(self.figures["contracted_fte"] > 0 and self.figures["available_hours"] == 0)


@dataclass(frozen=True)
class Said:
    """What a therapist has said of her week, and when."""

    therapist: str
    said: str
    note: str
    version: int
    saved_at: str
    roster_digest: str  # of the rows that it was said of


def own_week(district: District, therapist: str) -> OwnWeek | None:
    """The week of this person in the newest snapshot; None where there is none, or nobody of that name in it."""
    district.person.must_be(therapist)
    found = read_month(district)
    if found is None:
        return None
    people = found.answer.people
    row = people[people["therapist"] == therapist]
    if row.empty or therapist == UNASSIGNED:
        return None
    services = found.roster.services
    own = services.loc[services["therapist"] == therapist, [name for name in ROWS if name in services.columns]]
    own = own.assign(line=own.index)
    figures = {name: row.iloc[0][name] for name in FIGURES if name in row.columns}
    figures["contract_hours"] = float(row.iloc[0]["contracted_fte"]) * found.answer.staffing.full_week
    return OwnWeek(therapist, found.day, found.roster.digest, figures, own.reset_index(drop=True))


def newest_day(district: District, therapist: str) -> date | None:
    """The day of the newest snapshot, also for somebody whose name is not in it; None where there is none."""
    district.person.must_be(therapist)
    with reading(district.engine) as connection:
        day = connection.execute(select(func.max(SNAPSHOTS.c.day)).where(SNAPSHOTS.c.district == district.id)).scalar()
    return None if day is None else date.fromisoformat(day)


def say(district: District, week: OwnWeek, said: str, note: str, seen: int, when: str) -> None:
    """Say that their own week is right, or what is not. seen  the version of what was said before; 0 for nothing.

    Raises `ConflictError` where the rows have changed since the week was shown.
    """
    district.person.must(CHANGE_OWN)
    district.person.must_be(week.therapist)
    if said not in (RIGHT, NOT_RIGHT) or (said == NOT_RIGHT and not note.strip()):
        raise StoreError("Say that the week is right, or write what is not right about it.")
    newest = read_month(district)
    if newest is None or newest.roster.digest != week.roster_digest or newest.day != week.day:
        raise ConflictError("week")
    row = {
        "roster_digest": week.roster_digest[:64],
        "said": said,
        "note": note.strip()[:2_000],
        "saved_at": when,
        "saved_by": district.person.email,
    }
    with writing(district.engine) as connection:
        district.must_exist(connection)
        key = {"district": district.id, "therapist": week.therapist, "day": week.day.isoformat()}
        put(connection, WEEKS, key, row, seen, "week")
        change_record.add(connection, district.id, district.person, when, f"said {said}", f"week of {week.day}")


def said_of(district: District, therapist: str, day: date) -> Said | None:
    """What this person has said of the week of a snapshot."""
    district.person.must_be(therapist)
    return next((each for each in said_of_weeks(district, day) if each.therapist == therapist), None)


def said_by_all(district: District, day: date) -> list[Said]:
    """What everybody has said of the weeks of a snapshot."""
    district.person.must(SEE_WORK)
    return said_of_weeks(district, day)


def said_of_weeks(district: District, day: date) -> list[Said]:
    """The same for those who count them only, and are asked about what they may see before."""
    columns = (WEEKS.c[name] for name in Said.__dataclass_fields__)
    query = select(*columns).where((WEEKS.c.district == district.id) & (WEEKS.c.day == day.isoformat()))
    with reading(district.engine) as connection:
        found = [Said(*row) for row in connection.execute(query.order_by(WEEKS.c.therapist))]
        words = district.words(connection)
    if words is None:
        return found
    return [
        replace(
            each,
            therapist=words(each.therapist, "therapist"),
            note="" if not each.note else WITHHELD,
            roster_digest=words(each.roster_digest, ""),
        )
        for each in found
    ]


def asked(found: Month) -> frozenset[str]:
    """Who is asked about the week of a month: everybody in post or with a line in it."""
    people = found.answer.people
    return frozenset(people.loc[people["therapist"] != UNASSIGNED, "therapist"])


def confirmed(people: frozenset[str], roster_digest: str, said: Sequence[Said]) -> tuple[int, int]:
    """(how many of these have confirmed their week as it stands in these rows, of how many), for Home and the packet."""
    right = {each.therapist for each in said if each.said == RIGHT and each.roster_digest == roster_digest[:64]}
    return len(right & people), len(people)
