"""From a raw sheet to the tables it holds: header row, table, columns with their reading, and the fate of the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workload.intake.answers.import_map import ImportMap
from workload.intake.columns.decide import (
    BY_PERSON,
    EXACT,
    PERSONAL,
    READ,
    UNKNOWN,
    UNNEEDED,
    OpenColumn,
    Settled,
    decide,
)
from workload.intake.columns.header_rows import (
    CLEAR,
    Header,
    best_header,
    end_above,
    further_headers,
    headers_above,
    likely_header,
    names_by_words,
    row_texts,
)
from workload.intake.columns.heading_meaning import Candidate, dressed
from workload.intake.columns.headings import meaning, sensitive, table_named
from workload.intake.columns.looks import MOST, Look, look_at
from workload.intake.columns.other_reports import OtherReport, other_report
from workload.intake.columns.presets import Preset, Recognized, compact, recognized
from workload.intake.open.opened import RawSheet, Value, column_letters
from workload.intake.rows.cells import shown
from workload.model.columns import SERVICES, TABLE, TABLES, Table, normalized

HEADER_ROWS_TRIED = 40
VALUES_LOOKED_AT = 400
SAMPLES = 3
IDENTIFYING = frozenset({"student_id", "student_name", "last_name", "first_name"})
NO_HEADINGS, NONE = -1, "none"  # the answer "none" for the row of the headings: the sheet has none


@dataclass(frozen=True)
class MappedColumn:
    """One column of a sheet: what it is taken for, where it stands, how sure that is, and what becomes of it.

    name        canonical name; empty where the column is not read
    fate        one of the fates of `columns.decide`
    period, unit, kind   what the heading says of an amount
    samples     three values as they stand; never of a column about a student's identity
    others      what else the column could be
    """

    name: str
    index: int
    heading: str
    sure: str
    samples: tuple[str, ...] = ()
    fate: str = READ
    period: str = ""
    unit: str = ""
    kind: str = ""
    others: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The sheet's own letter of the column."""
        return column_letters(self.index + 1)

    @property
    def key(self) -> str:
        """The name of its cells among the rows: amounts of several kinds or periods stand side by side."""
        return "@".join(filter(None, (self.name, self.kind, self.period if self.name in PERIODIC else "")))


PERIODIC = frozenset({"sessions", "minutes_per_session", "minutes_per_period"})


@dataclass(frozen=True, eq=False)
class FoundTable:
    """One table of a sheet. Rows are positions in `RawSheet.cells`; `header_row` is the sheet's own number.

    columns are the ones that are read; fates has every column of the sheet.
    """

    table: Table
    header_row: int
    header_rows: int
    first: int
    last: int  # one past the last row
    columns: tuple[MappedColumn, ...]
    fates: tuple[MappedColumn, ...] = ()
    sensitive: tuple[tuple[str, str], ...] = ()
    without_heading: tuple[str, ...] = ()
    open_columns: tuple[OpenColumn, ...] = ()
    fingerprint: str = ""
    recognized: Recognized | None = None  # the known report that the headings are
    headings: tuple[str, ...] = ()  # of every column of the sheet, empty where there is none
    helpers: tuple[MappedColumn, ...] = ()  # columns that only settle other columns of a known report
    looks: Mapping[int, Look] = field(default_factory=dict, repr=False)

    @property
    def preset(self) -> Preset | None:
        """The layout of the known report."""
        return self.recognized.preset if self.recognized else None

    def column(self, name: str) -> MappedColumn | None:
        """The first column that was taken for this canonical name."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings of columns that are not read, known reports' helpers aside."""
        helping = {column.index for column in self.helpers}
        return tuple(
            each.heading for each in self.fates if each.fate != READ and each.heading and each.index not in helping
        )


@dataclass(frozen=True)
class FoundTables:
    """All tables of a sheet, or why there is none. `proposal` is the likeliest row of headings of a sheet not understood."""

    tables: tuple[FoundTable, ...] = ()
    headings: tuple[str, ...] = ()  # texts of the row that looks most like a heading
    report: OtherReport | None = None  # a report that is no roster
    refused: Recognized | None = None  # a known report that is no roster
    proposal: FoundTable | None = None


