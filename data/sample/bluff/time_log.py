"""One full week (September 21 to 25, 2026) of six invented therapists, entry by entry."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import people
from .people import Therapist
from .places import BY_CODE, drive_minutes

MONDAY = date(2026, 9, 21)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
LUNCH_MINUTES = 30
LUNCH_FROM = time(11, 40)
SHORTEST = 15
LONGEST = 90

# code -> (weight, lengths in minutes)
OT_WEEK = {
    "direct": (36, (30, 30, 30, 45, 60)),
    "consult": (6, (15, 20, 30)),
    "documentation": (17, (15, 20, 30)),
    "on_behalf": (9, (15, 20, 30, 45)),
    "evaluation_initial": (4, (60, 75, 90)),
    "reevaluation": (4, (45, 60, 90)),
    "meeting": (6, (45, 60, 75)),
    "progress_report": (3, (15, 30)),
    "planning": (5, (30, 40, 45)),
    "staff_time": (4, (15, 30, 45)),
    "mtss": (2, (30, 45)),
}
STORY_WEEK = {**OT_WEEK, "makeup": (7, (30, 30, 45)), "direct": (40, (30, 30, 30, 45)), "mtss": (1, (30,))}
CONSULT_WEEK = {
    **OT_WEEK,
    "direct": (24, (30, 30, 30)),
    "consult": (20, (15, 20, 30, 45)),
    "mtss": (5, (30, 45)),
    "planning": (9, (30, 40, 45)),
}
LEAD_WEEK = {**OT_WEEK, "named_duty": (12, (45, 60, 90)), "supervision": (6, (30, 45, 60))}
OTA_WEEK = {
    "direct": (58, (30, 30, 30, 45, 60)),
    "documentation": (18, (15, 20, 30)),
    "on_behalf": (10, (15, 20, 30)),
    "planning": (6, (30, 40)),
    "staff_time": (5, (15, 30)),
    "supervision": (3, (30,)),
}

# therapist -> (week, minutes outside the contract by weekday)
LOGGED = {
    people.TENNANT: (
        STORY_WEEK,
        {
            "Mon": (("documentation", 60), ("evaluation_initial", 45)),
            "Tue": (("reevaluation", 75),),
            "Wed": (("documentation", 45),),
            "Thu": (("meeting", 30), ("documentation", 60)),
            "Fri": (("on_behalf", 30),),
        },
    ),
    people.HALLORAN: (CONSULT_WEEK, {"Wed": (("meeting", 20),)}),
    people.CASTELLANE: (LEAD_WEEK, {"Tue": (("documentation", 45),), "Thu": (("evaluation_initial", 60),)}),
    people.OKONJO: (
        OT_WEEK,
        {"Mon": (("documentation", 45),), "Wed": (("reevaluation", 60),), "Thu": (("documentation", 30),)},
    ),
    people.ABERNETH: (OT_WEEK, {"Tue": (("documentation", 40),), "Thu": (("progress_report", 30),)}),
    people.MOSSBANK: (OTA_WEEK, {"Wed": (("documentation", 25),)}),
}


@dataclass(frozen=True)
class Entry:
    """One logged piece of work. ``school`` is a code; nobody is at a school in the evening."""

    therapist: str
    day: date
    activity: str
    start: time
    end: time
    minutes: int
    school: str | None
    outside_contract: bool


def _later(start: time, minutes: int) -> time:
    return (datetime.combine(MONDAY, start) + timedelta(minutes=minutes)).time()


def _pieces(rng: random.Random, week: dict, budget: int) -> list[tuple[str, int]]:
    """(activity, minutes) pieces that fill ``budget`` minutes exactly, each 15 to 90 minutes long."""
    pieces = []
    while budget > 0:
        code = rng.choices(list(week), weights=[weight for weight, _ in week.values()])[0]
        length = min(rng.choice(week[code][1]), budget)
        if budget - length < SHORTEST:
            # What is left is too short to stand alone: take it all, or leave one short piece for the end.
            length = budget if budget <= LONGEST else budget - SHORTEST
        pieces.append((code, length))
        budget -= length
    return pieces


def _working_day(
    rng: random.Random, person: Therapist, day: date, codes: tuple[str, ...], budget: int, week: dict
) -> list[Entry]:
    """Entries of one paid day of ``budget`` minutes, with the drive between buildings and lunch left open."""
    drives = [
        max(SHORTEST, 5 * -(-drive_minutes(BY_CODE[one], BY_CODE[other]) // 5))
        for one, other in zip(codes, codes[1:], strict=False)
    ]
    work = budget - sum(drives)
    blocks: list[tuple[str, int, str | None]] = []
    for number, code in enumerate(codes):
        share = work // len(codes) // 5 * 5
        share = work - share * (len(codes) - 1) if number == 0 else share
        blocks += [(activity, minutes, code) for activity, minutes in _pieces(rng, week, share)]
        if number < len(drives):
            blocks.append(("travel", drives[number], None))
    clock, ate, entries = time(7, 45), False, []
    for activity, minutes, school in blocks:
        if not ate and clock >= LUNCH_FROM:
            clock, ate = _later(clock, LUNCH_MINUTES), True
        end = _later(clock, minutes)
        entries.append(Entry(person.name, day, activity, clock, end, minutes, school, False))
        clock = end
    return entries


def make_time_log(rng: random.Random) -> list[Entry]:
    """The week of the six therapists, in order of person, day and hour."""
    entries = []
    for name, (week, outside) in LOGGED.items():
        person = people.BY_NAME[name]
        budget = round(person.fte * 37.5 * 60) // len(person.days)
        for weekday, codes in person.days:
            day = MONDAY + timedelta(days=WEEKDAYS.index(weekday))
            entries += _working_day(rng, person, day, codes, budget, week)
            clock = time(17, 0)
            for activity, minutes in outside.get(weekday, ()):
                end = _later(clock, minutes)
                entries.append(Entry(name, day, activity, clock, end, minutes, None, True))
                clock = end
    return entries
