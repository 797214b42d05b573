"""From a found table to the rows that hold data, and how every other row ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from workload.intake.blocks.band_rows import DIRECT, Bands, lone_text, read_bands, rows_of_units, titles_of, told_above
from workload.intake.cells import joint_cells
from workload.intake.cells.cell_words import YES
from workload.intake.cells.cells import shown, tidy
from workload.intake.cells.dates import day_is_first
from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.heading_words import all_facts
from workload.intake.columns.headings import IDENTITY
from workload.intake.columns.presets import compact
from workload.intake.open.opened import RawSheet, Value
from workload.model.coded_list import at_places, cut, distinct, filled, places, possible
from workload.model.columns import EXAMPLE_PREFIX, normalized

TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[\s-]*)?totals?\b.*|subtotals?\b.*|average\b.*|sum\b(?:\s+of\b.*)?|count\b.*|.*\b(?:sub)?totals?:?|.*\b(?:count|students|average):|"
    r"(?:#|no\.?|number) of (?:students|kids|children|pupils)\b.*",
    re.IGNORECASE,
)
STATISTIC = re.compile(r"(?:max(?:imum)?|min(?:imum)?|median|mean|range|std\.? ?dev\.?|avg\.?)", re.IGNORECASE)
MARK = "mark"  # the unit of a column whose heading is the amount and whose cells are marks
DAYS_IN_ONE = "service_dates"  # a column that says both the first and the last day of a line
HELPER = "preset:"  # cells of a column that only settles another one
# First and last letters of totals and examples: most cells are passed over at once.
FIRST_LETTERS, ENDINGS = frozenset("TtGgSsOoAaCcEeNn#"), frozenset("LlSsTtEe:")
NO_SERVICE = "no-service"  # a row without the second of several services side by side
EXAMPLE, TOTAL_ROW, REPEATED_HEADER, GROUP_HEADING, UNITS_ROW = (
    "example",
    "total-row",
    "repeated-header",
    "group-heading",
    "units-row",
)


@dataclass(frozen=True, eq=False)
class Block:
    """The rows of one table as they stand: `cells[name][i]` stands in sheet row `sheet_rows[i]`.

    read counts every row that holds something; excluded the ones left out here, by reason. carried are the
    values that a row above gave to the rows beneath, by column.
    """

    file: str
    sheet: str
    found: FoundTable
    sheet_rows: Sequence[int]
    cells: Mapping[str, Sequence[Value]]
    source: RawSheet = field(repr=False)
    read: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    filled_down: Mapping[str, Sequence[int]] = field(default_factory=dict)  # heading -> positions filled from above
    bands: Bands = Bands()
    above: Mapping[str, str] = field(default_factory=dict)  # what titles above the headings say of every row, by column
    _distinct: dict[str, Set[Value]] = field(default_factory=dict, init=False, repr=False)

    def distinct(self, name: str) -> Set[Value]:
        """The values of a column, each once."""
        if name not in self._distinct:
            self._distinct[name] = distinct(self.cells[name])
        return self._distinct[name]

    def column_cells(self, index: int) -> list[Value]:
        """The cells of any column of the sheet, also of one that is not read, for the rows of the block."""
        return at_places(self.source.cells[index], [row - self.source.first_row for row in self.sheet_rows])

    def with_cells(self, **cells: Sequence[Value]) -> Block:
        """The block with these columns in place of its own."""
        return replace(self, cells={**self.cells, **cells})

    def places(self, at: Iterable[int]) -> tuple[tuple[str, str, int], ...]:
        """(file, sheet, sheet row) of rows that are given by position."""
        return tuple((self.file, self.sheet, self.sheet_rows[each]) for each in at)

    @property
    def days(self) -> dict[int, str]:
        """Sheet row -> the day of the week that stands over it."""
        return {self.row_of(at): day for at, day in self.bands.days.items()}

    def row_of(self, at: int) -> int:
        """The sheet row of a place in the table, whatever became of it."""
        return self.source.sheet_row(self.found.first) + at

    @property
    def table(self) -> str:
        return self.found.table.name

    @cached_property
    def day_first(self) -> bool:
        """Whether the dates of the sheet are written with the day first, by all its columns of dates together."""
        dates = {column.name for column in self.found.table.columns if column.kind == "date"} & self.cells.keys()
        texts = {value for name in dates for value in self.distinct(name) if isinstance(value, str)}
        return day_is_first(texts)

    def heading(self, name: str) -> str:
        """The heading as written of a canonical column; the canonical name when it is not in the sheet."""
        column = next((each for each in self.found.columns if each.key == name), None) or self.found.column(name)
        if column is None and name in ("start", "end"):
            column = self.found.column(DAYS_IN_ONE)
        return column.heading if column else name


def tells_kinds(found: FoundTable, cells: Mapping[str, Sequence[Value]]) -> bool:
    """Whether columns or cells of a table say how its service is given: "Direct min", "Ind/Grp", "30 min direct weekly"."""
    said = {"delivery", "direct", "individual", "group", "consult"}
    in_headings = any(all_facts(column.heading) & said for column in found.columns)
    return in_headings or any(
        name.startswith("group_size") or isinstance(value, str) and DIRECT.search(value)
        for name, values in cells.items()
        if name.startswith(("group_size", "frequency_text", "setting"))
        for value in possible(values)
    )


def take_rows(
    file: str, sheet: RawSheet, found: FoundTable, fill_down: frozenset[str] = frozenset(), bands_are: str = ""
) -> Block:
    """The data rows of a table: blank rows are no rows; example, total, unit and repeated heading rows are counted out.

    fill_down  headings of columns whose blank cells mean "same as above"
    bands_are  what a person has said that lone texts above the rows are: "school", "therapist", "neither"
    """
    plain = [column for column in found.columns if column.unit not in (MARK, *joint_cells.TOGETHER)]
    raw = {column.key: cut(sheet.cells[column.index], found.first, found.last) for column in plain}
    raw |= _marked(sheet, found, raw) | _by_day(sheet, found)
    helping = {
        HELPER + compact(column.heading): cut(sheet.cells[column.index], found.first, found.last)
        for column in found.helpers
    }
    _fill_merges(sheet, found, raw)
    order = list(dict.fromkeys(column.key for column in sorted(found.columns, key=lambda each: each.index)))
    filled_rows = _rows_with_something([raw[name] for name in order])
    fate = _fates(found, raw, order)
    own = [sheet.cells[index][found.first : found.last] for index in found.own]
    fate |= {at: NO_SERVICE for at in filled_rows if own and all(column[at] in (None, "") for column in own)}
    is_services = found.table.name == "services"
    over = [
        sheet.cells[index] for index in sorted(found.own)
    ] or sheet.cells  # of lists side by side, what stands over each
    above = lone_text(over, found.first - found.header_rows - 1)
    titles = titles_of(over, found.first - found.header_rows) if is_services else []
    bands = read_bands(raw, order, frozenset(fate), bands_are, above, titles) if is_services else Bands()
    fate |= dict.fromkeys(bands.rows, GROUP_HEADING)
    carried = dict(bands.cells)
    if "group_id" in carried:  # of this sheet: another one may have a "Group A", too
        carried["group_id"] = [group and f"{sheet.name} {group}" for group in carried["group_id"]]
    told = told_above(titles, raw.keys() | carried.keys())
    if "delivery" in told and tells_kinds(found, raw):
        del told["delivery"]
    carried |= {name: [value] * (found.last - found.first) for name, value in told.items()}
    kept = [at for at in filled_rows if at not in fate] if fate else filled_rows
    filled_down = {
        column.heading: _fill_down(raw[column.key], kept) for column in found.columns if column.heading in fill_down
    }
    if len(kept) == found.last - found.first:
        cells = raw
    else:
        cells = {name: at_places(values, kept) for name, values in raw.items()}
    for name, values in (helping | carried).items():
        cells[name] = at_places(values, kept)
    first_row = sheet.sheet_row(found.first)
    return Block(
        file,
        sheet.name,
        found,
        [first_row + at for at in kept],
        cells,
        sheet,
        len(filled_rows),
        dict(Counter(fate.values())),
        tuple(carried),
        filled_down,
        bands,
        told,
    )


def _marked(sheet: RawSheet, found: FoundTable, raw: Mapping[str, list[Value]]) -> dict[str, list[Value]]:
    """Columns whose heading is an amount and whose cells are marks: an X under "30 min/wk" says "30 min/wk"."""
    marks = [column for column in found.columns if column.unit == MARK]
    if not marks:
        return {}
    texts = list(raw.get("frequency_text", [None] * (found.last - found.first)))
    for column in marks:
        for at, value in enumerate(sheet.cells[column.index][found.first : found.last]):
            if value not in (None, "") and shown(value).casefold() in YES:
                texts[at] = column.heading if texts[at] in (None, "") else f"{texts[at]} + {column.heading}"
    return {"frequency_text": texts}


def _by_day(sheet: RawSheet, found: FoundTable) -> dict[str, list[Value]]:
    """Columns that say one amount together, under the one name that all of them have."""
    columns = [column for column in found.columns if column.unit in joint_cells.TOGETHER]
    cells = [sheet.cells[column.index][found.first : found.last] for column in columns]
    if not columns:
        return {}
    if columns[0].unit == joint_cells.DAYS:
        return {columns[0].key: [joint_cells.days_named(cell) or cell for cell in cells[0]]}
    if columns[0].unit == joint_cells.CLOCK:
        return {columns[0].key: joint_cells.between_times(*cells)}
    by_unit = {column.unit: values for column, values in zip(columns, cells, strict=True)}
    if joint_cells.HOURS in by_unit:
        return {columns[0].key: joint_cells.hours_and_minutes(by_unit[joint_cells.HOURS], by_unit[joint_cells.REST])}
    if columns[0].unit == joint_cells.PART:
        return {columns[0].key: joint_cells.sum_of_parts(cells)}
    return {columns[0].key: joint_cells.of_the_week(cells, columns[0].name == "sessions")}


def _rows_with_something(columns: Sequence[list[Value]]) -> list[int]:
    """Positions of the rows in which a mapped column holds something."""
    some = None
    for column in columns:
        own = filled(column)
        some = own if some is None else some | own
        if some.all():
            break
    return [] if some is None else some.nonzero()[0].tolist()


def _fill_merges(sheet: RawSheet, found: FoundTable, raw: Mapping[str, list[Value]]) -> None:
    """Give every row of a merged cell its value, in the columns that were just cut out of the sheet."""
    first_row, last_row = sheet.sheet_row(found.first), sheet.sheet_row(found.last) - 1
    by_index = {
        column.index: column.key for column in found.columns if column.unit not in (MARK, *joint_cells.TOGETHER)
    }
    for top, left, bottom, right in sheet.merges:
        if left != right or bottom == top or top < first_row or bottom > last_row or left - 1 not in by_index:
            continue
        values = raw[by_index[left - 1]]
        start = top - first_row
        for at in range(start + 1, bottom - first_row + 1):
            if values[at] is None:
                values[at] = values[start]


def _fill_down(values: list[Value], rows: Sequence[int]) -> list[int]:
    """Fill blank cells with the value above; returns the positions among `rows` that were filled."""
    above, filled = None, []
    for number, at in enumerate(rows):
        if values[at] in (None, "") and above is not None:
            values[at] = above
            filled.append(number)
        above = values[at]
    return filled


def _fates(found: FoundTable, raw: Mapping[str, list[Value]], order: Sequence[str]) -> dict[int, str]:
    """Position -> why a row is no data: an example, a total, a heading once more."""
    fate: dict[int, str] = {}
    labels = list(dict.fromkeys((*order[:3], *(name for name in order if name in IDENTITY))))
    identity = [name for name in order if name in IDENTITY]
    firsts = {order[0], found.table.columns[0].name} & raw.keys() if order else set()
    for name in labels:
        column = raw[name]
        special = {
            text
            for text in possible(column)
            if type(text) is str
            and not text.isdigit()  # most ids, at once
            and (text[:1].isspace() or text[:1] in FIRST_LETTERS or text[-1:].isspace() or text[-1:] in ENDINGS)
            and ((name in firsts and text.lstrip().startswith(EXAMPLE_PREFIX)) or TOTAL.fullmatch(tidy(text)))
        }
        if not special:
            continue
        for at in places(column, special):
            if at in fate:
                continue
            text = str(column[at])
            if text.lstrip().startswith(EXAMPLE_PREFIX) and name in firsts:
                fate[at] = EXAMPLE
            elif all(raw[other][at] in (None, "", text) for other in identity) and (identity or name == order[0]):
                fate[at] = TOTAL_ROW
    fate |= _statistics(raw, order, fate)
    for at in _repeated_headers(found, raw):
        fate[at] = REPEATED_HEADER
    fate |= dict.fromkeys(rows_of_units(raw, order), UNITS_ROW)
    return dict.fromkeys(_sums(raw, order, fate), TOTAL_ROW) | fate


def _statistics(raw: Mapping[str, list[Value]], order: Sequence[str], fate: Mapping[int, str]) -> dict[int, str]:
    """Rows under a total or an average that go on with it: "Max", "Min", which are first names elsewhere."""
    found: dict[int, str] = {}
    for at in range(1, len(raw[order[0]]) if order and fate else 0):
        texts = [text for name in order if isinstance(text := raw[name][at], str) and text.strip()]
        if found.get(at - 1, fate.get(at - 1)) == TOTAL_ROW and len(texts) == 1 and STATISTIC.fullmatch(tidy(texts[0])):
            found[at] = TOTAL_ROW
    return found


def _sums(raw: Mapping[str, list[Value]], order: Sequence[str], fate: Mapping[int, str]) -> list[int]:
    """Rows that name nobody, hold nothing but numbers, and in one column the sum of the rows above or since the last sum."""
    who = [name for name in order if name in IDENTITY] or list(order[:1])
    if len(order) < 2 or not all(None in raw[name] or "" in raw[name] for name in who):
        return []
    bare = {
        at
        for at, row in enumerate(zip(*(raw[name] for name in who), strict=True))
        if at not in fate and all(value in (None, "") for value in row)
    }
    bare -= {at for at in bare if not {type(raw[name][at]) for name in order} <= {int, float, type(None)}}
    found: set[int] = set()
    for name in order if bare else ():
        total, since, several = 0.0, 0.0, 0
        for at, value in enumerate(raw[name]):
            if not isinstance(value, int | float) or isinstance(value, bool) or at in fate:
                continue
            if at in bare and several > 1 and value in (total, since):
                found.add(at)
                since = 0
            else:
                total, since, several = total + value, since + value, several + 1
    return sorted(found)


def _repeated_headers(found: FoundTable, raw: Mapping[str, list[Value]]) -> list[int]:
    hits: Counter[int] = Counter()
    for column in found.columns:
        own, first = normalized(column.heading), column.heading[:1]
        firsts = {first.casefold(), first.upper()}
        texts = {
            text
            for text in possible(raw[column.key])
            if type(text) is str
            and text[:1] in firsts
            and len(text) < 80
            and _may_end(text, own[-1:])
            and normalized(text) == own
        }
        hits.update(places(raw[column.key], texts))
    return [at for at, count in hits.items() if count >= 2]


def _may_end(text: str, last: str) -> bool:
    """Whether a text can be a heading that ends in this sign: most names and numbers are passed over by theirs."""
    end = text[-1:]
    return "\n" in text or not (end.isascii() and end.isalnum()) or end.lower() == last
