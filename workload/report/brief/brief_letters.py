"""Which letters the brief's font has. An accessible PDF refuses a letter that it cannot show."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

from workload.report.packet_choices import FONTS

IN_PLACE = "?"  # of a letter that the font does not have
SEGMENTED, SHORT = 12, 4  # formats of a character map: of all of Unicode, and of its first 65,536 points
FONT_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")


@cache
def letters(own: bytes | None = None) -> frozenset[int]:
    """The code points that the bundled font, and the district's own font beside it, can show."""
    bundled = _letters_of(Path(FONTS / "Inter-Regular.otf").read_bytes())
    return bundled | _letters_of(own) if own else bundled


def font_problem(data: bytes) -> str:
    """Why a file is no font that the pages can take; nothing for one."""
    try:
        return "" if data[:4] in FONT_STARTS and _letters_of(data) else "The font must be a TTF or OTF file."
    except (struct.error, StopIteration, IndexError):
        return "The font must be a TTF or OTF file."


def _letters_of(data: bytes) -> frozenset[int]:
    """Source: OpenType specification, table "cmap", formats 4 and 12."""
    tables = struct.unpack(">H", data[4:6])[0]
    entries = (struct.unpack(">4sLLL", data[12 + 16 * at : 28 + 16 * at]) for at in range(tables))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    found: set[int] = set()
    for at in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        start = cmap + struct.unpack(">L", data[cmap + 8 + 8 * at : cmap + 12 + 8 * at])[0]
        form = struct.unpack(">H", data[start : start + 2])[0]
        if form == SHORT:
            found.update(_short(data, start))
        if form != SEGMENTED:
            continue
        groups = struct.unpack(">L", data[start + 12 : start + 16])[0]
        for group in range(groups):
            place = start + 16 + 12 * group
            first, last, _ = struct.unpack(">LLL", data[place : place + 12])
            found.update(range(first, last + 1))
    return frozenset(found)


def _short(data: bytes, start: int) -> set[int]:
    """The code points of a table of format 4."""
    twice = struct.unpack(">H", data[start + 6 : start + 8])[0]
    ends = struct.unpack(f">{twice // 2}H", data[start + 14 : start + 14 + twice])
    firsts = struct.unpack(f">{twice // 2}H", data[start + 16 + twice : start + 16 + 2 * twice])
    return {
        point for first, last in zip(firsts, ends, strict=True) for point in range(first, last + 1) if point != 0xFFFF
    }


def showable(text: str, own: bytes | None = None) -> str:
    """The text in letters that the fonts have: its plain form where there is one, else a question mark."""
    known = letters(own)
    return "".join(
        each if ord(each) in known or each == "\n" else _plain(each, known)
        for each in unicodedata.normalize("NFC", text)
    )


def _plain(letter: str, known: frozenset[int]) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(each) in known for each in plain) else IN_PLACE
