"""Files in the shapes that districts send, all invented, with the right figures worked out by hand for October 1."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tests.intake.rosters import SECRET, book, loaded, rows_add_up
from workload.answer import analyze
from workload.intake.load import load
from workload.model.issues import stops

FOLDER = Path(__file__).parents[1] / "data" / "reading"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
DAY = date(2026, 10, 1)
ASKED_FIRST = {"i02_wide_by_discipline_minutes.xlsx", "i14_same_name_two_people.xlsx"}  # nothing in the file decides
CLOSE = 0.01


def figures(roster):
    answer = analyze(roster, DAY)
    district = answer.district
    return {
        "direct": district["direct_hours"] * 60,
        "consult": district["consult_hours"] * 60,
        "students": district["caseload"],
        "schools": sum(name != "No school" for name in answer.schools["school"]),
        "therapists": sum(name != "Unassigned" for name in answer.therapists["therapist"]),
        "fte": district["contracted_fte"],
    }


def read(name):
    return load([(name, (FOLDER / name).read_bytes())], secret=SECRET)


@pytest.mark.always
@pytest.mark.parametrize("name", [name for name, case in EXPECTED.items() if case["kind"] == "answer"])
def test_a_file_gives_the_right_answer_or_asks(name):
    result, case = read(name), EXPECTED[name]
    assert rows_add_up(result)
    if name in ASKED_FIRST:
        assert stops(result.roster.issues) and result.questions
        return
    own = figures(result.roster)
    if own["fte"] != own["fte"]:  # nobody has said who is in post: the need is told, and no posts
        del own["fte"], own["therapists"]
    assert {key: own[key] for key in own if key in case} == {
        key: pytest.approx(case[key], abs=CLOSE) for key in own if key in case
    }


@pytest.mark.parametrize("name", [name for name, case in EXPECTED.items() if case["kind"] == "refusal"])
def test_a_file_without_a_plan_is_refused_with_what_it_is(name):
    result = read(name)
    [issue] = [issue for issue in result.roster.issues if issue.severity == "error"]
    assert issue.message and issue.remedy
    words = {
        "i04": "list with one row for each student",
        "p10": "Delivered minutes",
        "p13": "minutes",
        "p03": "heading",
    }
    assert words[name[:3]] in issue.remedy


def test_a_refused_text_file_is_not_told_to_add_a_sheet():
    assert "sheet" not in next(issue for issue in read("p03_calpads_serv_noheader.csv").roster.issues).remedy


VALUES = {
    "student_id": ["S1", "S2", "S3", "S4"],
    "school": ["Oak", "Elm", "Oak", "Elm"],
    "therapist": ["Rivers", "Stone", "Rivers", "Stone"],
    "minutes_per_week": [30, 60, 30, 45],
    "minutes_per_month": [120, 60, 240, 120],
    "minutes_per_year": [1080, 2160, 540, 1080],
    "frequency_text": ["2 x 30 min weekly", "30 min weekly", "60 min/month", "1 x 30 min weekly"],
    "status": ["Active", "Active", "Exited", "Active"],
    "exit_date": ["9/15/2026", None, None, None],
    "end": ["6/1/2027", "6/1/2027", "5/1/2027", "6/1/2027"],
    "delivery": ["Individual", "Group", "Consult", "Individual"],
}
OWN_VALUES = {
    "Active?": ["Yes", "Yes", "No", "Yes"],
    "Enrolled": ["Yes", "Yes", "No", "Yes"],
    "Inactive": ["No", "No", "Yes", "No"],
    "D/C": ["D", "C", "D", "D"],
}
HEADINGS = [tuple(row.values()) for row in csv.DictReader((FOLDER / "headings.csv").read_text().splitlines())]


def meaning_of(meaning, heading):
    """("read", canonical column) or ("asked", "") or ("lost", "") of a heading over fitting values."""
    rest = {
        name: VALUES[name]
        for name in ("student_id", "minutes_per_week")
        if name != meaning
        and not (
            name == "minutes_per_week"
            and meaning in ("frequency_text", *VALUES)
            and meaning.startswith(("minutes", "freq"))
        )
    }
    columns = {
        **rest,
        heading: OWN_VALUES.get(heading, VALUES[meaning]) if meaning in ("status", "delivery") else VALUES[meaning],
    }
    result = loaded(book(Sheet1=[list(columns), *map(list, zip(*columns.values(), strict=True))]))
    fates = {
        column.heading: column
        for file in result.files
        for sheet in file.sheets
        for found in (*sheet.tables, *filter(None, [sheet.proposal]))
        for column in found.fates
    }
    column = fates[heading]
    return (
        ("read", column.name)
        if column.fate == "read"
        else ("asked", "")
        if column.fate == "asked"
        else ("lost", column.fate)
    )


def test_no_heading_is_lost_and_nine_of_ten_are_read():
    outcomes = {(meaning, heading): meaning_of(meaning, heading) for meaning, heading in HEADINGS}
    same = {("exit_date", "end"), ("end", "exit_date")}
    right = [
        key for key, (how, name) in outcomes.items() if how == "read" and (name == key[0] or (key[0], name) in same)
    ]
    wrong = {
        key: value for key, value in outcomes.items() if value[0] == "lost" or (value[0] == "read" and key not in right)
    }
    assert not wrong, wrong
    assert len(right) >= 0.9 * len(outcomes)
