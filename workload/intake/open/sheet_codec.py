"""How sheets travel from the reading process to the server: by column, each distinct value once.

A column is its distinct values (joined text, packed numbers or JSON) and a code for each row as 4-byte
numbers. Rosters repeat themselves, so this is smaller and quicker than any list of cells, and unlike pickle or marshal it cannot
make the receiver run or crash on what a broken reader sends.
"""

from __future__ import annotations

import datetime
import json
import math
import re
import struct
from array import array
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

from workload.intake.open.opened import CellProblem, Merge, Notice, RawSheet, Value
from workload.model.coded_list import CodedList

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]|\r\n?")
_CONTROL_BYTES = bytes(sorted({*range(32), 127} - {9, 10}))
_EXACT = 2**53
_LARGEST_WHOLE = 2.0**63
# So many values of another type than the rest of their column are put in their places one by one.
_FEW = 1_000


class Column:
    """The distinct values of one sheet column and a code for each row; code 0 is an empty cell."""

    __slots__ = ("codes", "index")

    def __init__(self, rows: int = 0) -> None:
        self.index: defaultdict[object, int] = defaultdict(count(1).__next__, {"": 0})
        self.codes = array("I", bytes(4 * rows))

    def extend(self, values: tuple[object, ...], booleans: bool = True) -> None:
        """Append values; TRUE and 1 are kept apart although they compare equal. booleans: whether any can occur."""
        if values.count("") == len(values):  # nothing in so many rows, as in columns that only others fill
            self.codes.frombytes(bytes(4 * len(values)))
            return
        if booleans and bool in set(map(type, values)):
            values = tuple(map(comparable, values))
        self.codes.extend(map(self.index.__getitem__, values))

    def put(self, row: int, value: object) -> None:
        """Set one row (0-based), making the column longer where needed."""
        if row >= len(self.codes):
            self.codes.frombytes(bytes(4 * (row + 1 - len(self.codes))))
        self.codes[row] = self.index["" if value is None else comparable(value)]

    def filled(self) -> int:
        """How many rows reach down to the last cell that is not empty."""
        return -(-len(self.codes.tobytes().rstrip(b"\x00")) // 4)


class _Flag:
    """A boolean that does not equal a number."""

    __slots__ = ("value",)
    _known: dict[bool, _Flag] = {}

    def __init__(self, value: bool) -> None:
        self.value = value

    @classmethod
    def of(cls, value: object) -> _Flag:
        """The one flag for this truth value."""
        return cls._known.setdefault(bool(value), cls(bool(value)))


def comparable(value: object) -> object:
    """The value, or what stands for a boolean, which would equal a number."""
    return _Flag.of(value) if value is True or value is False else value


def clean_text(text: str) -> str:
    """Text without control characters, which break every writer; line ends become a line feed."""
    return _CONTROLS.sub(lambda hit: "\n" if hit.group()[0] == "\r" else "", text)


def plain(value: object) -> object:
    """A distinct value in the form in which JSON carries it."""
    if isinstance(value, str):
        return clean_text(value) or None
    if isinstance(value, _Flag):
        return value.value
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime.datetime):
        return ["m", value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
    if isinstance(value, datetime.date):
        return ["d", value.year, value.month, value.day]
    if isinstance(value, datetime.time):
        return ["t", value.hour, value.minute, value.second, value.microsecond]
    if isinstance(value, datetime.timedelta):
        return ["p", "duration", str(value)]
    if isinstance(value, CellProblem):
        return ["p", value.kind, clean_text(value.text)]
    return value


def _plain_number(value: float) -> object:
    if not math.isfinite(value):
        return ["p", "number", str(value)]
    return int(value) if value.is_integer() and abs(value) < _LARGEST_WHOLE else value


def actual(value: object) -> object:
    """The Python value that `plain` packed."""
    if not isinstance(value, list):
        return value
    tag, *rest = value
    if tag == "m":
        return datetime.datetime(*rest)
    if tag == "d":
        return datetime.date(*rest)
    if tag == "t":
        return datetime.time(*rest)
    return CellProblem(*rest)


def pack_sheet(
    name: str,
    visible: str,
    first_row: int,
    columns: list[Column],
    hidden_rows: list[int],
    hidden_columns: list[int],
    merges: list[Merge],
    notices: list[Notice],
    colored_rows: dict[str, list[int]] | None = None,
) -> list[bytes]:
    """The frames of one sheet: a head, then for each column its distinct values and its codes.

    Empty rows and columns at the end are dropped, and merges are clipped to what is left.
    """
    rows = max((column.filled() for column in columns), default=0)
    while columns and not columns[-1].filled():
        columns = columns[:-1]
    last = first_row + rows - 1
    frames, long_numbers, cleaned = [], 0, 0
    for column in columns:
        values, long_here, cleaned_here = _distinct(column)
        long_numbers, cleaned = long_numbers + long_here, cleaned + cleaned_here
        codes = column.codes.tobytes()
        frames += [values, codes if len(codes) == 4 * rows else codes[: 4 * rows].ljust(4 * rows, b"\x00")]
    notices = notices + _value_notices(name, long_numbers, cleaned)
    head = {
        "name": clean_text(name),
        "visible": visible,
        "rows": rows,
        "columns": len(columns),
        "first_row": first_row,
        "hidden_rows": sorted({row for row in hidden_rows if first_row <= row <= last}),
        "hidden_columns": sorted({column for column in hidden_columns if 1 <= column <= len(columns)}),
        "merges": clip_merges(merges, first_row, last, len(columns)),
        "colored_rows": {
            look: [row for row in rows if first_row <= row <= last] for look, rows in (colored_rows or {}).items()
        },
        "notices": [vars_of(notice) for notice in notices],
    }
    return [json.dumps(head).encode(), *frames]


def _distinct(column: Column) -> tuple[bytes, int, int]:
    """The frame of the distinct values, and how many are long whole numbers and how many were cleaned.

    Its first byte says how most of them are packed: s texts, q whole numbers, d numbers, i dates, j all as JSON. The few
    of another type, such as the heading over numbers, stand before them as JSON with their positions.
    The empty value, code 0, is not sent.
    """
    values: list[Any] = list(column.index)[1:]
    kinds = set(map(type, values))
    texts = values if kinds == {str} else [value for value in values if type(value) is str]
    numbers = [] if float not in kinds else [value for value in values if type(value) is float]
    long_numbers = _long_numbers(values) if kinds & {int, float} else 0
    days = [] if datetime.date not in kinds else [value for value in values if type(value) is datetime.date]
    most, kind = max(((texts, str), (numbers, float), (days, datetime.date)), key=lambda each: len(each[0]))
    if len(values) - len(most) <= _FEW:
        others = [(at, value) for at, value in enumerate(values) if type(value) is not kind] if kinds != {kind} else []
        packed = PACKED[kind](most)
        if packed is not None and all(type(value) is not str or clean_text(value) == value for _, value in others):
            few = json.dumps([[at, plain(value)] for at, value in others], allow_nan=False).encode()
            return packed[:1] + struct.pack("<I", len(few)) + few + packed[1:], long_numbers, 0
    cleaned = sum(1 for text in texts if clean_text(text) != text.replace("\r\n", "\n"))
    return b"j" + json.dumps(list(map(plain, values)), allow_nan=False).encode(), long_numbers, cleaned


def _long_numbers(values: list[Any]) -> int:
    return sum(1 for value in values if type(value) in (int, float) and abs(value) >= _EXACT)


def _packed_numbers(numbers: list[float]) -> bytes | None:
    """Whole numbers or doubles with the mark that says which; None where one is not finite."""
    if not math.isfinite(sum(map(abs, numbers))):
        return None
    if max(map(abs, numbers)) < _LARGEST_WHOLE and all(map(float.is_integer, numbers)):
        return b"q" + array("q", map(int, numbers)).tobytes()
    return b"d" + array("d", numbers).tobytes()


def _joined(texts: list[str]) -> bytes | None:
    """The mark of texts and the texts with a NUL between them; None if one of them needs cleaning."""
    try:
        joined = "\x00".join(texts).encode()
    except UnicodeEncodeError:
        return None
    controls = len(joined) - len(joined.translate(None, _CONTROL_BYTES))
    odd = controls != max(0, len(texts) - 1) or b"\xef\xbf\xbe" in joined or b"\xef\xbf\xbf" in joined
    return None if odd else b"s" + joined


def _packed_days(days: list[datetime.date]) -> bytes:
    return b"i" + array("i", map(datetime.date.toordinal, days)).tobytes()


PACKED: dict[type, Callable[[Any], bytes | None]] = {str: _joined, float: _packed_numbers, datetime.date: _packed_days}


def _values(frame: memoryview) -> list[object]:
    """The distinct values of a column with None for code 0."""
    kind = bytes(frame[:1])
    if kind == b"j":
        return [None, *map(actual, json.loads(bytes(frame[1:])))]
    length = struct.unpack_from("<I", frame, 1)[0]
    few, rest = json.loads(bytes(frame[5 : 5 + length])), bytes(frame[5 + length :])
    if kind == b"s":
        values: list[Any] = rest.decode().split("\x00") if rest else []
    else:
        numbers: array[Any] = array(kind.decode())
        numbers.frombytes(rest)
        values = (
            numbers.tolist()
            if kind == b"q"
            else list(map(datetime.date.fromordinal, numbers))
            if kind == b"i"
            else [int(value) if value.is_integer() and abs(value) < _LARGEST_WHOLE else value for value in numbers]
        )
    for at, value in few:
        values.insert(at, actual(value))
    return [None, *values]


def _value_notices(sheet: str, long_numbers: int, cleaned: int) -> list[Notice]:
    notices = []
    if long_numbers:
        notices.append(
            Notice(
                "long-numbers",
                f'Sheet "{sheet}" holds {long_numbers:,} different whole numbers of 16 or more digits. '
                "A spreadsheet keeps only the first 15, so the last digits may be wrong.",
                "If these are identifiers, have them exported as text.",
                sheet,
            )
        )
    if cleaned:
        notices.append(
            Notice(
                "control-characters",
                f'Sheet "{sheet}" holds {cleaned:,} different texts with invisible control '
                "characters, which were removed.",
                "Nothing needs to be done.",
                sheet,
            )
        )
    return notices


def clip_merges(merges: list[Merge], first_row: int, last_row: int, columns: int) -> list[Merge]:
    """Merged ranges cut to the stored cells; none if they overlap, which no spreadsheet program writes."""
    clipped = []
    for top, left, bottom, right in merges:
        top, left, bottom, right = max(top, first_row), max(left, 1), min(bottom, last_row), min(right, columns)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            clipped.append((top, left, bottom, right))
    area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in clipped)
    return clipped if area <= max(0, last_row - first_row + 1) * columns else []


