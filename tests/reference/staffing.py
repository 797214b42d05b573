"""Section 4 of the method: workload, required FTE and shortfall, by person, school and district."""

from fractions import Fraction

from .lines import NO_SCHOOL, UNASSIGNED

SERVICE = [
    "direct",
    "consult",
    "makeup",
    "documentation",
    "on_behalf",
    "evaluation_initial",
    "reevaluation",
    "meeting",
    "progress_report",
    "mtss",
]
CATEGORY = ["planning", "staff_time"]
INDIVIDUAL = ["travel", "supervision", "named_duty"]
ACTIVITIES = SERVICE + CATEGORY + INDIVIDUAL


def staffing(day, a, work, lines, people, schools, base, only_evaluated):
    persons = [person_row(name, people[name], day, a, work, lines) for name in sorted_names(people)]
    persons = [
        row for row in persons if row["role"] is not None or row["workload_hours"] > 0 or row["contracted_fte"] > 0
    ]
    district = {
        "caseload": len({line["student"] for line in lines}),
        "students_evaluation_only": len(only_evaluated),
        "service_lines": len(lines),
        **both_minutes(lines, a),
        "hours": hours_by_activity(work),
        **roll_up(persons, a),
        "contracted_fte": total(persons, "contracted_fte"),
        "shortfall_total_fte": total(persons, "shortfall_fte"),
        "student_minutes_at_risk": total(persons, "student_minutes_at_risk"),
        "by_role": {
            "OT": roll_up([row for row in persons if row["role"] in ("OT", None)], a),
            "OTA": roll_up([row for row in persons if row["role"] == "OTA"], a),
        },
    }
    answer = {
        "district": district,
        "therapists": persons,
        "schools": school_rows(work, lines, people, schools, base, persons, a),
    }
    return plain(answer)


def sorted_names(people):
    return sorted(name for name in people if name != UNASSIGNED) + [UNASSIGNED]


def total(rows, column):
    return sum((row[column] for row in rows), Fraction(0))


def hours_by_activity(work):
    hours = {activity: Fraction(0) for activity in ACTIVITIES}
    for _who, _school, activity, amount in work:
        hours[activity] += amount
    return hours


def both_minutes(lines, a):
    """Student and therapist hours a week; the difference is what groups save."""
    weeks = a["instructional_weeks"]
    return {
        "student_hours": total(lines, "student_minutes") / weeks / 60,
        "therapist_hours": total(lines, "therapist_minutes") / weeks / 60,
    }


def need_and_supply(workload, available, a):
    full_time = a["hours_per_week"]
    gap = available / full_time - workload / full_time
    return {
        "workload_hours": workload,
        "available_hours": available,
        "utilization": workload / available if available else None,
        "required_fte": workload / full_time,
        "available_fte": available / full_time,
        "gap_fte": gap,
        "shortfall_fte": max(Fraction(0), -gap),
    }


def roll_up(persons, a):
    """Sum over sum, never a mean of ratios."""
    return need_and_supply(total(persons, "workload_hours"), total(persons, "available_hours"), a)


def person_row(name, person, day, a, work, lines):
    hours = hours_by_activity([entry for entry in work if entry[0] == name])
    own = [line for line in lines if line["therapist"] == name]
    workload = sum(hours.values())
    available = available_hours(name, person, day, a)
    return {
        "therapist": name,
        "role": person["role"],
        "schools": len({line["school"] for line in own if line["school"] != NO_SCHOOL}),
        "caseload": len({line["student"] for line in own}),
        "hours": hours,
        **both_minutes(own, a),
        **need_and_supply(workload, available, a),
        "contracted_fte": contracted_fte(person, day, a),
        "student_minutes_at_risk": minutes_at_risk(own, workload, available, a),
    }


def employed(person, day):
    started = person["start"] is None or person["start"] <= day
    ended = person["end"] is not None and person["end"] < day
    return started and not ended


def on_leave(person, day):
    start, end = person["leave_start"], person["leave_end"]
    if start is None and end is None:
        return False
    return (start is None or start <= day) and (end is None or day <= end)


def contracted_fte(person, day, a):
    if not employed(person, day):
        return Fraction(0)
    return person["fte"] if person["fte"] is not None else person["hours_per_week"] / a["hours_per_week"]


def available_hours(name, person, day, a):
    if name == UNASSIGNED or not employed(person, day) or on_leave(person, day):
        return Fraction(0)
    if person["hours_per_week"] is not None:
        return person["hours_per_week"]
    return person["fte"] * a["hours_per_week"]


def minutes_at_risk(own, workload, available, a):
    """min(student minutes, hours short x 60 x student minutes / therapist minutes), a week."""
    student = total(own, "student_minutes") / a["instructional_weeks"]
    therapist = total(own, "therapist_minutes") / a["instructional_weeks"]
    if workload <= available or therapist == 0:
        return Fraction(0)
    return min(student, (workload - available) * 60 * student / therapist)


# ---------------------------------------------------------------- by school


def school_rows(work, lines, people, schools, base, persons, a):
    supply = {}
    for row in persons:
        name = row["therapist"]
        for school, share in supply_shares(base[name], people[name]).items():
            supply[school] = supply.get(school, Fraction(0)) + row["available_hours"] * share
    names = set(schools) | {line["school"] for line in lines}
    names |= {school for _who, school, _activity, hours in work if hours > 0}
    names |= {school for school, hours in supply.items() if hours > 0}
    rows = []
    for school in sorted(names):
        hours = hours_by_activity([entry for entry in work if entry[1] == school])
        rows.append(
            {
                "school": school,
                "caseload": len({line["student"] for line in lines if line["school"] == school}),
                "hours": hours,
                **need_and_supply(sum(hours.values()), supply.get(school, Fraction(0)), a),
            }
        )
    return rows


def supply_shares(base, person):
    """How a person's available time is spread: by day plan, else by service hours, else base school."""
    found = {}
    if person["plan"]:
        for entries in person["plan"]:
            for school in entries:
                share = Fraction(1, len(person["plan"]) * len(entries))
                found[school] = found.get(school, Fraction(0)) + share
        return found
    service = sum(base.values())
    if not service:
        return {person["base_school"]: Fraction(1)}
    return {school: hours / service for school, hours in base.items()}


# ---------------------------------------------------------------- out


def plain(value):
    """Fractions become floats, at the very end."""
    if isinstance(value, dict):
        return {key: plain(content) for key, content in value.items()}
    if isinstance(value, list):
        return [plain(content) for content in value]
    return float(value) if isinstance(value, Fraction) else value
