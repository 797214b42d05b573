"""The command line as an outsider calls it: exit codes, JSON, sentences, and never a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.reference.calculation import answer as reference_answer
from tests.support.rosters import DAY, random_assumptions, random_tables, write_workbook
from tests.work.test_against_reference import differences, named
from workload.scenarios.scenario import Scenario, to_toml

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample" / "bluff_county.xlsx"
MESSY = ROOT / "data" / "sample" / "bluff_county_messy.xlsx"


def run(*arguments, text=True):
    """One call of the command; a traceback anywhere is a failure."""
    done = subprocess.run([sys.executable, "-m", "workload", *map(str, arguments)], capture_output=True, cwd=ROOT)
    err = done.stderr.decode()
    assert "Traceback" not in err
    return done.returncode, done.stdout.decode() if text else done.stdout, err


def analyzed(*arguments):
    """The JSON of a call that must answer."""
    status, out, err = run("analyze", *arguments, "--json", "-")
    assert status == 0, err
    return json.loads(out)


def workbook(path, **sheets):
    """A small workbook; each sheet is a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


SERVICES = ["student_id", "school", "minutes_per_session", "sessions", "period", "therapist"]
THERAPISTS = ["therapist", "role", "fte"]


def refused(tmp_path, code=None, **sheets):
    """The one issue of that code from a roster that must not be answered, and standard error."""
    status, out, err = run("analyze", workbook(tmp_path / "roster.xlsx", **sheets), "--json", "-")
    assert status == 2
    issues = [issue for issue in json.loads(out)["issues"] if issue["severity"] == "error"]
    assert issues and len(err.strip().splitlines()) == len(issues)
    return next(issue for issue in issues if code in (None, issue["code"])), err


@pytest.mark.parametrize("seed,students", [(101, 140), (102, 600)])
def test_a_tidy_workbook_agrees_with_the_reference_on_every_field(seed, students, tmp_path):
    tables, overrides = random_tables(seed, students, people=14, schools=12), random_assumptions(seed)
    path = write_workbook(tables, tmp_path / "roster.xlsx")
    assumptions = tmp_path / "assumptions.toml"
    assumptions.write_text("\n".join(f"{id} = {json.dumps(value)}" for id, value in overrides.items()))
    mine = analyzed(path, "--day", DAY.isoformat(), "--assumptions", assumptions)
    theirs = reference_answer(path, DAY, overrides)
    found, compared = differences(mine["district"], theirs["district"])
    for rows, key in (("therapists", "therapist"), ("schools", "school")):
        ours, reference = named(mine[rows], key), named(theirs[rows], key)
        assert set(ours) == set(reference)
        more, count = differences(ours, reference, rows)
        found, compared = found + more, compared + count
    assert found == []
    assert compared > 700
    assert mine["rows"]["read"] == len(tables["services"])


def test_the_answer_has_every_field_of_the_contract():
    answer = analyzed(SAMPLE, "--day", "2026-10-01", "--state", "WI")
    assert {
        "version",
        "method",
        "day",
        "state",
        "assumptions",
        "district",
        "therapists",
        "schools",
        "methods",
        "rows",
        "issues",
    } <= set(answer)
    assert (answer["version"], answer["day"], answer["state"]) == (2, "2026-10-01", "WI")
    assert set(answer["district"]["range"]["required_fte"]) == {"p10", "p50", "p90"}
    assert set(answer["district"]["by_role"]) == {"OT", "OTA"}
    last = answer["therapists"][-1]
    assert (last["therapist"], last["role"], last["available_fte"], last["utilization"]) == (
        "Unassigned",
        None,
        0,
        None,
    )
    story = named(answer["therapists"], "therapist")["Marisol Tennant"]
    assert story["caps"] == [{"rule": "Wis. Admin. Code PI 11.24(9)(b)", "limit": 30, "value": 36, "over": 6}]
    assert all(
        set(issue) == {"code", "severity", "file", "sheet", "row", "column", "value", "message", "remedy", "rows"}
        for issue in answer["issues"]
    )


@pytest.mark.parametrize("path", [SAMPLE, MESSY], ids=["tidy", "messy"])
def test_rows_read_are_rows_counted_excluded_and_unreadable(path):
    rows = analyzed(path, "--day", "2026-10-01")["rows"]
    assert rows["read"] == rows["counted"] + sum(rows["excluded"].values()) + rows["unreadable"]
    assert rows["counted"] == 536


def test_the_messy_sample_gives_exactly_the_numbers_of_the_tidy_one():
    tidy, messy = (analyzed(path, "--day", "2026-10-01") for path in (SAMPLE, MESSY))
    assert differences(tidy["district"], messy["district"])[0] == []
    for rows, key in (("therapists", "therapist"), ("schools", "school")):
        found, compared = differences(named(tidy[rows], key), named(messy[rows], key))
        assert found == []
        assert compared > 300


