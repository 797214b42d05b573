"""The record of who changed what and when: only added to, each row sealed over the one before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass

from sqlalchemy import Connection, func, select

from workload.store.roles import Person
from workload.store.schema import CHANGES

FIRST_SEAL = "0" * 64


@dataclass(frozen=True)
class Change:
    """One row. `about` is the name of a part, a day or a role: never content; `digest` is of what was saved."""

    number: int
    at: str
    by: str
    role: str
    district: str
    what: str
    about: str
    digest: str

    def sealed(self, before: str) -> str:
        """The seal of this row after the one before."""
        return hashlib.sha256(json.dumps([before, *astuple(self)]).encode()).hexdigest()


COLUMNS = tuple(CHANGES.c[name] for name in Change.__dataclass_fields__)


def add(
    connection: Connection, district: str, person: Person, when: str, what: str, about: str = "", digest: str = ""
) -> None:
    """One row more, inside the transaction of the change itself: there is no change without its row."""
    last = connection.execute(
        select(CHANGES.c.number, CHANGES.c.seal).order_by(CHANGES.c.number.desc()).limit(1)
    ).first()
    number, before = (last.number + 1, last.seal) if last else (1, FIRST_SEAL)
    row = Change(number, when, person.email, person.role, district, what, about, digest)
    connection.execute(CHANGES.insert().values(**row.__dict__, seal=row.sealed(before)))


def rows(connection: Connection, district: str, most: int) -> list[Change]:
    """The newest rows of a district, the last one first."""
    query = select(*COLUMNS).where(CHANGES.c.district == district).order_by(CHANGES.c.number.desc()).limit(most)
    return [Change(*row) for row in connection.execute(query)]


def first_broken(connection: Connection) -> int | None:
    """The number of the first row that is not what was written, or is missing; None when all are whole."""
    before = FIRST_SEAL
    expected = 0
    for expected, (*values, seal) in enumerate(
        connection.execute(select(*COLUMNS, CHANGES.c.seal).order_by(CHANGES.c.number)), start=1
    ):
        row = Change(*values)
        if row.number != expected or row.sealed(before) != seal:
            return expected
        before = seal
    counted = connection.execute(select(func.count()).select_from(CHANGES)).scalar_one()
    return None if counted == expected else expected + 1
