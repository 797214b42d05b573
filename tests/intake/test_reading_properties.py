"""The rules of reading over random lists: the same facts under other headings, in another order, beside other columns,
give the same answer or a question, and never another number."""

import csv
import random
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.intake.rosters import SECRET
from workload.answer import analyze
from workload.intake.load import load
from workload.intake.open.opened import Opened, RawSheet
from workload.model.issues import stops

DAY = date(2026, 10, 1)
EXACT = 1e-9
CASES = Path(__file__).parents[1] / "data" / "reading" / "headings.csv"
HEADINGS = {}
for row in csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()):
    HEADINGS.setdefault(row["meaning"], []).append(row["heading"])
HEADINGS |= {
    "minutes_per_session": [
        "Min/Session",
        "Session Length",
        "Length of session (min)",
        "Minutes each session",
        "Minutes",
    ],
    "sessions": ["Sessions", "Times", "# of sessions", "Visits"],
    "period": ["Per", "Period", "Frequency Type", "Interval"],
    "grade": ["Grade", "Gr.", "Grade Level"],
    "compensatory_minutes": [
        "Comp. minutes owed",
        "Compensatory Minutes Owed",
        "Comp mins",
        "Minutes owed",
        "Comp Min Owed",
    ],
    "compensatory_due": ["Comp due by", "Compensatory Due Date", "Comp due date", "Owed by"],
    "reeval_date": ["Next Triennial", "Tri Date", "Reevaluation Due", "3-Yr Reeval", "Eval Due Date", "Triennial Due"],
}
OTHERS = {
    "Speech min/wk": [60, 90, None],
    "PT Minutes": [30, 45, 60],
    "SPED minutes per week": [600, 900, 1200],
    "Teacher": ["Adams", "Brown", "Clark"],
    "Goals": ["Cut on a line", "Copy letters", "Zip a coat"],
    "Gender": ["F", "M", "F"],
    "Date of Birth": ["1/1/2017", "2/1/2016", "3/1/2015"],
    "Zorbl": [30, 45, 60],
    "Qwx date": ["9/1/2026", "9/2/2026", "9/3/2026"],
    "Wumpf": ["2 x 30 min weekly", "30 min weekly", "60 min monthly"],
    "Max group": [5, 3, 5],
    "Delivered minutes": [120, 90, 60],
    "Case Manager": ["Dunn", "Evans", "Ford"],
    "Supervising OT": ["Rivers", "Rivers", "Stone"],
    "Blubb": ["x", None, "x"],
}
AMOUNTS = {
    "minutes_per_week": [("minutes_per_week", lambda minutes: minutes)],
    "minutes_per_month": [("minutes_per_month", lambda minutes: minutes * 4)],
    "minutes_per_year": [("minutes_per_year", lambda minutes: minutes * 36)],
    "frequency_text": [("frequency_text", lambda minutes: f"1 x {minutes} min weekly")],
    "three": [
        ("minutes_per_session", lambda minutes: minutes),
        ("sessions", lambda minutes: 1),
        ("period", lambda minutes: "week"),
    ],
}


def opened(columns, name="list.xlsx"):
    """A file that is open already, from columns of (heading, values)."""
    rows = 1 + len(columns[0][1])
    sheet = RawSheet("Sheet1", "visible", rows, len(columns), 1, [[heading, *values] for heading, values in columns])
    return Opened(name, "xlsx", "0" * 64, (sheet,))


def outcome(columns):
    """The figures of a list, and whether anything is open."""
    loaded = load([opened(columns)], secret=SECRET)
    is_open = bool(loaded.questions) or loaded.roster.rows("unreadable") > 0
    if stops(loaded.roster.issues):
        return None, is_open
    answer = analyze(loaded.roster, DAY)
    names = ("caseload", "required_fte", "student_hours", "workload_hours", "makeup_hours", "reevaluation_hours")
    return {name: float(answer.district[name]) for name in names}, is_open


