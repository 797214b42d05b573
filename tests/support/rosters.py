"""Random tidy rosters: plain tables that the library, the reference and a workbook can all be made from.

A roster is {sheet: [row, ...]} in the column names of the template. The same seed gives the same roster.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import openpyxl

from workload.model.parameters import Assumptions
from workload.model.roster import ROSTER_COLUMNS, Roster, roster_of

DAY = date(2026, 10, 1)
PERIODS = (
    "week",
    "week",
    "week",
    "week",
    "day",
    "two weeks",
    "month",
    "six weeks",
    "quarter",
    "trimester",
    "semester",
    "year",
    "6-day cycle",
)
Tables = dict[str, list[dict]]


def random_tables(seed: int, students: int = 40, people: int = 6, schools: int = 5) -> Tables:
    """A roster with every feature of the template somewhere in it."""
    random = Random(seed)
    names = [f"School {chr(65 + at)}" for at in range(schools)]
    staff = [_person(random, at, people, names) for at in range(people)]
    services = [line for at in range(students) for line in _student(random, f"S{at:04}", names, staff)]
    evaluations = (
        [
            _evaluation(random, f"S{random.randrange(int(students * 1.2)):04}", names, staff)
            for _ in range(students // 3)
        ]
        if random.random() < 0.7
        else []
    )
    return {
        "services": services,
        "therapists": staff,
        "schools": [
            {
                "school": name,
                "school_code": f"0{at}",
                "enrollment": random.randrange(100, 900),
                **(
                    {"latitude": 40 + random.random() / 3, "longitude": -90 + random.random() / 3}
                    if random.random() < 0.7
                    else {}
                ),
            }
            for at, name in enumerate(names)
        ],
        "evaluations": evaluations,
        "travel": [
            {"from": a, "to": b, "minutes": random.randrange(4, 40)}
            for a in names
            for b in names
            if a < b and random.random() < 0.4
        ],
    }


def _person(random: Random, at: int, people: int, schools: list[str]) -> dict:
    is_ota = at >= people * 2 // 3
    row = {"therapist": f"Therapist {at:02}", "role": "OTA" if is_ota else "OT"}
    if random.random() < 0.8:
        row["fte"] = random.choice([1.0, 0.8, 0.6, 0.4])
    if "fte" not in row or random.random() < 0.2:
        row["hours_per_week"] = random.choice([20, 30, 36.25, 37.5])
    if is_ota and random.random() < 0.9:
        row["supervisor"] = f"Therapist {random.randrange(people * 2 // 3):02}"
    if random.random() < 0.5:
        row["base_school"] = random.choice(schools)
    if random.random() < 0.5:
        row["days"] = "; ".join(
            f"{day}: {', '.join(random.sample(schools, random.choice([1, 1, 2, 3])))}" for day in ("Mon", "Tue", "Thu")
        )
    for column in ("named_duty_hours", "mtss_hours"):
        if random.random() < 0.3:
            row[column] = random.choice([0.5, 1, 2.25])
    if random.random() < 0.15:
        row["leave_start"], row["leave_end"] = DAY - timedelta(20), DAY + timedelta(random.choice([-5, 0, 30]))
    if random.random() < 0.1:
        row["start"] = DAY + timedelta(random.choice([-100, 0, 10]))
    if random.random() < 0.1:
        row["end"] = DAY + timedelta(random.choice([-10, 0, 100]))
    return row


def _student(random: Random, id: str, schools: list[str], staff: list[dict]) -> list[dict]:
    plan = random.choice(["IEP", "IEP", "IEP", "IEP", None, "504", "IFSP", "MTSS"])
    reeval = DAY + timedelta(random.randrange(-400, 800)) if random.random() < 0.5 else None
    lines = []
    for number in range(random.choice([1, 1, 1, 2, 3])):
        person = random.choice(staff)["therapist"] if random.random() < 0.92 else random.choice([None, "Vacant", "TBD"])
        period = random.choice(PERIODS)
        delivery = random.choice(["individual", None, "group", "consult"])
        line = {
            "student_id": id,
            "school": random.choice(schools) if random.random() < 0.96 else None,
            "grade": str(random.randrange(1, 12)),
            "plan": plan,
            "delivery": delivery,
            "minutes_per_session": random.choice([15, 20, 30, 45, 60]),
            "period": period,
            "sessions": random.choice([1, 2, 3]) if period != "year" else random.randrange(1, 40),
            "therapist": person,
            "start": DAY - timedelta(random.randrange(-20, 300)) if random.random() < 0.9 else None,
            "reeval_date": reeval,
        }
        if random.random() < 0.2:
            line["end"] = DAY + timedelta(random.randrange(-30, 200))
        if delivery == "group":
            kind = random.random()
            if kind < 0.5:
                line["group_id"] = f"G{number}{person}{random.randrange(3)}"
            elif kind < 0.8:
                line["group_size"] = random.choice([1, 2, 3, 4])
        if random.random() < 0.1:
            line["compensatory_minutes"] = random.choice([60, 240, 600])
            line["compensatory_due"] = DAY + timedelta(random.randrange(-10, 200)) if random.random() < 0.6 else None
        if random.random() < 0.04:
            line["esy"] = "yes"
        lines.append(line)
    return lines


def _evaluation(random: Random, id: str, schools: list[str], staff: list[dict]) -> dict:
    row = {
        "student_id": id,
        "type": random.choice(["initial", "reevaluation"]),
        "school": random.choice([*schools, None]),
        "therapist": random.choice([person["therapist"] for person in staff] + [None, "Vacant"]),
    }
    row[random.choice(["due", "completed"])] = DAY + timedelta(random.randrange(-150, 400))
    return row


VACANT = (None, "Vacant", "TBD")


def as_roster(tables: Tables) -> Roster:
    """The roster as a perfect import would make it."""
    columns: dict[str, dict[str, list]] = {}
    for table, rows in tables.items():
        wanted = ROSTER_COLUMNS[table]
        rows = [_settled(table, row) for row in rows]
        columns[table] = (
            {
                name: [row.get(name) for row in rows]
                for name in wanted
                if any(row.get(name) is not None for row in rows) or name in ("student", "therapist") and name in wanted
            }
            if rows
            else {}
        )
    return roster_of(**columns)


def _settled(table: str, row: dict) -> dict:
    row = dict(row)
    if table in ("services", "evaluations"):
        row["student"] = row.pop("student_id")
        row["therapist"] = None if row.get("therapist") in VACANT else row["therapist"]
    if table == "services":
        row["plan"], row["delivery"] = row["plan"] or "IEP", row["delivery"] or "individual"
        row["esy"] = row.get("esy") == "yes"
    return row


def write_workbook(tables: Tables, path: Path) -> Path:
    """The roster as a tidy template workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, rows in tables.items():
        sheet = book.create_sheet(table.replace("_", " ").capitalize())
        headings = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(name) for name in headings])
    book.save(path)
    return path


def random_assumptions(seed: int) -> dict[str, object]:
    """Overrides of some assumptions, possible ones."""
    random = Random(seed)
    pool = {
        "instructional_weeks": [34, 36, 38.5],
        "hours_per_week": [35, 37.5, 40],
        "month": ["school_month", "calendar_10", "calendar_52"],
        "documentation_minutes_per_session": [0, 5, 7.5],
        "on_behalf_ratio": [0, 0.2, 0.49],
        "evaluation_initial_hours": [4, 6, 9],
        "reevaluation_hours": [3, 4.5],
        "evaluations_initial_per_student": [0.1, 0.2],
        "reevaluations_per_student": [0.25, 1 / 3],
        "meeting_hours": [1, 1.5],
        "progress_reports_per_year": [3, 4],
        "progress_report_hours": [0.25, 0.5],
        "planning_share": [0, 0.1],
        "staff_time_share": [0, 0.05],
        "travel_minutes_per_move": [10, 15],
        "supervision_hours_per_ota": [0.5, 1],
    }
    return {id: random.choice(values) for id, values in pool.items() if random.random() < 0.5}


def assumptions_of(overrides: dict[str, object]) -> Assumptions:
    """Assumptions with the overrides in force."""
    return Assumptions().changed(overrides, "test")