def test_the_same_call_gives_the_same_bytes_and_a_csv_the_same_numbers(tmp_path):
    first, second = (run("analyze", SAMPLE, "--day", "2026-10-01", "--seed", "7", "--json", "-")[1] for _ in range(2))
    assert first == second
    tables = random_tables(9)
    book = write_workbook({"services": tables["services"]}, tmp_path / "roster.xlsx")
    rows = list(openpyxl.load_workbook(book).active.iter_rows(values_only=True))
    text = tmp_path / "roster.csv"
    text.write_text(
        "\n".join(",".join("" if cell is None else str(cell).replace(" 00:00:00", "") for cell in row) for row in rows)
    )
    one, other = (analyzed(path, "--day", DAY.isoformat()) for path in (book, text))
    assert differences(one["district"], other["district"])[0] == []


def test_several_files_are_one_district(tmp_path):
    tables = random_tables(11)
    whole = analyzed(write_workbook(tables, tmp_path / "all.xlsx"), "--day", DAY.isoformat())
    parts = [write_workbook({name: tables[name]}, tmp_path / f"{name}.xlsx") for name in tables if tables[name]]
    split = analyzed(*parts, "--day", DAY.isoformat())
    assert differences(split["district"], whole["district"])[0] == []


def test_the_template_is_written_and_holds_no_student(tmp_path):
    status, out, _ = run("template", "-", text=False)
    assert status == 0
    sheets = openpyxl.load_workbook(io.BytesIO(out)).sheetnames
    assert {"Services", "Therapists", "Schools", "Evaluations", "Travel", "Time log"} <= set(sheets)
    assert run("template", tmp_path / "roster.xlsx")[0] == 0
    status, _, err = run("analyze", tmp_path / "roster.xlsx")
    assert (status, "no rows with a student" in err) == (2, True)


def test_an_empty_file_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    status, _, err = run("analyze", tmp_path / "empty.xlsx")
    assert (status, len(err.splitlines())) == (2, 1)
    assert "empty" in err


def test_a_text_file_named_xlsx_is_refused_or_read_as_text(tmp_path):
    (tmp_path / "notes.xlsx").write_text("hello\n")
    status, _, err = run("analyze", tmp_path / "notes.xlsx")
    assert status == 2
    assert "No list with services" in err


def test_a_workbook_without_services_says_which_sheets_it_has(tmp_path):
    issue, err = refused(tmp_path, Budget=[["item", "dollars"], ["paper", 3]])
    assert "Budget" in err
    assert issue["remedy"]


def test_minutes_of_abc_are_told_with_their_place_and_the_rest_is_answered(tmp_path):
    path = workbook(
        tmp_path / "roster.xlsx",
        Services=[SERVICES, ["1", "Oak", 30, 2, "week", "Kim"], ["2", "Oak", "abc", 2, "week", "Kim"]],
    )
    answer = analyzed(path, "--day", "2026-10-01")
    assert answer["rows"] == {"read": 2, "counted": 1, "excluded": {}, "unreadable": 1}
    issue = next(issue for issue in answer["issues"] if issue["value"] == "abc")
    assert (issue["sheet"], issue["row"], issue["column"]) == ("Services", 3, "minutes_per_session")
    assert issue["remedy"]


def test_a_negative_fte_stops_the_answer(tmp_path):
    issue, _ = refused(
        tmp_path, Services=[SERVICES, ["1", "Oak", 30, 2, "week", "Kim"]], Therapists=[THERAPISTS, ["Kim", "OT", -0.5]]
    )
    assert (issue["sheet"], issue["row"], issue["column"], issue["value"]) == ("Therapists", 2, "fte", "-0.5")


def test_a_therapist_who_is_not_listed_becomes_unassigned_work_with_a_warning(tmp_path):
    path = workbook(
        tmp_path / "roster.xlsx",
        Services=[SERVICES, ["1", "Oak", 30, 2, "week", "Lee"]],
        Therapists=[THERAPISTS, ["Kim", "OT", 1]],
    )
    answer = analyzed(path, "--day", "2026-10-01")
    assert [row["therapist"] for row in answer["therapists"]] == ["Kim", "Unassigned"]
    issue = next(issue for issue in answer["issues"] if issue["code"] == "therapist-not-listed")
    assert issue["severity"] == "warning"
    assert issue["value"] == "Lee"


def test_two_people_with_one_name_stop_the_answer(tmp_path):
    issue, _ = refused(
        tmp_path,
        Services=[SERVICES, ["1", "Oak", 30, 2, "week", "Kim"]],
        Therapists=[THERAPISTS, ["Kim", "OT", 1], ["Kim", "OTA", 0.5]],
    )
    assert issue["sheet"] == "Therapists"
    assert issue["row"] in (2, 3)