def facts(seed, amount, extra):
    """Columns by canonical name: eight students with minutes, schools, people and dates."""
    draw = random.Random(seed)
    students = draw.randint(4, 8)
    weekly = [draw.choice([30, 45, 60, 90]) for _ in range(students)]
    columns = {
        "student_id": [f"S{seed % 97}{at:02d}" for at in range(students)],
        "school": [draw.choice(["Oak Elementary", "Elm Middle"]) for _ in range(students)],
        "therapist": [draw.choice(["Rivers, Kim", "Stone, Ada"]) for _ in range(students)],
        "delivery": [draw.choice(["Individual", "Group", "Consult"]) for _ in range(students)],
        "status": [draw.choice(["Active", "Active", "Exited"]) if at else "Active" for at in range(students)],
        "end": [draw.choice(["6/1/2027", "5/15/2027", "9/1/2026"]) if at else "6/1/2027" for at in range(students)],
        "compensatory_minutes": [draw.choice([None, 60, 120]) if at else 60 for at in range(students)],
        "compensatory_due": ["12/18/2026"] * students,
        "reeval_date": [draw.choice(["3/1/2027", "10/1/2028"]) if at else "3/1/2027" for at in range(students)],
    }
    kept = ["student_id", "school", *(name for name in columns if name in extra)]
    if "compensatory_due" in kept and "compensatory_minutes" not in kept:
        kept.remove("compensatory_due")
    made = {name: columns[name] for name in kept}
    for name, cell in AMOUNTS[amount]:
        made[name] = [cell(minutes) for minutes in weekly]
    return made


LISTS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 10_000),
        "amount": st.sampled_from(sorted(AMOUNTS)),
        "extra": st.sets(
            st.sampled_from(
                ["therapist", "delivery", "status", "end", "compensatory_minutes", "compensatory_due", "reeval_date"]
            )
        ),
    }
)


def same_or_asked(tidy, other, is_open, what):
    assert is_open or (other is not None and all(abs(tidy[name] - other[name]) < EXACT for name in tidy)), (
        what,
        tidy,
        other,
    )


@given(listed=LISTS, draw=st.randoms(use_true_random=False))
def test_other_headings_give_the_same_answer_or_a_question(listed, draw):
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    headings = [(draw.choice(HEADINGS[name]), values) for name, values in made.items()]
    if len({heading for heading, _ in headings}) == len(headings):
        same_or_asked(tidy, *outcome(headings), headings)


@given(listed=LISTS, draw=st.randoms(use_true_random=False))
def test_another_order_gives_the_same_answer(listed, draw):
    made = facts(**listed)
    headings = [(draw.choice(HEADINGS[name]), values) for name, values in made.items()]
    first, was_open = outcome(headings)
    draw.shuffle(headings)
    second, is_open = outcome(headings)
    assert was_open == is_open and (first is None) == (second is None)
    assert first is None or all(abs(first[name] - second[name]) < EXACT for name in first), headings


@given(
    listed=LISTS,
    others=st.lists(st.sampled_from(sorted(OTHERS)), max_size=4, unique=True),
    draw=st.randoms(use_true_random=False),
)
def test_columns_beside_them_change_nothing_or_are_asked(listed, others, draw):
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    columns = list(made.items())
    for heading in others:
        values = [OTHERS[heading][at % 3] for at in range(len(columns[0][1]))]
        columns.insert(draw.randint(0, len(columns)), (heading, values))
    same_or_asked(tidy, *outcome(columns), columns)


@given(listed=LISTS, draw=st.randoms(use_true_random=False))
def test_a_column_twice_changes_nothing_or_is_asked(listed, draw):
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    columns = list(made.items())
    name, values = draw.choice(columns)
    if draw.random() < 0.5:
        again = (draw.choice([name, *HEADINGS[name]]), list(values))
    else:
        again = (name, draw.sample(list(values), len(values)))
    columns.insert(draw.randint(0, len(columns)), again)
    same_or_asked(tidy, *outcome(columns), columns)