def fingerprint(headings: Sequence[str]) -> str:
    """Twelve letters that are the same for the same set of headings, in whatever order."""
    text = "\n".join(sorted(normalized(heading) for heading in headings if heading))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def find_tables(sheet: RawSheet, answers: ImportMap = ImportMap()) -> FoundTables:  # noqa: B008 (frozen)
    """The tables of a sheet, top to bottom, under a person's decisions."""
    rows = range(min(sheet.rows, HEADER_ROWS_TRIED))
    named = _named_row(sheet, answers)
    use = TABLE.get(answers.tables.get(sheet.name, ""))
    if named == NO_HEADINGS:
        return _without_headings(sheet, use or SERVICES, answers)
    if named is not None:
        rows = range(named - sheet.first_row, named - sheet.first_row + 1)
    texts = {at: row_texts(sheet, at) for at in rows}
    header = best_header(sheet, rows, use or table_named(sheet.name))
    if header and len(header.names) >= CLEAR:
        texts = {at: row for at, row in texts.items() if at <= header.at}  # what stands below are its values
    widest = tuple(max(texts.values(), key=lambda row: sum(map(bool, row)), default=()))
    widest = tuple(text for text in widest if text)
    known = _known_report(texts)
    if use is None:
        if known and known[1].preset.is_refused:
            return FoundTables((), widest, None, known[1])
        report = (
            None
            if known
            else next(
                (
                    found
                    for row in texts.values()
                    if (found := other_report(row, [meaning(SERVICES, text)[0] for text in row if text]))
                ),
                None,
            )
        )
        if report:
            return FoundTables((), widest, report)
    if known:
        header = _header_of(known, texts, header)
    if use is not None and (header is None or header.table is not use):
        at = header.at if header else likely_header(sheet, rows)
        header = (
            None if at is None else Header(at, 1, use, row_texts(sheet, at), names_by_words(use, row_texts(sheet, at)))
        )
    if header is None:
        return FoundTables((), widest, proposal=_proposal(sheet, rows, answers))
    headers = (
        [header]
        if named is not None or use is not None
        else [*headers_above(sheet, header), header, *further_headers(sheet, header)]
    )
    headers = [replace(each, recognized=each.recognized or recognized(each.headings)) for each in headers]
    ends = [end_above(sheet, each) for each in headers[1:]] + [sheet.rows]
    return FoundTables(
        tuple(_table_of(sheet, each, end, answers) for each, end in zip(headers, ends, strict=True)),
        tuple(text for text in header.headings if text),
    )


def _named_row(sheet: RawSheet, answers: ImportMap) -> int | None:
    """The sheet row that a person has named as the one with the headings, where the sheet has it."""
    text = answers.header_rows.get(sheet.name, "")
    if text == NONE:
        return NO_HEADINGS
    row = int(text) if text.isdigit() else None
    return row if row is not None and 0 <= row - sheet.first_row < sheet.rows else None


def _without_headings(sheet: RawSheet, table: Table, answers: ImportMap) -> FoundTables:
    """A sheet whose first row is data: its columns are called by their letters."""
    headings = [
        f"Column {column_letters(at + 1)}" if any(value not in (None, "") for value in column) else ""
        for at, column in enumerate(sheet.cells)
    ]
    header = Header(-1, 0, table, headings, {})
    return FoundTables((_table_of(sheet, header, sheet.rows, answers),), tuple(filter(None, headings)))


def _proposal(sheet: RawSheet, rows: Sequence[int], answers: ImportMap) -> FoundTable | None:
    """The table that a sheet which is not understood is likeliest to be, for the map by hand."""
    at = likely_header(sheet, rows)
    if at is None:
        return None
    texts = row_texts(sheet, at)
    table = max(TABLES, key=lambda each: len({name for name, _ in names_by_words(each, texts).values()}))
    return _table_of(sheet, Header(at, 1, table, texts, names_by_words(table, texts)), sheet.rows, answers)


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


def _table_of(sheet: RawSheet, header: Header, end: int, answers: ImportMap) -> FoundTable:
    """The table under a header: decided columns first, then known reports, then words and values together."""
    first = header.at + 1
    headings = _numbered(header.headings)
    print_ = fingerprint(headings)
    looks = {
        index: look_at(sheet.cells[index][first : min(end, first + VALUES_LOOKED_AT)]) for index in range(len(headings))
    }
    decided = _decisions(print_, headings, header.table, answers)
    given = _layout(header, headings) | decided | _named_columns(print_, headings, looks, answers)
    personal = frozenset(
        index for index, text in enumerate(headings) if text and index not in decided and _never_read(header, text)
    )
    chosen = {
        key.partition(":")[2]: heading for key, heading in answers.answers.items() if key.startswith(f"{print_}:")
    }  # "which" answers
    unneeded = _known_unneeded(header, headings)
    made = decide(header.table, headings, looks, personal, given, chosen, unneeded)
    helpers = _helpers(header, headings, looks)
    fates = tuple(
        _mapped(index, heading, made.columns.get(index), made.fates.get(index, UNKNOWN), looks[index])
        for index, heading in enumerate(headings)
    )
    return FoundTable(
        table=header.table,
        header_row=sheet.sheet_row(header.at),
        header_rows=header.rows,
        first=first,
        last=end,
        columns=tuple(each for each in fates if each.fate == READ),
        fates=fates,
        sensitive=tuple((text, what) for text in headings if text and (what := _never_read(header, text))),
        without_heading=tuple(
            column_letters(index + 1) for index, text in enumerate(headings) if not text and looks[index].values
        ),
        open_columns=made.open_columns,
        fingerprint=print_,
        recognized=header.recognized,
        headings=tuple(headings),
        helpers=helpers,
        looks=looks,
    )


