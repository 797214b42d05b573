"""What somebody has worked on as one file to take home: a zip of plain data and tables. It holds no raw file of theirs.

data = as_file({"settings": {...}, "roster": ...})
parts = from_file(data)                 # the same values, or a sentence
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from workload.store.kinds import KINDS
from workload.store.packing import UnreadableError, packed, unpacked
from workload.store.parquet_tables import digest_of

FORMAT, VERSION = "ot-staffing work", 1
HEAD, WORK, TABLES = "what.json", "work.json", "tables/"
MOST_PARTS, MOST_BYTES = 500, 256 * 1024 * 1024
NOT_OURS = "This is not a file of saved work."


def as_file(parts: Mapping[str, object], kinds: Mapping[str, str] = KINDS) -> bytes:
    """The parts as the bytes of one file. Raises `TypeError` for what may not be kept."""
    tables: dict[str, bytes] = {}
    plain = {}
    for name, value in parts.items():
        plain[name], more = packed(value, kinds)
        tables |= more
    work = json.dumps(plain, ensure_ascii=False, allow_nan=False).encode()
    head = {"format": FORMAT, "version": VERSION, "sha256": digest_of(work)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {
            HEAD: json.dumps(head).encode(),
            WORK: work,
            **{f"{TABLES}{digest}.parquet": content for digest, content in sorted(tables.items())},
        }.items():
            # An entry without a time gets that of no clock: the same work gives the same bytes.
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def from_file(data: bytes, kinds: Mapping[str, str] = KINDS) -> dict[str, Any]:
    """The parts of a file. Raises `UnreadableError` with a plain sentence for any other file and for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            content = _contents(file)
        head = json.loads(content[HEAD])
        work = content[WORK]
        if head["format"] != FORMAT:
            raise UnreadableError(NOT_OURS)
        newer, whole = head["version"] > VERSION, head["sha256"] == digest_of(work)
        plain = json.loads(work) if whole and not newer else {}
    except (
        zipfile.BadZipFile,
        KeyError,
        TypeError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ):
        raise UnreadableError(NOT_OURS) from None
    if newer:
        raise UnreadableError("A newer version of this tool saved this file. Open it with that version.")
    tables = {name.removeprefix(TABLES).removesuffix(".parquet"): each for name, each in content.items()}
    damaged = [name for name, each in tables.items() if name not in (HEAD, WORK) and digest_of(each) != name]
    if not whole or damaged or not isinstance(plain, dict):
        raise UnreadableError("This file of saved work is damaged. Take another copy of it.")
    return {name: unpacked(each, tables, kinds) for name, each in plain.items()}


def _contents(file: zipfile.ZipFile) -> dict[str, bytes]:
    """Every member, read no further than the limits allow, whatever its size is said to be."""
    members = file.infolist()
    if len(members) > MOST_PARTS or len({each.filename for each in members}) != len(members):
        raise UnreadableError(NOT_OURS)
    found, left = {}, MOST_BYTES
    for each in members:
        with file.open(each) as stream:
            found[each.filename] = stream.read(left + 1)
        left -= len(found[each.filename])
        if left < 0:
            raise UnreadableError("This file unpacks to more than saved work ever has.")
    return found
