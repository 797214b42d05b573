"""Every column of the roster, declared once in data/columns: name, kind, how a heading may say it, what empty means.

Header matching, parsing, the template, the data dictionary and the checks at the border are all derived from these
records. A heading is compared after `normalized`, so names need no second spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from workload.model.packaged_data import entries_in

IDENTIFYING = frozenset({"student_id", "student_name", "last_name", "first_name"})  # shown nowhere
EXAMPLE_PREFIX = "EXAMPLE"  # example rows of the template carry it in their first column and are left out
SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{3})")  # "OTMinutesPerWeek"
SEPARATORS = re.compile(r"[\s_/\-.,()#?:*]+")


@dataclass(frozen=True)
class Column:
    """One canonical column: what it means and how its cells are read.

    kind      id, name, text, school, therapist, number, whole, date, yes_no, choice, period, phrase, day_plan, clock
    label     the heading of the template, in plain words
    says      facts that a heading may say together (see data/headings.toml)
    names     whole headings with this meaning
    empty     what an empty cell means; `trouble` what becomes of a cell that cannot be read
    lacking   what is said of a row without it, where a row needs it
    kept      whether the roster has the column
    template  "first" for the block that matters first, "second", or "" for none; `examples` fill its example rows
    """

    name: str
    kind: str
    meaning: str
    label: str = ""
    says: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    empty: str = ""
    trouble: str = ""
    lacking: str = ""
    kept: bool = False
    template: str = ""
    examples: tuple[object, ...] = ()

    @property
    def example(self) -> object:
        """The first example, where there is one."""
        return self.examples[0] if self.examples else None


@dataclass(frozen=True)
class Table:
    """One sheet of the roster. `needed`: a row must have one of each group to be read."""

    name: str
    sheet: str
    meaning: str
    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that canonical name. Raises `KeyError`."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return MappingProxyType({column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """The groups that a row needs one of, of the columns that the template offers."""
        offered = {column.name for column in self.columns if column.template}
        return tuple(tuple(name for name in group if name in offered) for group in self.needed)

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """Compact heading -> canonical column. A column's own name wins over a label, and that over another's name."""
        found = {compact(column.name): column.name for column in self.columns}
        for texts in ([(column.label,) for column in self.columns], [column.names for column in self.columns]):
            for column, spelled in zip(self.columns, texts, strict=True):
                for text in spelled:
                    found.setdefault(compact(text), column.name)
        return MappingProxyType(found)


def normalized(heading: object) -> str:
    """A heading as it is compared: first line, no soft characters, lower case, words apart, one space.

    >>> normalized("Session Length/ Minutes ")
    'session length minutes'
    """
    text = str(heading)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(SOFT)
    text = text.strip().split("\n")[0]
    return SEPARATORS.sub(" ", CAMEL.sub(" ", text)).strip().casefold()


@lru_cache(maxsize=8192)
def compact(heading: str) -> str:
    """A heading normalized and without blanks: SCHOOLNAME, School Name and school_name are alike."""
    return normalized(heading.replace("\n", " ")).replace(" ", "")


def _read(name: str) -> Table:
    table = entries_in("columns", name)
    known = {each.name for each in fields(Column)}
    columns = []
    for each in table.pop("column"):
        if unknown := each.keys() - known:
            raise ValueError(
                f"data/columns/{name}.toml, {each.get('name')}: {', '.join(sorted(unknown))} is not known."
            )
        given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in each.items()}
        columns.append(Column(**given))
    return Table(
        name,
        table["sheet"],
        table["meaning"],
        tuple(columns),
        tuple(map(tuple, table["needed"])),
        tuple(table["sheet_names"]),
    )


TABLES = tuple(map(_read, ("services", "therapists", "schools", "evaluations", "travel", "time_log")))
SERVICES, THERAPISTS, SCHOOLS, EVALUATIONS, TRAVEL, TIME_LOG = TABLES
TABLE: Mapping[str, Table] = MappingProxyType({table.name: table for table in TABLES})
ROLES, EMPLOYMENTS = THERAPISTS.column("role").choices, THERAPISTS.column("employment").choices
DELIVERIES = SERVICES.column("delivery").choices
