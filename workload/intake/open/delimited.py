"""Text files with delimiters: letters, delimiter, quoted line breaks, and every line's field count."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest

from workload.intake.open.limits import Limits
from workload.intake.open.opened import Notice
from workload.intake.open.refusals import refuse
from workload.intake.open.sheet_codec import Column, pack_sheet
from workload.intake.open.sniff import wide_encoding

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,\t|]*\r?\n?$', re.IGNORECASE)
_SHOWN, _BATCH, _SAMPLE, _MOST_BREAKS = 10, 500, 300, 200

# (line number, fields, whether its quotation marks were broken)
Record = tuple[int, list[str], bool]


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """The text of a file and, if its letters had to be guessed, a notice that says so."""
    wide = wide_encoding(data)
    for encoding in (wide,) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        return text, [_guessed(data)] if encoding == "cp1252" else []
    raise refuse("text-encoding")


def _guessed(data: bytes) -> Notice:
    line = 1 + re.split(rb"[\x80-\xff]", data, maxsplit=1)[0].count(b"\n")
    mixed = re.search(rb"[\xc3\xc2][\x80-\xbf]|\xe2\x80[\x90-\xbf]", data) is not None
    message = (
        f"This file does not say how its letters are written. It was read as Western (Windows-1252); "
        f"the first letter with an accent or curly quote is in line {line:,}."
    )
    if mixed:
        message += " Some letters seem to be written in another way, so some names may look wrong."
    return Notice(
        "text-encoding-mixed" if mixed else "text-encoding-guessed",
        message,
        "Compare a name with an accent. If it is wrong, save the file in Excel as CSV UTF-8.",
    )


SHEET = "Sheet1"  # what the one sheet of a text file is called


def read_delimited(data: bytes, limits: Limits) -> tuple[list[bytes], list[Notice]]:
    """The frames of the one sheet in a text file, and the notices about the file.

    A row's number is the one a spreadsheet program would show; messages also name the line.
    """
    text, notices = decode(data)
    lines = list(io.StringIO(text, newline=""))
    skipped, delimiter = _separator_line(lines)
    lines = lines[skipped:]
    _check_line_lengths(lines, skipped, limits)
    if not delimiter:
        delimiter = find_delimiter(lines)
    width = usual_width(lines, delimiter)
    _check_headings(lines, delimiter, width)
    if delimiter != ",":
        notices.append(
            Notice(
                "delimiter",
                f"The fields of this file are separated by a {DELIMITERS.get(delimiter, 'mark')}"
                f" ({'tab' if delimiter == chr(9) else delimiter}).",
                "Nothing needs to be done.",
            )
        )
    columns: list[Column] = []
    broken: list[tuple[int, int, int, bool]] = []
    records = _watched(_records(lines, delimiter, width, limits), width, skipped, broken, limits)
    rows = 0
    while batch := list(islice(records, _BATCH)):
        rows += len(batch)
        if rows > limits.rows:
            raise refuse("csv-rows", limit=limits.rows)
        for number, values in enumerate(zip_longest(*batch, fillvalue="")):
            if number == len(columns):
                columns.append(Column(rows - len(batch)))
            columns[number].extend(values, booleans=False)
        for column in columns:
            column.codes.frombytes(bytes(4 * (rows - len(column.codes))))
        if rows * len(columns) > limits.area:
            raise refuse("area", sheet=SHEET, cell=f"row {rows}", found=rows * len(columns), limit=limits.area)
    notices += _broken_notices(broken, width, rows)
    return pack_sheet(SHEET, "visible", 1, columns, [], [], [], []), notices


def records_of(lines: list[str], limits: Limits = Limits()) -> tuple[list[Record], int, str]:
    """All records of a text file that was opened before, how many lines stand before them, and the delimiter."""
    skipped, delimiter = _separator_line(lines)
    lines = lines[skipped:]
    delimiter = delimiter or find_delimiter(lines)
    return list(_records(lines, delimiter, usual_width(lines, delimiter), limits)), skipped, delimiter


def _check_line_lengths(lines: list[str], skipped: int, limits: Limits) -> None:
    """Count delimiters before a list of fields is built; a single text can hold as many as it has characters."""
    most = limits.text_characters + limits.columns
    for number, line in enumerate(lines, start=1 + skipped):
        if len(line) > most:
            found = max(map(line.count, DELIMITERS))
            if found > most:
                raise refuse("csv-columns", line=number, found=found + 1, limit=limits.columns)


def _separator_line(lines: list[str]) -> tuple[int, str]:
    """How many lines to skip and the delimiter that a first line such as `sep=;` names."""
    match = _SEPARATOR_LINE.match(lines[0]) if lines else None
    return (1, match.group(1)) if match else (0, "")


def _sample(lines: list[str], delimiter: str) -> list[int]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(lines[:_SAMPLE], delimiter=delimiter)
    return [len(fields) for fields in reader if fields]


def _check_headings(lines: list[str], delimiter: str, width: int) -> None:
    """Refuse a file whose first line of fields is one short of all others, unless the extra field is always empty."""
    csv.field_size_limit(10_000_000)
    records = [fields for fields in csv.reader(lines[:_SAMPLE], delimiter=delimiter) if len(fields) > 1]
    headings, rows = (records[0], records[1:]) if records else ([], [])
    if len(rows) < 2 or len(headings) != width - 1 or any(len(fields) != width for fields in rows):
        return
    if any(fields[-1].strip() for fields in rows):
        raise refuse("csv-shifted", headings=len(headings), width=width)


def find_delimiter(lines: list[str]) -> str:
    """The delimiter that splits most lines into the same number of fields; a comma if none does."""
    best, chosen = (0, 0), ","
    for delimiter in DELIMITERS:
        widths = Counter(width for width in _sample(lines, delimiter) if width > 1)
        if not widths:
            continue
        width, lines_alike = max(widths.items(), key=lambda item: (item[1], item[0]))
        if (lines_alike, width) > best:
            best, chosen = (lines_alike, width), delimiter
    return chosen


def usual_width(lines: list[str], delimiter: str) -> int:
    """How many fields most lines have."""
    widths = Counter(_sample(lines, delimiter))
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 0


def _records(lines: list[str], delimiter: str, width: int, limits: Limits) -> Iterator[Record]:
    """All records. Where quotation marks do not close, that one line is split on its own and marked."""
    csv.field_size_limit(limits.text_characters)
    at = breaks = 0
    while at < len(lines):
        strict = breaks < _MOST_BREAKS
        reader = csv.reader(
            map(lines.__getitem__, range(at, len(lines))),
            delimiter=delimiter,
            strict=strict,
            quoting=csv.QUOTE_MINIMAL if strict else csv.QUOTE_NONE,
        )
        done = 0
        try:
            for fields in reader:
                yield at + done + 1, fields, not strict and any('"' in field for field in fields)
                done = reader.line_num
            return
        except csv.Error:
            if not strict:
                raise refuse("long-text", where=f" in line {at + done + 1}", limit=limits.text_characters) from None
        line = lines[at + done]
        if len(line) > limits.text_characters * 4:
            raise refuse("long-text", where=f" in line {at + done + 1}", limit=limits.text_characters)
        yield at + done + 1, *_split_alone(line, delimiter, width)
        at, breaks = at + done + 1, breaks + 1


def _split_alone(line: str, delimiter: str, width: int) -> tuple[list[str], bool]:
    """The fields of one line whose quotation marks are not in order, and whether it stays doubtful."""
    try:
        lenient = next(csv.reader([line], delimiter=delimiter), [])
        if len(lenient) == width and not lenient[-1].endswith(("\n", "\r")):
            return lenient, False
        return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), []), True
    except csv.Error:
        return [line.strip()], True


def _watched(
    records: Iterator[Record], width: int, skipped: int, broken: list[tuple[int, int, int, bool]], limits: Limits
) -> Iterator[list[str]]:
    """The fields of each record; those of another width are noted as (row, line, fields, quotes)."""
    body = False
    for row, (line, fields, quotes) in enumerate(records, start=1):
        found = len(fields)
        if found > limits.columns:
            if any(fields[limits.columns :]) or found > 16_384:
                raise refuse("csv-columns", line=line + skipped, found=found, limit=limits.columns)
            fields = fields[: limits.columns]
        if quotes:
            broken.append((row, line + skipped, found, True))
        elif found == width:
            body = True
        elif found and (found > 1 or (body and fields != [""])) and not (found > width and not any(fields[width:])):
            broken.append((row, line + skipped, found, False))
        yield fields


def _broken_notices(broken: list[tuple[int, int, int, bool]], width: int, rows: int) -> list[Notice]:
    notices = []
    other = [entry for entry in broken if not entry[3]]
    quotes = [entry for entry in broken if entry[3]]
    if other:
        listed = "; ".join(f"line {line:,} has {found}" for _, line, found, _ in other[:_SHOWN])
        more = f"; and {len(other) - _SHOWN:,} more" if len(other) > _SHOWN else ""
        notices.append(
            Notice(
                "broken-lines",
                f"{len(other):,} of {rows:,} rows do not have {width} fields like the others: {listed}{more}. "
                "Their values may stand in the wrong columns.",
                "Open the file in a text editor, go to these lines and look for a missing or extra delimiter.",
                rows=tuple(entry[0] for entry in other),
            )
        )
    if quotes:
        listed = ", ".join(f"{line:,}" for _, line, _, _ in quotes[:_SHOWN])
        more = f" and {len(quotes) - _SHOWN:,} more" if len(quotes) > _SHOWN else ""
        notices.append(
            Notice(
                "broken-quotes",
                f"{len(quotes):,} of {rows:,} rows have a quotation mark that is not closed: line {listed}"
                f"{more}. They were split at every delimiter.",
                "Check these lines, or export the file again as an Excel workbook.",
                rows=tuple(entry[0] for entry in quotes),
            )
        )
    return notices
