"""From a found table to the rows that hold data, and how every other row ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workload.intake.columns.found_tables import FoundTable
from workload.intake.columns.headings import IDENTITY
from workload.intake.columns.presets import compact
from workload.intake.open.opened import RawSheet, Value
from workload.intake.rows.cells import tidy
from workload.model.columns import EXAMPLE_PREFIX, normalized

TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[\s-]*)?totals?\b.*|subtotals?\b.*|average\b.*|sum\b(?:\s+of\b.*)?|count\b.*",
    re.IGNORECASE,
)
HELPER = "preset:"  # cells of a column that only settles another one
FIRST_LETTERS = frozenset("TtGgSsOoAaCcE")  # of totals and examples: most cells are passed over at once
GROUP_ROW = re.compile(
    r"(school|campus|building|site|therapist|provider|ot|ota|cota)\s*(?:name)?\s*[:#]\s*(\S.*)", re.IGNORECASE
)
GROUP_COLUMN = {"school": "school", "campus": "school", "building": "school", "site": "school"}
EXAMPLE, TOTAL_ROW, REPEATED_HEADER, GROUP_HEADING = "example", "total-row", "repeated-header", "group-heading"


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
    cells: Mapping[str, list[Value]]
    read: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    filled_from_merges: int = 0
    filled_down: Mapping[str, Sequence[int]] = field(default_factory=dict)  # heading -> positions filled from above

    @property
    def table(self) -> str:
        return self.found.table.name

    def heading(self, name: str) -> str:
        """The heading as written of a canonical column; the canonical name when it is not in the sheet."""
        column = self.found.column(name)
        return column.heading if column else name


def take_rows(file: str, sheet: RawSheet, found: FoundTable, fill_down: frozenset[str] = frozenset()) -> Block:
    """The data rows of a table: blank rows are no rows; example, total and repeated heading rows are counted out.

    fill_down  headings of columns whose blank cells mean "same as above"
    """
    raw = {column.name: sheet.cells[column.index][found.first : found.last] for column in found.columns}
    helping = {
        HELPER + compact(column.heading): sheet.cells[column.index][found.first : found.last]
        for column in found.helpers
    }
    filled = _fill_merges(sheet, found, raw)
    order = [column.name for column in sorted(found.columns, key=lambda each: each.index)]
    filled_rows = _rows_with_something([raw[name] for name in order])
    fate = _fates(found, raw, order)
    carried = _carried(raw, order, fate) if found.table.name == "services" else {}
    kept = [at for at in filled_rows if at not in fate]
    filled_down = {
        column.heading: _fill_down(raw[column.name], kept) for column in found.columns if column.heading in fill_down
    }
    if len(kept) == found.last - found.first:
        cells = raw
    else:
        cells = {name: [values[at] for at in kept] for name, values in raw.items()}
    for name, values in (helping | carried).items():
        cells[name] = [values[at] for at in kept]
    first_row = sheet.sheet_row(found.first)
    return Block(
        file,
        sheet.name,
        found,
        [first_row + at for at in kept],
        cells,
        len(filled_rows),
        dict(Counter(fate.values())),
        tuple(carried),
        filled,
        filled_down,
    )


def _rows_with_something(columns: Sequence[list[Value]]) -> list[int]:
    """Positions of the rows in which a mapped column holds something."""
    return [
        at
        for at, row in enumerate(zip(*columns, strict=True))
        if any(row) or any(value is not None and value != "" for value in row)
    ]


def _fill_merges(sheet: RawSheet, found: FoundTable, raw: dict[str, list[Value]]) -> int:
    """Give every row of a merged cell its value. Returns how many cells were filled."""
    first_row, last_row = sheet.sheet_row(found.first), sheet.sheet_row(found.last) - 1
    by_index = {column.index: column.name for column in found.columns}
    filled = 0
    for top, left, bottom, right in sheet.merges:
        if left != right or bottom == top or top < first_row or bottom > last_row or left - 1 not in by_index:
            continue
        values = raw[by_index[left - 1]]
        start = top - first_row
        for at in range(start + 1, bottom - first_row + 1):
            if values[at] is None:
                values[at] = values[start]
                filled += 1
    return filled


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
            for text in set(column)
            if type(text) is str
            and text.lstrip()[:1] in FIRST_LETTERS
            and ((name in firsts and text.lstrip().startswith(EXAMPLE_PREFIX)) or TOTAL.fullmatch(tidy(text)))
        }
        if not special:
            continue
        for at, text in enumerate(column):
            if type(text) is not str or text not in special or at in fate:
                continue
            if text.lstrip().startswith(EXAMPLE_PREFIX) and name in firsts:
                fate[at] = EXAMPLE
            elif all(raw[other][at] in (None, "", text) for other in identity) and (identity or name == order[0]):
                fate[at] = TOTAL_ROW
    for at in _repeated_headers(found, raw):
        fate[at] = REPEATED_HEADER
    return fate


def _repeated_headers(found: FoundTable, raw: Mapping[str, list[Value]]) -> list[int]:
    hits: Counter[int] = Counter()
    for column in found.columns:
        own = normalized(column.heading)
        texts = {
            text
            for text in set(raw[column.name])
            if type(text) is str
            and len(text) < 80
            and text[:1].casefold() == column.heading[:1].casefold()
            and normalized(text) == own
        }
        if texts:
            hits.update(at for at, value in enumerate(raw[column.name]) if type(value) is str and value in texts)
    return [at for at, count in hits.items() if count >= 2]


def _carried(raw: Mapping[str, list[Value]], order: Sequence[str], fate: dict[int, str]) -> dict[str, list[Value]]:
    """Values of rows such as "School: Oak" for the rows beneath them, for columns that the sheet does not have."""
    heads: dict[int, tuple[str, str]] = {}
    for name in order[:3]:
        texts = {text for text in set(raw[name]) if type(text) is str and (":" in text or "#" in text)}
        for text in filter(lambda text: GROUP_ROW.fullmatch(tidy(text)), texts):
            found = GROUP_ROW.fullmatch(tidy(text))
            target = GROUP_COLUMN.get(found[1].casefold(), "therapist")
            for at, value in enumerate(raw[name]):
                if value == text and at not in fate and sum(raw[other][at] not in (None, "") for other in order) == 1:
                    heads[at] = (target, found[2].strip())
    fate.update(dict.fromkeys(heads, GROUP_HEADING))
    carried: dict[str, list[Value]] = {}
    for target in {target for target, _ in heads.values()} - raw.keys():
        value, made = None, []
        for at in range(len(raw[order[0]])):
            if at in heads and heads[at][0] == target:
                value = heads[at][1]
            made.append(value)
        carried[target] = made
    return carried
