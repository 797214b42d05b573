"""The rules of reading over random lists: the same facts under other headings, in another order, beside other columns,
give the same answer or a question, and never another number."""

import csv
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.rosters import SECRET
from workload.answer import analyze
from workload.intake.columns import column_choice, found_tables, heading_meaning
from workload.intake.columns.amount_names import ALSO
from workload.intake.columns.heading_meaning import Candidate
from workload.intake.columns.settled import Settled
from workload.intake.load import load
from workload.intake.open.opened import Opened, RawSheet
from workload.model.column_fates import READ, SECOND, UNNEEDED
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


def renamed(listed, draw):
    """The same list under other headings; one of them may be a word that nobody knows."""
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    headings = [(draw.choice(HEADINGS[name]), values) for name, values in made.items()]
    names = list(made)
    if draw.random() < 0.5 and (telling := [name for name in names if name in TOLD_BY_VALUES]):
        at = names.index(draw.choice(telling))
        headings[at] = ("Qorl", headings[at][1])
    if len({heading for heading, _ in headings}) == len(headings):
        same_or_asked(tidy, *outcome(headings), headings)


# Under an unknown word their values still say what they are, or that they may matter.
TOLD_BY_VALUES = {"minutes_per_week", "minutes_per_month", "minutes_per_year", "frequency_text", "minutes_per_session"}
TOLD_BY_VALUES |= {"status", "delivery", "compensatory_minutes"}


def reordered(listed, draw):
    """The same columns in another order, beside others that may be taken for one of them."""
    made = facts(**listed)
    columns = [(draw.choice(HEADINGS[name]), values) for name, values in made.items()]
    columns += [(heading, others(heading, columns)) for heading in draw.sample(sorted(OTHERS), 2)]
    first, was_open = outcome(columns)
    draw.shuffle(columns)
    second, is_open = outcome(columns)
    assert was_open == is_open and (first is None) == (second is None), columns
    assert first is None or all(abs(first[name] - second[name]) < EXACT for name in first), columns


def others(heading, columns):
    return [OTHERS[heading][at % 3] for at in range(len(columns[0][1]))]


def inserted(listed, draw):
    """Further columns, of which some are unknown words over numbers or phrases."""
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    columns = list(made.items())
    for heading in draw.sample(sorted(OTHERS), draw.randint(1, 4)):
        columns.insert(draw.randint(0, len(columns)), (heading, others(heading, columns)))
    same_or_asked(tidy, *outcome(columns), columns)


def doubled(listed, draw):
    """A column twice: the same values under its own or another heading, or under its own name other values of its kind."""
    made = facts(**listed)
    tidy, _ = outcome(list(made.items()))
    columns = list(made.items())
    name, values = draw.choice([pair for pair in columns if pair[0] in MOVES])
    others = [value for value in facts(**{**listed, "seed": listed["seed"] + 1})[name] if value is not None]
    same = draw.random() < 0.5
    again = list(values) if same else [draw.choice(others or values) for _ in values]
    heading = draw.choice([name, *HEADINGS[name]]) if same else draw.choice([name, HEADINGS[name][0]])
    columns.insert(draw.randint(0, len(columns)), (heading, again))
    same_or_asked(tidy, *outcome(columns), columns)


MOVES = {
    "student_id",
    "status",
    "end",
    "compensatory_minutes",
    "delivery",
    *(name for each in AMOUNTS.values() for name, _ in each),
}
RANDOM = st.randoms(use_true_random=False)


@given(listed=LISTS, draw=RANDOM)
def test_other_headings_give_the_same_answer_or_a_question(listed, draw):
    renamed(listed, draw)


@given(listed=LISTS, draw=RANDOM)
def test_another_order_gives_the_same_answer(listed, draw):
    reordered(listed, draw)


@given(listed=LISTS, draw=RANDOM)
def test_columns_beside_them_change_nothing_or_are_asked(listed, draw):
    inserted(listed, draw)


