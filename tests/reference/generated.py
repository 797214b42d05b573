"""Random districts that switch every rule of the method on and off, as tidy tables and as an office would keep them.

A tidy district is {sheet: [row]} in the words of the template. `untidy` writes the same district in another hand:
headings, spellings, dates, order and blank rows differ, the meaning does not, so the answer must not.
"""

from datetime import date, timedelta
from random import Random

DAY = date(2026, 10, 1)
OTS = ["Ana Rivers", "Ben Moss", "Cleo Hart", "Zoe Vale", "Ira Quill", "Uma Frost"]
OTAS = ["Ada Kerr", "Dov Lind", "Fay Brook"]
SCHOOLS = ["Oak Elementary", "Elm Middle", "Fir High", "Juniper K-8", "Gum Primary"]
TURNS = (
    "renewals", "review_dates", "exits", "plans_504", "evaluations", "leavers", "two_supervisors", "ties", "vacant_posts",
    "leaves", "day_plans", "totals_only", "groups", "districts", "rare_visits", "compensatory", "year_end",
    "short",
)  # fmt: skip
PLACES = (("Classroom", "Therapy Room"), ("push-in", "pull-out"))  # in a column of their own, or as the delivery
PERIODS = ["week"] * 4 + ["two weeks", "month", "six weeks", "quarter", "trimester", "semester", "year", "6-day cycle"]


def district(seed, students=40, without=(), always=()):
    """Tables of one district. Each turn is on in about half of the districts, so that rules meet in every company."""
    random = Random(seed)
    on = {turn: (random.random() < 0.55 or turn in always) and turn not in without for turn in TURNS}
    staff = people(random, on)
    services = []
    for number in range(students):
        services += student(random, on, number, staff)
    if seed % 3 and "settings" not in without:
        services = with_settings(Random(f"{seed} settings"), services, *PLACES[seed % 3 - 1])
    return {
        "Services": services,
        "Therapists": staff + (posts(random) if on["vacant_posts"] else []),
        "Schools": places(random),
        "Evaluations": evaluations(random, services, staff, students) if on["evaluations"] else [],
        "Travel": [
            {"from": here, "to": there, "minutes": random.randrange(4, 40)}
            for here in SCHOOLS
            for there in SCHOOLS
            if here < there and random.random() < 0.4
        ],
    }


def people(random, on):
    staff = []
    for name in random.sample(OTS, random.choice([2, 3])) + random.sample(OTAS, random.choice([0, 1, 2])):
        row = {"therapist": name, "role": "OTA" if name in OTAS else "OT"}
        if random.random() < 0.8:
            row["fte"] = random.choice([0.4, 0.3, 0.2] if on["short"] else [1.0, 0.8, 0.6, 0.4])
        if "fte" not in row or random.random() < 0.2:
            row["hours_per_week"] = random.choice([6, 11.25] if on["short"] else [20, 30, 36.25, 37.5])
        if name in OTAS and random.random() < 0.9:
            several = random.sample(
                [row["therapist"] for row in staff if row["role"] == "OT"],
                2 if on["two_supervisors"] and random.random() < 0.6 else 1,
            )
            row["supervisor"] = " / ".join(several)
        if random.random() < 0.5:
            row["base_school"] = random.choice(SCHOOLS)
        if on["day_plans"] and random.random() < 0.5:
            row["days"] = "; ".join(
                f"{day}: {', '.join(random.sample(SCHOOLS, random.choice([1, 1, 2, 3])))}"
                for day in ("Mon", "Tue", "Thu")
            )
        for column in ("named_duty_hours", "mtss_hours"):
            if random.random() < 0.3:
                row[column] = random.choice([0.5, 1, 2.25])
        if on["leaves"] and random.random() < 0.35:
            row["leave_start"] = DAY - timedelta(20)
            row["leave_end"] = DAY + timedelta(random.choice([-5, 0, 30, 78]))
        if on["leavers"] and random.random() < 0.3:
            row.update(
                random.choice(
                    [{"start": DAY + timedelta(1)}, {"end": DAY - timedelta(1)}, {"end": DAY}, {"start": DAY}]
                )
            )
        staff.append(row)
    return staff


def posts(random):
    roles = random.sample(["OT", "OTA", "OT"], random.choice([1, 2]))
    return [{"therapist": "Vacant", "role": role, "fte": random.choice([0.4, 0.5, 1.0])} for role in roles]


def places(random):
    rows = []
    for number, name in enumerate(SCHOOLS):
        row = {"school": name, "school_code": f"7{number}1", "enrollment": random.randrange(100, 900)}
        if random.random() < 0.7:
            row |= {"latitude": round(40 + random.random() / 3, 5), "longitude": round(-90 + random.random() / 3, 5)}
        rows.append(row)
    return rows


