"""Students and their service lines: active, superseded, ended, not yet begun, and summer lines."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import people
from .places import BY_CODE, GRADES
from .profiles import KINDS, PROFILES, Profile

DAY = date(2026, 10, 1)
# Labor Day and the breaks of the invented calendar.
CLOSED = (
    (date(2026, 9, 7), date(2026, 9, 7)),
    (date(2026, 11, 25), date(2026, 11, 27)),
    (date(2026, 12, 21), date(2027, 1, 1)),
    (date(2027, 3, 15), date(2027, 3, 19)),
    (date(2027, 5, 31), date(2027, 5, 31)),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
GROUP_TIMES = ("0830", "0915", "1000", "1045", "1300", "1345", "1430")
OWED_DUE = (date(2026, 12, 18), date(2027, 1, 29), date(2026, 12, 18))


@dataclass(frozen=True)
class Student:
    """An invented student: id, school code, grade, plan, and the dates on the plan."""

    student_id: str
    school: str
    grade: str
    plan: str
    therapist: str
    iep_date: date | None
    reeval_date: date | None
    start: date
    evaluation: str | None = None  # "reevaluation due", "reevaluation done", "initial done"


@dataclass(frozen=True)
class Line:
    """One promise on a plan: minutes, sessions and period, who serves it, and when it is in force."""

    student: Student
    delivery: str
    minutes: int
    sessions: int
    period: str
    therapist: str
    start: date | None
    end: date | None
    group_size: int | None = None
    group_id: str | None = None
    owed: int | None = None
    owed_due: date | None = None
    esy: bool = False


class Ids:
    """Hands out student ids like BC-10432, never the same one twice."""

    def __init__(self, rng: random.Random) -> None:
        numbers = list(range(10011, 19990))
        rng.shuffle(numbers)
        self._numbers = iter(numbers)

    def next(self) -> str:
        """The next free id."""
        return f"BC-{next(self._numbers)}"


def school_weekday(day: date) -> date:
    """The day itself, or the last school day before it when it falls on a weekend or in a break."""
    while day.weekday() > 4 or any(first <= day <= last for first, last in CLOSED):
        day -= timedelta(days=1)
    return day


def _dates(rng: random.Random, evaluation: str | None) -> tuple[date, date, date]:
    """(next annual review, next re-evaluation, start of the line) that fit the student's evaluation."""
    if evaluation in ("reevaluation done", "initial done"):
        review = school_weekday(date(2027, 8, 24) + timedelta(days=rng.randrange(35)))
        return (
            review,
            school_weekday(review + timedelta(days=730)),
            school_weekday(review - timedelta(days=364)),
        )
    if evaluation == "reevaluation due" or rng.random() < 0.88:
        review = school_weekday(date(2026, 10, 6) + timedelta(days=rng.randrange(245)))
    else:
        review = school_weekday(date(2027, 8, 24) + timedelta(days=rng.randrange(35)))
    if evaluation == "reevaluation due":
        reeval = school_weekday(max(date(2026, 10, 5), review - timedelta(days=rng.randrange(21))))
    else:
        reeval = school_weekday(review + timedelta(days=364 * rng.choice((1, 2))))
    return review, reeval, school_weekday(review - timedelta(days=364))


def _plans(profile: Profile, kinds: list[str]) -> list[str]:
    """IEP, 504 or MTSS for each kind; consulting and lighter lines come first for 504 and MTSS."""
    order = sorted(range(len(kinds)), key=lambda i: (not kinds[i].startswith("consult"), "2x30" in kinds[i], i))
    plans = ["IEP"] * len(kinds)
    for place in order[: profile.section_504]:
        plans[place] = "504"
    for place in order[profile.section_504 : profile.section_504 + profile.mtss]:
        plans[place] = "MTSS"
    return plans


def _evaluations(rng: random.Random, profile: Profile, plans: list[str]) -> list[str | None]:
    """Which students are re-evaluated this year, already were, or are new since August."""
    marks: list[str | None] = [None] * len(plans)
    on_iep = [i for i, plan in enumerate(plans) if plan == "IEP"]
    rng.shuffle(on_iep)
    done = profile.reevaluations // 6
    for place in on_iep[: profile.reevaluations]:
        marks[place] = "reevaluation due"
    for place in on_iep[:done]:
        marks[place] = "reevaluation done"
    for place in on_iep[profile.reevaluations : profile.reevaluations + profile.new_students]:
        marks[place] = "initial done"
    return marks


