"""The anonymous check-in by link: rounds that a lead opens and closes, and the answers of whoever has the link.

token = open_round(district, until, today, when)     # the lead; the token goes into the link
add_answer(store, token, ["no-break"], today)        # anybody with the link, who is asked for no name
rounds(district, today)                              # counts of rounds that are over and have answers enough

An answer is added to the counts of its round and forgotten. No row is written for it, no address and no time, and the
record of changes does not know of it. Below `FEWEST_ANSWERS` nothing of a round can be read, and once it is over its
counts are deleted: when it is closed, when the lead looks, and before a copy is made. While a round is open only whether enough have answered is told: a number that grows would tell who
has answered when.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select, update

from workload.model.words import in_words
from workload.staffing.concerns.check_in import FEWEST_ANSWERS, QUESTIONS, CheckIn
from workload.store import change_record
from workload.store.database import StoreError, reading, writing
from workload.store.district import District
from workload.store.roles import CHANGE_WORK, SEE_WORK
from workload.store.schema import CHECK_INS, DISTRICTS
from workload.store.store import Store

MOST_ANSWERS = 2_000  # of one round; more is no team, and somebody may be playing with the link
LONGEST_DAYS = 60  # that a link stays open: a round is a picture of one time


class RoundError(StoreError):
    """This answer or this round cannot be taken. The message is a plain sentence."""


@dataclass(frozen=True)
class Round:
    """One check-in. `token` is "" for whom may not open and close it. `counts` is None while it is open, and for ever where fewer than `FEWEST_ANSWERS` have answered."""

    token: str
    opened: date
    until: date
    over: bool
    enough: bool
    counts: CheckIn | None


@dataclass(frozen=True)
class Asked:
    """What whoever opens the link is told: who asks, and until when."""

    district: str
    until: date


# --- whoever has the link ------------------------------------------------------------------------------------


def asked(store: Store, token: str, today: date) -> Asked | None:
    """Who asks under this link, and until when; None for a link that is closed, or was never given out."""
    query = select(CHECK_INS, DISTRICTS.c.name).join(DISTRICTS, DISTRICTS.c.id == CHECK_INS.c.district)
    with reading(store.engine) as connection:
        row = connection.execute(query.where(CHECK_INS.c.token == token)).first()
    return None if row is None or _is_over(row, today) else Asked(row.name, date.fromisoformat(row.until))


def add_answer(store: Store, token: str, signs: Collection[str], today: date) -> None:
    """Add one answer to the counts: the questions answered with yes. Raises `RoundError` where it cannot be taken."""
    if set(signs) - set(QUESTIONS):
        raise RoundError("This is not an answer to the ten questions. Load the page again.")
    with writing(store.engine) as connection:
        row = connection.execute(select(CHECK_INS).where(CHECK_INS.c.token == token)).first()
        if row is None or _is_over(row, today):
            raise RoundError("This check-in is closed. Nothing was counted.")
        if row.answers >= MOST_ANSWERS:
            raise RoundError("This check-in takes no more answers. Tell whoever gave you the link.")
        counts = _counts(row).with_answer(signs)
        connection.execute(_at(token).values(answers=counts.answers, yes=json.dumps(dict(counts.yes))))


# --- the lead ------------------------------------------------------------------------------------------------


def open_round(district: District, until: date, today: date, when: str) -> str:
    """Begin a round that can be answered to the end of a day; the token of its link. One round is open at a time."""
    district.person.must(CHANGE_WORK)
    if not 0 <= (until - today).days <= LONGEST_DAYS:
        raise RoundError(f"Choose a last day from today on, at most {LONGEST_DAYS} days away.")
    token = secrets.token_urlsafe(32)
    with writing(district.engine) as connection:
        district.must_exist(connection)
        now = [row for row in _rows(connection, district) if not _is_over(row, today)]
        if now:
            raise RoundError(f"A check-in is open until {in_words(date.fromisoformat(now[0].until))}. Close it first.")
        _forget_too_few(connection, district, today)
        row = {"token": token, "district": district.id, "opened": today.isoformat(), "until": until.isoformat()}
        connection.execute(CHECK_INS.insert().values(**row, closed="", answers=0, yes=json.dumps(dict(CheckIn().yes))))
        change_record.add(connection, district.id, district.person, when, "opened a check-in")
    return token


def close_round(district: District, token: str, today: date, when: str) -> None:
    """End a round. The counts of one with too few answers are deleted."""
    district.person.must(CHANGE_WORK)
    with writing(district.engine) as connection:
        row = connection.execute(select(CHECK_INS).where(_of(district) & (CHECK_INS.c.token == token))).first()
        if row is None:
            raise RoundError("This check-in is not there any more. Load the page again.")
        if not row.closed:
            connection.execute(_at(token).values(closed=today.isoformat()))
            change_record.add(connection, district.id, district.person, when, "closed a check-in")
        _forget_too_few(connection, district, today)


def rounds(district: District, today: date) -> list[Round]:
    """Every round, the oldest first, with what may be told of it.

    The link is told to whoever may open and close a round. Read by them, what few have said in ended rounds is deleted.
    """
    district.person.must(SEE_WORK)
    may_change = district.person.may(CHANGE_WORK)
    with reading(district.engine) as connection:
        rows = _rows(connection, district)
    if may_change and any(_is_too_few(row, today) for row in rows):
        with writing(district.engine) as connection:
            _forget_too_few(connection, district, today)
            rows = _rows(connection, district)
    told = [_told(row, today, may_change) for row in rows]
    return sorted(told, key=lambda one: (one.opened, not one.over))


def _told(row: Any, today: date, with_link: bool) -> Round:
    over, counts = _is_over(row, today), _counts(row)
    return Round(
        row.token if with_link else "",
        date.fromisoformat(row.opened),
        date.fromisoformat(row.until),
        over,
        counts.is_shown,
        counts if over and counts.is_shown else None,
    )


def _forget_too_few(connection: Connection, district: District, today: date) -> None:
    """Delete what few people have said in rounds of a district that are over."""
    _forget(connection, _rows(connection, district), today)


def forget_few(connection: Connection, today: date) -> None:
    """Delete what few people have said in rounds that are over, of every district of a database."""
    _forget(connection, connection.execute(select(CHECK_INS)).all(), today)


def _forget(connection: Connection, rows: Iterable[Any], today: date) -> None:
    for row in rows:
        if _is_too_few(row, today):
            connection.execute(_at(row.token).values(answers=0, yes=json.dumps(dict(CheckIn().yes))))


def _is_too_few(row: Any, today: date) -> bool:
    return 0 < row.answers < FEWEST_ANSWERS and _is_over(row, today)


def _rows(connection: Connection, district: District) -> list[Any]:
    return list(connection.execute(select(CHECK_INS).where(_of(district)).order_by(CHECK_INS.c.opened)))


def _of(district: District) -> Any:
    return CHECK_INS.c.district == district.id


def _at(token: str) -> Any:
    return update(CHECK_INS).where(CHECK_INS.c.token == token)


def _is_over(row: Any, today: date) -> bool:
    return bool(row.closed) or today > date.fromisoformat(row.until)


def _counts(row: Any) -> CheckIn:
    """The counts of a row; a question that was not asked then has none."""
    yes = json.loads(row.yes)
    return CheckIn(row.answers, MappingProxyType({id: int(yes.get(id, 0)) for id in QUESTIONS}))
