"""The calculation, a second time: a literal reading of the method, with dicts, loops and fractions.

Nothing here comes from the `workload` package. Numbers stay exact fractions until the last step.
Sections 1 and 2 of the method are in `lines.py`, section 3 is here, section 4 is in `staffing.py`.
"""

import math
from datetime import date
from fractions import Fraction

from .in_post import answering, event_shares, reevaluation_date, serving, supervision_shares, therapists
from .lines import (
    NO_SCHOOL,
    UNASSIGNED,
    known,
    lines_in_force,
    same,
    school_name,
    schools_by_name,
    student_key,
    therapist_minutes,
)
from .staffing import ends, plain, staffing
from .workbook import NotTidy, read, read_posts

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
    "reevaluation_own_meeting_share": Fraction(0),
    "meeting_504_hours": Fraction("0.5"),
    "absence_days_per_year": Fraction(0),
    "makeup_overdue_weeks": Fraction(1),
    "travel_arrival_minutes": Fraction(0),
    "staff_time_hours_per_person": Fraction(0),
    "contract_weeks": None,  # as many as instructional_weeks
    "renewals": "carry",
}
WORDS = ("month", "renewals")


def answer(workbook_path, day, assumptions=None, state=None, posts=None, last_day=None):
    """Answer for one workbook on one day (a date or 'YYYY-MM-DD'), in the shape of `analyze --json`.

    `posts` is a POSTS.csv that says who is in post where the workbook does not. `last_day` is the calendar's last day of
    school; it counts in its own school year, in the others school ends on June 30.
    """
    if isinstance(day, str):
        day = date.fromisoformat(day)
    a = settings(assumptions)
    a["last_day"] = last_day if last_day is not None and in_school_year(last_day, day) else next_june_30(day)
    tables = read(workbook_path)
    if posts is not None:
        tables["therapists"] = read_posts(posts)
    result, by_rule = {}, {}
    for rule in ("carry", "stop"):
        by_rule[rule] = on_the_day(tables, day, {**a, "renewals": rule})
    result, carried = by_rule[a["renewals"]], by_rule["carry"]["lines"]
    as_written = {line["student"] for line in carried if not line["carried"]}
    overdue = {line["student"] for line in carried if line["carried"]} - as_written
    lines = sum(line["carried"] for line in carried)
    fte = {rule: one["district"]["required_fte"] for rule, one in by_rule.items()}
    return plain(
        {
            "version": 2,
            "status": "need-only" if not tables["therapists"] else None,
            "day": day.isoformat(),
            "state": state,
            "assumptions": {name: a[name] for name in DEFAULTS},
            **{name: result[name] for name in ("district", "therapists", "schools", "ask", "rows")},
            "renewals": {"rule": a["renewals"], "lines": lines, "students_overdue": len(overdue), "required_fte": fte},
            "premises": {"renewals": ends(by_rule, a["renewals"], lines)},
        }
    )


def on_the_day(tables, day, a):
    """The whole calculation under one rule of renewal, in fractions."""
    schools = schools_by_name(tables["schools"])
    lines, rows = lines_in_force(tables["services"], schools, day, a)
    people, posts = therapists(tables["therapists"], lines, schools, day)
    for line in lines:
        line["written"] = known(people, line["therapist"])
        line["therapist"] = serving(people, line["therapist"])
    therapist_minutes(lines)

    work = []  # entries of (therapist, school, activity, hours a week)
    work += line_work(lines, day, a)
    evaluations, only_evaluated = evaluation_events(tables["evaluations"], lines, people, schools, day, a)
    work += event_work(evaluations, lines, people, a)
    base = {name: hours_by_school(work, name) for name in people}  # service hours before mtss
    for name, person in people.items():
        if person["in_post"]:
            for school, share in shares(base[name], person).items():
                work.append((name, school, "mtss", person["mtss_hours"] * share))
    work += category_work(work, a)
    work += individual_work(people, lines, base, tables, schools, a)
    supply_known = bool(tables["therapists"])
    result = staffing(day, a, work, lines, people, schools, base, only_evaluated, posts, supply_known)
    return {**result, "lines": lines, "rows": rows}


def settings(assumptions):
    a = dict(DEFAULTS)
    for name, value in (assumptions or {}).items():
        if name not in a:
            raise KeyError(f"unknown assumption {name}")
        a[name] = value if name in WORDS else Fraction(str(value))
    if a["contract_weeks"] is None:
        a["contract_weeks"] = a["instructional_weeks"]
    a["c"] = a["planning_share"] + a["staff_time_share"]
    if not 0 <= a["c"] < 1:
        raise ValueError("the category allowances must add up to less than the whole week")
    return a


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
        due = line["owed_due"] or a["last_day"]
        weeks_left = max(Fraction(1), Fraction((due - day).days, 7)) if due >= day else a["makeup_overdue_weeks"]
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
    if rows:  # an Evaluations sheet rules for both kinds
        return listed_evaluations(rows, students, people, schools, day)
    events = []
    for own in students.values():
        counts = {"evaluation_initial": a["evaluations_initial_per_student"]}
        if has_plan("iep", own):
            due = reevaluation_date(own, people)
            counts["reevaluation"] = a["reevaluations_per_student"]
            if due is not None:
                counts["reevaluation"] = Fraction(1 if in_school_year(due, day) else 0)
        for who, share in event_shares(own, people).items():
            events += [(*who, kind, count * share) for kind, count in counts.items()]
    return events, set()


