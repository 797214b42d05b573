"""Known exports: each recognized from a small file in its shape, and read as its system means it."""

import json
import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from tests.intake.rosters import SECRET, book, codes, found, loaded, only, rows_add_up
from workload.intake.answers.import_map import ImportMap
from workload.intake.blocks.preset_rules import minutes_of
from workload.intake.columns.presets import FOLDER, PresetError, preset_of, presets, recognized
from workload.intake.fidelity import delivered_minutes
from workload.intake.open.opening import open_file

CASES = Path(__file__).parents[1] / "cases" / "presets.toml"
SHAPES = tomllib.loads(CASES.read_text(encoding="utf-8"))


def as_cell(value):
    return time.fromisoformat(value[5:]) if isinstance(value, str) and value.startswith("time ") else value


def workbook(shape):
    return book(Export=[[None if cell == "" else as_cell(cell) for cell in row] for row in shape["rows"]])


def read(shape):
    answers = ImportMap()
    for key, choice in shape.get("answers", {}).items():
        answers = answers.with_answer(key, choice)
    return loaded(workbook(shape), answers)


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if "lines" in shape])
def test_a_known_export_is_recognized_and_read_as_its_system_means_it(name):
    shape = SHAPES[name]
    result = read(shape)
    [table] = result.files[0].sheets[0].tables
    assert table.recognized.preset.id == name and "known headings" in table.recognized.sure
    assert table.recognized.preset.name in only(result, "report-recognized").message
    lines = getattr(result.roster, table.table).to_dict("records")
    for line, wanted in zip(lines, shape["lines"], strict=True):
        got = {
            column: line[column].date() if isinstance(value, date) else line[column] for column, value in wanted.items()
        }
        assert got == wanted
    assert rows_add_up(result)
    assert sorted(question.key for question in result.questions) == sorted(shape.get("questions", []))


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if "remedy" in shape])
def test_a_report_that_cannot_help_is_refused_by_name_with_the_right_one(name):
    shape = SHAPES[name]
    result = read(shape)
    [sheet] = result.files[0].sheets
    assert sheet.recognized.preset.id == name and not sheet.tables and len(result.roster.services) == 0
    issue = only(result, "wrong-report")
    assert sheet.recognized.preset.name in issue.message and shape["remedy"] in issue.remedy


def test_every_declared_layout_has_a_file_in_its_shape():
    assert {preset.id for preset in presets()} == set(SHAPES) == {path.stem for path in FOLDER.glob("*.toml")}


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.id)
def test_a_layout_names_its_source_and_what_it_cannot_give(preset):
    assert preset.source and preset.cannot and preset.required and preset.name and preset.system


def test_social_security_numbers_are_dropped_unread_and_called_out():
    result = read(SHAPES["frontline_enrich"])
    issue = next(issue for issue in found(result, "sensitive-column") if issue.column == "ServiceProviderSSN")
    assert "Social Security" in issue.message
    said = (
        json.dumps([each.as_dict() for each in result.roster.issues])
        + repr(result.files)
        + result.roster.services.to_json()
    )
    assert "123-45-6789" not in said


def test_a_persons_decision_counts_more_than_the_layout():
    shape = SHAPES["easyiep"]
    [table] = read(shape).files[0].sheets[0].tables
    answers = (
        ImportMap()
        .with_answer(f"column:{table.fingerprint}:SERVICELOCATION", "school")
        .with_answer(f"column:{table.fingerprint}:SCHOOLNAME", "")
    )
    [again] = loaded(workbook(shape), answers).files[0].sheets[0].tables
    assert {column.heading: column.name for column in again.columns}["SERVICELOCATION"] == "school"
    assert "SCHOOLNAME" in again.dropped


def test_how_sure_it_is_grows_with_the_headings():
    assert recognized(["SERVICE", "TIME", "TIMEUNITS", "TIMEFREQUENCY"]).sure == "4 of 14 known headings"
    assert recognized(SHAPES["easyiep"]["rows"][0]).sure == "all 14 known headings"
    assert recognized(["SERVICE", "TIME", "TIMEUNITS"]) is None