@given(listed=LISTS, draw=RANDOM)
def test_a_column_twice_changes_nothing_or_is_asked(listed, draw):
    doubled(listed, draw)


# --- a reader that breaks a rule is found out ------------------------------------------------------------


def by_position(monkeypatch):
    """Whatever its heading, the last column of numbers that look like minutes is the amount."""
    ranked = column_choice._ranked

    def numbers_first(table, heading, look, wide):
        if look.looks_like_minutes:
            return [(99.0, Candidate("minutes_per_week", 9.0, "week"))]
        return ranked(table, heading, look, wide)

    monkeypatch.setattr(column_choice, "_ranked", numbers_first)
    monkeypatch.setattr(column_choice, "CLEAR_AMOUNT", -1.0)


def first_of_a_name(monkeypatch):
    """The second column of a heading is passed over in silence."""
    left = column_choice.left
    monkeypatch.setattr(
        column_choice,
        "left",
        lambda table, heading, look, names: SECOND if "(2)" in heading else left(table, heading, look, names),
    )
    decide = found_tables.decide

    def without_seconds(table, headings, looks, *rest):
        return decide(table, ["" if heading.endswith(" (2)") else heading for heading in headings], looks, *rest)

    monkeypatch.setattr(found_tables, "decide", without_seconds)


def any_number_is_an_amount(monkeypatch):
    """An unknown word over numbers that look like minutes adds to the minutes."""
    by_values = column_choice.by_values

    def greedy(table, headings, looks, settled, fates):
        by_values(table, headings, looks, settled, fates)
        for index, heading in enumerate(headings):
            if heading and index not in fates and looks[index].looks_like_minutes:
                settled[index], fates[index] = (
                    Settled(Candidate("minutes_per_week", 9.0, "week", "", ALSO), "x"),
                    READ,
                )

    monkeypatch.setattr(column_choice, "by_values", greedy)


def unknown_columns_are_dropped(monkeypatch):
    """What is not understood is not needed, and the last of several columns is read."""
    monkeypatch.setattr(column_choice, "left", lambda table, heading, look, names: UNNEEDED)
    monkeypatch.setattr(column_choice, "said_and_not_read", lambda heading, names: False)
    monkeypatch.setattr(column_choice, "may_be_sessions", lambda look, names: False)


def a_month_is_a_week(monkeypatch):
    """A heading of months is taken for weeks."""
    monkeypatch.setitem(heading_meaning.TOTALS, "month", "minutes_per_week")


def an_end_is_a_start(monkeypatch):
    """Another word of the end says the start."""
    dressed = heading_meaning._dressed

    def swapped(table, name, points, heading):
        return dressed(table, "start" if name == "end" and heading != "end" else name, points, heading)

    monkeypatch.setattr(heading_meaning, "_dressed", swapped)


MUTANTS = [
    (reordered, by_position),
    (doubled, first_of_a_name),
    (inserted, any_number_is_an_amount),
    (renamed, unknown_columns_are_dropped),
    (renamed, a_month_is_a_week),
    (renamed, an_end_is_a_start),
]
TRIES = 120


@pytest.mark.parametrize(("rule", "broken"), MUTANTS, ids=lambda each: each.__name__)
def test_a_reader_that_breaks_a_rule_is_found_out(rule, broken, monkeypatch):
    heading_meaning.candidates.cache_clear()
    broken(monkeypatch)
    amounts, extras = sorted(AMOUNTS), ["therapist", "delivery", "status", "end", "compensatory_minutes"]
    try:
        for seed in range(TRIES):
            draw = random.Random(seed)
            listed = {"seed": seed, "amount": amounts[seed % len(amounts)], "extra": set(draw.sample(extras, 3))}
            try:
                rule(listed, draw)
            except AssertionError:
                return
        pytest.fail(f"{broken.__name__} broke no rule in {TRIES} lists")
    finally:
        monkeypatch.undo()
        heading_meaning.candidates.cache_clear()
