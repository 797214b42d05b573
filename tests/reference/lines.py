"""Sections 1 and 2 of the method: names, periods, lines in force, student and therapist minutes."""

import re
from datetime import date
from fractions import Fraction

from .workbook import NotTidy

UNASSIGNED = "Unassigned"
NO_SCHOOL = "No school"


# ---------------------------------------------------------------- names


def same(name):
    """The form in which two spellings of a name are compared."""
    return " ".join(name.split()).casefold()


def schools_by_name(rows):
    found = {}
    for row in rows:
        if row["school"] is not None and same(row["school"]) not in [same(name) for name in found]:
            found[row["school"]] = row
    return found


def school_name(text, schools):
    """A school by its name or code; a name that is not in the Schools sheet stands for itself."""
    if text is None:
        return NO_SCHOOL
    for name in schools:
        if same(name) == same(text):
            return name
    for name, row in schools.items():
        if row["school_code"] is not None and same(row["school_code"]) == same(text):
            return name
    return text


def vacant(name):
    return name is None or same(name) in ("", "vacant", "tbd", "unassigned")


def known(people, name):
    """The person of that name, else Unassigned."""
    if not vacant(name):
        for person in people:
            if same(person) == same(name):
                return person
    return UNASSIGNED


# ---------------------------------------------------------------- 1. time


def periods_in_year(period, a):
    weeks = a["instructional_weeks"]
    month = {"school_month": weeks / 4, "calendar_10": Fraction(10), "calendar_52": weeks * 12 / 52}
    table = {
        "day": 5 * weeks,
        "daily": 5 * weeks,
        "week": weeks,
        "weekly": weeks,
        "two weeks": weeks / 2,
        "2 weeks": weeks / 2,
        "every other week": weeks / 2,
        "month": month[a["month"]],
        "monthly": month[a["month"]],
        "six weeks": weeks / 6,
        "quarter": weeks / 9,
        "quarterly": weeks / 9,
        "nine weeks": weeks / 9,
        "trimester": weeks / 12,
        "semester": weeks / 18,
        "year": Fraction(1),
        "yearly": Fraction(1),
        "annually": Fraction(1),
    }
    cycle = re.fullmatch(r"(\d+)[- ]day cycle", same(period))
    if cycle:
        return 5 * weeks / Fraction(cycle[1])
    return table.get(same(period))


def time_of(row, a):
    """(student minutes a year, sessions a year), or None when the row does not say."""
    minutes, sessions, period = row["minutes_per_session"], row["sessions"], row["period"]
    if minutes is None and sessions is None and period is None and row["frequency_text"]:
        text = same(row["frequency_text"])
        each = re.fullmatch(r"(\d+) ?x ?(\d+) ?min\w* (?:per |a |every |/ ?)?(.+)", text)
        total = re.fullmatch(r"(\d+) ?min\w* ?(?:per |a |every |/ ?)?(.+)", text)
        if each:
            sessions, minutes, period = Fraction(each[1]), Fraction(each[2]), each[3]
        elif total:
            minutes, period = Fraction(total[1]), total[2]
    if minutes is None or period is None or periods_in_year(period, a) is None:
        return None
    if sessions is None:  # only the total of the period is written
        each_period = max(Fraction(1), minutes / 30) if minutes else Fraction(0)
        return minutes * periods_in_year(period, a), each_period * periods_in_year(period, a)
    return minutes * sessions * periods_in_year(period, a), sessions * periods_in_year(period, a)


def lines_in_force(services, schools, day, a):
    """The lines that count on the day, and the count of what became of every row."""
    excluded = {"other-service": 0, "esy": 0, "not-started": 0, "ended": 0, "duplicate": 0, "replaced": 0}
    unreadable = 0
    seen, active = set(), []
    with_renewal_dates = rows_with_renewal_dates(services)
    for number, row in enumerate(services):
        cells = tuple(row.items())
        carried = (
            a["renewals"] == "carry"
            and day <= a["last_day"]
            and number in with_renewal_dates
            and row["end"] < day
            and not has_newer_line(row, services, day)
        )
        if not is_ot(row):
            excluded["other-service"] += 1
        elif cells in seen:
            excluded["duplicate"] += 1
        elif row["esy"]:
            excluded["esy"] += 1
        elif row["start"] is not None and row["start"] > day:
            excluded["not-started"] += 1
        elif exited(row, day) or (row["end"] is not None and row["end"] < day and not carried):
            excluded["ended"] += 1
        elif time_of(row, a) is None or (row["student_id"] or row["student_name"]) is None:
            unreadable += 1
        else:
            active.append({**service_line(row, schools, a), "carried": carried})
        seen.add(cells)

    newest = {}  # (student, delivery, school, setting) -> the newest start; every line left is the OT service
    for line in active:
        newest[place(line)] = max(newest.get(place(line), date.min), line["start"])
    lines = []
    for line in active:
        if line["start"] == newest[place(line)]:
            lines.append(line)
        else:
            excluded["replaced"] += 1
    rows = {"read": len(services), "counted": len(lines), "excluded": excluded, "unreadable": unreadable}
    return lines, rows


