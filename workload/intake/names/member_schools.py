"""Schools of a cooperative: each member's names and codes are settled among its own, never with another member's.

Two members with a Lincoln Elementary have two schools: "Lincoln Elementary (North)" and "Lincoln Elementary (South)". A school
that the Schools sheet lists without a member is one building, whoever sends students there.
"""

from __future__ import annotations

from collections.abc import Sequence

from workload.intake.answers.findings import Findings, merged
from workload.intake.answers.import_map import ImportMap
from workload.intake.cells.near_names import school_key
from workload.intake.names.one_spelling import SCHOOL_COLUMNS, SchoolNames, Tables, clean
from workload.model.issues import WARNING, Issue
from workload.model.roster import NO_SCHOOL

OF_A_MEMBER = ("services", "evaluations", "schools", "travel", "time_log")
LISTED = 4


def schools_of(tables: Tables, members: Sequence[str], answers: ImportMap) -> SchoolNames | SchoolsOfMembers:
    """The schools of one district, or those of the members of a cooperative."""
    if not members:
        return SchoolNames(tables, answers.schools)
    return SchoolsOfMembers(tables, members, answers)


class SchoolsOfMembers:
    """The schools of each member, settled apart. Lives as long as one load.

    Rows of people, and rows that name no member, may speak of any member's school: a name that one member has is that
    school; one that several have is told, and needs its member behind it.
    """

    def __init__(self, tables: Tables, members: Sequence[str], answers: ImportMap) -> None:
        self._tables = tables
        self._unclear: dict[str, tuple[tuple[str, ...], tuple[str, str, int]]] = {}
        self._of: dict[str, SchoolNames] = {}
        self._columns: dict[tuple[str, str], dict[int, tuple[str, str | None]]] = {}
        for member in members:
            own = {table: _rows_of(tables[table], member if table in OF_A_MEMBER else None) for table in tables}
            self._of[member] = schools = SchoolNames(own, answers.schools)
            for at, name in zip(_at(tables["schools"], member), own["schools"].get("school", ()), strict=True):
                self._columns.setdefault(("schools", "school"), {})[at] = (member, name)
            for table, column in SCHOOL_COLUMNS:
                if table in OF_A_MEMBER and column in own[table]:
                    settled = schools.column(table, column)
                    at_rows = zip(_at(tables[table], member), settled, strict=True)
                    self._columns.setdefault((table, column), {}).update({at: (member, name) for at, name in at_rows})
        self._twice = self._in_several()
        if "school" in tables["schools"]:
            tables["schools"]["school"] = self.column("schools", "school")

    def _in_several(self) -> frozenset[str]:
        """Keys of the names that several members have. One that the Schools sheet lists for no member is shared by all."""
        seen: set[str] = set()
        again: set[str] = set()
        listed, members = self._tables["schools"].get("school", ()), self._tables["schools"].get("district")
        shared = {school_key(clean(name)) for at, name in enumerate(listed) if name and not (members and members[at])}
        for schools in self._of.values():
            keys = {school_key(name) for name in schools.names if name != NO_SCHOOL}
            again |= seen & keys
            seen |= keys
        return frozenset(again - shared)

    def _full(self, member: str, name: str) -> str:
        """The name, with its member where another member has one of that name."""
        return f"{name} ({clean(member)})" if school_key(name) in self._twice else name

    def column(self, table: str, column: str) -> list[str | None]:
        """A column with every school in its settled spelling."""
        rows = self._tables[table]
        settled = self._columns.get((table, column), {})
        home = rows.get("district") or [None] * len(rows[column])
        made = []
        for at, written in enumerate(rows[column]):
            if at in settled:
                member, name = settled[at]
                made.append(self._full(member, name) if name else name)
            else:
                place = (rows["file"][at], rows["sheet"][at], rows["row"][at])
                made.append(self.name(written, home[at], place) if written else None)
        return made

    @property
    def names(self) -> tuple[str, ...]:
        """Every school by its settled spelling, and names of several members as they are written without one."""
        full = [self._full(member, name) for member, schools in self._of.items() for name in schools.names]
        short = [name for schools in self._of.values() for name in schools.names]
        return tuple(dict.fromkeys((*full, *short)))

    def name(self, written: str, home: str | None = None, place: tuple[str, str, int] = ("", "", 0)) -> str:
        """The settled spelling of a school that a row of no member names; of several, the one of the home member."""
        among = {member: name for member, schools in self._of.items() if (name := schools.known(written))}
        full = {member: self._full(member, name) for member, name in among.items()}
        if home in full:
            return full[home]
        if len(full) == 1:
            return next(iter(full.values()))
        if not full:
            by_full = {
                school_key(self._full(member, name)): self._full(member, name)
                for member, schools in self._of.items()
                for name in schools.names
            }
            return by_full.get(school_key(clean(written)), clean(written))
        self._unclear.setdefault(clean(written), (tuple(full.values()), place))
        return clean(written)

    def known(self, written: str) -> str | None:
        """The settled spelling of a school that some member knows by this name; None for another."""
        return next((name for schools in self._of.values() if (name := schools.known(written))), None)

    def report(self) -> Findings:
        """What each member's names leave open, and the names that several members have."""
        unclear = [
            Issue(
                "school-of-which-member",
                WARNING,
                f'"{name}" is a school of several member districts, and this row does not say of which. It is kept as '
                "a school of its own.",
                f"Write it as {' or '.join(full[:LISTED])}.",
                file=file,
                sheet=sheet,
                row=row or None,
                value=name,
            )
            for name, (full, (file, sheet, row)) in self._unclear.items()
        ]
        return merged((*(schools.report() for schools in self._of.values()), *unclear))


def _at(rows: dict[str, list], member: str | None) -> list[int]:
    """Positions of the rows of a member; none where no row names one."""
    return [at for at, name in enumerate(rows.get("district") or ()) if member is not None and name == member]


def _rows_of(rows: dict[str, list], member: str | None) -> dict[str, list]:
    at = _at(rows, member)
    return {name: [values[each] for each in at] for name, values in rows.items()} if at else {}
