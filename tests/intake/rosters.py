"""Small roster workbooks, built in code, and what loading them gives."""

import io
from collections.abc import Sequence

import xlsxwriter

from workload.intake.answers.import_map import ImportMap
from workload.intake.load import Loaded, load
from workload.model.issues import Issue

SECRET = b"a secret of the tests"
SERVICES = ("student_id", "school", "minutes_per_session", "sessions", "period", "therapist")
THERAPISTS = ("therapist", "role", "fte")


def book(hidden: Sequence[str] = (), **sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook from rows; "Time_log" becomes the sheet "Time log"."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name.replace("_", " "))
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if name in hidden:
            sheet.hide()
        else:
            sheet.activate()
    made.close()
    return file.getvalue()


def services(*rows: Sequence[object], columns: Sequence[str] = SERVICES, **others: Sequence[Sequence[object]]) -> bytes:
    """A workbook with a Services sheet of these rows, and other sheets."""
    return book(Services=[columns, *rows], **others)


def loaded(data: bytes, answers: ImportMap | None = None, name: str = "roster.xlsx") -> Loaded:
    return load([(name, data)], secret=SECRET, answers=answers or ImportMap())


def found(result: Loaded, code: str) -> list[Issue]:
    """The findings of a code."""
    return [issue for issue in result.roster.issues if issue.code == code]


def only(result: Loaded, code: str) -> Issue:
    """The one finding of a code."""
    findings = found(result, code)
    assert len(findings) == 1, [issue.as_line() for issue in result.roster.issues]
    return findings[0]


def codes(result: Loaded, severity: str = "") -> set[str]:
    return {issue.code for issue in result.roster.issues if severity in ("", issue.severity)}


def rows_add_up(result: Loaded) -> bool:
    """Whether every row of every sheet is counted, left out with a reason, or unreadable."""
    return all(
        count.read == count.counted + sum(count.excluded.values()) + count.unreadable
        for count in result.roster.row_counts
    )
