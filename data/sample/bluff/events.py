"""Evaluations of the school year 2026-27, and the drives that the day plans need."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from . import people
from .places import BY_CODE, SCHOOLS, drive_minutes
from .profiles import PROFILES
from .promises import DAY, Ids, Line, Student, school_weekday

# Drives the office has not measured: they come from coordinates.
UNMEASURED = {("DRY", "ANE"), ("STM", "TES")}


@dataclass(frozen=True)
class Evaluation:
    """One evaluation row: a due date, a completed date, or both; the therapist may be blank."""

    student_id: str
    school: str
    kind: str
    due: date | None
    completed: date | None
    therapist: str | None


def _of_student(rng: random.Random, student: Student) -> Evaluation:
    """The row of a student who is on the caseload. Some rows leave the therapist to the student's own OT."""
    named = None if student.therapist == people.VACANT else people.responsible_ot(student.therapist)
    if named is not None and rng.random() < 0.12:
        named = None
    if student.evaluation == "reevaluation due":
        return Evaluation(student.student_id, student.school, "reevaluation", student.reeval_date, None, named)
    done = school_weekday(student.start - timedelta(days=rng.randrange(1, 6)))
    done = min(max(done, date(2026, 8, 19)), DAY - timedelta(days=1))
    kind = "reevaluation" if student.evaluation == "reevaluation done" else "initial"
    due = school_weekday(done + timedelta(days=rng.randrange(3, 12)))
    return Evaluation(student.student_id, student.school, kind, due, done, named)


def _first_time(rng: random.Random, ids: Ids, therapist: str) -> Evaluation:
    """An initial evaluation of a student without any service line."""
    profile = PROFILES[therapist]
    school = rng.choices(list(profile.schools), weights=list(profile.schools.values()))[0]
    named = None if therapist == people.VACANT else therapist
    if rng.random() < 0.12:
        done = school_weekday(date(2026, 8, 24) + timedelta(days=rng.randrange(36)))
        return Evaluation(ids.next(), school, "initial", school_weekday(done + timedelta(days=7)), done, named)
    due = school_weekday(date(2026, 10, 5) + timedelta(days=rng.randrange(235)))
    return Evaluation(ids.next(), school, "initial", due, None, named)


def make_evaluations(rng: random.Random, ids: Ids, lines: list[Line]) -> list[Evaluation]:
    """Evaluation rows by date; three rows belong to other school years and do not count in this one."""
    students = {line.student.student_id: line.student for line in lines if line.student.evaluation}
    rows = [_of_student(rng, student) for student in students.values()]
    for name, profile in PROFILES.items():
        rows += [_first_time(rng, ids, name) for _ in range(profile.evaluation_only)]
    # An OTA was written on these by mistake: the supervising OT carries them.
    by_ota = [
        i
        for i, row in enumerate(rows)
        if students.get(row.student_id)
        and people.BY_NAME.get(students[row.student_id].therapist, people.THERAPISTS[0]).role == "OTA"
    ]
    for place in by_ota[:2]:
        row = rows[place]
        rows[place] = Evaluation(
            row.student_id, row.school, row.kind, row.due, row.completed, students[row.student_id].therapist
        )
    rows += [
        Evaluation(ids.next(), "TES", "initial", date(2026, 5, 15), date(2026, 5, 12), people.STARKWELL),
        Evaluation(ids.next(), "LIN", "initial", date(2026, 6, 5), date(2026, 6, 3), people.CASTELLANE),
        Evaluation(ids.next(), "QFM", "reevaluation", date(2027, 9, 17), None, people.ABERNETH),
    ]
    return sorted(rows, key=lambda row: (row.completed or row.due, row.student_id))


def make_travel() -> list[tuple[str, str, int]]:
    """(from, to, minutes), one direction each, for the legs of the day plans and some neighbors besides."""
    legs = set()
    for person in people.THERAPISTS:
        for _, codes in person.days:
            legs.update(zip(codes, codes[1:], strict=False))
    legs |= {
        ("BCH", "WIL"),
        ("BCH", "LIN"),
        ("LIN", "WIL"),
        ("BCH", "PTH"),
        ("LIN", "CRE"),
        ("TEH", "STM"),
        ("CRM", "NBH"),
        ("WND", "STM"),
        ("FER", "STM"),
    }
    order = [school.code for school in SCHOOLS]
    pairs = {tuple(sorted(leg, key=order.index)) for leg in legs}
    skipped = {tuple(sorted(leg, key=order.index)) for leg in UNMEASURED}
    return [
        (one, other, drive_minutes(BY_CODE[one], BY_CODE[other]))
        for one, other in sorted(pairs - skipped, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    ]
