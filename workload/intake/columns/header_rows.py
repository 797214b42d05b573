"""Which rows of a sheet are headings: the row, or pair of rows, that explains the most columns of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from workload.intake.cells.cells import tidy
from workload.intake.columns.heading_meaning import KINDS, said
from workload.intake.columns.heading_words import PERIODS, all_facts
from workload.intake.columns.headings import IDENTITY, fits, meaning, sensitive
from workload.intake.columns.presets import Recognized
from workload.intake.open.opened import RawSheet, Value
from workload.model.coded_list import places, possible
from workload.model.columns import SERVICES, TABLES, Table, normalized

CLEAR = 5  # headings that make a row a header beyond doubt; rows far below it are not tried
LONGEST_HEADING = 60  # letters; a longer text is a sentence
SAYS_HOW_MUCH = frozenset(
    {"minutes", "hours", "sessions", "length", "frequency", "time", "amount", "in-each", *PERIODS}
)
MOST_REPEATS = 20  # a heading does not stand more often than this below itself; a value does


@dataclass(frozen=True, eq=False)
class Header:
    """A row of headings, or the lower of two, and what its words mean. `at` is a position in the sheet's cells."""

    at: int
    rows: int
    table: Table
    headings: Sequence[str]
    names: Mapping[int, tuple[str, str]]
    recognized: Recognized | None = None


def _spellings() -> frozenset[str]:
    texts = {
        text
        for table in TABLES
        for column in table.columns
        for text in (column.name, column.name.replace("_", " "), column.label, *column.names)
    }
    return frozenset(
        spelled for text in texts for spelled in (text, text.lower(), text.upper(), text.title(), text.capitalize())
    )


HEADING_SPELLINGS = _spellings()  # whole cells that may be a heading, found by set intersection


def likely_header(sheet: RawSheet, rows: Sequence[int]) -> int | None:
    """The row that looks most like headings although its words are not understood: texts only, all different, none a
    sentence, with rows below. The first of the widest."""
    best, most = None, 1
    for at in rows:
        texts = [column[at] for column in sheet.cells if column[at] not in (None, "")]
        if at + 1 >= sheet.rows or len(texts) <= most or len(set(map(str, texts))) < len(texts):
            continue
        if all(isinstance(text, str) and len(text) <= LONGEST_HEADING and not text[:1].isdigit() for text in texts):
            best, most = at, len(texts)
    return best


def row_texts(sheet: RawSheet, at: int) -> list[str]:
    """The texts of a row; empty where a cell holds anything else. Of several lines the first, unless all their words are known."""
    return [_one_line(cell) if isinstance(cell := column[at], str) else "" for column in sheet.cells]


def _own_or_above(above: str, own: str) -> str:
    return own or above


def _one_line(text: str) -> str:
    if "\n" not in text:
        return tidy(text)
    first = tidy(text.split("\n")[0])
    whole = tidy(text.replace("\n", " "))
    return whole if whole != first and len(whole) <= LONGEST_HEADING and said(whole).known else first


def best_header(sheet: RawSheet, rows: Sequence[int], named: Table | None) -> Header | None:
    """The row (or pair of rows) and table that explain the most headings; the first of equals."""
    best, best_score = None, 0
    for at in rows:
        if best is not None and len(best.names) >= CLEAR and at > best.at + 2:
            break
        single = row_texts(sheet, at)
        if sum(map(bool, single)) < 2:
            continue
        for rows_taken, headings in ((1, single), (2, _joined(sheet, at, single))):
            if headings is None:
                continue
            for table in TABLES:
                names = names_by_words(table, headings)
                found = {name for name, _ in names.values()}
                known = table is named and len(found) >= 2 and len(found) * 2 >= len(names)
                if not (fits(table, found) or known or _minutes_under_ot(table, headings, found)):
                    continue
                told = len(set(headings)) > len(set(single)) or len(_kinds(headings)) > 1 and not _kinds(single)
                apart = 2 * (rows_taken == 2 and told)
                score = (
                    apart
                    + 4 * len(found)
                    + (6 if table is named else 0)
                    - rows_taken
                    + (2 if fits(table, found) else 0)
                )
                if score > best_score:
                    best, best_score = Header(at, rows_taken, table, headings, names), score
    return best


def _kinds(headings: Sequence[str]) -> set[str]:
    """The kinds of service that headings name: "Direct" and "Consult" above "min" and "min/mo" say what these are."""
    return {fact for heading in headings for fact in all_facts(heading) & KINDS.keys()}


