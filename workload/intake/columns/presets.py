"""Layouts of known exports, declared in data/presets: recognized by their headings, checked on loading.

found = recognized(["SEIS ID", "Service", "Delivery", "Sessions / Frequency", "Total Minutes (min/year)"])
found.preset.name, found.sure
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workload.intake.columns.headings import AMOUNT, meaning
from workload.model.columns import SERVICES, TABLES, compact
from workload.model.packaged_data import DATA

FOLDER = DATA / "presets"
DELIVERED, NOTHING = "delivered", "nothing"
DELIVERED_COLUMNS = frozenset(
    {
        "student_name",
        "student_id",
        "service",
        "start",
        "end",
        "promised_minutes",
        "delivered_minutes",
        "remaining_minutes",
    }
)
UNITS = ("hours", "hours and minutes")
TEXTS, LISTS = ("name", "system", "reads", "source"), ("headings", "required", "notes", "cannot")
GROUPS = ("columns", "drop", "values", "units", "marks", "route", "refusal")
SAVED_BY = AMOUNT | {"sessions", "period"}  # a column of these makes a sheet more than a report without minutes


class PresetError(ValueError):
    """A preset that cannot be used; the message names the file and what was expected."""


@dataclass(frozen=True)
class Mark:
    """A column of flags: where its cell is one of `values`, `column` holds `becomes`."""

    heading: str
    values: frozenset[str]
    column: str
    becomes: str


@dataclass(frozen=True)
class Route:
    """The column `minutes` means what the cell of the column `by` says: a canonical column by its word."""

    minutes: str
    by: str
    to: Mapping[str, str]


@dataclass(frozen=True)
class Preset:
    """The layout of one report. Headings in the mappings are compact (`compact`), cells are lower case."""

    id: str
    name: str
    system: str
    reads: str  # a table of the roster, DELIVERED or NOTHING
    source: str
    headings: frozenset[str]
    required: frozenset[str]
    columns: Mapping[str, str]
    notes: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    drop: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    route: Route | None = None
    refusal: tuple[str, str] = ("", "")  # what it is; what to export in its place

    @property
    def is_refused(self) -> bool:
        """Whether the report gives no table of a roster."""
        return self.reads in (DELIVERED, NOTHING)


@dataclass(frozen=True)
class Recognized:
    """A report that a row of headings was taken for."""

    preset: Preset
    matched: int

    @property
    def sure(self) -> str:
        """How sure it is, as "all 11 known headings" or "8 of 11 known headings"."""
        of = len(self.preset.headings)
        return f"all {of} known headings" if self.matched >= of else f"{self.matched} of {of} known headings"


def recognized(headings: Iterable[str]) -> Recognized | None:
    """The report whose required headings all stand in this row; of several the one with the most headings there."""
    written = [heading for heading in headings if heading]
    names = set(map(compact, written))
    names |= {compact(heading.split("\n")[0]) for heading in written if "\n" in heading}
    found = [Recognized(preset, len(preset.headings & names)) for preset in presets() if preset.required <= names]
    best = max(found, key=lambda each: (len(each.preset.required), each.matched), default=None)
    if best and best.preset.is_refused and _has_minutes(best.preset, written):
        return None
    return best


def _has_minutes(preset: Preset, headings: Sequence[str]) -> bool:
    """Whether a column of minutes stands beside the headings of a report that has none."""
    return any(
        meaning(SERVICES, heading)[0] in SAVED_BY for heading in headings if compact(heading) not in preset.headings
    )


@lru_cache(maxsize=1)
def presets() -> tuple[Preset, ...]:
    """All declared layouts. Raises `PresetError` for one that does not hold together."""
    return tuple(read_preset(path) for path in sorted(FOLDER.glob("*.toml")))


def read_preset(path: Path) -> Preset:
    """One declared layout. Raises `PresetError`, `OSError`."""
    try:
        return preset_of(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PresetError(f"{path.name}: expected TOML, got {problem}.") from None


def preset_of(id: str, declared: Mapping[str, Any]) -> Preset:
    """The layout of a parsed file. Raises `PresetError` for anything unknown, missing or contradictory."""

    def refuse(what: str) -> PresetError:
        return PresetError(f"{id}: {what}.")

    unknown = declared.keys() - {*TEXTS, *LISTS, *GROUPS}
    if unknown:
        raise refuse(f"unknown key {', '.join(sorted(unknown))}")
    for key in TEXTS:
        if not isinstance(declared.get(key), str) or not declared[key].strip():
            raise refuse(f"{key} is missing")
    for key in LISTS:
        if not all(isinstance(text, str) and text.strip() for text in declared.get(key, [])):
            raise refuse(f"{key} is a list of texts")
    headings = frozenset(map(compact, declared.get("headings", ())))
    required = frozenset(map(compact, declared.get("required", ())))
    if not required or not required <= headings:
        raise refuse("required is not empty and names some of headings")
    reads = declared["reads"]
    allowed = _columns_of(reads, refuse)
    columns = {compact(heading): name for heading, name in declared.get("columns", {}).items()}
    drop = {compact(heading): what for heading, what in declared.get("drop", {}).items()}
    values = {
        compact(heading): {str(written).casefold(): meant for written, meant in cells.items()}
        for heading, cells in declared.get("values", {}).items()
    }
    units = {compact(heading): unit for heading, unit in declared.get("units", {}).items()}
    for heading, name in columns.items():
        if name and name not in allowed:
            raise refuse(f"{name} is no column of {reads}")
        if heading not in headings:
            raise refuse(f"{heading} is not among headings")
    if not set(units.values()) <= set(UNITS):
        raise refuse(f"a unit is one of {', '.join(UNITS)}")
    for heading in (*drop, *values, *units):
        if heading not in headings:
            raise refuse(f"{heading} is not among headings")
    marks = tuple(_mark(each, headings, allowed, refuse) for each in declared.get("marks", ()))
    refusal = declared.get("refusal", {})
    if (reads in (DELIVERED, NOTHING)) != bool(refusal.get("message") and refusal.get("remedy")):
        raise refuse("a report that is not read says in refusal what it is and what to export")
    return Preset(
        id,
        declared["name"],
        declared["system"],
        reads,
        declared["source"],
        headings,
        required,
        MappingProxyType(columns),
        tuple(declared.get("notes", ())),
        tuple(declared.get("cannot", ())),
        MappingProxyType(drop),
        MappingProxyType(values),
        MappingProxyType(units),
        marks,
        _route(declared.get("route"), headings, allowed, refuse),
        (refusal.get("message", ""), refusal.get("remedy", "")),
    )


def _columns_of(reads: str, refuse) -> frozenset[str]:
    if reads == DELIVERED:
        return DELIVERED_COLUMNS
    if reads == NOTHING:
        return frozenset()
    table = next((table for table in TABLES if table.name == reads), None)
    if table is None:
        raise refuse(f"reads is a table of the roster, {DELIVERED} or {NOTHING}, got {reads}")
    return frozenset(table.names)


def _mark(declared: Mapping[str, Any], headings: frozenset[str], allowed: frozenset[str], refuse) -> Mark:
    if set(declared) != {"heading", "values", "column", "is"} or compact(declared["heading"]) not in headings:
        raise refuse("a mark has one of the headings, values, column and is")
    if declared["column"] not in allowed:
        raise refuse(f"{declared['column']} is no column")
    return Mark(
        compact(declared["heading"]),
        frozenset(map(str.casefold, declared["values"])),
        declared["column"],
        declared["is"],
    )


def _route(
    declared: Mapping[str, Any] | None, headings: frozenset[str], allowed: frozenset[str], refuse
) -> Route | None:
    if declared is None:
        return None
    if (
        set(declared) != {"minutes", "by", "to"}
        or not {compact(declared["minutes"]), compact(declared["by"])} <= headings
    ):
        raise refuse("a route has minutes and by, which are headings, and to")
    if not set(declared["to"].values()) <= allowed:
        raise refuse("a route leads to columns of the table")
    return Route(compact(declared["minutes"]), compact(declared["by"]), MappingProxyType(dict(declared["to"])))
