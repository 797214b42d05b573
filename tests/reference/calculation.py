"""The calculation, a second time: a literal reading of the method, with dicts, loops and fractions.

Nothing here comes from the `workload` package. Numbers stay exact fractions until the last step.
Sections 1 and 2 of the method are in `lines.py`, section 3 is here, section 4 is in `staffing.py`.
"""

import math
from datetime import date
from fractions import Fraction

from .lines import (
    NO_SCHOOL,
    UNASSIGNED,
    known,
    lines_in_force,
    same,
    school_name,
    schools_by_name,
    therapist_minutes,
    vacant,
)
from .staffing import plain, staffing
from .workbook import NotTidy, read

DEFAULTS = {
    "instructional_weeks": Fraction(36),
    "hours_per_week": Fraction("37.5"),
    "month": "school_month",
    "documentation_minutes_per_session": Fraction(5),
    "on_behalf_ratio": Fraction("0.20"),
    "evaluation_initial_hours": Fraction(6),
    "evaluations_initial_per_student": Fraction("0.2"),
    "reevaluation_hours": Fraction("4.5"),
    "reevaluations_per_student": Fraction(1, 3),
    "meeting_hours": Fraction("1.5"),
    "progress_reports_per_year": Fraction(4),
    "progress_report_hours": Fraction("0.25"),
    "planning_share": Fraction(200, 2250),  # 200 minutes of 37.5 hours
    "staff_time_share": Fraction(60, 2250),  # 60 minutes of 37.5 hours
    "travel_minutes_per_move": Fraction(15),
    "supervision_hours_per_ota": Fraction(1),
    "assumed_group_size": Fraction(3),
}