def _in_groups(rng: random.Random, count: int) -> list[int]:
    """Split students into groups of three, with twos and fours for the rest."""
    sizes = []
    while count > 0:
        size = 2 if count in (2, 4) else min(3, count)
        if count == 4 and rng.random() < 0.5:
            size = 4
        sizes.append(size)
        count -= size
    return sizes


def _pick_school(rng: random.Random, profile: Profile) -> str:
    return rng.choices(list(profile.schools), weights=list(profile.schools.values()))[0]


def _grade(rng: random.Random, school: str) -> str:
    grades = GRADES[BY_CODE[school].level]
    if BY_CODE[school].level == "High" and rng.random() < 0.05:
        return "18-22"
    return rng.choice(grades)


def _groups(rng: random.Random, profile: Profile, kinds: list[str]) -> dict[int, tuple[str, str | None, int | None]]:
    """For each place in the list: (school, group id, group size) of the students who are seen together."""
    placed: dict[int, tuple[str, str | None, int | None]] = {}
    number = 0
    for kind in dict.fromkeys(kinds):
        places = [i for i, each in enumerate(kinds) if each == kind]
        if kind == "group unknown":
            placed.update({place: (_pick_school(rng, profile), None, None) for place in places})
        if not kind.startswith("group") or kind == "group unknown":
            continue
        for size in _in_groups(rng, len(places)):
            school = _pick_school(rng, profile)
            group_id = f"{school}-{WEEKDAYS[number % 5]}-{GROUP_TIMES[(number // 5 + number) % 7]}"
            by_size = number % 4 == 3
            for place in places[:size]:
                placed[place] = (school, None, size) if by_size else (school, group_id, None)
            places = places[size:]
            number += 1
    return placed


def caseload(rng: random.Random, ids: Ids, therapist: str, profile: Profile) -> list[Line]:
    """The lines in force of one therapist."""
    kinds = [kind for kind, count in profile.kinds.items() for _ in range(count)]
    plans = _plans(profile, kinds)
    marks = _evaluations(rng, profile, plans)
    groups = _groups(rng, profile, kinds)
    lines = []
    for place, kind in enumerate(kinds):
        school, group_id, group_size = groups.get(place, (None, None, None))
        school = school or _pick_school(rng, profile)
        review, reeval, start = _dates(rng, marks[place])
        on_iep = plans[place] == "IEP"
        student = Student(
            ids.next(),
            school,
            _grade(rng, school),
            plans[place],
            therapist,
            None if plans[place] == "MTSS" else review,
            reeval if on_iep else None,
            start,
            marks[place],
        )
        delivery, minutes, sessions, period = KINDS[kind]
        end = None if rng.random() < 0.05 else review
        lines.append(
            Line(
                student,
                delivery,
                minutes,
                sessions,
                period,
                therapist,
                start,
                end,
                group_size=group_size,
                group_id=group_id,
            )
        )
    return lines + _consulting(lines, therapist, profile)


def _consulting(lines: list[Line], therapist: str, profile: Profile) -> list[Line]:
    """Second lines: 15 minutes a month with the teacher, by the OT who answers for the student."""
    direct = [line for line in lines if line.delivery == "individual" and line.student.plan == "IEP"]
    return [
        replace(
            line,
            delivery="consult",
            minutes=15,
            sessions=1,
            period="month",
            therapist=people.responsible_ot(therapist),
        )
        for line in direct[: profile.also_consult]
    ]


def owe(lines: list[Line]) -> list[Line]:
    """Write the compensatory minutes of each caseload on lines of students who were there last spring."""
    waiting = {name: list(profile.owed) for name, profile in PROFILES.items()}
    result = []
    for line in lines:
        queue = waiting[line.therapist]
        fits = (
            line.delivery == "individual" and line.student.plan == "IEP" and line.student.evaluation != "initial done"
        )
        if queue and fits:
            # Small amounts carry no date: they are owed by the end of the school year.
            due = None if queue[0] <= 60 else OWED_DUE[len(queue) % len(OWED_DUE)]
            line = replace(line, owed=queue.pop(0), owed_due=due)
        result.append(line)
    return result
