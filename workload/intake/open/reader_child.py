"""The process in which an unknown file is read. It is started for one file, limited, and then gone.

Standard input: one line of JSON (kind, length, limits, where to import from), then the file's bytes.
Standard output: frames (see `sheet_codec`); the first is JSON with the refusal or the notices.
It imports the standard library, this package's intake modules and one reader, and opens no file to write.
"""

from __future__ import annotations

import gc
import json
import os
import sys


def limit_self(memory_bytes: int, cpu_seconds: int) -> None:
    """Set the limits that the operating system enforces; Windows has none, there the parent's clock remains.

    No file may be written.
    """
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, value in wanted:
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # Where the two are equal the system kills without a word; with room between it says that time is over.
        over = value + 2 if which == resource.RLIMIT_CPU and hard in (resource.RLIM_INFINITY,) else value
        try:
            resource.setrlimit(which, (value, over))
        except (ValueError, OSError):
            continue


def _examine(kind: str, data: bytes, limits):
    """Frames and notices of the file; raises Refused."""
    from workload.intake.open.preflight import preflight

    if kind in ("xlsx", "xlsm", "xlsb"):
        from workload.intake.open.excel_readers import read_with_calamine

        facts = preflight(data, kind, limits)
        if kind == "xlsb":
            from workload.intake.open.xlsb_scan import scan_binary
            from workload.intake.open.zip_parts import list_parts

            facts.sheets = scan_binary(data, list_parts(data, limits), limits).sheets
        frames, notices = read_with_calamine(data, kind, facts, limits)
        return frames, notices + _book_notices(facts)
    if kind == "xls":
        from workload.intake.open.excel_readers import read_with_xlrd

        return read_with_xlrd(data, limits), []
    if kind == "ods":
        from workload.intake.open.open_document import read_open_document

        preflight(data, kind, limits)
        return read_open_document(data, limits), []
    if kind == "xml2003":
        from workload.intake.open.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(data, limits), []
    if kind in ("html", "mhtml"):
        from workload.intake.open.web_page import read_html, read_mhtml

        return (read_html if kind == "html" else read_mhtml)(data, limits)
    from workload.intake.open.delimited import read_delimited

    return read_delimited(data, limits)


def _book_notices(facts) -> list:
    from workload.intake.open.opened import Notice

    notices = []
    if facts.macros:
        notices.append(
            Notice(
                "macros",
                "This workbook contains macros. They were ignored; only values were read.",
                "Nothing needs to be done.",
            )
        )
    if facts.external_links:
        notices.append(
            Notice(
                "external-links",
                "This workbook takes values from other files. The values saved in it were read; nothing was fetched.",
                "Check that it was saved after its last update.",
            )
        )
    if facts.never_calculated and any(sheet.has_formulas for sheet in facts.sheets.values()):
        notices.append(
            Notice(
                "never-calculated",
                "A program wrote this workbook and asks Excel to calculate its "
                "formulas on opening. The results saved in it may be placeholders such as 0.",
                "Open it in Excel, save it, and upload the saved file.",
            )
        )
    return notices


def _answer(request: dict, data: bytes) -> bytes:
    from workload.intake.open.limits import Limits
    from workload.intake.open.opened import Refused
    from workload.intake.open.refusals import refusal
    from workload.intake.open.sheet_codec import join_frames, vars_of

    refused, frames, notices = None, [], []
    try:
        frames, notices = _examine(request["kind"], data, Limits(**request["limits"]))
    except Refused as why:
        refused = why.refusal
    except MemoryError:
        refused = refusal("memory")
    except Exception:  # What a reader trips over is the file's doing; its text may hold cell contents.
        refused = refusal("unreadable", kind="a spreadsheet")
    head = {
        "refusal": refused and [refused.code, refused.message, refused.remedy],
        "notices": [vars_of(notice) for notice in notices],
    }
    return join_frames([json.dumps(head).encode(), *([] if refused else frames)])


def main() -> None:
    """Read the request, examine the file, write the answer, and leave without any clean-up."""
    gc.disable()
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    sys.path[:] = request["path"]
    limit_self(request["limits"]["memory_bytes"], request["limits"]["cpu_seconds"])
    answer = _answer(request, source.read(request["bytes"]))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