def place(line):
    """What an old and a new line must have in common for the new one to take the old one's place."""
    return line["student"], line["delivery"], line["school"], line["setting"]


def is_ot(row):
    return row["service"] is None or same(row["service"]) in ("ot", "450", "occupational therapy")


def student_key(row):
    """A student of a cooperative is known by member district and id together."""
    student = row["student_id"] or row.get("student_name")
    return (same(row["district"] or ""), student) if student else None


def exited(row, day):
    """The exit date is the last day of service."""
    left = row["status"] is not None and same(row["status"]) in ("exited", "dismissed", "inactive", "withdrawn")
    return left or (row["exit_date"] is not None and row["exit_date"] < day)


# ---------------------------------------------------------------- 10.5 renewals

NEAR_A_REVIEW = 14  # days
NEAR_THE_YEARS_END = 45  # days around June 30


def rows_with_renewal_dates(services):
    """The numbers of the rows whose end is a day on which the plan is reviewed, not an end of service."""
    reviews = {}
    for row in services:
        if row["iep_date"] is not None:
            reviews.setdefault(student_key(row), set()).add(row["iep_date"])
    ending = {
        n: row["end"] for n, row in enumerate(services) if is_ot(row) and not row["esy"] and row["end"] is not None
    }
    if reviews:
        return {
            number
            for number, end in ending.items()
            if any(
                abs((end - review).days) <= NEAR_A_REVIEW for review in reviews.get(student_key(services[number]), ())
            )
        }
    at_years_end = sum(abs((end - date(end.year, 6, 30)).days) <= NEAR_THE_YEARS_END for end in ending.values())
    return set() if 2 * at_years_end > len(ending) else set(ending)


def has_newer_line(row, services, day):
    """Whether a line of the same student, begun by the day, takes this one's place: later start, at its review or after."""
    for other in services:
        if student_key(other) != student_key(row) or not is_ot(other) or other["esy"] or other["start"] is None:
            continue
        later = row["start"] is None or other["start"] > row["start"]
        if later and other["start"] <= day and (row["end"] - other["start"]).days <= NEAR_A_REVIEW:
            return True
    return False


def service_line(row, schools, a):
    minutes, sessions = time_of(row, a)
    delivery = same(row["delivery"] or "individual")
    setting = same(row["setting"] or "")
    if delivery == "indirect":
        delivery = "consult"
    if delivery in ("push-in", "pull-out"):  # individual service in the classroom or out of it
        delivery, setting = "individual", setting or delivery
    if delivery not in ("individual", "group", "consult"):
        raise NotTidy(f"delivery {row['delivery']!r}")
    return {
        "student": student_key(row),
        "school": school_name(row["school"], schools),
        "plan": same(row["plan"] or "IEP"),
        "delivery": delivery,
        "setting": setting,
        "student_minutes": minutes,
        "sessions": sessions,
        "group_id": row["group_id"],
        "group_size": row["group_size"],
        "therapist": row["therapist"],
        "start": row["start"] or date.min,  # a blank start is the oldest
        "reeval_date": row["reeval_date"],
        "owed_minutes": row["compensatory_minutes"] or Fraction(0),
        "owed_due": row["compensatory_due"],
    }


# ---------------------------------------------------------------- 2. student and therapist minutes


def therapist_minutes(lines):
    """Write `therapist_minutes` (a year) on every line. A group is its id with the therapist as written."""
    groups = {}
    for line in lines:
        if line["delivery"] == "consult":
            line["therapist_minutes"] = line["student_minutes"]  # as they stand
        elif line["group_id"] is not None:
            groups.setdefault((line["group_id"], line["written"]), []).append(line)
        elif line["group_size"] is not None and line["group_size"] > 1:
            line["therapist_minutes"] = line["student_minutes"] / line["group_size"]
        else:
            line["therapist_minutes"] = line["student_minutes"]
    for lines_of_group in groups.values():
        members = {}  # a student with two lines in the group is one member
        for line in lines_of_group:
            members[line["student"]] = members.get(line["student"], Fraction(0)) + line["student_minutes"]
        longest, everybody = max(members.values()), sum(members.values())
        for line in lines_of_group:
            line["therapist_minutes"] = longest * line["student_minutes"] / everybody if everybody else Fraction(0)
