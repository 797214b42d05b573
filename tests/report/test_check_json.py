"""`check` answers for every roster, with open questions of every kind, and counts the rows that `analyze` counts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.intake.rosters import SECRET, SERVICES, THERAPISTS, book, loaded, services
from tests.support.rosters import random_tables, write_workbook
from workload.answer import analyze
from workload.consequences import consequences
from workload.intake.answers.import_map import GROUPS, ImportMap
from workload.intake.load import Loaded
from workload.model.column_fates import FATE_WORDS
from workload.model.issues import stops
from workload.report.answer_json import answer_json
from workload.report.check_json import check_json

DAY = date(2026, 10, 1)
LINE = ("Oak", 30, 2, "week", "Ann Orr")
PHRASES = ("2-3 x 30", "30 min", "biweekly 30 min", "60 min", "2x", "30 minutes 2 times", "as needed", "weekly")


def _people(*names: str) -> list[tuple[object, ...]]:
    return [THERAPISTS, *((name, "OT", 1.0) for name in names)]


ROSTERS: dict[str, bytes] = {
    "phrase": services(
        *((at, "Oak", text, "Ann Orr") for at, text in enumerate(PHRASES)),
        columns=("student_id", "school", "frequency_text", "therapist"),
    ),
    "phrase, of all rows": services((1, *LINE), (1, *LINE[:-1], "Bo Lee"), Therapists=_people("Ann Orr", "Bo Lee")),
    "column": services((1, "Oak", 30), (2, "Oak", 60), columns=("Student ID", "School", "Minutes")),
    "school": services(
        (1, "Lincoln ES (West)", *LINE[1:]),
        Schools=[("school", "level"), ("Lincoln Elementary", "elementary"), ("Oak", "middle")],
    ),
    "therapist": services((1, *LINE[:-1], "A. Orr"), Therapists=_people("Ann Orr", "Amy Orr")),
    "service": services((1, *LINE, "Ocupational Therapy"), (2, *LINE, "OT"), columns=(*SERVICES, "service")),
    "sheet": book(hidden=("Old",), Services=[SERVICES, (1, *LINE)], Old=[SERVICES, (2, *LINE)]),
    "file, by the names of its tabs": book(
        Kim=[SERVICES[:-1], (1, *LINE[:-1])], Lee=[SERVICES[:-1], (2, *LINE[:-1])], More=[("nothing",)]
    ),
    "fill_down": services((1, "Oak", *LINE[1:]), *((at, "", *LINE[1:]) for at in range(2, 9)), (9, "Elm", *LINE[1:])),
    "fill_down, students": services((1, *LINE), (None, *LINE), (None, *LINE), (4, *LINE)),
    "state": services((1, *LINE, "Phase 2"), (2, *LINE, "Active"), columns=(*SERVICES, "Status")),
    "date": services((1, *LINE, "soon"), (2, *LINE, None), columns=(*SERVICES, "end")),
    "delivery": services((1, *LINE, "blended"), (2, *LINE, "group"), columns=(*SERVICES, "delivery")),
    "role": services((1, *LINE), Therapists=[THERAPISTS, ("Ann Orr", "Specialist II", 1.0), ("Bo Lee", "OT", 1.0)]),
    "person": services((1, *LINE), Therapists=[THERAPISTS, ("Ann Orr", "OT", 0.8), ("Ann Orr", "OT", 0.8)]),
    "which": services((1, "Oak", 30, 45), columns=("Student ID", "School", "Min/Wk", "Min/Wk")),
    "file": services((1, *LINE, "yes"), (2, *LINE, "no"), columns=(*SERVICES, "ESY")),
    "use": book(Sheet1=[("Wer", "Wieviel", "Wo"), ("a", "viel", "hier"), ("b", "wenig", "da")]),
}


def checked(data: bytes, answers: ImportMap = ImportMap()) -> tuple[Loaded, dict]:  # noqa: B008 (frozen)
    """A roster as read, and its record as anybody else reads it: written as JSON and read again."""
    own = loaded(data, answers)
    answer = None if stops(own.roster.issues) else analyze(own.roster, DAY)
    made = check_json(
        own, answer, lambda question: consequences([("roster.xlsx", data)], SECRET, answers, question, DAY, most=99)
    )
    text = json.dumps(made, allow_nan=False)
    assert json.loads(text) == made
    return own, json.loads(text)


@pytest.mark.parametrize("name", ROSTERS)
def test_every_kind_of_question_is_told_with_its_choices_and_what_each_comes_to(name):
    own, record = checked(ROSTERS[name])
    kind = name.split(",")[0]
    assert any(question["key"].startswith(f"{kind}:") for question in record["questions"]), record["questions"]
    assert [question["key"] for question in record["questions"]] == [question.key for question in own.questions]
    for question, asked in zip(record["questions"], own.questions, strict=True):
        assert [(each["choice"], each["label"]) for each in question["choices"]] == list(asked.choices)
        assert all(set(place) == {"file", "sheet", "row"} for place in question["rows"])
        for choice in question["choices"]:
            roster = loaded(ROSTERS[name], ImportMap().with_answer(asked.key, choice["choice"])).roster
            answered = None if stops(roster.issues) else analyze(roster, DAY).district["required_fte"]
            assert choice["required_fte"] == (None if answered is None else pytest.approx(answered))
    known = [each["required_fte"] for each in record["questions"][0]["choices"] if each["required_fte"] is not None]
    assert record["premises"][0]["required_fte"] == {"low": min(known, default=None), "high": max(known, default=None)}


def test_every_kind_of_question_that_there_is_has_a_roster_here():
    asked = {question.key.split(":")[0] for data in ROSTERS.values() for question in loaded(data).questions}
    assert asked == {*GROUPS, "column"} - {"header_row"}  # which row holds the headings is told, never asked


@pytest.mark.parametrize("name", ROSTERS)
def test_every_column_of_every_sheet_has_a_fate(name):
    own, record = checked(ROSTERS[name])
    [file] = record["files"]
    assert file["fate"] == "read" and file["refusal"] is None
    for sheet in file["sheets"]:
        assert sheet["fate"] == ("read" if sheet["tables"] else "skipped")
        assert sheet["tables"] or sheet["reason"]
        for table in sheet["tables"]:
            assert all(column["fate"] in ("read", "waiting", *FATE_WORDS) for column in table["columns"])
            assert all((column["meaning"] is None) == (column["fate"] != "read") for column in table["columns"])
    waiting = [
        column["heading"]
        for sheet in file["sheets"]
        for table in sheet["tables"]
        for column in table["columns"]
        if column["fate"] == "waiting"
    ]
    said = " ".join(f"{question.column} {question.message} {dict(question.choices)}" for question in own.questions)
    assert all(heading in said for heading in waiting)


def test_a_file_that_is_no_roster_is_told_as_refused():
    own = loaded(b"%PDF-1.4", name="roster.pdf")
    record = check_json(own)
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["files"][0]["fate"] == "refused" and record["files"][0]["refusal"]["code"] == "pdf"
    assert record["rows"] == {"read": 0, "counted": 0, "excluded": {}, "unreadable": 0}
    assert record["day"] is None and record["issues"][0]["severity"] == "error"


@pytest.mark.parametrize("seed", range(8))
def test_check_counts_the_rows_that_analyze_counts(seed, tmp_path):
    """Whatever the day leaves out (lines that have ended, doubles, older lines) is left out in both, sheet by sheet."""
    path = write_workbook(random_tables(seed, 120), tmp_path / "roster.xlsx")
    own = loaded(path.read_bytes())
    assert not stops(own.roster.issues)
    answer = analyze(own.roster, DAY)
    record = check_json(own, answer)
    rows = answer_json(answer)["rows"]
    assert record["rows"] == rows
    assert rows["read"] == rows["counted"] + sum(rows["excluded"].values()) + rows["unreadable"]
    of_sheets = [sheet for sheet in record["sheets"] if sheet["table"] == "services"]
    assert sum(sheet["counted"] for sheet in of_sheets) == rows["counted"]


def test_what_the_day_leaves_out_stands_with_the_sheet_that_holds_it():
    ended, open_line = (date(2025, 9, 1), date(2026, 6, 1)), (date(2025, 9, 1), date(2027, 6, 1))
    columns = (*SERVICES, "start", "end")
    data = book(
        First=[columns, (1, *LINE, *ended), (2, *LINE, *ended), (3, *LINE, *open_line)],
        Second=[columns, (4, *LINE, *ended), (5, *LINE, *open_line)],
    )
    _, record = checked(data)
    told = {sheet["sheet"]: (sheet["read"], sheet["counted"], sheet["excluded"]) for sheet in record["sheets"]}
    assert told == {"First": (3, 1, {"ended": 2}), "Second": (2, 1, {"ended": 1})}
    assert record["rows"] == {"read": 5, "counted": 2, "excluded": {"ended": 3}, "unreadable": 0}
