"""One district of a run: CPU for a workbook of 500 rows with frequencies in words, the reading child's start included."""

from __future__ import annotations

import io
from random import Random

import python_calamine
import xlsxwriter

from benchmarks.timing import Ratio, compare
from workload.batch.districts import Task
from workload.batch.one_district import NO_ANSWER, outcome_of

ROWS = 500
MOST_MS = 45  # CPU for one district: reading, answer, gate and outputs
PHRASES = ("2 x 30 min weekly", "30 min 1x/week", "60 minutes per month", "1 x 45 min/wk", "3 x 20 minutes weekly")
HEADINGS = ("student_id", "school", "grade", "frequency", "therapist", "plan")


def workbook() -> bytes:
    """Services and Therapists of one small district."""
    random, out = Random(1), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Services")
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, ROWS + 1):
        school, person = f"School {random.randrange(12)}", f"Person {random.randrange(8)}"
        sheet.write_row(row, 0, (str(10_000 + row), school, "3", random.choice(PHRASES), person, "IEP"))
    people = book.add_worksheet("Therapists")
    people.write_row(0, 0, ("therapist", "role", "fte"))
    for at in range(8):
        people.write_row(at + 1, 0, (f"Person {at}", "OT", 1))
    book.close()
    return out.getvalue()


def ratios() -> list[Ratio]:
    """A district of a run against a bare calamine pass over its sheets."""
    data = workbook()
    task = Task("Oak", (("oak.xlsx", data),), settings={"today": "2026-10-01"})
    assert outcome_of(task)["status"] != NO_ANSWER

    def bare() -> None:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    name = f"one workbook of {ROWS} rows in a run"
    return [compare(name, lambda: outcome_of(task), "bare calamine pass", bare, 15, target_ms=MOST_MS)]
