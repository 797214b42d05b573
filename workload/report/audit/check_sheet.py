"""The sheet Checks: whether everything adds up, and what became of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workload.answer import Answer
from workload.report.audit.sheet_writer import FIRST_ROW, NUMBER, WHOLE, Book, Table

CLOSE = "1E-6"
Check = tuple[str, str, str, float, float]  # what must agree, both formulas, both values


def write_checks(book: Book, answer: Answer, tables: Mapping[str, Table], district: Mapping[str, int]) -> None:
    """What must agree, both numbers, their difference and a verdict, all live but the numbers of the library."""
    fates = [
        ("Service rows read", answer.roster.rows("read")),
        ("Service rows counted", answer.rows_counted),
        ("Service rows left out", sum(answer.excluded.values())),
        ("Service rows unreadable", answer.roster.rows("unreadable")),
    ]
    first = FIRST_ROW + 9  # of the rows' fates, below the checks
    read, accounted = float(fates[0][1]), float(sum(number for _, number in fates[1:]))
    checks = [
        *_sums(answer, tables),
        ("Service rows read = counted + left out + unreadable", f"B{first}", f"SUM(B{first + 1}:B{first + 3})")
        + (read, accounted),
        _as_written(answer, district),
    ]
    sheet = book.sheet(
        "Checks", "Checks", "Both sides of what must agree. After you change an assumption the last line says LOOK."
    )
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 4, 18)
    heading = book.look("heading", bold=True, text_wrap=True, valign="top", bottom=1)
    sheet.write_row(FIRST_ROW - 2, 0, ("Check", "Left", "Right", "Difference", "Verdict"), heading)
    live = book.format(NUMBER, True)
    for row, (label, left, right, is_left, is_right) in enumerate(checks, start=FIRST_ROW):
        sheet.write_string(row - 1, 0, label)
        sheet.write_formula(row - 1, 1, "=" + left, live, is_left)
        sheet.write_formula(row - 1, 2, "=" + right, live, is_right)
        sheet.write_formula(row - 1, 3, f"=B{row}-C{row}", live, is_left - is_right)
        verdict = "OK" if is_left == is_right else "LOOK"
        sheet.write_formula(row - 1, 4, f'=IF(ABS(D{row})<{CLOSE},"OK","LOOK")', live, verdict)
    for row, (label, number) in enumerate(fates, start=first):
        sheet.write_string(row - 1, 0, label)
        sheet.write_number(row - 1, 1, number, book.format(WHOLE, False))


def _sums(answer: Answer, tables: Mapping[str, Table]) -> Iterator[Check]:
    """Sums that two sheets make of the same rows."""
    workload, minutes = answer.district["workload_hours"], float(answer.demand.therapist_minutes.sum())
    students = float(answer.demand.events.iep.sum())
    available = answer.district["available_fte"] if answer.posts_known else 0.0
    for label, left, right, column, value in (
        ("Hours of all therapists = hours of all pairs", "Therapists", "Pairs", "workload_hours", workload),
        ("Hours of all schools = hours of all pairs", "Schools", "Pairs", "workload_hours", workload),
        ("Therapist minutes of all lines = of all pairs", "Services", "Pairs", "therapist_minutes", minutes),
        ("Students with an IEP, all rows = all pairs", "Students", "Pairs", "iep", students),
        ("Available FTE of all schools = of all therapists", "Schools", "Therapists", "available_fte", available),
    ):
        yield label, tables[left].sum(column), tables[right].sum(column), value, value


def _as_written(answer: Answer, district: Mapping[str, int]) -> Check:
    """The answer of the sheets beside the one of the library, which no change moves."""
    required = answer.district["required_fte"]
    label = "Required FTE here = when this was written (LOOK after a change)"
    return label, f"'District'!$B${district['required_fte']}", repr(float(required)) + "+0", required, required
