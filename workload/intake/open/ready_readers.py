"""Processes that stand ready to read files, so that no upload waits for one to start: see `reader_template`.

`begin` gives the child of one file, with the few things of a `subprocess.Popen` that reading needs. Where a system
cannot fork, it is a process of its own from the start.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from workload.intake.open.limits import MEGABYTE
from workload.intake.open.reader_template import LARGE, SMALL, TOLD

_TEMPLATE = Path(__file__).with_name("reader_template.py")
# A fork of a process without threads is safe on Linux; other systems start each child anew.
CAN_FORK = sys.platform == "linux"
# The system's own variables without which a process cannot start; nothing of ours, no keys, no paths.
_KEPT_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH")
# A reader lives for one file: it takes memory from the system in large pieces, and gives none back before its end.
_OF_MEMORY = {
    "MALLOC_TOP_PAD_": str(64 * MEGABYTE),
    "MALLOC_MMAP_THRESHOLD_": str(256 * MEGABYTE),
    "MALLOC_TRIM_THRESHOLD_": str(1024 * MEGABYTE),
}
# A process that forks has no threads, and NumPy's linear algebra would start some.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_idle: list[_Template] = []
_alive: set[_Template] = set()
_lock = threading.Lock()


class Child(Protocol):
    """The process that reads one file."""

    stdin: BinaryIO
    stdout: BufferedReader
    returncode: int | None

    def kill(self) -> None:
        """End it now, unless it has ended."""

    def wait(self) -> int:
        """Until it has ended: how it did, as `subprocess` says it."""


def begin(program: Path, path: list[str], large: bool = False) -> Child:
    """A child that runs this program, fresh for one file. path: where it imports from. Raises OSError if there is no room.

    large: whether the file is worth having NumPy there, which every fork afterwards has to carry.
    """
    if not CAN_FORK:
        return cast(Child, _started([str(program)], subprocess.PIPE, subprocess.PIPE))
    while True:
        with _lock:
            ready = next((each for each in _idle if each.fits(program, path)), None)
            if ready:
                _idle.remove(ready)
        try:
            return cast(Child, _Forked(ready or _Template(program, path), LARGE if large else SMALL))
        except BrokenPipeError:
            if not ready:
                raise
            # The one that stood ready is gone; so may be others, if the system was short of memory.


def cpu_seconds() -> float:
    """CPU seconds of the processes that stand ready and of their ended children, which the system does not count as ours yet."""
    with _lock:
        return sum(each.spent for each in _alive)


def _started(arguments: list[str], stdin, stdout, **options) -> subprocess.Popen:
    """A fresh interpreter, not a fork of the server: isolated, without site, without the server's variables."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", *arguments],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        env={key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ} | _OF_MEMORY | _ALONE,
        **options,
    )


class _Template:
    """One process that stands ready, reading one file at a time."""

    def __init__(self, program: Path, path: list[str]) -> None:
        self._made_for = (program, tuple(path))
        self.spent = 0.0
        self.door, theirs = socket.socketpair()
        with theirs:
            try:
                arguments = [str(_TEMPLATE), str(program), json.dumps(path)]
                # A session of its own, so that it can be ended together with its child.
                self._process = _started(arguments, theirs, subprocess.DEVNULL, start_new_session=True)
            except OSError:
                self.door.close()
                raise
        with _lock:
            _alive.add(self)

    def fits(self, program: Path, path: list[str]) -> bool:
        return self._made_for == (program, tuple(path))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        self.kill()
        self.door.close()
        self._process.wait()
        with _lock:
            _alive.discard(self)

    def forget(self) -> None:
        """In a fork of the server: this one belongs to the server alone."""
        self.door.close()
        self._process.returncode = 0


class _Forked:
    """The child of one file, forked by a process that stood ready, which may read the next file afterwards."""

    def __init__(self, template: _Template, size: bytes) -> None:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self.stdin, self.stdout = os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb")
        self.returncode: int | None = None
        self._template, self._ending = template, threading.Lock()
        try:
            socket.send_fds(template.door, [size], [theirs_in, theirs_out])
        except OSError as error:
            self.stdin.close()
            self.stdout.close()
            template.end()
            raise BrokenPipeError from error
        finally:
            os.close(theirs_in)
            os.close(theirs_out)

    def kill(self) -> None:
        """With the process that forked it, which nobody has to trust afterwards."""
        with self._ending:
            if self.returncode is None:
                self._template.kill()

    def wait(self) -> int:
        if self.returncode is not None:
            return self.returncode
        try:
            told = self._template.door.recv(TOLD.size, socket.MSG_WAITALL)
        except OSError:
            told = b""
        with self._ending:
            if len(told) == TOLD.size:
                self.returncode, self._template.spent = TOLD.unpack(told)
            else:
                self.returncode = -signal.SIGKILL
        if len(told) == TOLD.size:
            with _lock:
                _idle.append(self._template)
        else:
            self._template.end()
        return self.returncode


def _let_go(done: Callable[[_Template], None]) -> None:
    alive = list(_alive)
    _idle.clear()
    for each in alive:
        done(each)
    _alive.clear()


atexit.register(lambda: _let_go(_Template.end))
if CAN_FORK:

    def _in_a_fork() -> None:
        global _lock
        _lock = threading.Lock()  # another thread may hold the server's
        _let_go(_Template.forget)

    os.register_at_fork(after_in_child=_in_a_fork)
