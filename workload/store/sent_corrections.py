"""Corrections that therapists send from their own week to the lead, and what becomes of them.

A correction is checked here against the rows of the person who sends it: nobody proposes anything about a colleague's
line, and there is no place for free text in which a student could be named.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import func, select, update

from workload.report.corrections.correction_sheet import POST_FIELDS, SERVICE_FIELDS, post_of
from workload.report.corrections.ledger import Ledger, place
from workload.report.corrections.returned_sheets import ADDED, NOT_MINE, PERSON, SERVICE, Change, checked_value
from workload.report.table_files import cell
from workload.store import change_record
from workload.store.database import StoreError, reading, writing
from workload.store.district import ConflictError, District
from workload.store.months import Month, read_month
from workload.store.packing import packed, unpacked
from workload.store.roles import CHANGE_OWN, CHANGE_WORK, SEE_WORK
from workload.store.schema import SENT_CORRECTIONS
from workload.store.therapist_week import OwnWeek

WAITING, TAKEN, ACCEPTED, REFUSED, WITHDRAWN, SEEN = "waiting", "taken", "accepted", "refused", "withdrawn", "seen"
STATES = {
    WAITING: "waits for the lead",
    TAKEN: "is on the lead's list",
    ACCEPTED: "was accepted",
    REFUSED: "was refused",
    WITHDRAWN: "was taken back by you",
    SEEN: "was seen by the lead, who looks at it by hand",
}
MOST_WAITING = 200
OWN_POST_FIELDS = {name: label for name, label in POST_FIELDS.items() if name != "days"}  # a day plan is free text


@dataclass(frozen=True)
class Sent:
    """A correction that was sent, of the rows of which month, and what has become of it."""

    number: int
    therapist: str
    day: date
    roster_digest: str
    change: Change
    state: str


def not_mine(week: OwnWeek, line: int) -> Change:
    """That a line is not hers. line  its position among the rows of the roster, as `OwnWeek.rows` has it"""
    return _of_line(week, line, NOT_MINE, "therapist", week.therapist, "")


def other_value(week: OwnWeek, line: int, field: str, value: object) -> Change:
    """That a field of a line should be something else. The line and the value are looked at by `send`."""
    return _of_line(week, line, SERVICE, field, None, value)


def other_post(week: OwnWeek, field: str, value: object) -> Change:
    """That a field of the own post should be something else."""
    return Change("", PERSON, week.therapist, field, None, value)


def missing(week: OwnWeek, values: Mapping[str, object]) -> Change:
    """That a service is missing: its fields by their names."""
    return Change("", ADDED, week.therapist, "", "", dict(values), applies=False)


def _of_line(week: OwnWeek, line: int, kind: str, field: str, before: object, after: object) -> Change:
    return Change("", kind, week.therapist, field, before, after, line)


def send(district: District, week: OwnWeek, change: Change, when: str) -> int:
    """Send a correction of the own week to the lead; its number.

    Raises `ConflictError` where the rows have changed since the week was shown, `StoreError` for what cannot be.
    """
    district.person.must(CHANGE_OWN)
    for whose in (week.therapist, change.therapist):
        district.person.must_be(whose)
    newest = read_month(district)
    if newest is None or newest.roster.digest != week.roster_digest or newest.day != week.day:
        raise ConflictError("week")
    plain, _ = packed(_checked(newest, change))
    mine, table = (SENT_CORRECTIONS.c.district == district.id), SENT_CORRECTIONS
    with writing(district.engine) as connection:
        district.must_exist(connection)
        waits = mine & (table.c.therapist == week.therapist) & (table.c.state == WAITING)
        if connection.execute(select(func.count()).select_from(table).where(waits)).scalar_one() >= MOST_WAITING:
            raise StoreError(f"{MOST_WAITING} corrections wait already. Your lead looks at them first.")
        number = (connection.execute(select(func.max(table.c.number)).where(mine)).scalar() or 0) + 1
        row = {
            "district": district.id,
            "number": number,
            "therapist": week.therapist,
            "day": week.day.isoformat(),
            "roster_digest": week.roster_digest[:64],
            "plain": json.dumps(plain, ensure_ascii=False, allow_nan=False),
            "state": WAITING,
            "saved_at": when,
            "saved_by": district.person.email,
        }
        connection.execute(table.insert().values(**row))
        change_record.add(connection, district.id, district.person, when, "sent a correction", str(number))
    return number


def _checked(month: Month, change: Change) -> Change:
    """The change as the roster knows it: its line is this person's, its "before" is the roster's, its value can be."""
    services, schools = month.roster.services, set(month.answer.demand.schools[:-1])
    if change.kind == ADDED:
        given = change.after if isinstance(change.after, Mapping) else {}
        said = [
            f"{SERVICE_FIELDS[name]}: {_value(SERVICE, name, value, schools)}"
            for name, value in given.items()
            if name in SERVICE_FIELDS and value not in (None, "")
        ]
        if not said or set(given) - set(SERVICE_FIELDS):
            raise StoreError("Say at least one thing about the service that is missing.")
        return replace(change, id="", before="", after="; ".join(said), line=None, field="missing", applies=False)
    if change.kind == PERSON:
        if change.field not in OWN_POST_FIELDS:
            raise StoreError("This is nothing that is said of a post.")
        before = post_of(month.answer, change.therapist)[change.field]
        has_row = bool((month.roster.therapists["therapist"] == change.therapist).any())
        after = _value(PERSON, change.field, change.after, schools)
        return _changes(replace(change, id="", before=before, after=after, line=None, applies=has_row))
    line = change.line
    if type(line) is not int or not 0 <= line < len(services) or services.at[line, "therapist"] != change.therapist:
        raise StoreError("This line is not one of yours.")
    row = services.loc[line]
    where: dict[str, Any] = {
        "id": "",
        "file": str(row["file"] or ""),
        "row": None if pd.isna(row["row"]) else int(row["row"]),
    }
    if change.kind == NOT_MINE:
        return replace(change, field="therapist", before=change.therapist, after="", applies=True, **where)
    if change.kind != SERVICE or change.field not in SERVICE_FIELDS:
        raise StoreError("This is nothing that is said of a line.")
    after = _value(SERVICE, change.field, change.after, schools)
    return _changes(replace(change, before=cell(row[change.field]), after=after, applies=True, **where))


def _value(kind: str, field: str, value: object, schools: Collection[str]) -> Any:
    if value in (None, ""):
        raise StoreError("Say what it should be.")
    after, problem = checked_value(kind, field, value, schools)
    if problem:
        raise StoreError(problem)
    return after


def _changes(change: Change) -> Change:
    if change.after == change.before:
        raise StoreError("This is what the roster says already.")
    return change


def own_sent(district: District, therapist: str) -> list[Sent]:
    """What this person has sent, the newest first."""
    district.person.must_be(therapist)
    return [each for each in _sent(district) if each.therapist == therapist][::-1]


def sent_by_all(district: District) -> list[Sent]:
    """What everybody has sent, the oldest first."""
    district.person.must(SEE_WORK)
    return _sent(district)


def withdraw(district: District, therapist: str, number: int, when: str) -> None:
    """Take back what waits still. Raises `ConflictError` where the lead has it already."""
    district.person.must(CHANGE_OWN)
    district.person.must_be(therapist)
    _set(district, {number: WITHDRAWN}, {WAITING}, when, SENT_CORRECTIONS.c.therapist == therapist)


def settle(district: District, states: Mapping[int, str], when: str) -> None:
    """What the lead has done with them. What somebody has taken back meanwhile stays so, and is told."""
    district.person.must(CHANGE_WORK)
    if unknown := set(states.values()) - {TAKEN, ACCEPTED, REFUSED, SEEN}:
        raise ValueError(f"{unknown} is nothing that becomes of a correction")
    _set(district, states, {WAITING, TAKEN, ACCEPTED, REFUSED}, when, SENT_CORRECTIONS.c.number > 0)


def _set(district: District, states: Mapping[int, str], was: Collection[str], when: str, whose: Any) -> None:
    with writing(district.engine) as connection:
        for number, state in sorted(states.items()):
            here = (SENT_CORRECTIONS.c.district == district.id) & (SENT_CORRECTIONS.c.number == number) & whose
            may = here & SENT_CORRECTIONS.c.state.in_(sorted(was))
            if connection.execute(update(SENT_CORRECTIONS).where(may).values(state=state)).rowcount != 1:
                raise ConflictError("correction")
            change_record.add(connection, district.id, district.person, when, f"correction {state}", str(number))


def off_the_list(ledger: Ledger, sent: Collection[Sent]) -> list[Sent]:
    """Those that the lead has taken and that stand on no list any more: the roster was read again, and the list went with it."""
    there = {(place(each), repr(each.after)) for each in ledger.proposed}
    there |= {(place(each.change), repr(each.change.after)) for batch in ledger.batches for each in batch}
    return [each for each in sent if each.state == TAKEN and (place(each.change), repr(each.change.after)) not in there]


def states_in(ledger: Ledger, sent: Collection[Sent]) -> dict[int, str]:
    """What the lead's list says of those that are on it, where that is news: number -> state."""
    on_list = {(place(each), repr(each.after)) for each in ledger.proposed}
    decided = {
        (place(decision.change), repr(decision.change.after)): ACCEPTED if decision.accepted else REFUSED
        for batch in ledger.batches
        for decision in batch
    }
    found = {}
    for each in sent:
        key = (place(each.change), repr(each.change.after))
        state = TAKEN if key in on_list else decided.get(key, each.state)
        if each.state in (TAKEN, ACCEPTED, REFUSED) and state != each.state:
            found[each.number] = state
    return found


def _sent(district: District) -> list[Sent]:
    query = select(SENT_CORRECTIONS).where(SENT_CORRECTIONS.c.district == district.id)
    with reading(district.engine) as connection:
        rows = connection.execute(query.order_by(SENT_CORRECTIONS.c.number)).all()
        words = district.words(connection)
    found = []
    for row in rows:
        name, change = row.therapist, unpacked(json.loads(row.plain), {})
        if words is not None:
            name = words(name, "therapist")
            before = name if change.kind == NOT_MINE else change.before
            change = replace(change, therapist=name, before=before, file="")  # a file may be called as somebody
        day = date.fromisoformat(row.day)
        digest = row.roster_digest if words is None else words(row.roster_digest, "")
        found.append(Sent(row.number, name, day, digest, change, row.state))
    return found
