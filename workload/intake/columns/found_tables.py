"""From a raw sheet to the tables it holds: header row, table, columns, and what is not read.

A heading decides by its words where it can. Where words are not enough ("Duration", "Frequency", "Minutes"),
the values and the neighbors decide, and the reading says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workload.intake.columns.by_values import OpenColumn, settle
from workload.intake.columns.header_rows import (
    CLEAR,
    Header,
    best_header,
    end_above,
    further_headers,
    headers_above,
    names_by_words,
    row_texts,
)
from workload.intake.columns.headings import meaning, other_report, sensitive, table_named
from workload.intake.columns.presets import Preset, Recognized, compact, recognized
from workload.intake.open.opened import RawSheet, Value, column_letters
from workload.intake.rows.cells import shown
from workload.model.columns import TABLES, Table, normalized

HEADER_ROWS_TRIED = 40
VALUES_LOOKED_AT = 400
SAMPLES = 3
PERSONAL = frozenset({"student_id", "student_name", "last_name", "first_name"})


@dataclass(frozen=True)
class MappedColumn:
    """One column that is read: what it is taken for, where it stands, and how sure that is.

    samples are three values as they stand; never of a column about a student's identity.
    """

    name: str
    index: int
    heading: str
    sure: str
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The sheet's own letter of the column."""
        return column_letters(self.index + 1)


@dataclass(frozen=True, eq=False)
class FoundTable:
    """One table of a sheet. Rows are positions in `RawSheet.cells`; `header_row` is the sheet's own number."""

    table: Table
    header_row: int
    header_rows: int
    first: int
    last: int  # one past the last row
    columns: tuple[MappedColumn, ...]
    unmapped: tuple[str, ...] = ()
    sensitive: tuple[tuple[str, str], ...] = ()
    doubled: tuple[str, ...] = ()
    without_heading: tuple[str, ...] = ()
    open_columns: tuple[OpenColumn, ...] = ()
    fingerprint: str = ""
    recognized: Recognized | None = None  # the known report that the headings are
    headings: tuple[str, ...] = ()  # of every column of the sheet, empty where there is none
    helpers: tuple[MappedColumn, ...] = ()  # columns that only settle other columns of a known report

    @property
    def preset(self) -> Preset | None:
        """The layout of the known report."""
        return self.recognized.preset if self.recognized else None

    def column(self, name: str) -> MappedColumn | None:
        """The column that was taken for this canonical name."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class FoundTables:
    """All tables of a sheet, or why there is none."""

    tables: tuple[FoundTable, ...] = ()
    headings: int = 0  # texts in the row that looks most like a heading
    report: str | None = None  # a report that is no roster, by its kind
    refused: Recognized | None = None  # a known report that is no roster


def fingerprint(headings: Sequence[str]) -> str:
    """Twelve letters that are the same for the same set of headings, in whatever order."""
    text = "\n".join(sorted(normalized(heading) for heading in headings if heading))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def find_tables(
    sheet: RawSheet, columns: Mapping[str, Mapping[str, str]] | None = None, header_row: int | None = None
) -> FoundTables:
    """The tables of a sheet, top to bottom.

    columns     a person's decisions by fingerprint and heading
    header_row  the sheet row that a person has named as the one with the headings
    """
    rows = range(min(sheet.rows, HEADER_ROWS_TRIED))
    if header_row is not None and 0 <= header_row - sheet.first_row < sheet.rows:
        rows = range(header_row - sheet.first_row, header_row - sheet.first_row + 1)
    texts = {at: row_texts(sheet, at) for at in rows}
    widest = max((sum(map(bool, row)) for row in texts.values()), default=0)
    header = best_header(sheet, rows, table_named(sheet.name))
    if header and len(header.names) >= CLEAR:
        texts = {at: row for at, row in texts.items() if at <= header.at}  # what stands below are its values
    known = _known_report(texts)
    if known and known[1].preset.is_refused:
        return FoundTables((), widest, None, known[1])
    report = (
        None
        if known
        else next(
            (
                found
                for row in texts.values()
                if (found := other_report(row, (meaning(TABLES[0], text)[0] for text in row if text)))
            ),
            None,
        )
    )
    if report:
        return FoundTables((), widest, report)
    if known:
        header = _header_of(known, texts, header)
    if header is None:
        return FoundTables((), widest)
    headers = (
        [header] if header_row is not None else [*headers_above(sheet, header), header, *further_headers(sheet, header)]
    )
    headers = [replace(each, recognized=each.recognized or recognized(each.headings)) for each in headers]
    ends = [end_above(sheet, each) for each in headers[1:]] + [sheet.rows]
    return FoundTables(
        tuple(_table_of(sheet, each, end, columns or {}) for each, end in zip(headers, ends, strict=True)),
        len(header.names),
    )


def _known_report(texts: Mapping[int, Sequence[str]]) -> tuple[int, Recognized] | None:
    """The first row that is the heading of a known report."""
    for at, row in texts.items():
        if sum(map(bool, row)) >= 2 and (found := recognized(row)):
            return at, found
    return None


def _header_of(known: tuple[int, Recognized], texts: Mapping[int, Sequence[str]], best: Header | None) -> Header:
    """The header of a known report: the best one where it stands in that row or, in two rows, the one below."""
    at, found = known
    table = next(table for table in TABLES if table.name == found.preset.reads)
    if best and best.table is table and best.at - best.rows + 1 <= at <= best.at:
        return replace(best, recognized=recognized(best.headings) or found)
    return Header(at, 1, table, texts[at], names_by_words(table, texts[at]), found)


def _table_of(sheet: RawSheet, header: Header, end: int, decisions: Mapping[str, Mapping[str, str]]) -> FoundTable:
    """The table under a header: decided columns first, then words, then values and neighbors."""
    first = header.at + 1
    headings = _numbered(header.headings)
    print_ = fingerprint(headings)
    # A name that this table does not have is no decision: the column is asked about again, and not left out.
    decided = {
        heading: name for heading, name in decisions.get(print_, {}).items() if name in ("", *header.table.names)
    }
    layout = {index: name for index, name in _layout(header, headings).items() if headings[index] not in decided}
    names = {
        index: name for index, name in header.names.items() if headings[index] not in decided and index not in layout
    }
    samples = {index: _values(sheet, index, first, end) for index in range(len(headings))}
    of_layout = {index: name for index, name in layout.items() if name[0]}
    settled, open_columns = settle(header.table, headings, {**names, **of_layout}, samples)
    if layout:
        given = {name for name, _ in of_layout.values()}
        settled = {at: name for at, name in settled.items() if at not in layout and name[0] not in given} | of_layout
        open_columns = [each for each in open_columns if each.index not in layout]
    for index, heading in enumerate(headings):
        if heading and heading in decided:
            settled = {at: name for at, name in settled.items() if name[0] != decided[heading] and at != index}
            if decided[heading]:
                settled[index] = (decided[heading], "your answer")
    columns = tuple(
        MappedColumn(name, index, headings[index], sure, _samples(name, samples[index]))
        for index, (name, sure) in sorted(settled.items())
    )
    helpers = _helpers(header, headings, samples)
    taken = {column.index for column in (*columns, *helpers)}
    return FoundTable(
        table=header.table,
        header_row=sheet.sheet_row(header.at),
        header_rows=header.rows,
        first=first,
        last=end,
        columns=columns,
        unmapped=tuple(text for index, text in enumerate(headings) if text and index not in taken),
        sensitive=tuple((text, what) for text in headings if text and (what := _never_read(header, text))),
        doubled=tuple(
            sorted(
                {
                    normalized(text)
                    for text, count in Counter(normalized(text) for text in header.headings if text).items()
                    if count > 1
                }
            )
        ),
        without_heading=tuple(
            column_letters(index + 1) for index, text in enumerate(headings) if not text and samples[index]
        ),
        open_columns=tuple(each for each in open_columns if each.heading not in decided),
        fingerprint=print_,
        recognized=header.recognized,
        headings=tuple(headings),
        helpers=helpers,
    )


def _layout(header: Header, headings: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Position -> (canonical name, "known from ...") for the headings that a known report's layout names."""
    if header.recognized is None or header.recognized.preset.reads != header.table.name:
        return {}
    preset, found = header.recognized.preset, {}
    for index, heading in enumerate(headings):
        for text in (compact(heading), normalized(heading).replace(" ", "")):
            if heading and text in preset.columns and text not in preset.drop and index not in found:
                found[index] = (preset.columns[text], f"known from {preset.name}")
    return found


