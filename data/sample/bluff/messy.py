"""The messy edition: the district as an office keeps it. Read rightly, it gives the tidy numbers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from .district import District
from .messy_services import service_rows
from .office import Office
from .office_words import LEVEL_WORDS, ROLE_WORDS, SERVICE_HEADINGS, STAFF_HEADINGS, school_spellings
from .tidy import Book, days_text

Row = tuple[Any, ...]


def staff(office: Office) -> list[Row]:
    """The staff list with percents, dollars and a total."""
    rows: list[Row] = []
    for number, who in enumerate(office.district.therapists):
        spelled = {
            each.code: school_spellings(each)[number % 2 * 4] if each.name.endswith("Elementary") else each.name
            for each in office.district.schools
        }
        fte = None if who.fte is None else (f"{who.fte:.0%}", f" {who.fte} ", who.fte)[number % 3]
        rows.append(
            (
                who.name,
                office.rng.choice(ROLE_WORDS[who.role]),
                fte,
                who.hours_per_week,
                who.employment.capitalize(),
                f"${who.annual_cost:,}" if who.annual_cost else None,
                f"${who.hourly_rate:.2f}" if who.hourly_rate else None,
                office.campus(who.base),
                days_text(who.days, spelled),
                who.supervisor,
                office.number(who.named_duty_hours),
                office.number(who.mtss_hours),
                who.leave_start,
                office.day(who.leave_end),
                office.day(who.start),
                None,
            )
        )
    total = sum(who.fte or 0 for who in office.district.therapists)
    return [*rows, ("TOTAL", None, round(total, 2), *[None] * (len(STAFF_HEADINGS) - 3))]


def buildings(office: Office) -> list[Row]:
    """Schools with enrollments as text and a total row."""
    rows: list[Row] = [
        (
            each.name,
            each.code,
            LEVEL_WORDS[each.level],
            f"{each.enrollment:,}",
            each.latitude,
            each.longitude,
            each.region,
        )
        for each in office.district.schools
    ]
    total = sum(each.enrollment for each in office.district.schools)
    return [*rows, ("Total", None, None, f"{total:,}", None, None, None)]


def evaluations(office: Office) -> list[Row]:
    """Evaluations with words for the two kinds."""
    words = {
        "initial": ("Initial", "Initial Eval", "initial"),
        "reevaluation": ("Re-eval", "Reevaluation", "Triennial"),
    }
    return [
        (
            office.name[row.student_id],
            row.student_id,
            row.school if office.rng.random() < 0.1 else office.campus(row.school),
            office.rng.choice(words[row.kind]),
            office.day(row.due),
            office.day(row.completed),
            office.person(row.therapist),
        )
        for row in office.district.evaluations
    ]


def drives(office: Office) -> list[Row]:
    """The drive table, with units in some cells."""
    return [
        (office.campus(one), office.campus(other), f"{minutes} min" if number % 3 == 0 else minutes)
        for number, (one, other, minutes) in enumerate(office.district.travel)
    ]


def time_log(office: Office) -> list[Row]:
    """The week as start and end times instead of minutes."""
    words = {entry.activity: entry.activity.replace("_", " ").capitalize() for entry in office.district.time_log}
    words["mtss"] = "MTSS"
    return [
        (
            entry.therapist,
            office.day(entry.day),
            words[entry.activity],
            entry.start,
            entry.end,
            office.campus(entry.school) if entry.school else None,
            "Y" if entry.outside_contract else None,
        )
        for entry in office.district.time_log
    ]


def _titled(titles: tuple[str, ...], headings: Row, rows: list[Row]) -> tuple[list[Row], int]:
    """Title rows, an empty row, headings and rows; and the place of the headings."""
    top: list[Row] = [(title,) for title in titles] + [(None,)]
    return [*top, headings, *rows], len(top)


def write_messy(district: District, path: Path, seed: int) -> None:
    """Write the messy edition to ``path``."""
    office = Office(district, random.Random(seed))
    book = Book(path)
    book.sheet(
        "Legend",
        [
            ("Bluff County Schools (an invented district)",),
            ("Yellow = annual due this month",),
            ("Ask the office before sorting this file.",),
        ],
    )
    titles = ("Bluff County Schools - Student Services", "Related services on file as of 10/1/2026")
    for name, title, headings, rows in (
        ("Related Services 26-27", titles, SERVICE_HEADINGS, service_rows(office)),
        ("OT Staff", ("OT staffing 2026-27", "HR copy, costs are examples"), STAFF_HEADINGS, staff(office)),
        (
            "Buildings",
            ("Building list",),
            ("Building", "Site Code", "Level", "Enrollment", "LAT", "LON", "Region"),
            buildings(office),
        ),
        (
            "Evals 26-27",
            ("OT evaluations",),
            ("Student Name", "Student #", "Campus", "Eval Type", "Due Date", "Date Completed", "Assigned OT"),
            evaluations(office),
        ),
        ("Drive times", ("Minutes door to door",), ("From", "To", "Drive minutes"), drives(office)),
        (
            "Time log Sept 21-25",
            ("One week, six volunteers",),
            ("Therapist", "Date", "Activity", "Start", "End", "Campus", "Outside contract?"),
            time_log(office),
        ),
    ):
        cells, header_row = _titled(title, headings, rows)
        book.sheet(name, cells, header_row)
    book.close()
