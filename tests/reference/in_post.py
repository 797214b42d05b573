"""Who is in post on the day, who answers for whose students, and to whom a student's events fall (10.4, 10.8, 10.9)."""

import re
from fractions import Fraction

from .lines import NO_SCHOOL, UNASSIGNED, known, same, school_name, vacant
from .workbook import NotTidy

NOBODY = {
    "role": None,
    "fte": Fraction(0),
    "hours_per_week": None,
    "base_school": NO_SCHOOL,
    "plan": [],
    "supervisor": None,
    "mtss_hours": Fraction(0),
    "named_duty_hours": Fraction(0),
    "leave_start": None,
    "leave_end": None,
    "start": None,
    "end": None,
    "in_post": True,
}


def therapists(rows, lines, schools, day):
    """{name: person}, ending with Unassigned, and the vacant posts as {role: FTE}."""
    people, posts = {}, {"OT": Fraction(0), "OTA": Fraction(0)}
    for row in rows:
        fte, hours = row["fte"], row["hours_per_week"]
        if fte is None and hours is None:
            raise NotTidy("a therapist needs fte or hours_per_week")
        role = (row["role"] or "OT").upper()
        if role not in ("OT", "OTA"):
            raise NotTidy(f"role {row['role']!r}")
        if vacant(row["therapist"]):
            if fte is None:
                raise NotTidy("a vacant post needs fte")
            posts[role] += fte  # budgeted, not available
            continue
        if known(people, row["therapist"]) != UNASSIGNED:
            raise NotTidy("a therapist is listed twice")
        people[row["therapist"]] = {
            **row,
            "role": role,
            "base_school": school_name(row["base_school"], schools),
            "plan": day_plan(row["days"], schools),
            "in_post": employed(row, day),
            "mtss_hours": row["mtss_hours"] or Fraction(0),
            "named_duty_hours": row["named_duty_hours"] or Fraction(0),
        }
    if not rows:  # need only: a name says neither role nor hours
        for line in lines:
            if not vacant(line["therapist"]) and known(people, line["therapist"]) == UNASSIGNED:
                people[line["therapist"]] = {**NOBODY, "fte": None}
    people[UNASSIGNED] = NOBODY
    for name, person in people.items():
        for supervisor in supervisors_named(person, people):
            if supervisor == name or people[supervisor]["role"] == "OTA":
                raise NotTidy("an OTA is supervised by an OT, not by an OTA")
    return people, posts


def employed(person, day):
    started = person["start"] is None or person["start"] <= day
    ended = person["end"] is not None and person["end"] < day
    return started and not ended


def on_leave(person, day):
    start, end = person["leave_start"], person["leave_end"]
    if start is None and end is None:
        return False
    return (start is None or start <= day) and (end is None or day <= end)


def day_plan(text, schools):
    """'Mon: Oak; Tue: Oak, Elm' -> [['Oak'], ['Oak', 'Elm']]."""
    plan = []
    for part in (text or "").split(";"):
        entries = [entry.strip() for entry in part.partition(":")[2].split(",") if entry.strip()]
        if entries:
            plan.append([school_name(entry, schools) for entry in entries])
    return plan


def serving(people, name):
    """The person of that name if in post on the day, else Unassigned."""
    person = known(people, name)
    return person if people[person]["in_post"] else UNASSIGNED


# ---------------------------------------------------------------- supervision


def supervisors_named(person, people):
    """The known people in the supervisor cell of an OTA, each once: 'Ana Rivers / Ben Moss'."""
    if person["role"] != "OTA" or vacant(person["supervisor"]):
        return []
    parts = [person["supervisor"]]
    if known(people, person["supervisor"]) == UNASSIGNED:
        parts = re.split(r"[/;,&]|\band\b", person["supervisor"])
    names = [known(people, part) for part in parts if same(part)]
    return [name for name in dict.fromkeys(names) if name != UNASSIGNED]


def supervision_shares(person, people):
    """{OT in post: equal part} of an OTA."""
    names = [name for name in supervisors_named(person, people) if people[name]["in_post"]]
    return {name: Fraction(1, len(names)) for name in names}


def answering(name, people):
    """{OT: part} who answer for that person's students: the person, or an OTA's supervising OTs, or nobody."""
    if people[name]["role"] == "OTA":
        return supervision_shares(people[name], people) or {UNASSIGNED: Fraction(1)}
    return {name: Fraction(1)}


# ---------------------------------------------------------------- a student's events


def event_shares(own, people):
    """{(therapist, school): part} of a student's events, from the student's lines in force.

    The latest start rules; of those an OT's line before an OTA's before nobody's; what is left is shared evenly
    between people. A person's part stands at the school with most of the person's minutes.
    """
    first = max(line["start"] for line in own)
    tied = [line for line in own if line["start"] == first]
    best = min(rank(line, people) for line in tied)
    tied = [line for line in tied if rank(line, people) == best]
    names = {line["therapist"] for line in tied}
    shares = {}
    for name in names:
        places = schools_of([line for line in tied if line["therapist"] == name])
        for school in places:
            for ot, part in answering(name, people).items():
                key = (ot, school)
                shares[key] = shares.get(key, Fraction(0)) + part / len(names) / len(places)
    return shares


def rank(line, people):
    if line["therapist"] == UNASSIGNED:
        return 2
    return 1 if people[line["therapist"]]["role"] == "OTA" else 0


def schools_of(lines):
    """The school with most student minutes; equal ones share; a school goes before No school."""
    minutes = {}
    for line in lines:
        minutes[line["school"]] = minutes.get(line["school"], Fraction(0)) + line["student_minutes"]
    named = {school: amount for school, amount in minutes.items() if school != NO_SCHOOL} or minutes
    return [school for school, amount in named.items() if amount == max(named.values())]


def reevaluation_date(own, people):
    """The date on the student's newest line that has one; of equals the OT's line's, then the later date."""
    dated = [line for line in own if line["reeval_date"] is not None]
    if not dated:
        return None
    return max(dated, key=lambda line: (line["start"], -rank(line, people), line["reeval_date"]))["reeval_date"]