def _minutes_under_ot(table: Table, headings: Sequence[str], found: set[str]) -> bool:
    """A list of students with a column "OT", which may hold minutes, a phrase, or the therapist."""
    return table is SERVICES and bool(found & IDENTITY) and "ot" in map(normalized, headings)


def _joined(sheet: RawSheet, at: int, lower: list[str]) -> list[str] | None:
    """The headings of this row with those of the row above it, which may be merged over several columns."""
    if at == 0 or any(_is_data(column[at]) for column in sheet.cells):
        return None
    upper = row_texts(sheet, at - 1)
    if sum(map(bool, upper)) < 2:
        return None
    row = sheet.sheet_row(at - 1)
    for first_row, first, last_row, last in sheet.merges:
        if first_row <= row <= last_row and first_row == row and upper[first - 1]:
            for index in range(first - 1, min(last, len(upper))):
                upper[index] = upper[first - 1]
    over = list(accumulate(upper, _own_or_above))
    if all(all_facts(text) & KINDS.keys() for text in upper if text):  # "Direct" over "x/wk" and "min", not over "OT"
        upper = [
            own or (kind if all_facts(below) & SAYS_HOW_MUCH or lower.count(below) > 1 else "")
            for own, kind, below in zip(upper, over, lower, strict=True)
        ]
    elif len(set(filter(None, lower))) < sum(map(bool, lower)):  # "Min" twice: what stands above tells them apart
        upper = over
    made = [f"{above} {below}".strip() for above, below in zip(upper, lower, strict=True)]
    return [
        below if _means_something(below) and not _means_something(joined) else joined
        for below, joined in zip(lower, made, strict=True)
    ]


def _is_data(cell: Value) -> bool:
    """A number, a date, or a text that begins with a digit and has no word: no lower half of a heading."""
    if not isinstance(cell, str):
        return cell is not None
    return cell[:1].isdigit() and not any(map(str.isalpha, cell))


def _means_something(heading: str) -> bool:
    """Whether the heading means something in any table, or is known to be of another service or of what was given."""
    about = said(heading)
    of_others = about.other_service or about.whole_school or about.delivered
    return bool(heading) and (of_others or any(meaning(table, heading)[0] for table in TABLES))


def names_by_words(table: Table, headings: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Column position -> (canonical name, how sure), by words alone; a name may occur twice."""
    named = {}
    for index, heading in enumerate(headings):
        if heading and not sensitive(heading):
            name, sure = meaning(table, heading)
            if name:
                named[index] = (name, sure)
    return named


def headers_above(sheet: RawSheet, header: Header) -> list[Header]:
    """The header of another table that stands above the clearest one, with rows of its own between them."""
    above = best_header(sheet, range(header.at - header.rows), None)
    if (
        above is None
        or not _only_words(sheet, above.at)
        or above.table is header.table
        or end_above(sheet, header) <= above.at + 1
    ):
        return []
    return [above]


def _only_words(sheet: RawSheet, at: int) -> bool:
    """Whether a row holds texts without digits and nothing else, as headings do and rows of data hardly ever."""
    cells = [column[at] for column in sheet.cells if column[at] not in (None, "")]
    return all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in cells)


def end_above(sheet: RawSheet, header: Header) -> int:
    """One past the last row above a header that is neither blank nor a title."""
    end = header.at - header.rows + 1
    while end > 0 and sum(column[end - 1] not in (None, "") for column in sheet.cells) <= 1:
        end -= 1
    return end


def further_headers(sheet: RawSheet, first: Header) -> list[Header]:
    """Headers of other tables that stand below the first one in the same sheet; repeats of it do not count."""
    own = {normalized(text) for text in first.headings if text}
    candidates: Counter[int] = Counter()
    for column in sheet.cells:
        for text in HEADING_SPELLINGS.intersection(possible(column)):
            below = [at for at in places(column, {text}) if at > first.at]
            candidates.update(below if len(below) <= MOST_REPEATS else ())
    headers = []
    for at in sorted(at for at, count in candidates.items() if count >= 2):
        texts = {normalized(text) for text in row_texts(sheet, at) if text}
        if (
            not texts <= own
            and _only_words(sheet, at)
            and (found := best_header(sheet, [at], None))
            and found.rows == 1
        ):
            headers.append(found)
    return headers
