"""Read a tidy template workbook into plain dicts: {sheet: [row, row, ...]}.

Only the template's own sheet and column names are understood. A cell that cannot be read raises
NotTidy: the reference never guesses.
"""

import csv
import re
from datetime import date, datetime
from fractions import Fraction

import openpyxl

TEXT, NUMBER, DATE, YES_NO = "text", "number", "date", "yes/no"

COLUMNS = {
    "services": {
        "district": TEXT,
        "student_id": TEXT,
        "student_name": TEXT,
        "school": TEXT,
        "grade": TEXT,
        "plan": TEXT,
        "delivery": TEXT,
        "minutes_per_session": NUMBER,
        "sessions": NUMBER,
        "period": TEXT,
        "frequency_text": TEXT,
        "group_size": NUMBER,
        "group_id": TEXT,
        "therapist": TEXT,
        "start": DATE,
        "end": DATE,
        "iep_date": DATE,
        "reeval_date": DATE,
        "compensatory_minutes": NUMBER,
        "compensatory_due": DATE,
        "esy": YES_NO,
        "service": TEXT,
        "status": TEXT,
        "exit_date": DATE,
        "setting": TEXT,
    },
    "therapists": {
        "therapist": TEXT,
        "role": TEXT,
        "fte": NUMBER,
        "hours_per_week": NUMBER,
        "base_school": TEXT,
        "days": TEXT,
        "supervisor": TEXT,
        "named_duty_hours": NUMBER,
        "mtss_hours": NUMBER,
        "leave_start": DATE,
        "leave_end": DATE,
        "start": DATE,
        "end": DATE,
    },
    "schools": {"school": TEXT, "school_code": TEXT, "latitude": NUMBER, "longitude": NUMBER},
    "evaluations": {
        "district": TEXT,
        "student_id": TEXT,
        "school": TEXT,
        "type": TEXT,
        "due": DATE,
        "completed": DATE,
        "consent": DATE,
        "therapist": TEXT,
    },
    "travel": {"from": TEXT, "to": TEXT, "minutes": NUMBER},
}
FIRST_COLUMN = {
    "services": ("student_id", "student_name"),
    "therapists": ("therapist",),
    "schools": ("school",),
    "evaluations": ("student_id",),
    "travel": ("from",),
}


class NotTidy(ValueError):
    """The workbook holds something that only the real importer is meant to understand."""


def read(path):
    """Return {sheet: rows}; each row is {column: value or None}. Every sheet is present, perhaps empty."""
    book = openpyxl.load_workbook(path, data_only=True)
    tables = {sheet: [] for sheet in COLUMNS}
    for sheet in book.worksheets:
        name = sheet.title.strip().casefold()
        if name in tables:
            tables[name] = rows_of(name, [list(row) for row in sheet.iter_rows(values_only=True)])
    return tables


def read_posts(path):
    """The rows of a POSTS.csv: the columns of the Therapists sheet."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return rows_of("therapists", list(csv.reader(file)))


def rows_of(name, grid):
    """Cut the grid into rows below the heading row; drop empty rows and the template's example row."""
    heading_row = None
    for number, cells in enumerate(grid):
        headings = [heading(cell) for cell in cells]
        if any(first in headings for first in FIRST_COLUMN[name]):
            heading_row = number
            break
    if heading_row is None:
        if any(cell is not None for cells in grid for cell in cells):
            raise NotTidy(f"sheet {name}: no heading row found")
        return []
    rows = []
    for cells in grid[heading_row + 1 :]:
        row = dict.fromkeys(COLUMNS[name])
        for column, cell in zip(headings, cells, strict=False):
            if column in row:
                row[column] = value(cell, COLUMNS[name][column])
        if all(content is None for content in row.values()):
            continue
        first_cell = row[FIRST_COLUMN[name][0]]
        if first_cell is not None and first_cell.upper().startswith("EXAMPLE"):
            continue
        rows.append(row)
    return rows


def heading(cell):
    """'Student ID ' and 'student_id' are the same heading."""
    return re.sub(r"[^a-z0-9]+", "_", str(cell or "").strip().casefold()).strip("_")


def value(cell, kind):
    """One cell as text, Fraction, date or bool; None when it is blank."""
    if cell is None or str(cell).strip() == "":
        return None
    if kind == TEXT:
        if isinstance(cell, float) and cell == int(cell):
            cell = int(cell)  # a student number that Excel stored as 1042.0
        return " ".join(str(cell).split())
    if kind == NUMBER:
        return number(cell)
    if kind == DATE:
        return day_of(cell)
    word = str(cell).strip().casefold()
    if word in ("yes", "y", "true", "x", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    raise NotTidy(f"neither yes nor no: {cell!r}")


def number(cell):
    """The decimal number as it is written, exactly: 0.2 is one fifth."""
    try:
        return Fraction(str(cell).strip())
    except ValueError:
        raise NotTidy(f"not a number: {cell!r}") from None


def day_of(cell):
    """A date from a date cell, 2026-10-01 or 10/1/2026."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for pattern in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(str(cell).strip(), pattern).date()
        except ValueError:
            continue
    raise NotTidy(f"not a date: {cell!r}")
