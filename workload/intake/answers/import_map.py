"""The map: what a person has decided about the columns, names and phrases of a district's files.

It is kept as `MAP.toml` beside the roster and used again for next month's file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import tomli_w

from workload.intake.cells.service_filter import OT, OTHER
from workload.model.columns import DELIVERIES, ROLES, TABLES, normalized

if TYPE_CHECKING:
    pass

Choices = Mapping[str, str]
GROUPS = {
    "school": "schools",
    "therapist": "therapists",
    "service": "services",
    "sheet": "sheets",
    "fill_down": "fill_down",
    "header_row": "header_rows",
    "use": "tables",
    "role": "roles",
    "person": "people",
    "state": "states",
    "date": "dates",
    "delivery": "deliveries",
    "phrase": "answers",
    "which": "answers",
    "file": "answers",
}
RENEWED, LEFT = "renewed", "left"  # what became of a plan past its review
READ, SKIP, NEITHER = "read", "skip", "neither"  # what may become of a sheet
LEAVE_OUT, OTHER_SERVICE = "leave-out", "other-service"
SERVED, GONE = "served", "gone"  # what a status may mean
ONE_PERSON, SAME_ROW, TWO_PEOPLE = "sum", "repeat", "two"  # what two rows of one name may be
MEANINGS = {
    "services": {OT, OTHER},
    "sheets": {READ, SKIP, NEITHER, "therapist", "school", "esy", "504"},
    "fill_down": {"yes", "no"},
    "tables": {*(table.name for table in TABLES), LEAVE_OUT},
    "roles": {*ROLES, OTHER},
    "people": {ONE_PERSON, SAME_ROW, TWO_PEOPLE},
    "states": {SERVED, GONE},
    "deliveries": {*DELIVERIES, LEAVE_OUT},
    "renewals": {RENEWED, LEFT},
}
COLUMN_PARTS = frozenset({"direct", "individual", "group", "consult", "hours", "units"})  # behind a column's name
SHARED_HEADINGS = 0.8  # of the headings of two shapes, from which one is the other with few columns changed
FEWEST_SHARED = 3


class MapError(ValueError):
    """A map file that cannot be used; the message says why in a sentence."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class ImportMap:
    """Decisions by what they are about. Every mapping goes from what the file says to what it means.

    columns     fingerprint of a sheet's headings -> heading -> canonical column ("" leaves it out)
    answers     kind of a phrase question, or the text of one phrase -> key of the choice
    schools     school as written -> school as listed
    therapists  therapist as written -> therapist as listed
    services    service as written -> "OT" or "other"
    sheets      name of a sheet -> "read" or "skip"; for a tab that names a person or place: "therapist", "school"
    fill_down   heading of a column -> "yes" when its blank cells mean "same as above"
    header_rows name of a sheet -> number of the row that holds its headings; "none" for a sheet without headings
    tables      name of a sheet -> the table that it is used as, or "leave-out"
    roles       role of a person as written -> "OT", "OTA" or "other"
    people      name that stands on two rows -> "sum" (one person), "repeat" (the same row twice), "two" (two people)
    states      status as written -> "served" or "gone"
    dates       end date as written -> "open", "ended", or the date as YYYY-MM-DD
    deliveries  delivery as written -> "individual", "group", "consult" or "leave-out"
    renewals    pseudonym of a student whose plan is past its review -> "renewed" or "left"; `said_by` of "who" and "when"
    """

    columns: Mapping[str, Choices] = field(default_factory=_nothing)
    answers: Choices = field(default_factory=_nothing)
    schools: Choices = field(default_factory=_nothing)
    therapists: Choices = field(default_factory=_nothing)
    services: Choices = field(default_factory=_nothing)
    sheets: Choices = field(default_factory=_nothing)
    fill_down: Choices = field(default_factory=_nothing)
    header_rows: Choices = field(default_factory=_nothing)
    tables: Choices = field(default_factory=_nothing)
    roles: Choices = field(default_factory=_nothing)
    people: Choices = field(default_factory=_nothing)
    states: Choices = field(default_factory=_nothing)
    dates: Choices = field(default_factory=_nothing)
    deliveries: Choices = field(default_factory=_nothing)
    renewals: Choices = field(default_factory=_nothing)
    said_by: Choices = field(default_factory=_nothing)

    def of_shape(self, print_: str, headings: Sequence[str]) -> Choices:
        """The decisions about columns with these headings: of this very shape, or of one that differs in few columns."""
        own = self.columns.get(print_, {})
        names = {normalized(heading) for heading in headings if heading}
        near: dict[str, str] = {}
        for other in self.columns.values():
            known = {normalized(heading) for heading in other}
            if len(known & names) >= max(FEWEST_SHARED, SHARED_HEADINGS * len(known)):
                near |= {heading: meaning for heading, meaning in other.items() if heading in headings}
        return {**near, **own}

    def with_answer(self, key: str, choice: str) -> ImportMap:
        """The map with one more decision. `key` is the key of a question: "school:Lincoln Elem."."""
        about, _, rest = key.partition(":")
        if about == "column":
            fingerprint, _, heading = rest.partition(":")
            of_sheet = {**self.columns.get(fingerprint, {}), heading: choice}
            return replace(self, columns={**self.columns, fingerprint: of_sheet})
        group = GROUPS[about]
        return replace(self, **{group: {**getattr(self, group), rest: choice}})

    def without(self, key: str) -> ImportMap:
        about, _, rest = key.partition(":")
        if about == "column":
            fingerprint, _, heading = rest.partition(":")
            of_sheet = {name: choice for name, choice in self.columns.get(fingerprint, {}).items() if name != heading}
            return replace(self, columns={**self.columns, fingerprint: of_sheet})
        group = GROUPS[about]
        return replace(self, **{group: {name: choice for name, choice in getattr(self, group).items() if name != rest}})

    def merged(self, later: ImportMap) -> ImportMap:
        """Both maps together; where both decide, the later one counts."""
        groups = {each.name: {**getattr(self, each.name), **getattr(later, each.name)} for each in fields(self)}
        for fingerprint in self.columns.keys() & later.columns.keys():
            groups["columns"][fingerprint] = {**self.columns[fingerprint], **later.columns[fingerprint]}
        return ImportMap(**groups)

    def as_dict(self) -> dict[str, dict[str, Any]]:
        """Plain dictionaries, only the groups that hold something, in a stable order."""
        made: dict[str, dict[str, Any]] = {}
        for each in fields(self):
            group = getattr(self, each.name)
            if group:
                made[each.name] = {
                    key: dict(sorted(value.items())) if isinstance(value, Mapping) else value
                    for key, value in sorted(group.items())
                }
        return made


