"""Which letters the brief's font has. An accessible PDF refuses a letter that it cannot show."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

from workload.report.packet_choices import FONTS

IN_PLACE = "?"  # of a letter that the font does not have
SEGMENTED = 12  # the format of a character map that covers all of Unicode


@cache
def letters(font: str = "Inter-Regular.otf") -> frozenset[int]:
    """The code points that a bundled font can show. Source: OpenType specification, table "cmap", format 12."""
    data = Path(FONTS / font).read_bytes()
    tables = struct.unpack(">H", data[4:6])[0]
    entries = (struct.unpack(">4sLLL", data[12 + 16 * at : 28 + 16 * at]) for at in range(tables))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    found: set[int] = set()
    for at in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        start = cmap + struct.unpack(">L", data[cmap + 8 + 8 * at : cmap + 12 + 8 * at])[0]
        if struct.unpack(">H", data[start : start + 2])[0] != SEGMENTED:
            continue
        groups = struct.unpack(">L", data[start + 12 : start + 16])[0]
        for group in range(groups):
            place = start + 16 + 12 * group
            first, last, _ = struct.unpack(">LLL", data[place : place + 12])
            found.update(range(first, last + 1))
    return frozenset(found)


def showable(text: str) -> str:
    """The text in letters that the font has: its plain form where there is one, else a question mark."""
    return "".join(
        each if ord(each) in letters() or each == "\n" else _plain(each) for each in unicodedata.normalize("NFC", text)
    )


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(each) in letters() for each in plain) else IN_PLACE
