"""Section 4 of the method: workload, required FTE and shortfall, by person, school and district."""

from datetime import date
from fractions import Fraction

from .in_post import on_leave
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


def staffing(day, a, work, lines, people, schools, base, only_evaluated, posts, supply_known):
    persons = [person_row(name, people[name], day, a, work, lines, supply_known) for name in sorted_names(people)]
    persons = [row for row in persons if row["therapist"] != UNASSIGNED or row["workload_hours"] > 0]
    by_role = {
        "OT": roll_up([row for row in persons if row["role"] in ("OT", None)], a, supply_known),
        "OTA": roll_up([row for row in persons if row["role"] == "OTA"], a, supply_known),
    }
    district = {
        "caseload": len({line["student"] for line in lines}),
        "students_evaluation_only": len(only_evaluated),
        "service_lines": len(lines),
        **both_minutes(lines, a),
        "hours": hours_by_activity(work),
        **roll_up(persons, a, supply_known),
        "contracted_fte": total(persons, "contracted_fte"),
        "shortfall_total_fte": total(persons, "shortfall_fte"),
        "student_minutes_at_risk": total(persons, "student_minutes_at_risk"),
        "student_minutes_at_risk_alike": total(persons, "student_minutes_at_risk_alike"),
        "by_role": by_role,
    }
    return {
        "district": district,
        "therapists": persons,
        "schools": school_rows(work, lines, people, schools, base, persons, a, supply_known),
        "ask": ask_in_parts(by_role, people, posts, day, a) if supply_known else None,
    }


def sorted_names(people):
    return sorted(name for name in people if name != UNASSIGNED) + [UNASSIGNED]


def total(rows, column):
    """The sum; no value where one has none."""
    if any(row[column] is None for row in rows):
        return None
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
    """`available` is None where nobody has said who is in post."""
    full_time = a["hours_per_week"]
    result = {"workload_hours": workload, "required_fte": workload / full_time}
    if available is None:
        return result | dict.fromkeys(("available_hours", "utilization", "available_fte", "gap_fte", "shortfall_fte"))
    gap = available / full_time - workload / full_time
    return result | {
        "available_hours": available,
        "utilization": workload / available if available else None,
        "available_fte": available / full_time,
        "gap_fte": gap,
        "shortfall_fte": max(Fraction(0), -gap),
    }


def roll_up(persons, a, supply_known):
    """Sum over sum, never a mean of ratios."""
    available = total(persons, "available_hours") if supply_known else None
    return need_and_supply(total(persons, "workload_hours"), available, a)


def person_row(name, person, day, a, work, lines, supply_known):
    hours = hours_by_activity([entry for entry in work if entry[0] == name])
    own = [line for line in lines if line["therapist"] == name]
    workload = sum(hours.values())
    available = available_hours(name, person, day, a) if supply_known else None
    return {
        "therapist": name,
        "role": person["role"],
        "schools": len({line["school"] for line in own if line["school"] != NO_SCHOOL}),
        "caseload": len({line["student"] for line in own}),
        "hours": hours,
        **both_minutes(own, a),
        **need_and_supply(workload, available, a),
        "contracted_fte": contracted_fte(person, a) if supply_known else None,
        **minutes_at_risk(own, workload, available, a),
    }


def contracted_fte(person, a):
    if not person["in_post"]:
        return Fraction(0)
    return person["fte"] if person["fte"] is not None else person["hours_per_week"] / a["hours_per_week"]


def available_hours(name, person, day, a):
    if name == UNASSIGNED or not person["in_post"] or on_leave(person, day):
        return Fraction(0)
    return hours_when_present(person, a)


def hours_when_present(person, a):
    """Hours a week of the contract, less the days a person is absent in the paid weeks."""
    present = 1 - a["absence_days_per_year"] / (5 * a["contract_weeks"])
    hours = person["hours_per_week"] if person["hours_per_week"] is not None else person["fte"] * a["hours_per_week"]
    return hours * present


def minutes_at_risk(own, workload, available, a):
    """Student minutes a week when only sessions give way, and when all work is cut alike."""
    if available is None:
        return {"student_minutes_at_risk": None, "student_minutes_at_risk_alike": None}
    student = total(own, "student_minutes") / a["instructional_weeks"]
    therapist = total(own, "therapist_minutes") / a["instructional_weeks"]
    short = max(Fraction(0), workload - available)
    first = min(student, short * 60 * student / therapist) if therapist else Fraction(0)
    alike = student * short / workload if workload else Fraction(0)
    return {"student_minutes_at_risk": first, "student_minutes_at_risk_alike": alike}


# ---------------------------------------------------------------- the ask and the ends of a premise


def ask_in_parts(by_role, people, posts, day, a):
    """Each role's own shortage: what returns from leave is covered until then, then vacant posts, then added ones."""
    ask = {"permanent": {}, "fill": {}, "cover": []}
    present = 1 - a["absence_days_per_year"] / (5 * a["contract_weeks"])
    for role, row in by_role.items():
        short = row["shortfall_fte"]
        away = [p for p in people.values() if p["role"] == role and p["in_post"] and on_leave(p, day)]
        returning = {id(p): hours_when_present(p, a) / a["hours_per_week"] for p in away}
        covered = min(short, sum(returning.values()))
        for person in away:
            fte = covered * returning[id(person)] / sum(returning.values()) if covered else Fraction(0)
            if fte > 0:
                until = {"role": role, "from": day, "until": person["leave_end"]}  # what is past needs no cover
                together = next((one for one in ask["cover"] if until.items() <= one.items()), None)
                if together is None:  # covers of one role and time are one: who is away is nobody else's business
                    ask["cover"].append({**until, "fte": fte})
                else:
                    together["fte"] += fte
        ask["fill"][role] = min(short - covered, posts[role] * present)
        ask["permanent"][role] = short - covered - ask["fill"][role]
    return ask


def ends(by_rule, rule, touches):
    """The FTE at both ends of the premise of renewals, and whether it stays assumed or is open."""
    here, there = (by_rule[name]["district"] for name in (rule, "stop" if rule == "carry" else "carry"))
    found = {"touches": touches}
    for field in ("required_fte", "gap_fte"):
        both = [here[field], there[field]]
        found[field] = {"low": min(both), "high": max(both)} if None not in both else None
    if here["gap_fte"] is not None:
        turns = (here["gap_fte"] < 0) != (there["gap_fte"] < 0)
        moves = 10 * abs(here["gap_fte"] - there["gap_fte"]) > here["required_fte"]
        found["state"] = "open" if turns or moves else "assumed"
    return found


# ---------------------------------------------------------------- by school


def school_rows(work, lines, people, schools, base, persons, a, supply_known):
    supply = {}
    for row in persons:
        name = row["therapist"]
        for school, share in supply_shares(base[name], people[name]).items():
            supply[school] = supply.get(school, Fraction(0)) + (row["available_hours"] or 0) * share
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
                **need_and_supply(sum(hours.values()), supply.get(school, Fraction(0)) if supply_known else None, a),
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
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Fraction) else value
