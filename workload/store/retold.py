"""What was saved, with other words in the place of some: names that a role may not see, pseudonyms of another secret.

It works on plain data and tables as they are written (`packing`), and so needs to know no record.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from workload.model.columns import TABLES
from workload.model.school_year import PERIODS
from workload.store.packing import MARK, Tables
from workload.store.parquet_tables import MIXED, TEXT, digest_of, written

Words = Callable[[str, str], str]  # (text, column of a table, field of a record, or key; "" for none) -> text
PEOPLE = ("therapist", "supervisor")
_DECLARED = tuple(column for table in TABLES for column in table.columns)
# A school may be called as somebody's first name is, and so may a district.
PLACES = frozenset({each.name for each in _DECLARED if each.kind in ("school", "day_plan")} | {"region", "district"})
# What the calculation reads by its letters, and codes of the program: never told in other words.
CODES = frozenset({each.name for each in _DECLARED if each.kind in ("choice", "period", "yes_no", "clock")}) | {
    "student", "school_code", "grade", "slot", "activity", "code", "severity", "table", "column", "columns", "sure", "fate",
    "unit", "kind", "visible", "fingerprint", "free", "state", "excluded", "MappedColumn.name",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[_.][a-z0-9]+)+")
PROGRAM = frozenset(
    word.casefold()
    for each in _DECLARED
    for text in (each.name.replace("_", " "), each.label, each.kind, *each.choices, *PERIODS)
    for word in (text, *WORD.findall(text))
)
APART = frozenset({"group_id", "service", "setting"})  # texts of people that are counted by: two of them stay two
SHORTEST_PART = 3  # letters of a part of a name that stands for the whole
ANYBODY = "a therapist"  # where several have the part of a name
FILES, LISTS = ("file", "FileReport.name"), ("sheet", "SheetReport.name")


def retold(plain: Any, tables: Mapping[str, bytes], words: Words) -> tuple[Any, Tables]:
    """The same plain data and tables with every text in other words; tables get the digest of their new content."""
    made: Tables = {}

    def table(each: dict) -> dict:
        content = _table(tables[each["of"]], each["columns"], words, table)
        made[digest_of(content)] = content
        return {**each, "of": digest_of(content)}

    return _plain(plain, "", words, table), made


def _plain(plain: Any, where: str, words: Words, table: Callable[[dict], dict]) -> Any:
    def inside(each: Any, at: str = where) -> Any:
        return _plain(each, at, words, table)

    if isinstance(plain, str):
        return words(plain, where)
    if isinstance(plain, list):
        if _is_place(plain):
            return [words(plain[0], "file"), words(plain[1], "sheet"), *map(inside, plain[2:])]
        return [inside(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    if MARK not in plain:
        at = where if where in CODES else ""
        return {words(key, at): inside(each, at or key) for key, each in plain.items()}
    mark = plain[MARK]
    if mark == "table":
        return table(plain)
    if mark == "record":  # its keys are fields of the program
        fields = {name: inside(each, _field(plain, name)) for name, each in plain["of"].items()}
        return {**plain, "of": fields}
    return {**plain, "of": inside(plain["of"])} if mark in ("map", "tuple", "set", "scenario") else plain


def _is_place(plain: list) -> bool:
    """Whether a list is a file, a sheet, a row and perhaps more."""
    return len(plain) > 2 and isinstance(plain[0], str) and isinstance(plain[1], str) and type(plain[2]) is int


def _field(record: dict, name: str) -> str:
    """What a field of a record is called here: what was written in a column of people is a person."""
    if name == "name":
        return f"{record['name']}.name"
    is_cell = name == "written" or (name, record["name"]) == ("value", "Issue")
    return PEOPLE[0] if is_cell and record["of"].get("column") in PEOPLE else name


def told_at(plain: Any) -> Iterator[tuple[str, str]]:
    """(field, text) of every text in plain data outside of its tables."""
    found: list[tuple[str, str]] = []

    def noted(text: str, where: str) -> str:
        found.append((where, text))
        return text

    _plain(plain, "", noted, lambda each: each)
    yield from found


def _table(content: bytes, columns: list, words: Words, table: Callable[[dict], dict]) -> bytes:
    read = pq.read_table(io.BytesIO(content))
    arrays = []
    for at, (name, kind) in enumerate(columns[:-1]):
        array = read.column(at).combine_chunks()
        if kind in (TEXT, "str"):
            cells = array.to_pylist()
            known = {cell: words(cell, name) for cell in set(cells) if cell is not None}
            array = pa.array([None if cell is None else known[cell] for cell in cells], pa.string())
        elif kind == MIXED:
            told = [json.dumps(_plain(json.loads(cell), name, words, table)) for cell in array.to_pylist()]
            array = pa.array(told, pa.string())
        arrays.append(array)
    return written(arrays)


def tables_in(plain: Any) -> Iterator[tuple[str, list]]:
    """(digest, columns) of every table that plain data names."""
    if isinstance(plain, dict):
        if plain.get(MARK) == "table":
            yield plain["of"], plain["columns"]
        else:
            for each in plain.values():
                yield from tables_in(each)
    elif isinstance(plain, list):
        for each in plain:
            yield from tables_in(each)


def rosters_in(plain: Any) -> Iterator[str]:
    """The digest of every roster in plain data."""
    if isinstance(plain, dict):
        if plain.get(MARK) == "record" and plain["name"] == "Roster":
            yield plain["of"]["digest"]
        for each in plain.values():
            yield from rosters_in(each)
    elif isinstance(plain, list):
        for each in plain:
            yield from rosters_in(each)


def cells_of(plain: Any, tables: Mapping[str, bytes], wanted: Iterable[str]) -> set[str]:
    """Every text in the columns with these names, over all tables of plain data."""
    found: set[str] = set()
    for digest, columns in tables_in(plain):
        for at, (name, kind) in enumerate(columns[:-1]):
            if name in wanted and kind in (TEXT, "str"):
                found |= set(pq.read_table(io.BytesIO(tables[digest]), columns=[str(at)]).column(0).to_pylist())
    return {each for each in found if each}


def without_names(
    names: Iterable[str],
    places: Iterable[str],
    keep: Iterable[str] = (),
    rosters: Iterable[str] = (),
    files: Iterable[str] = (),
    sheets: Iterable[str] = (),
) -> Words:
    """Words in which nobody is named: "therapist 007" in the order of the names, so that post codes stay the same.

    places   names of schools, which stay even where a person is called alike; keep are texts that name nobody
    rosters  digests of rosters, which get another one: no cache takes a roster without names for the one with them
    files    names of files, which may be called after a person, and of their sheets
    """
    others = {each: digest_of(f"without names {each}".encode()) for each in rosters if each}
    codes = numbered("therapist", set(names) - set(keep), 3)
    of_files, of_sheets = numbered("file", files), numbered("sheet", sheets)
    stems = {name.rpartition(".")[0]: code for name, code in of_files.items() if "." in name}
    stay = frozenset(places) - codes.keys()
    prose = _prose(codes, stay, {name: code for name, code in of_files.items() if "." in name})

    def words(text: str, where: str) -> str:
        if text in others:
            return others[text]
        if where in PEOPLE:
            return codes.get(text) or prose(text)
        if where in FILES:
            return of_files.get(text) or prose(text)
        if where in LISTS:
            return of_sheets.get(text) or prose(text)
        if where == "Roster.name" and text in stems:
            return stems[text]
        if where in CODES or where in PLACES or text in stay or IDENTIFIER.fullmatch(text):
            return text
        told = prose(text)
        if where in APART and told != text:
            return f"{where} {digest_of(text.encode())[:10]}"
        return told

    return words


def numbered(kind: str, names: Iterable[str], fewest: int = 1) -> dict[str, str]:
    """Name -> "file 1", in the order of the names, with as many digits as keep that order.

    >>> numbered("file", ["b.csv", "a.csv"])
    {'a.csv': 'file 1', 'b.csv': 'file 2'}
    """
    ordered = sorted({each for each in names if each})
    digits = max(fewest, len(str(len(ordered))))
    return {name: f"{kind} {at:0{digits}d}" for at, name in enumerate(ordered, start=1)}


def _prose(codes: Mapping[str, str], places: Iterable[str], files: Mapping[str, str]) -> Callable[[str], str]:
    """Sentences in which people and files have their codes. A name that is a word of the program names nobody there."""
    people = {name: code for name, code in codes.items() if not _is_word(name)}
    whole = {**files, **people}
    told = {name.casefold(): code for name, code in whole.items()} | whole
    stay = {each: each for each in places if each}
    parts = {each: code for each, code in _parts(people).items() if each not in told and each not in stay}
    told |= stay | parts
    if not told:
        return lambda text: text
    strict = {*stay, *parts}
    each_way = [
        rf"(?i:{re.escape(each)})" if each in whole else re.escape(each)
        for each in sorted({*whole, *strict}, key=lambda each: (-len(each), each))
    ]
    either = re.compile(r"(?<![^\W_])(?:" + "|".join(each_way) + r")(?![^\W_])")

    def code(found: re.Match) -> str:
        text = found.group()
        return told.get(text) or told.get(text.casefold()) or ANYBODY

    return lambda text: either.sub(code, text)


def _is_word(name: str) -> bool:
    """Whether a name is a word of the program, or has no letter: "OTA", "week", "2"."""
    return name.casefold() in PROGRAM or not any(each.isalpha() for each in name)


def _parts(codes: Mapping[str, str]) -> dict[str, str]:
    """Part of a name, as one writes it or in capitals -> the code of the only person with it, else "a therapist"."""
    owners: dict[str, set[str]] = {}
    for name, code in codes.items():
        of_name = WORD.findall(name)
        for part in of_name if len(of_name) > 1 else ():
            if len(part) >= SHORTEST_PART and not _is_word(part):
                for written in (part, part.upper(), part.capitalize()):
                    owners.setdefault(written, set()).add(code)
    return {part: next(iter(found)) if len(found) == 1 else ANYBODY for part, found in owners.items()}