def test_minutes_beside_the_headings_of_a_class_list_make_it_a_roster():
    head = ["Student Name", "Student ID", "Grade", "Birthdate", "Program", "OT Minutes per Week"]
    result = loaded(book(List=[head, ["Doe, Jane", "1", 2, "1/1/2015", "SLD", 30]]))
    assert len(result.roster.services) == 1 and "wrong-report" not in codes(result)


def test_a_word_that_says_of_nothing_known_what_minutes_are_makes_the_row_unreadable():
    shape = SHAPES["edfi_prescriptions"]
    row = [*shape["rows"][1]]
    row[shape["rows"][0].index("DurationPeriodDescriptor")] = "uri://ed-fi.org/X#Fortnight of Fridays"
    result = loaded(workbook({"rows": [shape["rows"][0], row]}))
    assert result.roster.rows("unreadable") == 1 and "known words" in only(result, "minutes-unreadable").message


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("0:30", 30),
        ("1:15", 75),
        ("0 hours 30 minutes", 30),
        ("1 hour", 60),
        ("45 min", 45),
        ("1 hr, 30 mins", 90),
        (time(0, 45), 45),
        ("half an hour", "half an hour"),
        ("", ""),
        (None, None),
        (30, 30),
    ],
)
def test_lengths_in_hours_and_minutes_become_minutes(written, minutes):
    assert minutes_of(written) == minutes


def test_a_fidelity_report_gives_delivered_minutes():
    table = delivered_minutes(open_file("fidelity.xlsx", workbook(SHAPES["samegoal_fidelity"])), SECRET)
    assert table[["promised_minutes", "delivered_minutes", "remaining_minutes"]].to_numpy().tolist() == [
        [1080, 400, 680]
    ]
    assert (
        table["row"].tolist() == [2]
        and table["student"][0].startswith("S-")
        and table["start"][0].date() == date(2025, 9, 1)
    )
    assert table["missed: student absent"].tolist() == [30]
    assert delivered_minutes(open_file("x.xlsx", workbook(SHAPES["easyiep"])), SECRET) is None


@pytest.mark.parametrize("preset", [preset for preset in presets() if preset.is_refused], ids=lambda preset: preset.id)
def test_a_report_that_names_a_page_in_its_remedy_is_read_by_that_page(preset):
    """What a preset promises is kept: a report of delivered minutes is read as such, and no other one claims to be."""
    opened = open_file("report.xlsx", workbook(SHAPES[preset.id]))
    read = delivered_minutes(opened, SECRET)
    assert (read is not None and len(read) > 0) == (preset.reads == "delivered")
    assert ("Delivered minutes" in preset.refusal[1]) == (preset.reads == "delivered")


# --- a declaration that does not hold together is refused -------------------------------------------------

GOOD = {
    "name": "N",
    "system": "S",
    "reads": "services",
    "source": "X",
    "headings": ["A", "B"],
    "required": ["A"],
    "columns": {"A": "student_id"},
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nonsense": 1}, "unknown key"),
        ({"name": ""}, "name is missing"),
        ({"required": []}, "required"),
        ({"required": ["C"]}, "required"),
        ({"columns": {"A": "nothing"}}, "no column"),
        ({"columns": {"C": "school"}}, "not among"),
        ({"reads": "soup"}, "reads is"),
        ({"units": {"A": "days"}}, "a unit is"),
        ({"drop": {"C": "x"}}, "not among"),
        ({"marks": [{"heading": "A"}]}, "a mark has"),
        ({"route": {"minutes": "A"}}, "a route has"),
        ({"reads": "nothing", "columns": {}}, "refusal"),
        ({"refusal": {"message": "m", "remedy": "r"}}, "refusal"),
        ({"notes": [1]}, "list of texts"),
    ],
)
def test_a_declaration_that_does_not_hold_together_is_refused(change, words):
    assert preset_of("x", GOOD).name == "N"
    with pytest.raises(PresetError, match=words):
        preset_of("x", GOOD | change)
