"""What a file is, by its bytes: the ending of its name is a claim, not evidence."""

from __future__ import annotations

import re
import struct

from workload.intake.open.opened import Refusal
from workload.intake.open.refusals import refusal

ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SECTORS = 512  # of a directory that is followed
# Excel 2 to 4 wrote bare records without a container; these are their opening records.
BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00\x00\x05")

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard ", "database"),
    (b"PAR1", "database"),
    (b"MZ", "not-a-spreadsheet"),
    (b"\x7fELF", "not-a-spreadsheet"),
)

# Kinds that are read, with the endings that their files have. Any ending may hold any kind: a page saved as .xls is read.
READABLE: dict[str, tuple[str, ...]] = {
    "xlsx": ("xlsx", "xltx"),
    "xlsm": ("xlsm", "xltm"),
    "xlsb": ("xlsb",),
    "xls": ("xls", "xlt"),
    "ods": ("ods", "ots"),
    "csv": ("csv", "tsv", "tab", "txt"),
    "html": ("html", "htm"),
    "xml2003": ("xml",),
    "mhtml": ("mht", "mhtml"),
}
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|body|table|style|div|"
    r"center|font|p|h[1-6]|span|br|link|script|tr|b|form)\b",
    re.IGNORECASE | re.DOTALL,
)
MIME_START = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version|Content-Type:\s*multipart/)", re.IGNORECASE
)


def sniff(name: str, data: bytes) -> tuple[str, Refusal | None]:
    """What kind of file `data` is, and the refusal if it is a kind that is not read.

    name: only used to recognize Excel's lock files. Kinds that are read are those of READABLE.
    """
    kind = _lock_file(name, data) or _kind(data)
    return (kind, None) if kind in READABLE else (kind, refusal(kind))


def _lock_file(name: str, data: bytes) -> str:
    base = re.split(r"[\\/]", name)[-1]
    small = 0 < len(data) < 1024
    if small and base.startswith(("~$", ".~lock.")) and data[:4] not in (ZIP, OLE[:4]):
        return "lock-file"
    # The owner's name twice: length and one-byte letters to offset 55, length and UTF-16 after it.
    if len(data) == 165 and 0 < data[0] <= 54 and data[55] == data[0] and data[56] == 0:
        return "lock-file"
    return ""


def _kind(data: bytes) -> str:
    if not data:
        return "empty"
    if data.startswith((ZIP, ZIP_END)):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(BARE_XLS):
        return "xls"
    for magic, kind in MAGIC:
        if data.startswith(magic) and not (magic in (b"BM", b"MZ", b"BZh") and _is_text(data)):
            return kind
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    return _text_kind(data)


# --- zip containers -------------------------------------------------------------------------------


def _zip_kind(data: bytes) -> str:
    """Which program's container this zip is, from the names in its directory (not unpacked)."""
    end = data.rfind(ZIP_END)
    if end < 0 or len(data) < end + 22:
        return "truncated"
    start = _directory_start(data, end)
    if start < 0:
        return "truncated"
    names = _names(data, start, end)
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            return "xlsb"
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("ppt/") for name in names):
        return "presentation"
    if any(name.endswith(".iwa") or name in ("index/document.iwa", "index.numbers", "index.zip") for name in names):
        return "numbers"
    mimetype = data[30:110]
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument" in mimetype:
        return "other-office"
    if "content.xml" in names:
        return "ods"
    return "archive"


def _directory_start(data: bytes, end: int) -> int:
    size, offset = struct.unpack_from("<LL", data, end + 12)
    if offset == 0xFFFFFFFF or size == 0xFFFFFFFF:
        first = data.find(b"PK\x01\x02")
        return first if first < end else -1
    # A few programs put bytes before the zip; the directory still stands right before its end record.
    start = end - size
    return start if start >= 0 and (size == 0 or data[start : start + 4] == b"PK\x01\x02") else -1


def _names(data: bytes, start: int, end: int, most: int = 2_500) -> set[str]:
    names: set[str] = set()
    while start + 46 <= end and data[start : start + 4] == b"PK\x01\x02" and len(names) < most:
        name, extra, comment = struct.unpack_from("<HHH", data, start + 28)
        raw = data[start + 46 : start + 46 + name]
        names.add(raw.decode("utf-8", "replace").replace("\\", "/").lstrip("/").lower())
        start += 46 + name + extra + comment
    return names


# --- OLE containers -------------------------------------------------------------------------------