def answer(workbook_path, day, assumptions=None, state=None):
    """Answer for one workbook on one day (a date or 'YYYY-MM-DD'), in the shape of `analyze --json`."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    a = settings(assumptions)
    tables = read(workbook_path)
    schools = schools_by_name(tables["schools"])
    lines, rows = lines_in_force(tables["services"], schools, day, a)
    people = therapists(tables["therapists"], lines, schools)
    for line in lines:
        line["therapist"] = known(people, line["therapist"])
    therapist_minutes(lines)

    work = []  # entries of (therapist, school, activity, hours a week)
    work += line_work(lines, day, a)
    evaluations, only_evaluated = evaluation_events(tables["evaluations"], lines, people, schools, day, a)
    work += event_work(evaluations, lines, people, a)
    base = {name: hours_by_school(work, name) for name in people}  # service hours before mtss
    for name, person in people.items():
        for school, share in shares(base[name], person).items():
            work.append((name, school, "mtss", person["mtss_hours"] * share))
    work += category_work(work, a)
    work += individual_work(people, lines, base, tables, schools, a)
    return {
        "version": 1,
        "day": day.isoformat(),
        "state": state,
        "assumptions": {name: plain(a[name]) for name in DEFAULTS},
        **staffing(day, a, work, lines, people, schools, base, only_evaluated),
        "rows": rows,
    }


def settings(assumptions):
    a = dict(DEFAULTS)
    for name, value in (assumptions or {}).items():
        if name not in a:
            raise KeyError(f"unknown assumption {name}")
        a[name] = value if name == "month" else Fraction(str(value))
    a["c"] = a["planning_share"] + a["staff_time_share"]
    if not 0 <= a["c"] < 1:
        raise ValueError("the category allowances must add up to less than the whole week")
    return a


# ---------------------------------------------------------------- people


def therapists(rows, lines, schools):
    """{name: person}, ending with Unassigned."""
    people, posts = {}, Fraction(0)
    for row in rows:
        fte, hours = row["fte"], row["hours_per_week"]
        if fte is None and hours is None:
            raise NotTidy("a therapist needs fte or hours_per_week")
        if vacant(row["therapist"]):
            if fte is None:
                raise NotTidy("a vacant post needs fte")
            posts += fte  # budgeted, not available
            continue
        if known(people, row["therapist"]) != UNASSIGNED:
            raise NotTidy("a therapist is listed twice")
        role = (row["role"] or "OT").upper()
        if role not in ("OT", "OTA"):
            raise NotTidy(f"role {row['role']!r}")
        base = school_name(row["base_school"], schools)
        people[row["therapist"]] = {
            **row,
            "role": role,
            "base_school": base,
            "plan": day_plan(row["days"], schools),
            "mtss_hours": row["mtss_hours"] or Fraction(0),
            "named_duty_hours": row["named_duty_hours"] or Fraction(0),
        }
    nobody = {
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
    }
    if not rows:
        for line in lines:
            if not vacant(line["therapist"]) and known(people, line["therapist"]) == UNASSIGNED:
                people[line["therapist"]] = {**nobody, "role": "OT", "fte": Fraction(1)}
    people[UNASSIGNED] = {**nobody, "role": None, "fte": posts}
    return people


def day_plan(text, schools):
    """'Mon: Oak; Tue: Oak, Elm' -> [['Oak'], ['Oak', 'Elm']]."""
    plan = []
    for part in (text or "").split(";"):
        entries = [entry.strip() for entry in part.partition(":")[2].split(",") if entry.strip()]
        if entries:
            plan.append([school_name(entry, schools) for entry in entries])
    return plan


def newest_line(lines):
    """Latest start, then more student minutes, then therapist name, then school name."""
    return min(
        lines,
        key=lambda line: (-line["start"].toordinal(), -line["student_minutes"], line["therapist"], line["school"]),
    )


def supervising_ot(person, people):
    name = known(people, person["supervisor"])
    return name if people[name]["role"] == "OT" else UNASSIGNED


def ot_for(name, people):
    """The OT who answers for that person's students: the person, or an OTA's supervising OT."""
    return supervising_ot(people[name], people) if people[name]["role"] == "OTA" else name


# ---------------------------------------------------------------- 3. activities


def line_work(lines, day, a):
    """direct, consult, makeup, documentation, on_behalf: with the line's therapist at the line's school."""
    work = []
    weeks = a["instructional_weeks"]
    for line in lines:
        who = (line["therapist"], line["school"])
        hours = line["therapist_minutes"] / weeks / 60
        if line["delivery"] == "consult":
            work.append((*who, "consult", hours))
        else:
            work.append((*who, "direct", hours))
            minutes = a["documentation_minutes_per_session"] * line["sessions"]
            work.append((*who, "documentation", minutes / weeks / 60))
            work.append((*who, "on_behalf", a["on_behalf_ratio"] * hours))
        due = line["owed_due"] or next_june_30(day)
        weeks_left = max(Fraction(1), Fraction((due - day).days, 7))
        work.append((*who, "makeup", line["owed_minutes"] / weeks_left / 60))
    return work


def next_june_30(day):
    this = date(day.year, 6, 30)
    return this if day <= this else date(day.year + 1, 6, 30)


def in_school_year(event_day, day):
    end = next_june_30(day)
    return date(end.year - 1, 7, 1) <= event_day <= end


def lines_by_student(lines):
    found = {}
    for line in lines:
        found.setdefault(line["student"], []).append(line)
    return found


def evaluation_events(rows, lines, people, schools, day, a):
    """[(therapist, school, kind, count a year)] and the students who are only evaluated."""
    students = lines_by_student(lines)
    events, only = [], set()
    if rows:  # an Evaluations sheet rules for both kinds
        for row in rows:
            happens = row["completed"] or row["due"]
            if happens is None or not in_school_year(happens, day):
                continue
            kind = {
                "initial": "evaluation_initial",
                "reevaluation": "reevaluation",
                "re-evaluation": "reevaluation",
            }.get(same(row["type"] or ""))
            if kind is None:
                raise NotTidy(f"evaluation type {row['type']!r}")
            own = students.get(row["student_id"])
            if own is None:
                only.add(row["student_id"])
            name = known(people, row["therapist"])
            if name == UNASSIGNED and own is not None:  # blank or unknown: the student's OT
                name = newest_line(own)["therapist"]
            if row["school"] is None and own is not None:
                school = newest_line(own)["school"]
            else:
                school = school_name(row["school"], schools)
            events.append((ot_for(name, people), school, kind, Fraction(1)))
        return events, only
    for own in students.values():
        newest = newest_line(own)
        who = (ot_for(newest["therapist"], people), newest["school"])
        events.append((*who, "evaluation_initial", a["evaluations_initial_per_student"]))
        if any(line["iep"] for line in own):
            dated = [line for line in own if line["reeval_date"] is not None]
            if dated:
                count = Fraction(1 if in_school_year(newest_line(dated)["reeval_date"], day) else 0)
            else:
                count = a["reevaluations_per_student"]
            events.append((*who, "reevaluation", count))
    return events, only


def event_work(evaluations, lines, people, a):
    """Evaluations, their meetings, the yearly meeting and progress reports."""
    work = []
    weeks = a["instructional_weeks"]
    for name, school, kind, count in evaluations:
        work.append((name, school, kind, count * a[f"{kind}_hours"] / weeks))
        work.append((name, school, "meeting", count * a["meeting_hours"] / weeks))
    for own in lines_by_student(lines).values():
        if any(line["iep"] for line in own):
            newest = newest_line(own)
            who = (ot_for(newest["therapist"], people), newest["school"])
            work.append((*who, "meeting", a["meeting_hours"] / weeks))
            reports = a["progress_reports_per_year"] * a["progress_report_hours"]
            work.append((*who, "progress_report", reports / weeks))
    return work


def category_work(work, a):
    """service x c / (1 - c), where the service is."""
    added = []
    for name, school, _activity, hours in work:
        added.append((name, school, "planning", hours * a["planning_share"] / (1 - a["c"])))
        added.append((name, school, "staff_time", hours * a["staff_time_share"] / (1 - a["c"])))
    return added


def hours_by_school(work, name):
    hours = {}
    for who, school, _activity, amount in work:
        if who == name:
            hours[school] = hours.get(school, Fraction(0)) + amount
    return hours


def shares(base, person):
    """How a person's individual hours and mtss are spread over schools."""
    named = {school: hours for school, hours in base.items() if school != NO_SCHOOL and hours > 0}
    if not named:
        return {person["base_school"]: Fraction(1)}
    return {school: hours / sum(named.values()) for school, hours in named.items()}


