"""A tidy roster rewritten with the habits of offices gives the same numbers."""

import io
import os
from datetime import date

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.rosters import SECRET, rows_add_up
from tests.support.offices import as_office
from tests.support.rosters import DAY, random_tables, write_workbook
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.model.issues import ERROR

EXAMPLES = int(os.environ.get("OT_STAFFING_EXAMPLES", "25"))  # more on demand
EXACT = 1e-9
DISTRICT = (
    "caseload",
    "required_fte",
    "available_fte",
    "gap_fte",
    "student_hours",
    "therapist_hours",
    "workload_hours",
)


def tidy_answer(tables, path):
    loaded = load([("tidy.xlsx", write_workbook(tables, path).read_bytes())], secret=SECRET)
    return analyze(loaded.roster, DAY)


def office_answer(office):
    answers = ImportMap()
    for key, choice in office.answers.items():
        answers = answers.with_answer(key, choice)
    loaded = load([("office.xlsx", office.data)], secret=SECRET, answers=answers)
    errors = [issue.as_line() for issue in loaded.roster.issues if issue.severity == ERROR]
    assert not errors and rows_add_up(loaded), errors
    # What the office would be asked has the answer that stands already, or is about two people for one service.
    assert all(question.applied for question in loaded.questions), [question.key for question in loaded.questions]
    return analyze(loaded.roster, DAY), loaded


def differences(one, other):
    for name in DISTRICT:
        if abs(float(one.district[name]) - float(other.district[name])) > EXACT:
            yield name, float(one.district[name]), float(other.district[name])
    for table in ("therapists", "schools"):
        left, right = (getattr(answer, table).set_index(table[:-1]) for answer in (one, other))
        if sorted(left.index) != sorted(right.index):
            yield table, sorted(left.index), sorted(right.index)
            continue
        numbers = left.select_dtypes("number").columns.intersection(right.select_dtypes("number").columns)
        apart = (left[numbers] - right.loc[left.index, numbers]).abs().fillna(0)
        yield from ((table, *place) for place in apart.stack()[lambda values: values > EXACT].items())


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000), habits=st.integers(0, 10_000))
def test_an_office_that_keeps_the_same_facts_gets_the_same_answer(tmp_path_factory, seed, habits):
    tables = random_tables(seed, students=20, people=4, schools=4)
    office = as_office(tables, habits)
    tidy = tidy_answer(tables, tmp_path_factory.mktemp("tidy") / "tidy.xlsx")
    answer, loaded = office_answer(office)
    assert not list(differences(tidy, answer)), list(differences(tidy, answer))[:5]
    assert loaded.roster.excluded["other-service"] == office.others


def test_every_habit_is_practiced_by_some_office():
    tables, seen = (
        random_tables(1),
        {
            "titles": False,
            "tabs": False,
            "merged": False,
            "phrase": False,
            "total": False,
            "text": False,
            "groups": False,
        },
    )
    for seed in range(30):
        book = openpyxl.load_workbook(io.BytesIO(as_office(tables, seed).data))
        cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
        seen["titles"] |= "Oak County Schools" in cells
        seen["tabs"] |= any(name.startswith(("School A", "Therapist 0")) for name in book.sheetnames)
        seen["merged"] |= any(sheet.merged_cells.ranges for sheet in book)
        seen["phrase"] |= any("Times = " in str(cell) for cell in cells)
        seen["groups"] |= any(str(cell).startswith(("School: ", "Therapist: ")) for cell in cells)
        seen["total"] |= "Total" in cells
        seen["text"] |= "30" in cells
    assert all(seen.values()), seen


def test_the_answer_is_not_blind_to_a_lost_minute(tmp_path):
    tables = random_tables(3, students=20, people=4, schools=4)
    tidy = tidy_answer(tables, tmp_path / "tidy.xlsx")
    line = next(
        row
        for row in tables["services"]
        if row["therapist"]
        and "end" not in row
        and row["start"]
        and row["start"] < date(2026, 9, 1)
        and row.get("esy") is None
    )
    line["minutes_per_session"] += 1
    answer, _ = office_answer(as_office(tables, 5))
    assert list(differences(tidy, answer))