@pytest.mark.parametrize(
    "content,words",
    [
        ("no_such_id = 3", "no_such_id"),
        ('meeting_hours = "long"', "meeting_hours"),
        ("hours_per_week = 500", "500"),
        ("planning_share = 0.6\nstaff_time_share = 0.5", "less than 1"),
        ("= = =", "TOML"),
        ("meeting_hours = true", "True"),
    ],
)
def test_an_impossible_assumption_is_refused_with_id_expectation_and_value(content, words, tmp_path):
    (tmp_path / "a.toml").write_text(content)
    status, _, err = run("analyze", SAMPLE, "--assumptions", tmp_path / "a.toml")
    assert status == 2
    assert words in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frob"],
        ["analyze"],
        ["analyze", SAMPLE, "--day", "soon"],
        ["analyze", SAMPLE, "--state", "Wisconsin"],
        ["analyze", SAMPLE, "--seed", "x"],
        ["analyze", "/nowhere/roster.xlsx"],
        ["analyze", SAMPLE, "--map", "/nowhere.toml"],
        ["template"],
        ["analyze", SAMPLE, "--json", "/nowhere/out.json"],
    ],
)
def test_wrong_usage_exits_with_64_and_says_why(arguments):
    status, _, err = run(*arguments)
    assert status == 64
    assert err.strip()


def test_a_scenario_of_nothing_changes_nothing_and_a_wrong_one_is_refused(tmp_path):
    nothing, wrong = tmp_path / "nothing.toml", tmp_path / "wrong.toml"
    nothing.write_text(to_toml(Scenario("Nothing")))
    wrong.write_text("= = =")
    answer = analyzed(SAMPLE, "--day", "2026-10-01", "--scenario", nothing)
    assert answer["scenario"]["name"] == "Nothing"
    assert answer["scenario"]["figures"]["required_fte"] == pytest.approx(answer["district"]["required_fte"], abs=1e-9)
    status, said, _ = run("analyze", SAMPLE, "--day", "2026-10-01", "--scenario", nothing)
    assert status == 0 and "Scenario Nothing: 14.1 FTE needed, 11.0 there, short 3.1; capacity used 128%." in said
    status, _, err = run("analyze", SAMPLE, "--scenario", wrong)
    assert (status, "scenario file" in err) == (2, True)
    assert run("analyze", SAMPLE, "--scenario", "/nowhere.toml")[0] == 64


def test_check_tells_rows_and_issues_without_numbers(tmp_path):
    status, out, _ = run("check", MESSY, "--json", "-")
    assert status == 0
    found = json.loads(out)
    assert "district" not in found
    for sheet in found["sheets"]:
        assert sheet["read"] == sheet["counted"] + sum(sheet["excluded"].values()) + sheet["unreadable"]


def test_the_workbook_of_the_answer_holds_the_numbers_of_the_json(tmp_path):
    status, _, _ = run("analyze", SAMPLE, "--day", "2026-10-01", "--xlsx", tmp_path / "answer.xlsx")
    assert status == 0
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx")["District"]
    figures = dict(sheet.iter_rows(min_row=2, values_only=True))
    answer = analyzed(SAMPLE, "--day", "2026-10-01")
    assert figures["required_fte"] == pytest.approx(answer["district"]["required_fte"], abs=1e-9)
    assert figures["service_rows_read"] == answer["rows"]["read"]


CANARY = "Zzyzx"


def test_no_student_name_birth_date_or_note_reaches_any_output(tmp_path):
    path = workbook(
        tmp_path / "roster.xlsx",
        Services=[
            ["Student Name", "DOB", "Notes", *SERVICES[1:]],
            [f"{CANARY}, Quill", "2016-02-29", f"brother of {CANARY}", "Oak", 30, 2, "week", "Kim"],
            [f"{CANARY}, Mora", "2015-03-03", "", "Oak", "abc", 2, "week", "Kim"],
            [f"{CANARY}, Pim", "2015-03-04", "", "Oak", 30, 2, "fortnightish", "Nobody Listed"],
        ],
        Therapists=[THERAPISTS, ["Kim", "OT", 1]],
    )
    for command in (
        ["analyze", path, "--day", "2026-10-01"],
        ["analyze", path, "--json", "-"],
        ["check", path],
        ["check", path, "--json", "-"],
        ["analyze", path, "--xlsx", "-"],
    ):
        done = subprocess.run([sys.executable, "-m", "workload", *map(str, command)], capture_output=True, cwd=ROOT)
        seen = done.stdout + done.stderr
        if "--xlsx" in command:
            book = openpyxl.load_workbook(io.BytesIO(done.stdout))
            seen = str([list(sheet.values) for sheet in book]).encode()
        assert CANARY.encode() not in seen
        assert b"2016-02-29" not in seen and b"2016, 2, 29" not in seen


@pytest.mark.parametrize("command", (["analyze", SAMPLE, "--json", "-"], ["analyze", SAMPLE], ["check", SAMPLE]))
def test_a_full_disk_behind_the_output_is_told_and_no_fault_of_the_program(command):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "workload", *map(str, command)], stdout=full, stderr=subprocess.PIPE, cwd=ROOT
        )
    assert done.returncode == 64
    assert done.stderr.decode().strip() == "python -m workload: cannot write the output: the disk is full."