def student(random, on, number, staff):
    """The service rows of one student: present lines, and perhaps an older plan."""
    who = {"student_id": f"S{4000 + number // 2 if on['districts'] else 4000 + number}"}
    if on["districts"]:
        who["district"] = ("Alder Valley", "Birch County")[number % 2]
    plan = random.choice(["IEP", "IEP", "IEP", None] + (["504", "504", "MTSS", "IFSP"] if on["plans_504"] else []))
    shared = {**who, "grade": str(random.randrange(1, 12)), "plan": plan}
    if random.random() < 0.5:
        shared["reeval_date"] = DAY + timedelta(random.randrange(-400, 800))
    start = DAY - timedelta(random.randrange(30, 360))
    rows = []
    for delivery in random.sample(["individual", "group", "consult"], random.choice([1, 1, 2])):
        tie = on["ties"] or random.random() < 0.3
        row = {
            **shared,
            **service(random, on, delivery, who),
            "start": start if tie else start - timedelta(random.randrange(90)),
        }
        row["therapist"] = random.choice(staff)["therapist"] if random.random() < 0.93 else random.choice([None, "TBD"])
        row["school"] = random.choice(SCHOOLS) if random.random() < 0.97 else None
        rows.append(row)
    dates(random, on, rows)
    if on["renewals"] and random.random() < 0.3:
        rows.append(older_plan(random, rows[0]))
    if on["exits"]:
        gone = random.random() < 0.15
        for row in rows:
            row["status"] = "Exited" if gone else "Active"
            if not gone and random.random() < 0.1:
                row["exit_date"] = DAY + timedelta(random.choice([-30, -1, 0, 40]))
    return rows


def with_settings(random, services, here, there):
    """The same lines, some of them in one of two places; some students have an older line in the other place as well."""
    made = []
    for row in services:
        made.append(row)
        if row["delivery"] != "individual" or random.random() < 0.3:
            continue
        column, (mine, other) = (
            ("delivery", random.sample([here, there], 2))
            if here == "push-in"
            else ("setting", random.sample([here, there], 2))
        )
        row[column] = mine
        if random.random() < 0.5:
            second = random.choice([mine, other, other, None if column == "setting" else "individual"])
            start = row["start"] - timedelta(random.choice([0, 20, 60]))
            made.append(
                {
                    **row,
                    column: second,
                    "start": start,
                    "minutes_per_session": 25,
                    "sessions": 1,
                    "period": "week",
                    "frequency_text": None,
                }
            )
    return made


def service(random, on, delivery, who):
    period = random.choice(PERIODS)
    row = {"delivery": delivery, "minutes_per_session": random.choice([15, 20, 30, 45, 60]), "period": period}
    row["sessions"] = random.choice([1, 2, 3]) if period != "year" else random.randrange(2, 40)
    if on["rare_visits"] and random.random() < 0.5:
        row["period"] = random.choice(["month", "semester", "year"])
    if on["totals_only"] and random.random() < 0.2:
        total, period = random.choice([(10, "day"), (90, "week"), (20, "month"), (120, "month")])
        row |= {"frequency_text": f"{total} min per {period}"}
        row |= {"minutes_per_session": None, "sessions": None, "period": None}
    if delivery == "group" and on["groups"]:
        if random.random() < 0.6:
            row["group_id"] = f"{who.get('district', 'Group')[0]}{random.randrange(4)}"
        else:
            row["group_size"] = random.choice([2, 3, 4])
    if on["compensatory"] and random.random() < 0.1:
        row["compensatory_minutes"] = random.choice([60, 240, 600])
        if random.random() < 0.6:
            row["compensatory_due"] = DAY + timedelta(random.randrange(-10, 200))
    return row


def dates(random, on, rows):
    """Ends and review dates: renewals where the turn is on, plain ends elsewhere."""
    review = rows[0]["start"] + timedelta(364)
    if on["renewals"]:
        review = DAY + timedelta(random.choice([-150, -60, -20, -1, 0, 1, 45, 120, 300]))
        for row in rows:
            row["start"] = min(row["start"], review - timedelta(200))
            if random.random() < 0.9:
                row["end"] = review + timedelta(random.choice([-14, -1, 0, 0, 0, 14]))
    elif on["year_end"]:
        for row in rows:
            row["end"] = random.choice([date(2027, 6, 11), date(2027, 6, 11), date(2026, 6, 12)])
    if on["review_dates"]:
        for row in rows:
            row["iep_date"] = review


def older_plan(random, row):
    """The plan before this one: it ended at the review at which this one began."""
    start = row["start"]
    changed = {"minutes_per_session": 30, "sessions": 1, "period": "week", "frequency_text": None}
    return {
        **row,
        **changed,
        "delivery": random.choice(["individual", "consult"]),
        "group_id": None,
        "group_size": None,
        "compensatory_minutes": None,
        "compensatory_due": None,
        "start": start - timedelta(365),
        "end": start - timedelta(random.choice([1, 1, 1, 20])),
        "iep_date": start - timedelta(1) if row.get("iep_date") else None,
    }


