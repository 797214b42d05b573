"""Snapshots of a district through the year: the rows, what was decided, set and said on a day, and the method's version.

take(district, Month(day, roster, assumptions, ...), when)
heads(district)                     # day, digest and method of each, without its rows
month(district, day)                # one of them, to be calculated again to the last digit
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update

from workload import METHOD, METHOD_DATE
from workload.answer import Answer, analyze
from workload.model.confirmations import Confirmation
from workload.model.parameters import Assumptions
from workload.model.roster import Roster
from workload.model.school_calendar import SchoolCalendar
from workload.store import change_record
from workload.store.database import reading, writing
from workload.store.district import District, Saved
from workload.store.roles import SEE_WORK, UPLOAD
from workload.store.schema import SNAPSHOTS

THIS_METHOD = f"{METHOD} of {METHOD_DATE}"


@dataclass(frozen=True, eq=False)
class Month:
    """A district on a day. `decided` holds the map, the corrections and the posts as they stood."""

    day: date
    roster: Roster
    assumptions: Assumptions
    state: str | None = None
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    decided: Mapping[str, Any] = field(default_factory=dict)
    method: str = THIS_METHOD
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)

    @property
    def answer(self) -> Answer:
        """The answer of the rows by the method of this program."""
        said = {"confirmed": self.confirmed, "calendar": self.calendar}
        return analyze(self.roster, self.day, self.assumptions, self.state, **said)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Head:
    """What the list of snapshots says of one. `version` counts how often its day was kept with something else in it."""

    day: date
    roster_digest: str
    method: str
    saved_at: str
    saved_by: str
    version: int


def take(district: District, month: Month, when: str) -> None:
    """Keep the snapshot of a day; a later one of the same day takes its place, and the record keeps that it did."""
    district.person.must(UPLOAD)
    values = {
        "roster": month.roster,
        "assumptions": {name: dict(getattr(month.assumptions, name)) for name in ("values", "origins", "errors")},
        "state": month.state,
        "confirmed": dict(month.confirmed),
        "decided": dict(month.decided),
        "calendar": month.calendar,
    }
    saved, day = Saved.of(values, district.kinds), month.day.isoformat()
    here = (SNAPSHOTS.c.district == district.id) & (SNAPSHOTS.c.day == day)
    row = {
        "roster_digest": month.roster.digest[:64],
        "method": month.method[:40],
        "plain": saved.plain,
        "sheets": saved.sheets,
        "saved_at": when,
        "saved_by": district.person.email,
    }
    with writing(district.engine) as connection:
        district.must_exist(connection)
        now = connection.execute(select(SNAPSHOTS.c.version, SNAPSHOTS.c.plain).where(here)).first()
        if now is not None and now.plain == saved.plain:
            return
        district.keep_tables(connection, saved.tables)
        if now is None:
            connection.execute(SNAPSHOTS.insert().values(district=district.id, day=day, version=1, **row))
        else:
            connection.execute(update(SNAPSHOTS).where(here).values(version=now.version + 1, **row))
        change_record.add(connection, district.id, district.person, when, "took a snapshot", day, saved.digest)
        district.sweep(connection)


def heads(district: District) -> list[Head]:
    """Every snapshot without its rows, the oldest first."""
    district.person.must(SEE_WORK)
    columns = (SNAPSHOTS.c[name] for name in ("day", "roster_digest", "method", "saved_at", "saved_by", "version"))
    query = select(*columns).where(SNAPSHOTS.c.district == district.id).order_by(SNAPSHOTS.c.day)
    with reading(district.engine) as connection:
        return [Head(date.fromisoformat(day), *rest) for day, *rest in connection.execute(query)]


def month(district: District, day: date) -> Month | None:
    district.person.must(SEE_WORK)
    return read_month(district, day)


def read_month(district: District, day: date | None = None) -> Month | None:
    """The snapshot of a day, or the newest, for those who are asked about what they may see of it before."""
    query = select(SNAPSHOTS).where(SNAPSHOTS.c.district == district.id)
    query = query.order_by(SNAPSHOTS.c.day.desc()) if day is None else query.where(SNAPSHOTS.c.day == day.isoformat())
    with reading(district.engine) as connection:
        row = connection.execute(query.limit(1)).first()
        tables, words = (district.tables(connection, [row.sheets]), district.words(connection)) if row else ({}, None)
    if row is None:
        return None
    kept, _ = district.value_of(row.plain, tables, words)
    return Month(
        date.fromisoformat(row.day),
        kept["roster"],
        Assumptions(**kept["assumptions"]),
        kept["state"],
        kept["confirmed"],
        kept["decided"],
        row.method,
        kept["calendar"],
    )
