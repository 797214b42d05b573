"""The office's long list: occupational therapy among speech, physical therapy and counseling, with totals."""

from __future__ import annotations

from datetime import date
from typing import Any

from .names import OTHER_SERVICES, first_name, last_name, note
from .office import Office
from .office_words import (
    DELIVERY_WORDS,
    GRADE_WORDS,
    OT_NAMES,
    PERIOD_WORDS,
    PHRASED,
    PLAN_WORDS,
    SERVICE_HEADINGS,
)
from .phrases import phrase
from .promises import Line

Row = tuple[Any, ...]


def ot_row(office: Office, line: Line) -> Row:
    """One occupational therapy line."""
    rng, student = office.rng, line.student
    written = rng.random() < PHRASED or line.period not in PERIOD_WORDS
    amount = (
        (phrase(rng, line), None, None, None)
        if written
        else (
            None,
            office.number(line.minutes),
            office.number(line.sessions),
            rng.choice(PERIOD_WORDS[line.period]),
        )
    )
    return (
        office.name[student.student_id],
        student.student_id + (" " if rng.random() < 0.1 else ""),
        office.born[student.student_id],
        office.campus(student.school),
        rng.choice(GRADE_WORDS.get(student.grade, (student.grade,))),
        rng.choice(PLAN_WORDS[student.plan]),
        rng.choice(OT_NAMES),
        rng.choice(DELIVERY_WORDS[line.delivery]),
        *amount,
        office.number(line.group_size),
        line.group_id,
        office.person(line.therapist),
        office.day(line.start),
        office.day(line.end),
        office.day(student.iep_date),
        office.day(student.reeval_date),
        office.number(line.owed),
        office.day(line.owed_due),
        "Yes" if line.esy else rng.choice((None, "N", "No")),
        note(rng),
    )


def other_row(office: Office, student_id: str, code: str, grade: str) -> Row:
    """A line of another discipline: speech, physical therapy or counseling."""
    rng = office.rng
    service, provider = rng.choice(OTHER_SERVICES)
    review = date(2026, 10, 6 + rng.randrange(20))
    amount = rng.choice(
        (
            "2 x 30 min weekly",
            "30 min Weekly",
            "60 minutes per month",
            "1 x 20 min weekly",
            "30 min x 2 Times = 60 min Weekly",
        )
    )
    return (
        office.name[student_id],
        student_id,
        office.born[student_id],
        office.campus(code),
        rng.choice(GRADE_WORDS.get(grade, (grade,))),
        "IEP",
        service,
        rng.choice(("Individual", "Group")),
        amount,
        None,
        None,
        None,
        None,
        None,
        provider,
        None,
        office.day(review),
        office.day(review),
        None,
        None,
        None,
        None,
        note(rng),
    )


def service_rows(office: Office) -> list[Row]:
    """All rows, school by school, with duplicates, other disciplines, and totals."""
    rows: list[Row] = []
    for code, school in office.school.items():
        lines = [line for line in office.district.lines if line.student.school == code]
        block = [ot_row(office, line) for line in lines]
        block += [
            other_row(office, line.student.student_id, code, line.student.grade)
            for line in lines
            if office.rng.random() < 0.35
        ]
        block += [_stranger(office, code) for _ in range(office.rng.randrange(3, 8))]
        block.sort(key=lambda row: row[0])
        if len(block) > 20:
            # Pasted twice: the whole row again, a few rows further down.
            place = office.rng.choice([i for i, row in enumerate(block) if row[6] in OT_NAMES])
            block.insert(min(place + 3, len(block)), block[place])
        rows += [*block, _total(f"Subtotal {school.name}", len(block))]
    data = [row for row in rows if not row[0].startswith("Subtotal")]
    return [*rows, _total("GRAND TOTAL", len(data))]


def _stranger(office: Office, code: str) -> Row:
    """A student who has another service but no occupational therapy."""
    student_id = f"BC-{20000 + len(office.name)}"
    office.name[student_id] = f"{last_name(office.rng)}, {first_name(office.rng)}"
    office.born[student_id] = date(2008 + office.rng.randrange(13), 4, 1 + office.rng.randrange(28))
    return other_row(office, student_id, code, "3" if office.school[code].level == "Elementary" else "9")


def _total(label: str, count: int) -> Row:
    row: list[Any] = [None] * len(SERVICE_HEADINGS)
    row[0], row[9] = label, count
    return tuple(row)