def listed_evaluations(rows, students, people, schools, day):
    events, only = [], set()
    kinds = {"initial": "evaluation_initial", "reevaluation": "reevaluation", "re-evaluation": "reevaluation"}
    for row in rows:
        happens = row["completed"] or row["due"] or row["consent"]
        if happens is None or not in_school_year(happens, day):
            continue
        if same(row["type"] or "") not in kinds:
            raise NotTidy(f"evaluation type {row['type']!r}")
        kind = kinds[same(row["type"])]
        own = students.get(student_key(row))
        if own is None:
            only.add(student_key(row))
            students_own = {(UNASSIGNED, NO_SCHOOL): Fraction(1)}
        else:
            students_own = event_shares(own, people)
        named = known(people, row["therapist"])
        for (ot, place), share in students_own.items():
            school = place if row["school"] is None else school_name(row["school"], schools)
            # the named person rules, and nobody stands in for one who is not in post; else the student's OT
            falls_to = {ot: 1} if named == UNASSIGNED else answering(serving(people, named), people)
            events += [(name, school, kind, share * part) for name, part in falls_to.items()]
    return events, only


def has_plan(plan, own):
    return any(line["plan"] == plan for line in own)


def event_work(evaluations, lines, people, a):
    """Evaluations, their meetings, the yearly meeting and progress reports, spread over the paid weeks."""
    work = []
    weeks = a["contract_weeks"]
    own_meeting = {"evaluation_initial": Fraction(1), "reevaluation": a["reevaluation_own_meeting_share"]}
    for name, school, kind, count in evaluations:
        work.append((name, school, kind, count * a[f"{kind}_hours"] / weeks))
        work.append((name, school, "meeting", count * own_meeting[kind] * a["meeting_hours"] / weeks))
    for own in lines_by_student(lines).values():
        yearly = {}
        if has_plan("iep", own):
            yearly["meeting"] = a["meeting_hours"]
            yearly["progress_report"] = a["progress_reports_per_year"] * a["progress_report_hours"]
        elif has_plan("504", own):
            yearly["meeting"] = a["meeting_504_hours"]
        for who, share in event_shares(own, people).items():
            work += [(*who, activity, hours * share / weeks) for activity, hours in yearly.items()]
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
        if name == UNASSIGNED or not person["in_post"]:
            continue
        supervised = Fraction(0)
        for other in people.values():
            if other["role"] == "OTA" and other["in_post"]:
                supervised += supervision_shares(other, people).get(name, 0)
        amounts = {
            "staff_time": a["staff_time_hours_per_person"],  # the same for a part-time post
            "travel": travel_minutes(name, person, lines, tables["travel"], schools, a) / 60,
            "supervision": supervised * a["supervision_hours_per_ota"],
            "named_duty": person["named_duty_hours"],
        }
        for school, share in shares(base[name], person).items():
            for activity, hours in amounts.items():
                work.append((name, school, activity, hours * share))
    return work


def travel_minutes(name, person, lines, travel, schools, a):
    """Minutes a week: the legs of the day plan; without one a move for each visit to a school but the busiest."""
    if not person["plan"]:
        sessions = {}  # sessions a week at each school, consult included
        for line in lines:
            if line["therapist"] == name and line["school"] != NO_SCHOOL:
                a_week = line["sessions"] / a["instructional_weeks"]
                sessions[line["school"]] = sessions.get(line["school"], Fraction(0)) + a_week
        others = sorted(sessions.values())[:-1]
        return sum((min(Fraction(1), a_week) for a_week in others), Fraction(0)) * a["travel_minutes_per_move"]
    minutes = Fraction(0)
    for entries in person["plan"]:
        for here, there in zip(entries, entries[1:], strict=False):
            minutes += leg_minutes(here, there, travel, schools, a)
    return minutes


def leg_minutes(here, there, travel, schools, a):
    """The Travel sheet in this direction, then the other; then coordinates; then one move."""
    if here == there:
        return Fraction(0)
    for start, stop in ((here, there), (there, here)):
        for row in travel:
            ends = (school_name(row["from"], schools), school_name(row["to"], schools))
            if ends == (start, stop) and row["minutes"] is not None:
                return row["minutes"] + a["travel_arrival_minutes"]
    points = [schools.get(school) for school in (here, there)]
    if any(p is None or p["latitude"] is None or p["longitude"] is None for p in points):
        return a["travel_minutes_per_move"]
    return Fraction(great_circle_miles(*points) * 1.3 / 30 * 60) + a["travel_arrival_minutes"]


def great_circle_miles(p, q):
    """Haversine."""
    lat1, lon1 = math.radians(p["latitude"]), math.radians(p["longitude"])
    lat2, lon2 = math.radians(q["latitude"]), math.radians(q["longitude"])
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h)) / 1.609344
