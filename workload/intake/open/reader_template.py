"""The process that stands ready to read: clean, with the readers imported and tried. It never gets a file.

For each file it forks one child, which runs the program of `reader_child`, is limited by it, and then is gone: what
one file does to its reader, no other file meets. What is saved is starting an interpreter and importing for each.

Arguments: the child's program, and as JSON where to import from. Standard input: a socket. One byte arrives for each
file, `SMALL` or `LARGE`, with the two descriptors that are the child's input and output; back goes `TOLD` once the child
has ended. NumPy, which large files are read with, is imported for the first of them.
"""

from __future__ import annotations

import gc
import io
import json
import os
import socket
import struct
import sys
import zipfile
from types import CodeType

TOLD = struct.Struct(
    "<id"
)  # how the child ended (negative: by which signal), CPU seconds of this process and its children
SMALL, LARGE = b"s", b"l"
NO_ROOM = 1 << 16  # in place of how it ended: the system has no room for another process
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main" xmlns:r="{_SCHEMAS}/officeDocument/2006/relationships"'


def _one(kind: str, target: str) -> str:
    kind = f"{_SCHEMAS}/officeDocument/2006/relationships/{kind}"
    part = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{part}</Relationships>'


SMALLEST = {
    "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/package/2006/content-types"/>',
    "_rels/.rels": _one("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook {_MAIN}><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _one("worksheet", "worksheets/sheet1.xml"),
    "xl/styles.xml": f'<styleSheet {_MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    "xl/sharedStrings.xml": f"<sst {_MAIN}><si><t>a</t></si></sst>",
    "xl/worksheets/sheet1.xml": f'<worksheet {_MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1" s="1"><v>46000</v></c><c r="C1"><v>1</v></c></row></sheetData></worksheet>',
}


def smallest() -> bytes:
    """A workbook with one row: a text, a day and a number."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in SMALLEST.items():
            book.writestr(name, text)
    return made.getvalue()


def _prepare() -> None:
    """Import what an Excel file or a list needs, and read a workbook of its own making once, as first times are slow.

    What is missing here is missed by the child as well, which says so. The rarer readers are imported by their children.
    """
    try:
        from workload.intake.open import delimited  # noqa: F401
        from workload.intake.open.excel_readers import read_with_calamine
        from workload.intake.open.limits import Limits
        from workload.intake.open.preflight import preflight
        from workload.intake.open.sheet_codec import join_frames

        data, limits = smallest(), Limits()
        join_frames(read_with_calamine(data, "xlsx", preflight(data, "xlsx", limits), limits)[0])
    except Exception:
        return


def _prepare_for_large() -> None:
    """Import what a large workbook is read with besides, as `_prepare` does for every one."""
    try:
        from workload.intake.open import distinct_book  # noqa: F401
    except Exception:
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
    large = False
    while True:
        message, ends, _, _ = socket.recv_fds(door, 1, 2)
        if not message:
            os._exit(0)
        if message == LARGE and not large:
            _prepare_for_large()
            gc.freeze()
            large = True
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