def individual_work(people, lines, base, tables, schools, a):
    work = []
    for name, person in people.items():
        if name == UNASSIGNED:
            continue
        supervised = 0
        for other in people.values():
            if other["role"] == "OTA" and supervising_ot(other, people) == name:
                supervised += 1
        amounts = {
            "travel": travel_minutes(name, person, lines, tables["travel"], schools, a) / 60,
            "supervision": supervised * a["supervision_hours_per_ota"],
            "named_duty": person["named_duty_hours"],
        }
        for school, share in shares(base[name], person).items():
            for activity, hours in amounts.items():
                work.append((name, school, activity, hours * share))
    return work


def travel_minutes(name, person, lines, travel, schools, a):
    """Minutes a week."""
    if not person["plan"]:
        return max(0, len(schools_served(name, lines)) - 1) * a["travel_minutes_per_move"]
    minutes = Fraction(0)
    for entries in person["plan"]:
        for here, there in zip(entries, entries[1:], strict=False):
            minutes += leg_minutes(here, there, travel, schools, a)
    return minutes


def schools_served(name, lines):
    return {line["school"] for line in lines if line["therapist"] == name and line["school"] != NO_SCHOOL}


def leg_minutes(here, there, travel, schools, a):
    """The Travel sheet in this direction, then the other; then coordinates; then one move."""
    if here == there:
        return Fraction(0)
    for start, stop in ((here, there), (there, here)):
        for row in travel:
            ends = (school_name(row["from"], schools), school_name(row["to"], schools))
            if ends == (start, stop) and row["minutes"] is not None:
                return row["minutes"]
    points = [schools.get(school) for school in (here, there)]
    if any(p is None or p["latitude"] is None or p["longitude"] is None for p in points):
        return a["travel_minutes_per_move"]
    return Fraction(great_circle_miles(*points) * 1.3 / 30 * 60)


def great_circle_miles(p, q):
    """Haversine."""
    lat1, lon1 = math.radians(p["latitude"]), math.radians(p["longitude"])
    lat2, lon2 = math.radians(q["latitude"]), math.radians(q["longitude"])
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h)) / 1.609344
