"""One district in the store, as one person may see it: open, load, save, snapshots, the record, forget.

district = store.district(id, person)
parts = district.load()                       # {"settings": Part(value, version, ...)}
district.save({"settings": {...}}, {"settings": parts["settings"].version}, when)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Table, and_, delete, select, update

from workload.model.roster import UNASSIGNED
from workload.store import change_record
from workload.store.change_record import Change
from workload.store.database import StoreError, reading, wipe, writing
from workload.store.kinds import KINDS
from workload.store.packing import packed, unpacked
from workload.store.parquet_tables import digest_of
from workload.store.retold import FILES, LISTS, Words, cells_of, retold, rosters_in, told_at, without_names
from workload.store.retold import PEOPLE as NAMED
from workload.store.roles import CHANGE_WORK, FORGET, SEE_NAMES, SEE_RECORD, SEE_WORK, UPLOAD, Person
from workload.store.schema import (
    DISTRICTS,
    OF_DISTRICT,
    OWN_LOGS,
    PARTS,
    PEOPLE,
    SENT_CORRECTIONS,
    SHEETS,
    SNAPSHOTS,
    WEEKS,
)

ROSTER = "roster"  # the part that holds the rows of a district


class ConflictError(StoreError):
    """Somebody else has changed the same since it was read; nothing was overwritten.

    part, by, at  what, who and when (UTC); both are empty where it was deleted
    """

    def __init__(self, part: str, by: str = "", at: str = ""):
        self.part, self.by, self.at = part, by, at
        who = f"{by} has changed it at {at[11:16]} UTC" if by else "it is not there any more"
        super().__init__(
            f"This was not kept, because {who}. Nothing was overwritten. Load the page again to see what stands there now."
        )


class OtherSecretError(StoreError):
    """The students have other pseudonyms in the store than in what was to be saved (`rotation`): it would mix the two."""

    def __init__(self) -> None:
        super().__init__(
            "The students have new pseudonyms in the store, and what is open has the earlier ones, so nothing was saved. "
            "Load the page again and make the change once more."
        )


def put(
    connection: Connection, table: Table, key: Mapping[str, object], row: Mapping[str, object], seen: int, what: str
) -> int:
    """Write a row under its key; its new version. Raises `ConflictError` where it has another version than was seen."""
    here = and_(*(table.c[name] == value for name, value in key.items()))
    now = connection.execute(select(table).where(here)).first()
    if now is None and not seen:
        connection.execute(table.insert().values(**key, version=1, **row))
        return 1
    seen_still = here & (table.c.version == seen)
    if connection.execute(update(table).where(seen_still).values(version=seen + 1, **row)).rowcount != 1:
        raise ConflictError(what, now.saved_by if now else "", now.saved_at if now else "")
    return seen + 1


@dataclass(frozen=True)
class Part:
    """A part as it was saved: its version is what a later save has to name, its digest what was written."""

    value: Any
    version: int
    digest: str
    saved_at: str
    saved_by: str


@dataclass(frozen=True)
class Saved:
    """What a value becomes before it is written, made outside of the transaction; `save` takes it like a value."""

    plain: str
    tables: Mapping[str, bytes]

    @classmethod
    def of(cls, value: object, kinds: Mapping[str, str]) -> Saved:
        """Raises `TypeError` for what may not be kept."""
        plain, tables = packed(value, kinds)
        return cls(json.dumps(plain, ensure_ascii=False, allow_nan=False), tables)

    @property
    def digest(self) -> str:
        """Of the plain data, which names its tables by theirs."""
        return digest_of(self.plain.encode())

    @property
    def sheets(self) -> str:
        """The digests of its tables, as they are written."""
        return json.dumps(sorted(self.tables))


@dataclass(frozen=True)
class District:
    """A district and the person who works on it. Every call asks the person's role first.

    mark  which secret the pseudonyms are of that will be saved, as `secret_mark` said when they were read; None: none are
    """

    engine: Engine
    id: str
    person: Person
    kinds: Mapping[str, str] = field(default_factory=lambda: KINDS)
    mark: str | None = None

    # --- parts -------------------------------------------------------------------------------------------

    def load(self, names: Iterable[str] | None = None) -> dict[str, Part]:
        """The parts with these names, or all. Raises `UnreadableError` for one that is damaged."""
        self.person.must(SEE_WORK)
        query = select(PARTS).where(PARTS.c.district == self.id)
        if names is not None:
            query = query.where(PARTS.c.name.in_(list(names)))
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(PARTS.c.name)).all()
            tables, words = self.tables(connection, [row.sheets for row in rows]), self.words(connection)
        return {row.name: self._part(row, tables, words) for row in rows}

    def versions(self) -> dict[str, int]:
        """The version of every part, without its content."""
        self.person.must(SEE_WORK)
        with reading(self.engine) as connection:
            query = select(PARTS.c.name, PARTS.c.version).where(PARTS.c.district == self.id)
            return {row.name: row.version for row in connection.execute(query)}

    def save(self, values: Mapping[str, object], seen: Mapping[str, int], when: str) -> dict[str, int]:
        """Save the parts together, or none of them. Gives back their new versions.

        seen  the version of each part as it was read; a part that is new has none
        Raises `ConflictError` where one of them has another version by now.
        """
        made = {
            name: value if isinstance(value, Saved) else Saved.of(value, self.kinds) for name, value in values.items()
        }
        for name in made:
            self.person.must(UPLOAD if name == ROSTER else CHANGE_WORK)
        versions = {}
        with writing(self.engine) as connection:
            self.must_exist(connection)
            for name, saved in made.items():
                versions[name] = self._put(connection, name, saved, seen.get(name, 0), when)
            self.sweep(connection)
        return versions

    def _put(self, connection: Connection, name: str, saved: Saved, seen: int, when: str) -> int:
        self.keep_tables(connection, saved.tables)
        here = (PARTS.c.district == self.id) & (PARTS.c.name == name)
        now = connection.execute(select(PARTS.c.version, PARTS.c.plain).where(here)).first()
        if now is not None and now.plain == saved.plain:
            return now.version  # two who say the same do not contradict each other
        values = {"plain": saved.plain, "sheets": saved.sheets, "saved_at": when, "saved_by": self.person.email}
        made = put(connection, PARTS, {"district": self.id, "name": name}, values, seen, name)
        change_record.add(connection, self.id, self.person, when, "saved", name, saved.digest)
        return made

    def _part(self, row: Any, tables: Mapping[str, bytes], words: Words | None) -> Part:
        value, plain = self.value_of(row.plain, tables, words)
        return Part(value, row.version, digest_of(plain.encode()), row.saved_at, row.saved_by)

    def value_of(self, plain: str, tables: Mapping[str, bytes], words: Words | None) -> tuple[Any, str]:
        """What was saved as this person may see it, and its plain data."""
        if words is not None:
            told, tables = retold(json.loads(plain), tables, words)
            plain = json.dumps(told, ensure_ascii=False, allow_nan=False)
        return unpacked(json.loads(plain), tables, self.kinds), plain

    def words(self, connection: Connection) -> Words | None:
        """How this person is told of people: None by their names, which only some roles may see."""
        if self.person.may(SEE_NAMES) or not self.person.may(SEE_WORK):
            return None
        rows = [
            (json.loads(row.plain), row.sheets)
            for table in (PARTS, SNAPSHOTS)  # all of them, so that somebody is called the same in each
            for row in connection.execute(select(table.c.plain, table.c.sheets).where(table.c.district == self.id))
        ]
        tables, plain = self.tables(connection, [lists for _, lists in rows]), [each for each, _ in rows]
        names = cells_of(plain, tables, NAMED)
        for table in (PEOPLE, WEEKS, OWN_LOGS, SENT_CORRECTIONS):
            query = select(table.c.therapist).where((table.c.district == self.id) & (table.c.therapist != ""))
            names |= set(connection.execute(query).scalars())
        said = [each for one in plain for each in told_at(one)]
        names |= {text for where, text in said if where in NAMED and text}
        files, sheets = (
            cells_of(plain, tables, fields) | {text for where, text in said if where in fields}
            for fields in (FILES, LISTS)
        )
        places = cells_of(plain, tables, ("school",))
        return without_names(names, places, (UNASSIGNED,), rosters_in(plain), files, sheets)

    def must_exist(self, connection: Connection) -> None:
        """Raises `ConflictError` where the district was forgotten meanwhile, `OtherSecretError` where it was told anew."""
        mark = connection.execute(select(DISTRICTS.c.secret_mark).where(DISTRICTS.c.id == self.id)).scalar()
        if mark is None:
            raise ConflictError("district")
        if self.mark is not None and mark != self.mark:
            raise OtherSecretError

    # --- tables: each is kept once, whatever refers to it ----------------------------------------------------

    def tables(self, connection: Connection, lists: Iterable[str]) -> dict[str, bytes]:
        """The tables that these lists of digests name."""
        wanted = {digest for text in lists for digest in json.loads(text)}
        query = select(SHEETS.c.digest, SHEETS.c.content).where(
            (SHEETS.c.district == self.id) & SHEETS.c.digest.in_(sorted(wanted))
        )
        return {row.digest: bytes(row.content) for row in connection.execute(query)}

    def keep_tables(self, connection: Connection, tables: Mapping[str, bytes]) -> None:
        """Write those that are not there yet."""
        there = set(self._digests(connection)) if tables else set()
        for digest in sorted(tables.keys() - there):
            connection.execute(SHEETS.insert().values(district=self.id, digest=digest, content=tables[digest]))

    def _digests(self, connection: Connection) -> list[str]:
        return list(connection.execute(select(SHEETS.c.digest).where(SHEETS.c.district == self.id)).scalars())

    def sweep(self, connection: Connection) -> None:
        """Delete the tables that nothing refers to any more."""
        lists = [
            text
            for table in (PARTS, SNAPSHOTS)
            for text in connection.execute(select(table.c.sheets).where(table.c.district == self.id)).scalars()
        ]
        used = {digest for text in lists for digest in json.loads(text)}
        if left := set(self._digests(connection)) - used:
            connection.execute(delete(SHEETS).where((SHEETS.c.district == self.id) & SHEETS.c.digest.in_(sorted(left))))

    # --- the district itself ---------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        with reading(self.engine) as connection:
            found = connection.execute(select(DISTRICTS.c.name).where(DISTRICTS.c.id == self.id)).scalar()
        if found is None:
            raise ConflictError("district")
        return found

    @property
    def secret_mark(self) -> str:
        """Which secret its pseudonyms are of; another one after `rotation`."""
        with reading(self.engine) as connection:
            return connection.execute(select(DISTRICTS.c.secret_mark).where(DISTRICTS.c.id == self.id)).scalar() or ""

    def opened(self, name: str, when: str) -> None:
        """Note that it was opened then, and under which name; an empty time: that it was closed."""
        self.person.must(CHANGE_WORK)
        with writing(self.engine) as connection:
            connection.execute(update(DISTRICTS).where(DISTRICTS.c.id == self.id).values(name=name[:200], opened=when))

    def history(self, most: int = 200) -> list[Change]:
        """Who changed what and when, the last change first."""
        self.person.must(SEE_RECORD)
        with reading(self.engine) as connection:
            return change_record.rows(connection, self.id, most)

    def forget(self, when: str) -> None:
        """Delete everything of the district, and leave nothing of it in the files; the record keeps that it was done."""
        self.person.must(FORGET)
        with writing(self.engine) as connection:
            for table in OF_DISTRICT:
                connection.execute(delete(table).where(table.c.district == self.id))
            connection.execute(delete(DISTRICTS).where(DISTRICTS.c.id == self.id))
            change_record.add(connection, self.id, self.person, when, "forgot")
        wipe(self.engine)