def read_map(path: Path) -> ImportMap:
    """The map of a TOML file. Raises `MapError` for a file that is not a map, `OSError` for none."""
    try:
        with open(path, "rb") as file:
            return map_of(tomllib.load(file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise MapError(f"{path.name} is not a map file: expected TOML, got {problem}.") from None


def map_of(groups: Mapping[str, Any]) -> ImportMap:
    """The map of plain dictionaries. Raises `MapError` for an unknown group, a value that is not text, and a meaning
    that is none."""
    known = {each.name for each in fields(ImportMap)}
    for name, group in groups.items():
        if name not in known:
            raise MapError(f"{name}: expected one of {', '.join(sorted(known))}.")
        inner = group.values() if name == "columns" and isinstance(group, dict) else (group,)
        for choices in inner:
            if not isinstance(choices, dict) or not all(isinstance(value, str) for value in choices.values()):
                raise MapError(f'{name}: expected lines of the form "as written" = "meaning".')
    answers = ImportMap(**groups)
    _check_meanings(answers)
    return answers


def _check_meanings(answers: ImportMap) -> None:
    """Raises `MapError` for a decision that means nothing here: taken as it is it would drop a column without a word."""
    names = {"", OTHER_SERVICE, *(name for table in TABLES for name in table.names)}
    meant = [
        ("columns", heading, name, names) for choices in answers.columns.values() for heading, name in choices.items()
    ]
    meant += [
        (group, written, meaning, known)
        for group, known in MEANINGS.items()
        for written, meaning in getattr(answers, group).items()
    ]
    meant += [
        ("header_rows", sheet, row, {row} if row.isdigit() or row == "none" else {"the number of a row", "none"})
        for sheet, row in answers.header_rows.items()
    ]
    for group, written, meaning, known in meant:
        name, *parts = meaning.split("@") if group == "columns" else (meaning,)
        if name not in known or not COLUMN_PARTS.issuperset(parts):
            close = get_close_matches(meaning, known, 3, 0.4) if group == "columns" else sorted(known)
            raise MapError(
                f'{group}: "{meaning}" for "{written}" is not known here; expected '
                f"{' or '.join(close) or 'a column of the template'}."
            )


def map_text(answers: ImportMap) -> str:
    """The map as the text of a TOML file."""
    return tomli_w.dumps(answers.as_dict())
