"""The process that stands ready to read: clean, limited to forking, with the readers imported. It never gets a file.

For each file it forks one child, which runs the program of `reader_child`, is limited by it, and then is gone: what
one file does to its reader, no other file meets. What is saved is starting an interpreter and importing for each.

Arguments: the child's program, and as JSON where to import from. Standard input: a socket. One byte arrives for each
file, with the two descriptors that are the child's input and output; back goes `TOLD` once the child has ended.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import struct
import sys
from types import CodeType

TOLD = struct.Struct(
    "<id"
)  # how the child ended (negative: by which signal), CPU seconds of this process and its children
NO_ROOM = 1 << 16  # in place of how it ended: the system has no room for another process
# What an Excel file or a list needs; the rarer readers are imported by the child that uses them.
READERS = ("preflight", "excel_readers", "delimited")


def _prepare() -> None:
    """Import the readers. One that is missing is missed by the child, which says so."""
    try:
        for name in READERS:
            __import__(f"workload.intake.open.{name}")
        __import__("python_calamine")
    except ImportError:
        return


def _become_child(door: socket.socket, ends: list[int], program: CodeType) -> None:
    """Run the child's program on the two descriptors of its file; never returns."""
    code = 1
    try:
        door.close()
        for number, end in enumerate(ends):
            os.dup2(end, number)
            os.close(end)
        exec(program, {"__name__": "__main__", "__file__": sys.argv[1]})
        sys.stdout.flush()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    finally:
        os._exit(code)


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _spent() -> float:
    import resource

    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Fork a child for each message until the server is gone."""
    gc.disable()
    sys.path[:] = json.loads(sys.argv[2])
    door = socket.socket(fileno=os.dup(0))
    with open(sys.argv[1], "rb") as file:
        program = compile(file.read(), sys.argv[1], "exec")
    _prepare()
    gc.freeze()
    while True:
        message, ends, _, _ = socket.recv_fds(door, 1, 2)
        if not message:
            os._exit(0)
        try:
            child = os.fork()
        except OSError:
            child = -1
        if child == 0:
            _become_child(door, ends, program)
        for end in ends:
            os.close(end)
        code = _ended(child) if child > 0 else NO_ROOM
        door.sendall(TOLD.pack(code, _spent()))


if __name__ == "__main__":
    main()
