"""From a raw sheet to the tables it holds: header row, table, columns with their reading, and the fate of the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workload.intake.answers.import_map import ImportMap
from workload.intake.columns.column_choice import decide
from workload.intake.columns.given_columns import decisions, helpers, known_unneeded, layout, named_columns, never_read
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
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.headings import IDENTITY, meaning, table_named
from workload.intake.columns.joint_columns import lists_side_by_side, only_repeats, services_side_by_side
from workload.intake.columns.looks import MOST, Look, look_at
from workload.intake.columns.mapped_column import MappedColumn, mapped
from workload.intake.columns.other_reports import GRID, TWICE, OtherReport, other_report
from workload.intake.columns.presets import Preset, Recognized, recognized
from workload.intake.columns.settled import OpenColumn
from workload.intake.open.opened import RawSheet, Value, column_letters
from workload.intake.phrases.weekdays import clock_minutes
from workload.model.column_fates import READ, UNKNOWN
from workload.model.columns import SCHOOLS, SERVICES, TABLE, TABLES, THERAPISTS, Table, normalized

HEADER_ROWS_TRIED = 40
VALUES_LOOKED_AT = 400
SOME_REPEAT = 0.7  # share of different people among the filled cells from which a list is one of people
NO_HEADINGS, NONE = -1, "none"  # the answer "none" for the row of the headings: the sheet has none


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
    own: frozenset[int] = frozenset()  # of one of several services side by side: the columns that are its own

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
    header = best_header(sheet, rows, use or table_named(sheet.name))
    clear = header if header is not None and len(header.names) >= CLEAR else None  # what stands below are its values
    texts = {at: row_texts(sheet, at) for at in rows if clear is None or at <= clear.at}
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
                    for at, row in texts.items()
                    if (found := other_report(row, [meaning(SERVICES, text)[0] for text in row if text]))
                    and not (found is GRID and _is_week_of_students(sheet, at, row))
                    and not (found is TWICE and _can_be_told_apart(sheet, at, row))
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
    if header and use is None and table_named(sheet.name) is None and _lists_no_such_thing(sheet, header):
        header = replace(header, table=SERVICES, names=names_by_words(SERVICES, header.headings))
    if header and use is None and table_named(sheet.name) is THERAPISTS and _names_people(header):
        header = replace(header, table=THERAPISTS, names=names_by_words(THERAPISTS, header.headings))
    if header is None and (at := likely_header(sheet, rows)) is not None and use is None:
        names = names_by_words(SERVICES, row_texts(sheet, at))
        if _is_staff_list(sheet, at):
            header = Header(at, 1, THERAPISTS, row_texts(sheet, at), names_by_words(THERAPISTS, row_texts(sheet, at)))
        elif {name for name, _ in names.values()} & IDENTITY and _holds_amounts(sheet, at):
            header = Header(at, 1, SERVICES, row_texts(sheet, at), names)  # the amounts are known by their values
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
        tuple(made for each, end in zip(headers, ends, strict=True) for made in _tables_of(sheet, each, end, answers)),
        tuple(text for text in header.headings if text),
    )


def _lists_no_such_thing(sheet: RawSheet, header: Header) -> bool:
    """People or schools that stand again and again, without an FTE or beside ids of students: rows of services."""
    names = {name: index for index, (name, _) in header.names.items()}
    who = {THERAPISTS: "therapist", SCHOOLS: "school"}.get(header.table, "")
    if who not in names or names.keys() & {"fte", "employment", "annual_cost", "days"}:
        return False
    of_students = {name for name, _ in names_by_words(SERVICES, header.headings).values()} & IDENTITY
    look = look_at(sheet.cells[names[who]][header.at + 1 :])
    again = look.filled > 2 and look.distinct <= SOME_REPEAT * look.filled
    return again and bool(header.table is THERAPISTS or of_students)


def _is_week_of_students(sheet: RawSheet, at: int, row: Sequence[str]) -> bool:
    """Days of the week over minutes, with the students down the side: a plan and no timetable."""
    return bool({name for name, _ in names_by_words(SERVICES, row).values()} & IDENTITY) and _holds_amounts(sheet, at)


def _can_be_told_apart(sheet: RawSheet, at: int, row: Sequence[str]) -> bool:
    """Headings that stand twice over two whole lists, or over columns that say the same again."""
    headings = _numbered(row)
    looks = {index: look_at(column[at + 1 :]) for index, column in enumerate(sheet.cells)}
    return bool(lists_side_by_side(headings, looks)) or only_repeats(headings, looks)


def _names_people(header: Header) -> bool:
    """Rows of a tab of therapists that were taken for students by a heading such as "Name"."""
    words = frozenset().union(*(facts for text in header.headings for facts in facts_of(text)))
    names = {name for name, _ in names_by_words(THERAPISTS, header.headings).values()}
    return header.table is SERVICES and "student" not in words and "therapist" in names


def _is_staff_list(sheet: RawSheet, at: int) -> bool:
    """People with last and first name apart, a share of full time, and professions: no students."""
    names = {name: index for index, (name, _) in names_by_words(THERAPISTS, row_texts(sheet, at)).items()}
    looks = [look_at(column[at + 1 :]) for column in sheet.cells]
    return {"last_name", "fte"} <= names.keys() and any(look.roles + look.disciplines > MOST for look in looks)


def _holds_amounts(sheet: RawSheet, at: int) -> bool:
    """Whether the values below a row are amounts of services, whatever the headings."""
    looks = [look_at(column[at + 1 :]) for column in sheet.cells]
    return any(
        look.phrases > MOST or look.counts > MOST or look.looks_like_minutes or look.share(_is_span) > MOST
        for look in looks
    )


def _is_span(cell: Value) -> bool:
    """ "9:00-9:30": minutes of a day, as a time of day alone is not."""
    return isinstance(cell, str) and clock_minutes(cell.casefold()) is not None


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
        _letter(at) if any(value not in (None, "") for value in column) else "" for at, column in enumerate(sheet.cells)
    ]
    header = Header(-1, 0, table, headings, {})
    return FoundTables((_table_of(sheet, header, sheet.rows, answers),), tuple(filter(None, headings)))


def _proposal(sheet: RawSheet, rows: Sequence[int], answers: ImportMap) -> FoundTable | None:
    """The table that a sheet which is not understood is likeliest to be, for the map by hand."""
    at = likely_header(sheet, rows)
    if at is None:
        return _without_headings(sheet, SERVICES, answers).tables[0] if sheet.columns > 1 and sheet.rows > 1 else None
    texts = row_texts(sheet, at)
    table = (
        SERVICES
        if _holds_amounts(sheet, at)
        else max(TABLES, key=lambda each: len({name for name, _ in names_by_words(each, texts).values()}))
    )
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


def _tables_of(sheet: RawSheet, header: Header, end: int, answers: ImportMap) -> list[FoundTable]:
    """The table under a header; of several services or lists side by side a table of each, over the same rows."""
    whole = _table_of(sheet, header, end, answers)
    seen = whole.headings, whole.looks
    groups: tuple[frozenset[int], ...] = ()
    if header.table is SERVICES and not header.recognized:
        groups = services_side_by_side(*seen) or lists_side_by_side(*seen)
    made = []
    for own in groups:
        others = frozenset[int]().union(*groups) - own
        headings = ["" if index in others else text for index, text in enumerate(header.headings)]
        table = _table_of(sheet, replace(header, headings=headings), end, answers)
        unnamed = {column_letters(index + 1) for index in others}
        without = tuple(letters for letters in table.without_heading if letters not in unnamed)
        fates = tuple(each for each in table.fates if each.index not in others)
        made.append(replace(table, own=own, without_heading=without, fates=fates))
    return made or [whole]


def _table_of(sheet: RawSheet, header: Header, end: int, answers: ImportMap) -> FoundTable:
    """The table under a header: decided columns first, then known reports, then words and values together."""
    first = header.at + 1
    headings = _numbered(header.headings)
    print_ = fingerprint(headings)
    looks = {index: look_at(sheet.cells[index][first:end], VALUES_LOOKED_AT) for index in range(len(headings))}
    decided = decisions(print_, headings, header.table, answers)
    given = layout(header, headings) | decided | named_columns(print_, headings, looks, answers)
    personal = frozenset(
        index for index, text in enumerate(headings) if text and index not in decided and never_read(header, text)
    )
    chosen = {
        key.partition(":")[2]: heading for key, heading in answers.answers.items() if key.startswith(f"{print_}:")
    }  # "which" answers
    unneeded = known_unneeded(header, headings)
    made = decide(header.table, headings, looks, personal, given, chosen, unneeded)
    nameless = header.table is SERVICES and not IDENTITY & {each.name for each in made.columns.values()}
    if nameless and any(not text and looks[index].values for index, text in enumerate(headings)):
        lettered = [text or (_letter(index) if looks[index].values else "") for index, text in enumerate(headings)]
        return _table_of(sheet, replace(header, headings=lettered), end, answers)
    helping = helpers(header, headings, looks)
    fates = tuple(
        mapped(index, heading, made.columns.get(index), made.fates.get(index, UNKNOWN), looks[index])
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
        sensitive=tuple((text, what) for text in headings if text and (what := never_read(header, text))),
        without_heading=tuple(
            column_letters(index + 1) for index, text in enumerate(headings) if not text and looks[index].values
        ),
        open_columns=made.open_columns,
        fingerprint=print_,
        recognized=header.recognized,
        headings=tuple(headings),
        helpers=helping,
        looks=looks,
    )


def _letter(index: int) -> str:
    """What a column without a heading is called where it holds something, and may say who the student is."""
    return f"Column {column_letters(index + 1)}"


def _numbered(headings: Sequence[str]) -> list[str]:
    """Headings with a number behind the second and later ones of the same text, so that each has a key."""
    seen: Counter[str] = Counter()
    numbered = []
    for heading in headings:
        seen[heading] += bool(heading)
        numbered.append(f"{heading} ({seen[heading]})" if seen[heading] > 1 else heading)
    return numbered