def vars_of(notice: Notice) -> dict[str, object]:
    """The fields of a notice for JSON."""
    return {
        "code": notice.code,
        "message": notice.message,
        "remedy": notice.remedy,
        "sheet": notice.sheet,
        "rows": list(notice.rows),
    }


def notice_of(fields: dict[str, Any]) -> Notice:
    """The notice that `vars_of` took apart."""
    return Notice(**{**fields, "rows": tuple(fields["rows"])})


def join_frames(frames: list[bytes]) -> bytes:
    """Frames behind each other, each with its length in 8 bytes before it."""
    return b"".join(piece for frame in frames for piece in (struct.pack("<Q", len(frame)), frame))


def split_frames(answer: bytes) -> list[memoryview]:
    """The frames of an answer. Raises ValueError if it is cut off."""
    frames, at, view = [], 0, memoryview(answer)
    while at < len(answer):
        if at + 8 > len(answer):
            raise ValueError("cut off")
        length = struct.unpack_from("<Q", answer, at)[0]
        if at + 8 + length > len(answer):
            raise ValueError("cut off")
        frames.append(view[at + 8 : at + 8 + length])
        at += 8 + length
    return frames


def unpack_sheet(frames: list[memoryview]) -> tuple[RawSheet, list[memoryview]]:
    """One sheet from the front of the frames, and the frames behind it.

    Raises ValueError, IndexError, KeyError or TypeError if the frames do not fit together.
    """
    import numpy as np  # the child, which packs, goes without

    head = json.loads(bytes(frames[0]))
    cells: list[list[Value]] = []
    at = 1
    for _ in range(head["columns"]):
        codes = np.frombuffer(frames[at + 1], dtype="=u4")
        if len(codes) != head["rows"]:
            raise ValueError("a column of another length")
        cells.append(CodedList(_values(frames[at]), codes))
        at += 2
    sheet = RawSheet(
        head["name"],
        head["visible"],
        head["rows"],
        head["columns"],
        head["first_row"],
        cells,
        tuple(head["hidden_rows"]),
        tuple(head["hidden_columns"]),
        tuple(map(tuple, head["merges"])),
        tuple(notice_of(notice) for notice in head["notices"]),
        {str(look): tuple(rows) for look, rows in head["colored_rows"].items()},
    )
    return sheet, frames[at:]