def evaluations(random, services, staff, students):
    rows = []
    for _ in range(students // 3):
        known = {name: random.choice(services).get(name) for name in ("district",)}
        about = (
            random.choice(services) if random.random() < 0.7 else {"student_id": f"N{random.randrange(900)}", **known}
        )
        row = {name: about[name] for name in ("district", "student_id") if about.get(name)}
        row |= {"type": random.choice(["initial", "reevaluation"]), "school": random.choice([*SCHOOLS, None])}
        row["therapist"] = random.choice([person["therapist"] for person in staff] + [None])
        row[random.choice(["due", "completed", "consent"])] = DAY + timedelta(random.randrange(-150, 400))
        rows.append(row)
    return rows


POOL = {
    "instructional_weeks": [34, 36, 38.5], "hours_per_week": [35, 37.5, 40],
    "month": ["school_month", "calendar_10", "calendar_52"], "documentation_minutes_per_session": [0, 5, 7.5],
    "on_behalf_ratio": [0, 0.2, 0.49], "evaluation_initial_hours": [4, 6, 9], "reevaluation_hours": [3, 4.5],
    "evaluations_initial_per_student": [0.1, 0.2], "reevaluations_per_student": [0.25, 0.3333333333333333],
    "meeting_hours": [1, 1.5], "progress_reports_per_year": [3, 4], "progress_report_hours": [0.25, 0.5],
    "planning_share": [0, 0.1], "staff_time_share": [0, 0.05], "travel_minutes_per_move": [10, 15],
    "supervision_hours_per_ota": [0.5, 1], "reevaluation_own_meeting_share": [0, 0.4, 1],
    "meeting_504_hours": [0, 0.5, 1], "absence_days_per_year": [0, 11], "contract_weeks": [37, 40],
    "makeup_overdue_weeks": [1, 6],
    "renewals": ["carry", "carry", "stop"],
    "travel_arrival_minutes": [0, 7.5], "staff_time_hours_per_person": [0, 1.25],
}  # fmt: skip


def assumptions(seed):
    """Possible values for about half of the assumptions."""
    random = Random(seed * 7 + 1)
    return {name: random.choice(values) for name, values in POOL.items() if random.random() < 0.5}


# ---------------------------------------------------------------- the same district in another hand

HEADINGS = {
    "student_id": ["Student ID", "Student Number"], "school": ["School", "Building"], "therapist": ["Therapist", "Provider"],
    "minutes_per_session": ["Minutes per Session"], "sessions": ["Sessions"], "period": ["Period", "Per"],
    "frequency_text": ["Frequency"], "start": ["Start Date"], "end": ["End Date"], "grade": ["Grade"], "plan": ["Plan", "Plan Type"],
    "delivery": ["Delivery", "Service Delivery"], "iep_date": ["Annual Review Date", "IEP Due Date"], "status": ["Status"],
    "exit_date": ["Exit Date", "Dismissal Date"], "reeval_date": ["Reevaluation Due Date", "Next Triennial"],
    "compensatory_minutes": ["Compensatory Minutes Owed"], "compensatory_due": ["Compensatory Due Date"],
    "group_size": ["Group Size"], "group_id": ["Group ID"], "district": ["District"], "supervisor": ["Supervisor"],
    "fte": ["FTE"], "hours_per_week": ["Hours per Week"], "base_school": ["Base School"], "role": ["Role"],
}  # fmt: skip


def untidy(tables, seed):
    """The same district: other headings and column order, dates as text, names in other spellings, rows shuffled."""
    random = Random(seed * 13 + 5)
    written = {}
    for sheet, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        random.shuffle(columns)
        headings = {
            column: random.choice(HEADINGS.get(column, [column.replace("_", " ").title()])) for column in columns
        }
        own_names = sheet in ("Therapists", "Schools")
        rows = rows if own_names else random.sample(rows, len(rows))
        written[sheet] = [
            {headings[column]: cell(random, column, row.get(column), own_names) for column in columns} for row in rows
        ]
        if rows and not own_names:
            written[sheet].insert(random.randrange(len(rows)), dict.fromkeys(headings.values()))  # a blank row
    return written


def cell(random, column, content, own_names):
    """One cell as another hand writes it; a name's own sheet keeps its spelling."""
    if isinstance(content, date):
        return content if random.random() < 0.5 else content.strftime("%m/%d/%Y")
    if isinstance(content, str) and column in ("therapist", "school") and not own_names:
        return random.choice([content, content.upper(), f" {content} ", content.replace(" ", "  ")])
    if isinstance(content, str) and column in ("delivery", "plan", "period", "status"):
        return random.choice([content, content.upper(), f"{content} "])
    return content
