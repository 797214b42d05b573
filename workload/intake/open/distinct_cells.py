"""The cells of one sheet, each distinct one once, and which of them stands where.

A roster repeats itself: two million cells of a large district are a tenth as many different ones. What stands between
`<c r="B7"` and `</c>` decides a cell's value, its place does not. So the bytes of a sheet are gone through in bulk, cells
with the same bytes are numbered alike, and the reader of values gets each of them once (see `distinct_book`).

Every byte of the rows has to be one of the forms below; a sheet with anything else is left to the reader whole.

    <row r="7" …>  <c r="B7" …><v>text</v></c>  <c r="B7" …/>  </row>
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

AFTER_VALUE = b"</v></c>"
_BODY, _BODY_END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_CELL_START, _ROW_START = b'<c r="', b'<row r="'
_ATTRIBUTES = re.compile(rb'(?: [A-Za-z][\w:]*="[^"<>&]*")*>')
_FORM = re.compile(rb'(?: [A-Za-z][\w:]*="[^"<>&]*")*(?:/>|><v>)')
_NAMES = re.compile(rb'([\w:]+)="')
_TYPE = re.compile(rb' t="(?!(?:s|str|n|b|e|d)")')  # of others a value may be nothing to the reader
_EMPTY_ROW = re.compile(rb'<row r="\d+"((?: [A-Za-z][\w:]*="[^"<>&]*")*)(?:/>|></row>)')
_WORD, _LONGEST_FORM = 8, 64
_NO_FORM = 255  # the values in `texts`; so many different attributes at most are told apart in one sheet
MOST_TEXTS = 200_000  # more different ones would take more memory than reading the cells one by one
_PADDING = bytes(_LONGEST_FORM + 2 * _WORD)
# By how many bytes of a word of eight count: a mask, how far they stand from its end, and the digit 0 for the rest.
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
_SHIFTS = np.array([0, *(8 * (_WORD - count) for count in range(1, _WORD + 1))], np.uint64)
_ZEROS = np.array([0x3030303030303030 >> 8 * count for count in range(_WORD + 1)], np.uint64)


class Unusual(Exception):
    """The sheet is not written in the form that can be taken apart here."""


@dataclass(frozen=True)
class Taken:
    """What one block was found to hold. rows, columns: the farthest with a cell; cells: how many have a value.

    start, end: where its rows are in the block. errors, booleans, hidden: whether there may be any.
    """

    start: int
    end: int
    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: bool = False
    booleans: bool = False
    hidden: bool = False


class DistinctCells:
    """Fed with whole rows of a sheet. head: what stands before the rows. whole: whether all rows were taken apart.

    forms: what cells have before their value. texts: values other than short whole numbers, with what is before them.
    """

    def __init__(self) -> None:
        self.head = b""
        self.forms: list[bytes] = []
        self.texts: dict[bytes, int] = {}
        self.whole = False
        self._usual = True
        self._words: list[list[tuple[np.uint64, np.uint64]]] = []
        self._pieces: list[tuple[np.ndarray, ...]] = []
        self._row_forms: set[bytes] = set()
        self._last_row = 0

    def look(self, block: bytes) -> Taken | None:
        """Take in the next part of the sheet, all of it up to a `<row`, or to its end; None where that cannot be done."""
        if not self._usual or self.whole:
            return None
        try:
            start = 0 if self.head else self._begin(block)
            found = block.find(_BODY_END, start)
            end = found if found >= 0 else len(block)
            taken = self._take(block, start, end) if end > start else Taken(start, end)
            self.whole = found >= 0
        except Unusual:
            self._usual = False
            self._pieces.clear()
            return None
        return taken

    def cells(self) -> tuple[np.ndarray, ...]:
        """Of each cell with a value, row by row: row and column from 1 on, form, and the whole number.

        A form of `len(forms)` says that the number is the place in `texts`.
        """
        if not self._pieces:
            return (np.zeros(0, np.int64),) * 4
        rows, columns, forms, values = (np.concatenate(part) for part in zip(*self._pieces, strict=True))
        return rows, columns, np.where(forms == _NO_FORM, len(self.forms), forms), values

    def _begin(self, block: bytes) -> int:
        at = block.find(_BODY)
        if at < 0 or b"<!" in block[:at] or b"<worksheet" not in block[:at]:
            raise Unusual
        self.head = block[: at + len(_BODY)]
        return len(self.head)

    def _take(self, block: bytes, start: int, end: int) -> Taken:
        view = _View(block + _PADDING)
        opened, after = view.bytes[start:end] == ord("<"), view.bytes[start + 1 : end + 1]
        rows, cells = (np.flatnonzero(opened & (after == ord(letter))) + start for letter in "rc")
        if not len(rows) or rows[0] != start:
            raise Unusual
        view.require(rows, _ROW_START)
        view.require(cells, _CELL_START)
        counts, ends, row_ends = self._places(view, rows, cells, end)
        numbers, marks, digits = self._row_numbers(view, rows)
        filled = counts > 0
        first = (np.cumsum(counts) - counts)[filled]
        self._row_heads(view, (rows + len(_ROW_START) + digits + 1)[filled], cells[first])
        letters, columns = _columns(view, cells)
        begins = cells + len(_CELL_START) + letters
        alike = digits.min() == digits.max()
        width = digits[:1] + 1 if alike else np.repeat(digits + 1, counts)
        if (view.words(begins) & _MASKS[width] != np.repeat(marks, counts)).any():
            raise Unusual  # a cell says another row than the one it stands in
        onward = columns[1:] > columns[:-1]
        onward[first[1:] - 1] = True  # the first of the next row
        if not onward.all():
            raise Unusual
        begins += width
        numbers = np.repeat(numbers, counts)
        forms, values = self._forms(view, begins, ends)
        blank = np.array([form.endswith(b"/>") for form in self.forms], bool)
        if blank.any():
            if (values != ends)[blank[forms]].any():
                raise Unusual
            valued = np.flatnonzero(~blank[forms])
            begins, values, ends, forms = begins[valued], values[valued], ends[valued], forms[valued]
            numbers, columns = numbers[valued], columns[valued]
        last = ends - len(AFTER_VALUE)
        if (values >= last).any():
            raise Unusual
        view.require(last, AFTER_VALUE)
        # What was found, and nothing else, begins with "<": a value with its own beginning and two ends.
        if np.count_nonzero(opened) != len(rows) + row_ends + len(cells) + 3 * len(values):
            raise Unusual
        whole, known = _whole_numbers(view, values, last - values)
        others = np.flatnonzero(~known)
        if len(others):
            texts, parts = self.texts, _pairs(begins[others], last[others])
            whole[others] = [texts.setdefault(block[low:high], len(texts)) for low, high in parts]
            forms[others] = _NO_FORM
            if len(texts) > MOST_TEXTS:
                raise Unusual
        self._pieces.append((numbers, columns, forms, whole))
        return Taken(
            start,
            end,
            self._last_row,
            int(columns.max(initial=0)),
            len(values),
            any(b't="e' in form for form in self.forms),
            any(b't="b' in form for form in self.forms),
            any(b"hidden=" in form for form in self._row_forms),
        )

    def _places(self, view: _View, rows: np.ndarray, cells: np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray, int]:
        """How many cells each row has; where each cell ends; how many rows have an end tag."""
        first = np.searchsorted(cells, rows)
        counts = np.diff(first, append=len(cells))
        ends, after, row_ends = np.append(cells[1:], end), np.append(rows[1:], end), len(rows)
        for low, high in _pairs(rows[counts == 0], after[counts == 0]):
            head = _EMPTY_ROW.fullmatch(view.text, low, high)
            if not head:
                raise Unusual
            self._row_forms.add(head[1])
            row_ends -= not view.text.endswith(_ROW_END, low, high)
        filled = counts > 0
        first, closing = first[filled], after[filled] - len(_ROW_END)
        view.require(closing, _ROW_END)
        ends[first + counts[filled] - 1] = closing
        return counts, ends, row_ends

    def _row_numbers(self, view: _View, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each row its number, the word of its digits with the quote behind them, and how many digits there are."""
        start = rows + len(_ROW_START)
        digits = (view.bytes[start[:, None] + np.arange(_WORD)] == ord('"')).argmax(axis=1)
        numbers, known = _whole_numbers(view, start, digits)
        if not known.all() or (np.diff(numbers.astype(np.int64), prepend=self._last_row) <= 0).any():
            raise Unusual
        self._last_row = int(numbers[-1])
        return numbers, view.words(start) & _MASKS[digits + 1], digits

    def _row_heads(self, view: _View, start: np.ndarray, end: np.ndarray) -> None:
        """What stands between the number of a row and its first cell has to be attributes."""
        lengths = end - start
        if len(start) and (lengths == lengths[0]).all():
            several = view.bytes[start[:, None] + np.arange(lengths[0])]
            if (several == several[0]).all():
                start, end = start[:1], end[:1]
        for head in {view.text[low:high] for low, high in _pairs(start, end)} - self._row_forms:
            if not _ATTRIBUTES.fullmatch(head):
                raise Unusual
            self._row_forms.add(head)

    def _forms(self, view: _View, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each cell the number in `forms` of what stands before its value, and where that ends."""
        words: list[np.ndarray] = []
        found, after = np.full(len(start), _NO_FORM, np.uint8), np.zeros(len(start), np.int64)
        number, left = 0, len(start)
        while left:
            if number == len(self.forms):
                at = int((found == _NO_FORM).argmax())
                self._add_form(view.text, int(start[at]), int(end[at]))
            pieces = self._words[number]
            while len(words) < len(pieces):
                words.append(view.words(start + len(words) * _WORD))
            same = words[0] & pieces[0][0] == pieces[0][1]
            for word, (mask, value) in zip(words[1:], pieces[1:], strict=False):
                same &= word & mask == value
            here = np.flatnonzero(same)
            found[here], after[here] = number, start[here] + len(self.forms[number])
            number, left = number + 1, left - len(here)
        return found, after

    def _add_form(self, text: bytes, start: int, end: int) -> None:
        """A form that was not met before, with the words of eight bytes that it is known by."""
        form = _FORM.match(text, start, min(end, start + _LONGEST_FORM))
        if len(self.forms) == _NO_FORM or not form or _TYPE.search(form[0]):
            raise Unusual
        names = [b"r", *_NAMES.findall(form[0])]
        if len(set(names)) < len(names):
            raise Unusual  # a second place, or a second type
        self.forms.append(form[0])
        pieces = (form[0][at : at + _WORD] for at in range(0, len(form[0]), _WORD))
        self._words.append([(_MASKS[len(piece)], np.uint64(int.from_bytes(piece, "little"))) for piece in pieces])


class _View:
    """The bytes of a block as numbers: single ones, and eight from any place on as one word, the first of them lowest."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.bytes = np.frombuffer(text, np.uint8)
        self._words = np.ndarray((len(text) - _WORD + 1,), "<u8", text, strides=(1,))

    def words(self, at: np.ndarray) -> np.ndarray:
        """The words that begin at these places."""
        return self._words[at]

    def require(self, at: np.ndarray, text: bytes) -> None:
        """These bytes, eight at most, have to stand at each of the places."""
        if (self.words(at) & _MASKS[len(text)] != int.from_bytes(text, "little")).any():
            raise Unusual


def _columns(view: _View, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many letters the column of each cell has, one to three, and its number from 1 on."""
    letters = view.words(cells + len(_CELL_START)).view(np.uint8).reshape(-1, _WORD)[:, :3] - np.uint8(ord("A"))
    named = letters < 26
    if not named[:, 0].all():
        raise Unusual
    number, count = letters[:, 0].astype(np.int32) + 1, np.ones(len(cells), np.int64)
    more = named[:, 0]
    for at in (1, 2):
        more = more & named[:, at]
        if more.any():
            number = np.where(more, number * 26 + letters[:, at] + 1, number)
            count += more
    return count, number


def _whole_numbers(view: _View, start: np.ndarray, length: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of up to eight digits at these places, and where there is one without zeros before it."""
    words, count = view.words(start), np.clip(length, 0, _WORD)
    digits = (words << _SHIFTS[count]) | _ZEROS[count]
    high = np.uint64(0xF0F0F0F0F0F0F0F0)
    known = (digits & high == 0x3030303030303030) & (
        (digits + np.uint64(0x0606060606060606)) & high == 0x3030303030303030
    )
    known &= (length > 0) & (length <= _WORD) & ((words & np.uint64(0xFF) != ord("0")) | (length == 1))
    # Neighbors are put together: digits to pairs, pairs to fours, fours to the whole.
    digits &= np.uint64(0x0F0F0F0F0F0F0F0F)
    digits = (digits * np.uint64(10) + (digits >> np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
    digits = (digits * np.uint64(100) + (digits >> np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
    digits = (digits * np.uint64(10_000) + (digits >> np.uint64(32))) & np.uint64(0xFFFFFFFF)
    return digits.astype(np.uint32), known


def _pairs(low: np.ndarray, high: np.ndarray) -> zip[tuple[int, int]]:
    return zip(low.tolist(), high.tolist(), strict=True)
