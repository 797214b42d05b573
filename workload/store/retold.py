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

from workload.store.packing import MARK, Tables
from workload.store.parquet_tables import MIXED, TEXT, digest_of, written

Words = Callable[[str, str], str]  # (text, column of a table or "" outside of one) -> text
PEOPLE = ("therapist", "supervisor")
PLACES = frozenset({"school", "base_school", "days", "region"})  # a school may be called as somebody's first name is


def retold(plain: Any, tables: Mapping[str, bytes], words: Words) -> tuple[Any, Tables]:
    """The same plain data and tables with every text in other words; tables get the digest of their new content."""
    made: Tables = {}
    return _plain(plain, tables, words, made), made


def _plain(plain: Any, tables: Mapping[str, bytes], words: Words, made: Tables) -> Any:
    def inside(each: Any) -> Any:
        return _plain(each, tables, words, made)

    if isinstance(plain, str):
        return words(plain, "")
    if isinstance(plain, list):
        return [inside(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    if MARK not in plain:
        return {words(key, ""): inside(each) for key, each in plain.items()}
    mark = plain[MARK]
    if mark == "table":
        content = _table(tables[plain["of"]], plain["columns"], words, tables, made)
        made[digest_of(content)] = content
        return {**plain, "of": digest_of(content)}
    if mark == "record":  # its keys are fields of the program
        return {**plain, "of": {name: inside(each) for name, each in plain["of"].items()}}
    return {**plain, "of": inside(plain["of"])} if mark in ("map", "tuple", "set", "scenario") else plain


def _table(content: bytes, columns: list, words: Words, tables: Mapping[str, bytes], made: Tables) -> bytes:
    read = pq.read_table(io.BytesIO(content))
    arrays = []
    for at, (name, kind) in enumerate(columns[:-1]):
        array = read.column(at).combine_chunks()
        if kind in (TEXT, "str"):
            cells = array.to_pylist()
            known = {cell: words(cell, name) for cell in set(cells) if cell is not None}
            array = pa.array([None if cell is None else known[cell] for cell in cells], pa.string())
        elif kind == MIXED:
            told = [json.dumps(_plain(json.loads(cell), tables, words, made)) for cell in array.to_pylist()]
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
    names: Iterable[str], places: Iterable[str], keep: Iterable[str] = (), rosters: Iterable[str] = ()
) -> Words:
    """Words in which nobody is named: "therapist 007" in the order of the names, so that post codes stay the same.

    places   names of schools, which stay even where a person is called alike; keep are texts that name nobody
    rosters  digests of rosters, which get another one: no cache takes a roster without names for the one with them
    """
    others = {each: digest_of(f"without names {each}".encode()) for each in rosters if each}
    ordered = sorted(set(names) - set(keep))
    digits = max(3, len(str(len(ordered))))
    codes = {name: f"therapist {at:0{digits}d}" for at, name in enumerate(ordered, start=1)}
    stay = frozenset(places) - codes.keys()
    longest_first = sorted(codes, key=len, reverse=True)
    either = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)") if codes else None

    def words(text: str, column: str) -> str:
        if text in others:
            return others[text]
        if column in PLACES or text in stay or either is None:
            return text
        return codes.get(text) or either.sub(lambda found: codes[found.group()], text)

    return words
