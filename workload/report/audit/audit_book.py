"""Puts the audit workbook together.

    audit_workbook(view)        # bytes of an xlsx

Services -> minutes -> hours -> workload -> FTE as formulas; assumptions under defined names; students are pseudonyms and
therapists codes. Recalculated by a spreadsheet program every formula gives the library's number.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

from workload import METHOD_DATE, __version__
from workload.answer import Answer
from workload.explain.gauges import published_table
from workload.report.answer_workbook import formulas_table
from workload.report.audit.assumption_sheet import periods_table, write_assumptions
from workload.report.audit.audit_charts import add_charts
from workload.report.audit.check_sheet import write_checks
from workload.report.audit.pair_sheet import pairs_table
from workload.report.audit.result_sheets import OF_POSTS, schools_table, therapists_table, write_district
from workload.report.audit.row_sheets import people_table, services_table, students_table
from workload.report.audit.sheet_writer import TEXT, Book, Column, Table
from workload.report.open_tables import issues_of, methods_of
from workload.report.premise_tables import ask_table, bridge_table, premise_table
from workload.report.reader_view import View
from workload.report.table_files import AS_TEXT, for_a_cell

WORDS = {
    "Services": "One line of a plan in each row. Shaded cells are the roster's; the others are formulas.",
    "Students": "Evaluations, meetings and reports start from these counts a year.",
    "People": "Contract and presence of each post. Therapists are codes.",
    "Pairs": "One row for each therapist and school: minutes and counts become hours, hours become FTE.",
    "Therapists": "Sums over the pairs of each therapist. In the order of the roster's alphabet; not a ranking.",
    "Schools": "Sums over the pairs of each school.",
    "Periods": "How often each period comes in the instructional year.",
}
PASTED = "Written by the library; these values do not follow a change."
STEPS = (
    "Assumptions: change a shaded value, and the formulas follow. Each has a name. What does not follow is named there.",
    "Services: minutes a session x sessions x periods a year = student minutes; groups count once for the therapist.",
    "Pairs: minutes and counts of each therapist and school become hours a week by activity.",
    "Therapists, Schools, District: sums; workload over a full week is required FTE.",
    "Checks: what must agree. LOOK means that two numbers differ.",
)


def audit_workbook(view: View) -> bytes:
    """The workbook as bytes. It holds a row for each student's line: raises `ValueError` for a reader outside."""
    import xlsxwriter

    if not view.audience.internal:
        raise ValueError("the audit workbook is for internal readers only")
    answer, labels, mark = view.answer, view.labels, view.mark

    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, **AS_TEXT})
    made.set_properties(
        {"title": "Audit workbook", "created": datetime(answer.day.year, answer.day.month, answer.day.day)}
    )
    book = Book(made, mark, {})
    _read_me(book, answer)
    write_assumptions(book, answer)
    tables: dict[str, Table] = {}
    tables["Periods"] = periods_table(answer, answer.roster.services["period"].dropna().unique().tolist())
    tables["Services"] = services_table(answer, labels, tables["Periods"])
    tables["Students"] = students_table(answer, labels, tables["Services"])
    tables["People"] = people_table(answer, labels, tables)
    tables["Pairs"] = pairs_table(answer, labels, tables)
    tables["Therapists"] = therapists_table(answer, labels, tables)
    tables["Schools"] = schools_table(answer, tables)
    for name, table in tables.items():
        if not answer.posts_known:
            table.columns = tuple(_without_posts(column) for column in table.columns)
        table.write(book, name, WORDS[name])
    district = write_district(book, answer, tables)
    write_checks(book, answer, tables, district)
    add_charts(book, answer, tables, district)
    for name, frame in (
        ("Premises", premise_table(view)),
        ("Ask", ask_table(view)),
        ("Bridge", bridge_table(view)),
        ("Methods", methods_of(answer.methods)),
        ("Published", published_table(answer)),
        ("Formulas", formulas_table()),
        ("Issues", issues_of(view)),
    ):
        columns = tuple(
            Column(
                str(each),
                str(each).replace("_", " ").capitalize(),
                frame[each].tolist(),
                number=TEXT if frame[each].dtype == object else "General",
                fixed=True,
            )
            for each in frame.columns
        )
        Table(name, columns, len(frame)).write(book, name, PASTED)
    made.close()
    return out.getvalue()


def _without_posts(column: Column) -> Column:
    """The column without values where they rest on who is in post."""
    return replace(column, formula=None, values=[None] * len(column.values)) if column.name in OF_POSTS else column


def _read_me(book: Book, answer: Answer) -> None:
    sheet = book.sheet("Read me", "Audit workbook", "The whole calculation as formulas that you can follow and change.")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    lines = [
        *((f"Step {at}", step) for at, step in enumerate(STEPS, 1)),
        ("Data of", answer.day.isoformat()),
        (
            "Method",
            f"{METHOD_DATE}: every activity by its own time, after the WHO's Workload Indicators of Staffing Need",
        ),
        ("Software", __version__),
        ("State rules", answer.state or "none chosen"),
        ("Seed of the range", str(answer.seed)),
        ("Fingerprint of the roster", answer.roster.digest or "made without files"),
        ("Who is who", "Students are pseudonyms, therapists are codes. Rows name the place in the roster's files."),
    ]
    for row, (name, words) in enumerate(lines, start=3):
        sheet.write_string(row, 0, name, book.look("name", bold=True))
        sheet.write_string(row, 1, for_a_cell(words))