def _mapped(index: int, heading: str, settled: Settled | None, fate: str, look: Look) -> MappedColumn:
    name = settled.name if settled else ""
    plain = look.numeric + look.dates + look.phrases + look.counts + look.lengths + look.periods > MOST
    # Texts that are not understood may name children; numbers, dates and amounts do not.
    secret = name in IDENTIFYING or fate in (PERSONAL, UNNEEDED) or (not name and not plain)
    samples = () if secret else tuple(shown(value) for value in look.values[:SAMPLES])
    if settled is None:
        return MappedColumn("", index, heading, "", samples, fate)
    candidate = settled.candidate
    return MappedColumn(
        name,
        index,
        heading,
        settled.sure,
        samples,
        READ,
        candidate.period,
        candidate.unit,
        candidate.kind,
        settled.others,
    )


def _decisions(print_: str, headings: Sequence[str], table: Table, answers: ImportMap) -> dict[int, Settled | None]:
    """A person's decisions about the columns: of this shape, or of the one that shares nearly all of its headings.

    A name that this table does not have is no decision: the column is asked about again, and not left out.
    """
    known = dict(answers.of_shape(print_, headings))
    found: dict[int, Settled | None] = {}
    for index, heading in enumerate(headings):
        if not heading or heading not in known:
            continue
        name, _, kind = known[heading].partition("@")
        if name in ("", "other-service"):
            found[index] = None
        elif name in table.names:
            found[index] = Settled(
                replace(dressed(table, name, heading), kind=kind) if kind else dressed(table, name, heading), BY_PERSON
            )
    return found


def _named_columns(
    print_: str, headings: Sequence[str], looks: Mapping[int, Look], answers: ImportMap
) -> dict[int, Settled | None]:
    """Columns that a person has named as the one that says how much (words as phrases, numbers as minutes), or who."""
    found: dict[int, Settled | None] = {}
    for about in ("amount", "student"):
        named = answers.answers.get(f"{about}:{print_}")
        if not named or named not in headings:
            continue
        index = list(headings).index(named)
        look = looks[index]
        if about == "amount":
            name = "frequency_text" if look.numeric + look.lengths < MOST else "minutes_per_session"
        else:
            name = "student_id" if look.ids > MOST else "student_name"
        found[index] = Settled(dressed(SERVICES, name, ""), BY_PERSON)
    return found


def _layout(header: Header, headings: Sequence[str]) -> dict[int, Settled | None]:
    """Position -> reading for the headings that a known report's layout names; None for one it leaves out."""
    if header.recognized is None or header.recognized.preset.reads != header.table.name:
        return {}
    preset, found = header.recognized.preset, {}
    for index, heading in enumerate(headings):
        for text in (compact(heading), normalized(heading).replace(" ", "")):
            if heading and text in preset.columns and text not in preset.drop and index not in found:
                name = preset.columns[text]
                if name:
                    found[index] = Settled(Candidate(name, 0.0, ""), f"known from {preset.name}")
    return found


def _known_unneeded(header: Header, headings: Sequence[str]) -> frozenset[int]:
    """Columns that a known report always has and that say nothing about the workload."""
    if header.recognized is None or header.recognized.preset.reads != header.table.name:
        return frozenset()
    preset = header.recognized.preset
    return frozenset(
        index
        for index, heading in enumerate(headings)
        if heading and compact(heading) in preset.headings and not preset.columns.get(compact(heading))
    )


def _helpers(header: Header, headings: Sequence[str], looks: Mapping[int, Look]) -> tuple[MappedColumn, ...]:
    if header.recognized is None:
        return ()
    preset = header.recognized.preset
    target = {mark.heading: mark.column for mark in preset.marks}
    if preset.route:
        target[preset.route.by] = preset.columns[preset.route.minutes]
    return tuple(
        MappedColumn(
            target[compact(heading)],
            index,
            heading,
            f"known from {preset.name}",
            tuple(shown(value) for value in looks[index].values[:SAMPLES]),
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
    numbered = []
    for heading in headings:
        seen[heading] += bool(heading)
        numbered.append(f"{heading} ({seen[heading]})" if seen[heading] > 1 else heading)
    return numbered


__all__ = ["EXACT", "FoundTable", "FoundTables", "MappedColumn", "Value", "find_tables", "fingerprint"]
