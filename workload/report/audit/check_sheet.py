"""The sheet Checks: whether everything adds up, and what became of the rows."""

from __future__ import annotations

from collections.abc import Mapping

from workload.answer import Answer
from workload.report.audit.sheet_writer import FIRST_ROW, NUMBER, WHOLE, Book, Table

CLOSE = "1E-6"


def write_checks(book: Book, answer: Answer, tables: Mapping[str, Table], district: Mapping[str, int]) -> None:
    """What must agree, both numbers, their difference and a verdict, all live but the numbers of the library."""
    pairs, people, schools, services, students = (
        tables[name] for name in ("Pairs", "Therapists", "Schools", "Services", "Students")
    )
    rows = answer.roster.rows
    fates = [
        ("Service rows read", rows("read")),
        ("Service rows counted", answer.rows_counted),
        ("Service rows left out", sum(answer.excluded.values())),
        ("Service rows unreadable", rows("unreadable")),
    ]
    accounted = sum(number for _, number in fates[1:])
    first = FIRST_ROW + 9  # of the rows' fates, below the checks
    required = answer.district["required_fte"]
    workload, minutes = answer.district["workload_hours"], float(answer.demand.therapist_minutes.sum())
    checks = [
        (
            "Hours of all therapists = hours of all pairs",
            people.sum("workload_hours"),
            pairs.sum("workload_hours"),
            workload,
        ),
        (
            "Hours of all schools = hours of all pairs",
            schools.sum("workload_hours"),
            pairs.sum("workload_hours"),
            workload,
        ),
        (
            "Therapist minutes of all lines = of all pairs",
            services.sum("therapist_minutes"),
            pairs.sum("therapist_minutes"),
            minutes,
        ),
        (
            "Students with an IEP, all rows = all pairs",
            students.sum("iep"),
            pairs.sum("iep"),
            float(answer.demand.events.iep.sum()),
        ),
        (
            "Available FTE of all schools = of all therapists",
            schools.sum("available_fte"),
            people.sum("available_fte"),
            answer.district["available_fte"] if answer.posts_known else 0.0,
        ),
        (
            "Service rows read = counted + left out + unreadable",
            f"B{first}",
            f"SUM(B{first + 1}:B{first + 3})",
            rows("read"),
        ),
        (
            "Required FTE here = when this was written (LOOK after a change)",
            f"'District'!$B${district['required_fte']}",
            repr(float(required)) + "+0",
            required,
        ),
    ]
    sheet = book.sheet(
        "Checks", "Checks", "Both sides of what must agree. After you change an assumption the last line says LOOK."
    )
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 4, 18)
    for at, heading in enumerate(("Check", "Left", "Right", "Difference", "Verdict")):
        sheet.write_string(
            FIRST_ROW - 2, at, heading, book.look("heading", bold=True, text_wrap=True, valign="top", bottom=1)
        )
    live = book.format(NUMBER, True)
    for row, (label, left, right, value) in enumerate(checks, start=FIRST_ROW):
        sheet.write_string(row - 1, 0, label)
        sheet.write_formula(row - 1, 1, "=" + left, live, value)
        sheet.write_formula(row - 1, 2, "=" + right, live, value if "read" not in label else accounted)
        sheet.write_formula(row - 1, 3, f"=B{row}-C{row}", live, 0 if "read" not in label else rows("read") - accounted)
        agrees = "read" not in label or rows("read") == accounted
        sheet.write_formula(row - 1, 4, f'=IF(ABS(D{row})<{CLOSE},"OK","LOOK")', live, "OK" if agrees else "LOOK")
    for row, (label, number) in enumerate(fates, start=first):
        sheet.write_string(row - 1, 0, label)
        sheet.write_number(row - 1, 1, number, book.format(WHOLE, False))
