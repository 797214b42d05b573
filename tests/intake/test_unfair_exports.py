"""Exports with headings that nobody planned for: the right answer, the right answer after a question, or a refusal that
says what to do. Never another number. Invented; each answer worked out by hand for October 1."""

import io
import json
import re
from datetime import date, time

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from tests.intake.rosters import SECRET, book, rows_add_up
from tests.intake.test_reading_cases import CLOSE, DAY, FOLDER, figures
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.model.issues import stops

CASES = {
    name: case
    for file in ("unfair.json", "fresh.json")
    for name, case in json.loads((FOLDER / file).read_text(encoding="utf-8")).items()
}
STEPS = 5  # answers that lead to a further question


def cell(value):
    return date.fromisoformat(value[5:]) if isinstance(value, str) and value.startswith("date:") else value


def file_of(case):
    if "text" in case:
        return case.get("file", "export.csv"), case["text"].encode()
    return "export.xlsx", book(
        **{name: [list(map(cell, row)) for row in rows] for name, rows in case["sheets"].items()}
    )


def readings(case, answers=ImportMap()):
    """The file as read: at first, and after the answers that the case gives to the questions that it asks."""
    file, made = file_of(case), []
    for _ in range(STEPS):
        result = load([file], secret=SECRET, answers=answers)
        made.append(result)
        given = {
            question.key: choice
            for question in result.questions
            for key, choice in case.get("answers", {}).items()
            if question.key.startswith(key)
        }
        if not given:
            break
        for key, choice in given.items():
            answers = answers.with_answer(key, choice)
    return made


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "right" in case])
def test_an_export_gives_the_right_answer_or_asks_first(name):
    case = CASES[name]
    read = readings(case)
    first, result = read[0], read[-1]
    assert rows_add_up(first)
    own = figures(result.roster)
    if own["fte"] != own["fte"]:
        del own["fte"], own["therapists"]
    right = case["right"]
    assert {key: own[key] for key in own if key in right} == {
        key: pytest.approx(right[key], abs=CLOSE) for key in own if key in right
    }
    for therapist, minutes in case.get("by", {}).items():
        table = analyze(result.roster, DAY).therapists.set_index("therapist")
        assert table.loc[therapist, "direct_hours"] * 60 == pytest.approx(minutes, abs=CLOSE)
    if "answers" in case:  # until then it is open, and the question has a way out
        assert first.questions and first.roster.known.questions
    columns = {
        column.name
        for sheet in result.files[0].sheets
        for table in sheet.tables
        for column in table.fates
        if column.name
    }
    assert set(case.get("columns", ())) <= columns


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "refused" in case])
def test_what_is_no_plan_is_refused_with_what_was_looked_for_and_found(name):
    case = CASES[name]
    result = load([file_of(case)], secret=SECRET)
    [error] = [issue for issue in result.roster.issues if issue.severity == "error"]
    assert stops(result.roster.issues) and error.remedy
    if error.code == "no-services":
        assert "Looked for: a student id or name" in error.message and "Found: nothing" not in error.message
    if "text" in case:
        assert not re.search(r"\bsheet\b", error.remedy)


def test_most_exports_are_read_without_a_question():
    plain = [name for name, case in CASES.items() if "right" in case and "answers" not in case]
    assert len(plain) > 0.75 * sum("right" in case for case in CASES.values())


FREE = ("30 min weekly", "no such thing")  # what may be typed instead of a choice


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "answers" in case])
def test_every_answer_to_a_question_can_be_given(name):
    file = file_of(CASES[name])
    for question in load([file], secret=SECRET).questions:
        for choice in [choice for choice, _ in question.choices] + list(FREE if question.free else ()):
            assert load([file], secret=SECRET, answers=ImportMap().with_answer(question.key, choice)).files


OFFICE = json.loads((FOLDER / "office.json").read_text(encoding="utf-8"))


def decorated(case):
    """The file of a case with its merged cells, colors and hidden rows, columns and sheets."""
    if "text" in case:
        return file_of(case)
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    clock = made.add_format({"num_format": "h:mm"})
    for name, rows in case["sheets"].items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            for index, value in enumerate(row):
                is_clock = isinstance(value, str) and value.startswith("time:")
                color = case.get("colors", {}).get(name, {}).get(xl_rowcol_to_cell(at, index))
                shape = clock if is_clock else made.add_format({"bg_color": color}) if color else None
                written = time.fromisoformat(value[5:].zfill(5)) if is_clock else cell(value)
                sheet.write(at, index, written, *filter(None, [shape]))
        for place in case.get("merged", {}).get(name, ()):
            at, index = xl_cell_to_rowcol(place.split(":")[0])
            sheet.merge_range(place, rows[at][index])
        for at in case.get("hidden_rows", {}).get(name, ()):
            sheet.set_row(at, None, None, {"hidden": True})
        for index in case.get("hidden_columns", {}).get(name, ()):
            sheet.set_column(index, index, None, None, {"hidden": True})
        if name in case.get("hidden", ()):
            sheet.hide()
    made.close()
    return "export.xlsx", file.getvalue()


@pytest.mark.parametrize("name", OFFICE)
def test_what_an_office_sends_is_read_right_or_asked_or_refused(name):
    """`how` is what the reader does at first; with the answers of the case, or without a question, the figures are right."""
    case, answers = OFFICE[name], ImportMap()
    first = result = load([decorated(case)], secret=SECRET)
    for _ in range(STEPS):
        given = {
            question.key: choice
            for question in result.questions
            for key, choice in case.get("answers", {}).items()
            if question.key.startswith(key)
        }
        for key, choice in given.items():
            answers = answers.with_answer(key, choice)
        result = load([decorated(case)], secret=SECRET, answers=answers) if given else result
    assert rows_add_up(first) and rows_add_up(result)
    stopped, is_open = stops(first.roster.issues), bool(first.questions or first.roster.known.rows_waiting)
    assert case["how"] == ("asks" if is_open else "refused" if stopped else "read")
    if case["how"] == "refused":
        assert all(issue.remedy for issue in first.roster.issues if issue.severity == "error")
    elif "right" in case:
        right = dict(case["right"])
        own = figures(result.roster)
        if own["fte"] != own["fte"]:
            right = {key: value for key, value in right.items() if key not in ("fte", "therapists")}
        assert {key: own[key] for key in right} == pytest.approx(right, abs=CLOSE)
        people = analyze(result.roster, DAY).therapists.set_index("therapist")["direct_hours"] * 60
        assert {who: people[who] for who in case.get("by", {})} == pytest.approx(case.get("by", {}), abs=CLOSE)
