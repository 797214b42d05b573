"""The tidy edition: the sheets and columns of the roster template, in their order."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from .district import District
from .people import DayPlan

Sheet = tuple[tuple[str, ...], list[tuple[Any, ...]]]

# The workbook must come out the same every time, so its own dates are fixed.
WRITTEN = datetime(2026, 10, 1, 8, 0, 0)

SERVICES = (
    "student_id",
    "school",
    "grade",
    "plan",
    "delivery",
    "minutes_per_session",
    "sessions",
    "period",
    "frequency_text",
    "group_size",
    "group_id",
    "therapist",
    "start",
    "end",
    "iep_date",
    "reeval_date",
    "compensatory_minutes",
    "compensatory_due",
    "esy",
    "service",
)
THERAPISTS = (
    "therapist",
    "role",
    "fte",
    "hours_per_week",
    "employment",
    "annual_cost",
    "hourly_rate",
    "base_school",
    "days",
    "supervisor",
    "named_duty_hours",
    "mtss_hours",
    "leave_start",
    "leave_end",
    "start",
    "end",
)
SCHOOLS = ("school", "school_code", "level", "enrollment", "latitude", "longitude", "region")
EVALUATIONS = ("student_id", "school", "type", "due", "completed", "therapist")
TRAVEL = ("from", "to", "minutes")
TIME_LOG = ("therapist", "date", "activity", "minutes", "start", "end", "school", "outside_contract")


def days_text(plan: DayPlan, name_of: dict[str, str]) -> str | None:
    """A day plan as one cell: ``Mon: Lincoln Elementary; Tue: ...``."""
    return "; ".join(f"{day}: {', '.join(name_of[code] for code in codes)}" for day, codes in plan) or None


def tidy_sheets(district: District, travel: bool = True) -> dict[str, Sheet]:
    """Sheet name -> (columns, rows)."""
    name_of = {school.code: school.name for school in district.schools}
    services = [
        (
            line.student.student_id,
            name_of[line.student.school],
            line.student.grade,
            line.student.plan,
            line.delivery,
            line.minutes,
            line.sessions,
            line.period,
            None,
            line.group_size,
            line.group_id,
            line.therapist,
            line.start,
            line.end,
            line.student.iep_date,
            line.student.reeval_date,
            line.owed,
            line.owed_due,
            "yes" if line.esy else "no",
            "OT",
        )
        for line in district.lines
    ]
    therapists = [
        (
            who.name,
            who.role,
            who.fte,
            who.hours_per_week,
            who.employment,
            who.annual_cost,
            who.hourly_rate,
            name_of[who.base],
            days_text(who.days, name_of),
            who.supervisor,
            who.named_duty_hours,
            who.mtss_hours,
            who.leave_start,
            who.leave_end,
            who.start,
            None,
        )
        for who in district.therapists
    ]
    schools = [
        (each.name, each.code, each.level, each.enrollment, each.latitude, each.longitude, each.region)
        for each in district.schools
    ]
    evaluations = [
        (row.student_id, name_of[row.school], row.kind, row.due, row.completed, row.therapist)
        for row in district.evaluations
    ]
    drives = [(name_of[one], name_of[other], minutes) for one, other, minutes in district.travel]
    log = [
        (
            entry.therapist,
            entry.day,
            entry.activity,
            entry.minutes,
            None,
            None,
            name_of.get(entry.school),
            "yes" if entry.outside_contract else "no",
        )
        for entry in district.time_log
    ]
    sheets = {
        "Services": (SERVICES, services),
        "Therapists": (THERAPISTS, therapists),
        "Schools": (SCHOOLS, schools),
        "Evaluations": (EVALUATIONS, evaluations),
        "Travel": (TRAVEL, drives),
        "Time log": (TIME_LOG, log),
    }
    if not travel:
        del sheets["Travel"]
    return sheets


class Book:
    """A workbook writer whose files depend on nothing but their content."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path))
        self._book.set_properties({"title": "Bluff County (invented sample)", "created": WRITTEN})
        self._formats = {
            kind: self._book.add_format(options)
            for kind, options in {
                "date": {"num_format": "yyyy-mm-dd"},
                "time": {"num_format": "h:mm"},
                "head": {"bold": True},
            }.items()
        }

    def sheet(
        self,
        name: str,
        rows: list[tuple[Any, ...]],
        header_row: int = 0,
        widths: dict[int, int] | None = None,
    ) -> None:
        """Write rows as they are; empty cells stay empty; the header row is bold and stays in view."""
        sheet = self._book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value, number == header_row)
        sheet.freeze_panes(header_row + 1, 0)
        for column in range(len(rows[header_row])):
            sheet.set_column(column, column, (widths or {}).get(column, 16))

    def _cell(self, sheet: Any, row: int, column: int, value: Any, is_head: bool) -> None:
        if value is None:
            return
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._formats["date"])
        elif isinstance(value, time):
            sheet.write_datetime(row, column, value, self._formats["time"])
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self._formats["head"] if is_head else None)
        else:
            sheet.write_number(row, column, value)

    def close(self) -> None:
        """Write the file."""
        self._book.close()


def write_tidy(district: District, path: Path, travel: bool = True) -> None:
    """Write the tidy edition to ``path``."""
    book = Book(path)
    for name, (columns, rows) in tidy_sheets(district, travel).items():
        book.sheet(name, [columns, *rows])
    book.close()