def _ole_kind(data: bytes) -> str:
    """xls, an encrypted workbook, or another office file, from the names at the container's root."""
    if len(data) < 1536:
        return "xls" if len(data) >= 512 else "truncated"
    names = _ole_root_names(data)
    if "EncryptedPackage" in names:
        return "encrypted"
    if {"workbook", "book"} & {name.lower() for name in names}:  # report servers write capitals
        return "xls"
    if "WordDocument" in names:
        return "word"
    if "PowerPoint Document" in names:
        return "presentation"
    if any("Workbook".encode("utf-16-le") in data[at : at + 4096] for at in (512, len(data) - 4096)):
        return "xls"
    return "other-office"


def _ole_root_names(data: bytes) -> set[str]:
    """Names of the streams and storages directly under the root. Broken chains end the walk."""
    shift = struct.unpack_from("<H", data, 30)[0]
    size = 1 << shift if shift in (9, 12) else 512
    fat_sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < 0xFFFFFFFA]
    sector, directory = struct.unpack_from("<I", data, 48)[0], b""
    seen: set[int] = set()
    while sector < 0xFFFFFFFA and sector not in seen and len(seen) < MOST_SECTORS:
        seen.add(sector)
        directory += data[(sector + 1) * size : (sector + 2) * size]
        block, within = divmod(sector, size // 4)
        at = (fat_sectors[block] + 1) * size + within * 4 if block < len(fat_sectors) else len(data)
        sector = struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else 0xFFFFFFFE
    return _siblings(directory)


def _siblings(directory: bytes) -> set[str]:
    count = len(directory) // 128
    if not count:
        return set()
    waiting, seen, names = [struct.unpack_from("<I", directory, 76)[0]], set(), set()
    while waiting:
        entry = waiting.pop()
        if entry >= count or entry in seen:
            continue
        seen.add(entry)
        base = entry * 128
        length = min(struct.unpack_from("<H", directory, base + 64)[0], 64)
        names.add(directory[base : base + max(0, length - 2)].decode("utf-16-le", "replace"))
        waiting += struct.unpack_from("<II", directory, base + 68)
    return names


# --- text -----------------------------------------------------------------------------------------


def wide_encoding(data: bytes) -> str:
    """The UTF-16 or UTF-32 encoding of `data`, by its mark or by where its zero bytes stand; else ""."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4000]
    quarter, half = len(sample) // 4, len(sample) // 2
    if quarter >= 4 and len(data) % 4 == 0:
        # The letters of a language stand in the lowest two bytes of four, so the highest two are zero.
        if not any(sample[2::4]) and not any(sample[3::4]) and sample[::4].count(0) < quarter / 2:
            return "utf-32-le"
        if not any(sample[::4]) and not any(sample[1::4]) and sample[3::4].count(0) < quarter / 2:
            return "utf-32-be"
    if half >= 4 and len(data) % 2 == 0:
        if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) == 0:
            return "utf-16-le"
        if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0:
            return "utf-16-be"
    return ""


def _is_text(data: bytes) -> bool:
    """Whether the start reads as text: few control characters other than tab and line ends."""
    if wide_encoding(data):
        return True
    sample = data[:65_536]
    odd = len(sample) - len(sample.translate(None, bytes(set(range(32)) - {9, 10, 12, 13})))
    return odd <= max(2, len(sample) // 200)


def _text_kind(data: bytes) -> str:
    if not _is_text(data):
        return "not-a-spreadsheet"
    head = data[:65_536].decode(wide_encoding(data) or "utf-8-sig", "replace")
    if not head.strip("\x00\r\n\t \ufeff"):
        return "empty-text"
    if MIME_START.match(data[:65_536].lstrip()) and re.search(r"multipart/|text/html", head, re.IGNORECASE):
        return "mhtml"
    start = head.lstrip("\ufeff\r\n\t ")
    if start.startswith("<"):
        return _markup_kind(start)
    if start.startswith("{") and re.search(r'"(?:url|doc_id)"\s*:', head[:2000]):
        return "link"
    if re.match(r'[\[{]\s*["{\[]', start) and re.search(r'"\s*:', head[:4000]):
        return "not-a-spreadsheet"
    if start.startswith("[InternetShortcut]"):
        return "link"
    return "csv"


def _markup_kind(start: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start[:8000] and re.search(r"<(\w+:)?Workbook\b", start):
        return "xml2003"
    if re.search(r"<office:document\b", start[:8000]):
        return "flat-ods"
    if HTML_START.match(start) or re.search(r"<(?:html|table|tr)\b", start, re.IGNORECASE):
        return "html"
    return "other-xml" if re.match(r"<\?xml|<[\w:]+[\s/>]", start) else "csv"
