"""The parts of a zip container, checked for form and unpacked piece by piece with counters."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from workload.intake.open.limits import MEGABYTE, Limits
from workload.intake.open.refusals import refuse

SLICE, PIECE = 64 * 1024, MEGABYTE


@dataclass(frozen=True)
class Part:
    """One packed part: where its bytes stand in the file, how long they claim to be, and their checksum."""

    name: str
    start: int
    packed: int
    claimed: int
    stored: bool
    checked: int = 0

    @property
    def key(self) -> str:
        """The name under which all spellings of the same part meet."""
        return part_key(self.name)


def part_key(name: str) -> str:
    """A part name with forward slashes, without a leading one, letter case folded."""
    return name.replace("\\", "/").lstrip("/").casefold()


@dataclass
class Budget:
    """Bytes that may still be unpacked from this file."""

    left: int
    total: int


def list_parts(data: bytes, limits: Limits) -> list[Part]:
    """All parts in directory order; refuses every form of container that no office program writes."""
    _check_count(data, limits)
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:
        raise refuse("truncated") from None
    if len(infos) > limits.zip_entries:
        raise refuse("zip-entries", found=len(infos), limit=limits.zip_entries)
    _check_names([info.orig_filename for info in infos])
    parts = []
    for info in infos:
        if info.flag_bits & 0x41:
            raise refuse("encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("zip-method")
        parts.append(_locate(data, info))
    _check_overlap(parts)
    return [part for part in parts if not part.name.endswith("/")]


def _check_count(data: bytes, limits: Limits) -> None:
    """Count directory entries before anything builds an object for each."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 > len(data):
        raise refuse("truncated")
    size = struct.unpack_from("<L", data, end + 12)[0]
    entries = data.count(b"PK\x01\x02", max(0, end - size) if size != 0xFFFFFFFF else 0, end)
    if entries > limits.zip_entries:
        raise refuse("zip-entries", found=entries, limit=limits.zip_entries)


def _check_names(names: list[str]) -> None:
    seen = set()
    for name in names:
        plain = name.replace("\\", "/")
        if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in plain.split("/") or "\x00" in plain:
            raise refuse("zip-name")
        if part_key(name) in seen:
            raise refuse("zip-duplicate")
        seen.add(part_key(name))


def _locate(data: bytes, info: zipfile.ZipInfo) -> Part:
    at = info.header_offset
    if at < 0 or data[at : at + 4] != b"PK\x03\x04" or at + 30 > len(data):
        raise refuse("damaged")
    flags, method = struct.unpack_from("<HH", data, at + 6)
    name, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + 30 + name + extra
    spelled = data[at + 30 : at + 30 + name].decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if start + info.compress_size > len(data) or method != info.compress_type:
        raise refuse("damaged")
    if part_key(spelled) != part_key(info.orig_filename):
        raise refuse("zip-duplicate")
    stored = info.compress_type == zipfile.ZIP_STORED
    return Part(info.orig_filename, start, info.compress_size, info.file_size, stored, info.CRC)


def _check_overlap(parts: list[Part]) -> None:
    ordered = sorted(parts, key=lambda part: part.start)
    for before, after in zip(ordered, ordered[1:], strict=False):
        # Thirty bytes and the name stand before every part's own bytes.
        if before.start + before.packed > after.start - 30 - len(after.name):
            raise refuse("zip-overlap")


def unpack(data: bytes, part: Part, limits: Limits, budget: Budget) -> Iterator[bytes]:
    """The part's bytes in pieces of at most a megabyte, counted against both size limits.

    The count is of bytes that really come out, since a container can claim any size. Checksums are left
    to the reader, which tests them for the parts that it uses.
    """
    found = 0
    for piece in _stored(data, part) if part.stored else _inflate(data, part):
        found += len(piece)
        budget.left -= len(piece)
        if found > limits.part_bytes:
            raise refuse("unpacked-size", limit=limits.part_bytes / MEGABYTE)
        if budget.left < 0:
            raise refuse("unpacked-size", limit=budget.total / MEGABYTE)
        if found > part.claimed:
            raise refuse("size-lie")
        yield piece
    if found != part.claimed:
        raise refuse("size-lie")


def _stored(data: bytes, part: Part) -> Iterator[bytes]:
    for at in range(part.start, part.start + part.packed, PIECE):
        yield data[at : min(at + PIECE, part.start + part.packed)]


def _inflate(data: bytes, part: Part) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    end = part.start + part.packed
    view = memoryview(data)
    try:
        for at in range(part.start, end, SLICE):
            packed: bytes | memoryview = view[at : min(at + SLICE, end)]
            while packed:
                piece = inflater.decompress(packed, PIECE)
                if piece:
                    yield piece
                packed = inflater.unconsumed_tail
            if inflater.eof:
                break
        rest = inflater.flush()
    except zlib.error:
        raise refuse("damaged") from None
    if rest:
        yield rest
    if not inflater.eof:
        raise refuse("damaged")


def read_small(data: bytes, part: Part, limits: Limits, most: int = 8 * MEGABYTE) -> bytes:
    """A whole small part, such as the list of sheets; refuses one that is larger than `most` bytes."""
    pieces, found = [], 0
    for piece in unpack(data, part, limits, Budget(most, most)):
        pieces.append(piece)
        found += len(piece)
    return b"".join(pieces)
