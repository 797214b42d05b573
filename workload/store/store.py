"""The store of a computer or of a server: which districts it keeps, and the way into one of them.

store = open_store(folder)                    # SQLite in a folder of this computer
store = open_store(folder, "postgresql+psycopg://user@host/name")
district = store.create("Maple Valley", THIS_COMPUTER, when)
store.districts(THIS_COMPUTER)
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, func, select

from workload.store import change_record, database
from workload.store.database import reading, writing
from workload.store.district import ConflictError, District
from workload.store.kinds import KINDS
from workload.store.packing import UnreadableError
from workload.store.parquet_tables import digest_of
from workload.store.roles import ADMINISTRATOR, OWNER, NotAllowedError, Person
from workload.store.schema import DISTRICTS, PARTS, PEOPLE, SHEETS, SNAPSHOTS


@dataclass(frozen=True)
class Kept:
    """A district in the list. Times are UTC."""

    id: str
    name: str
    created: str
    opened: str


@dataclass(frozen=True)
class Aged(Kept):
    """The same with the time of the last saving."""

    saved: str


@dataclass(frozen=True)
class Store:
    """An open store. It holds no connection between calls, and nobody's data."""

    engine: Engine
    kinds: Mapping[str, str] = field(default_factory=lambda: KINDS)

    def districts(self, person: Person) -> list[Kept]:
        """The districts that a person may open, the one that was opened last first."""
        query = select(DISTRICTS.c.id, DISTRICTS.c.name, DISTRICTS.c.created, DISTRICTS.c.opened)
        if person.role != OWNER:
            query = query.join(PEOPLE, PEOPLE.c.district == DISTRICTS.c.id).where(PEOPLE.c.email == person.email)
        with reading(self.engine) as connection:
            return [Kept(*row) for row in connection.execute(query.order_by(DISTRICTS.c.opened.desc()))]

    def all_districts(self) -> list[Aged]:
        """Every district with its age, for the command line of whoever may read the database anyway."""
        saved = select(func.max(PARTS.c.saved_at)).where(PARTS.c.district == DISTRICTS.c.id).scalar_subquery()
        query = select(
            DISTRICTS.c.id, DISTRICTS.c.name, DISTRICTS.c.created, DISTRICTS.c.opened, func.coalesce(saved, "")
        )
        with reading(self.engine) as connection:
            return [Aged(*row) for row in connection.execute(query.order_by(DISTRICTS.c.name))]

    def readable_parts(self, id: str) -> int:
        """How many parts and months of a district there are, each looked through: its tables are there and are what
        they are called. Raises `UnreadableError` for one that is not."""
        with reading(self.engine) as connection:
            rows = [
                (row.plain, row.sheets)
                for table in (PARTS, SNAPSHOTS)
                for row in connection.execute(select(table.c.plain, table.c.sheets).where(table.c.district == id))
            ]
            query = select(SHEETS.c.digest, SHEETS.c.content).where(SHEETS.c.district == id)
            whole = {row.digest for row in connection.execute(query) if digest_of(bytes(row.content)) == row.digest}
        for plain, sheets in rows:
            if (
                not isinstance(json.loads(plain), (dict, list, str, int, float, type(None)))
                or set(json.loads(sheets)) - whole
            ):
                raise UnreadableError("A part of a district is damaged. Restore a backup.")
        return len(rows)

    def create(self, name: str, person: Person, when: str) -> District:
        """A new district. Who makes it on a server is its first administrator."""
        if person.role not in (OWNER, ADMINISTRATOR):
            raise NotAllowedError("A district is begun by an administrator.")
        id = secrets.token_hex(16)
        with writing(self.engine) as connection:
            connection.execute(DISTRICTS.insert().values(id=id, name=name[:200], created=when, opened=when))
            if person.role != OWNER:
                connection.execute(
                    PEOPLE.insert().values(district=id, email=person.email, role=ADMINISTRATOR, therapist="", version=1)
                )
            change_record.add(connection, id, person, when, "began")
        return District(self.engine, id, person, self.kinds)

    def district(self, id: str, person: Person) -> District:
        """A district for a person, with the role that the store has for them: what people say of themselves does not count.

        Raises `NotAllowedError` for somebody who has none, `ConflictError` for a district that is not there.
        """
        with reading(self.engine) as connection:
            if connection.execute(select(DISTRICTS.c.id).where(DISTRICTS.c.id == id)).first() is None:
                raise ConflictError("district") if person.role == OWNER else NotAllowedError(NO_ROLE)
            if person.role == OWNER:
                return District(self.engine, id, person, self.kinds)
            row = connection.execute(
                select(PEOPLE.c.role, PEOPLE.c.therapist).where(
                    (PEOPLE.c.district == id) & (PEOPLE.c.email == person.email)
                )
            ).first()
        if row is None:
            raise NotAllowedError(NO_ROLE)
        return District(self.engine, id, Person(person.email, row.role, row.therapist), self.kinds)

    def record_is_whole(self) -> int | None:
        """The number of the first row of the record that was tampered with; None when there is none."""
        with reading(self.engine) as connection:
            return change_record.first_broken(connection)


NO_ROLE = "Nobody has given you a role in this district. Ask its administrator."


def open_store(folder: Path, url: str = "", kinds: Mapping[str, str] = KINDS) -> Store:
    """The store in a folder, or at the address of a database, brought to the newest schema. Raises `StoreError`."""
    if not url:
        database.make_room(folder)
    engine = database.engine_of(url or database.file_of(folder))
    database.upgrade(engine)
    return Store(engine, kinds)
