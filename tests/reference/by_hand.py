"""What the hand-worked cases share: a service row, a workbook of rows, everything but direct and consult switched off."""

import openpyxl

BARE = {
    "documentation_minutes_per_session": 0,
    "on_behalf_ratio": 0,
    "evaluations_initial_per_student": 0,
    "reevaluations_per_student": 0,
    "meeting_hours": 0,
    "meeting_504_hours": 0,
    "progress_reports_per_year": 0,
    "planning_share": 0,
    "staff_time_share": 0,
    "travel_minutes_per_move": 0,
    "supervision_hours_per_ota": 0,
}


def line(student, minutes=30, sessions=1, period="week", therapist="Ana", school="Oak", **more):
    """One service row."""
    amount = {"minutes_per_session": minutes, "sessions": sessions, "period": period}
    return {"student_id": student, **amount, "therapist": therapist, "school": school, **more}


def grid(rows):
    """[{column: cell}] as headings and cells."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return [columns] + [[row.get(column) for column in columns] for row in rows]


def write_workbook(tables, path):
    """{sheet: rows} as a workbook; a sheet without rows is left out."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        if rows:
            sheet = book.create_sheet(name)
            for cells in grid(rows):
                sheet.append(cells)
    book.save(path)
    return path


def person(result, name):
    return next(row for row in result["therapists"] if row["therapist"] == name)


def school(result, name):
    return next(row for row in result["schools"] if row["school"] == name)
