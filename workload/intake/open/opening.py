"""Opens an untrusted file: recognized here by its bytes, read in a child process, handed back as plain values."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from workload.intake.open.limits import MEGABYTE, Limits
from workload.intake.open.opened import CellProblem, Notice, Opened, RawSheet, Refusal
from workload.intake.open.reader_template import NO_ROOM
from workload.intake.open.ready_readers import Child, begin
from workload.intake.open.refusals import refusal
from workload.intake.open.sheet_codec import notice_of, split_frames, unpack_sheet
from workload.intake.open.sniff import sniff

__all__ = ["CellProblem", "Limits", "Notice", "Opened", "RawSheet", "Refusal", "open_file"]

_CHILD = Path(__file__).with_name("reader_child.py")
_ROOT = str(Path(__file__).resolve().parents[3])
_LARGE = 64 * 1024  # bytes of a workbook from which its sheets are worth taking apart
# Two files at a time in the whole server; further uploads wait for their turn.
_READERS = threading.BoundedSemaphore(2)


def open_file(name: str, data: bytes, limits: Limits = Limits()) -> Opened:
    """Open an uploaded file of any kind and any intention.

    name: as the user knows it; never trusted and only shown. data: all bytes of the file.
    Every outcome is an `Opened`: sheets, or a refusal in plain sentences. Nothing in the file can raise
    an exception here, stop this process, run, be fetched or be written to disk.
    """
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > limits.file_bytes:
        return Opened(
            name,
            "unknown",
            digest,
            refusal=refusal("too-large", found=len(data) / MEGABYTE, limit=limits.file_bytes / MEGABYTE),
        )
    kind, refused = sniff(name, data)
    if refused is not None:
        return Opened(name, kind, digest, refusal=refused)
    if not _READERS.acquire(timeout=limits.queue_seconds):
        return Opened(name, kind, digest, refusal=refusal("busy"))
    try:
        answer, failure = _ask_child(kind, data, limits)
    finally:
        _READERS.release()
    if failure:
        return Opened(name, kind, digest, refusal=refusal(failure))
    return _opened(name, kind, digest, answer)


def _opened(name: str, kind: str, digest: str, answer: bytes) -> Opened:
    """What the child answered; an answer that does not fit together is a crash of the reader."""
    try:
        frames = split_frames(answer)
        head = json.loads(bytes(frames[0]))
        if head["refusal"]:
            return Opened(name, kind, digest, refusal=Refusal(*head["refusal"]))
        notices = tuple(map(notice_of, head["notices"]))
        sheets, frames = [], frames[1:]
        while frames:
            sheet, frames = unpack_sheet(frames)
            sheets.append(sheet)
    except (ValueError, IndexError, KeyError, TypeError):
        return Opened(name, kind, digest, refusal=refusal("crashed"))
    if not any(sheet.rows for sheet in sheets):
        return Opened(name, kind, digest, refusal=refusal("no-cells" if sheets else "no-sheets"), notices=notices)
    return Opened(name, kind, digest, tuple(sheets), notices=notices)


def _ask_child(kind: str, data: bytes, limits: Limits) -> tuple[bytes, str]:
    """The child's answer, or the code of the refusal if it gave none in time and within its limits."""
    asked = {"kind": kind, "bytes": len(data), "limits": asdict(limits), "path": import_path()}
    request = json.dumps(asked).encode() + b"\n"
    try:
        child = begin(_CHILD, import_path(), kind in ("xlsx", "xlsm") and len(data) >= _LARGE)
    except OSError:
        # The system has no room for another process at the moment.
        return b"", "busy"
    answer = bytearray()
    reader = threading.Thread(target=_collect, args=(child, answer, limits.answer_bytes), daemon=True)
    clock = threading.Timer(limits.wall_seconds, child.kill)
    clock.daemon = True
    begun = time.monotonic()
    try:
        reader.start()
        clock.start()
        _send(child, request, data)
        reader.join()
        child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):  # what a child that ended early has not read
                pipe.close()
    if child.returncode == 0:
        return bytes(answer), ""
    return b"", _failure(child.returncode, time.monotonic() - begun, len(answer), limits)


def import_path() -> list[str]:
    """Where this process finds packages, so that the child finds the same reader without site."""
    return [_ROOT, *(entry for entry in sys.path if os.path.isabs(entry) and entry != _ROOT)]


def _send(child: Child, request: bytes, data: bytes) -> None:
    try:
        child.stdin.write(request)
        child.stdin.write(data)
        child.stdin.close()
    except OSError:
        # The child ended early; its return code says why.
        return


def _collect(child: Child, answer: bytearray, most: int) -> None:
    while piece := child.stdout.read1(65536):
        answer += piece
        if len(answer) > most:
            child.kill()
            return


def _failure(code: int | None, seconds: float, received: int, limits: Limits) -> str:
    """Which refusal an ended child means: out of time, out of memory, or a crash of the reader."""
    if code == NO_ROOM:
        return "busy"
    if received > limits.answer_bytes or code == -6:
        return "memory"
    if seconds >= limits.wall_seconds or code == -24:
        return "time"
    if code == -9:
        return "killed"
    return "crashed"
