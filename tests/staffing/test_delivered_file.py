"""A file of delivered minutes: no student leaves it as written, and names are written as the roster writes them."""

from workload.intake.open.opening import open_file
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.delivered.delivered_file import delivered_in, joined, with_pseudonyms, written_as

SECRET = b"secret" * 6
MINUTES = {"required_minutes": 100, "delivered_minutes": 50}


def test_a_student_becomes_the_same_pseudonym_under_one_secret_and_a_pseudonym_stays():
    known = "S-ABCDEFGHIJ"
    first, second, third = with_pseudonyms(
        [{"Student ID": 10432}, {"Student ID": "10432"}, {"Student ID": known}], SECRET
    )
    assert first == second and first["Student ID"].startswith("S-") and third["Student ID"] == known
    assert with_pseudonyms([{"Student ID": 10432}], b"another" * 5) != [first]


def test_a_file_comes_back_with_issues_at_its_own_rows_and_no_student():
    data = b"Student ID,Month,Required,Delivered\n10432,2026-09,240,120\n10433,2026-09,240,\n"
    found = delivered_in(open_file("m.csv", data), SECRET)
    assert found.refusal == "" and "10432" not in found.delivered.rows.to_csv()
    assert [(issue.file, issue.row) for issue in found.delivered.issues] == [("m.csv", 3)]


def test_a_fidelity_report_is_handed_on_and_one_without_occupational_therapy_is_refused():
    headings = b"Student,Service,Service Start Date,Service End Date,Provider Title,Maximum Allowable Minutes,Minutes Provided,"
    headings += b"Minutes Not Provided - Student Absent,Total Allowable Minutes Remaining\n"
    row = b'"Doe, Jane",%s,9/1/2025,6/1/2026,OT,1080,400,30,680\n'
    found = delivered_in(open_file("f.csv", headings + row % b"Occupational Therapy (OT)"), SECRET)
    assert found.refusal == "" and found.delivered is None and found.report["delivered_minutes"].tolist() == [400]
    found = delivered_in(open_file("f.csv", headings + row % b"Speech Therapy"), SECRET)
    assert "no row of it is occupational therapy" in found.refusal and found.report is None


def test_what_is_no_such_file_is_refused_in_a_sentence():
    assert "No sheet has the columns" in delivered_in(open_file("m.csv", b"Pets,Names\ncat,Tom\n"), SECRET).refusal


def test_a_file_without_one_readable_row_says_what_is_wrong_with_the_first():
    data = b"Student ID,Month,Required,Delivered\n10433,2026-09,240,\n10434,2026-09,,\n"
    refusal = delivered_in(open_file("m.csv", data), SECRET).refusal
    assert refusal.startswith("No row of this file could be read.") and "elivered" in refusal and "10433" not in refusal
    alone = delivered_in(open_file("m.csv", data.rpartition(b"10434")[0]), SECRET).refusal
    assert alone == refusal


def test_names_are_written_as_the_roster_writes_them_and_strangers_stay():
    rows = [{**MINUTES, "therapist": "ANN  LEE", "school": "oak"}, {**MINUTES, "therapist": "Bo", "school": None}]
    said = written_as(delivered_of(rows), ["Ann Lee"], ["Oak"]).rows
    assert said["therapist"].tolist() == ["Ann Lee", "Bo"] and said["school"].tolist()[0] == "Oak"


def test_parts_are_joined_and_none_is_nothing():
    part = delivered_of([MINUTES])
    assert list(joined([part, delivered_of([]), part]).rows.index) == [0, 1] and joined([delivered_of([])]) is None