def _helpers(header: Header, headings: Sequence[str], samples) -> tuple[MappedColumn, ...]:
    if header.recognized is None:
        return ()
    preset = header.recognized.preset
    target = {mark.heading: mark.column for mark in preset.marks}
    if preset.route:
        target[preset.route.by] = preset.columns[preset.route.minutes]
    return tuple(
        MappedColumn(
            target[compact(heading)], index, heading, f"known from {preset.name}", _samples("", samples[index])
        )
        for index, heading in enumerate(headings)
        if heading and compact(heading) in target
    )


def _never_read(header: Header, heading: str) -> str | None:
    """What a column holds that is never read, by its heading or by the layout of a known report."""
    dropped = header.recognized.preset.drop.get(compact(heading)) if header.recognized else None
    return dropped or sensitive(heading)


def _numbered(headings: Sequence[str]) -> list[str]:
    """Headings with a number behind the second and later ones of the same text, so that each has a key."""
    seen: Counter[str] = Counter()
    made = []
    for heading in headings:
        seen[heading] += bool(heading)
        made.append(f"{heading} ({seen[heading]})" if seen[heading] > 1 else heading)
    return made


def _values(sheet: RawSheet, index: int, first: int, last: int) -> list[Value]:
    """The first distinct values of a column that hold something, from the rows looked at."""
    looked_at = sheet.cells[index][first : min(last, first + VALUES_LOOKED_AT)]
    return [value for value in dict.fromkeys(looked_at) if value is not None and value != ""]


def _samples(name: str, values: Sequence[Value]) -> tuple[str, ...]:
    return () if name in PERSONAL else tuple(shown(value) for value in values[:SAMPLES])
