"""Every hazard has a test, and the tests of the whole file and of privacy stand here."""

import json
from datetime import date

import tests.intake.test_hazards_cells  # noqa: F401 (each registers its hazards)
import tests.intake.test_hazards_files  # noqa: F401
import tests.intake.test_hazards_people  # noqa: F401
import tests.intake.test_hazards_sheets  # noqa: F401
from tests.intake.hazards import COVERED, SENTENCES, hazard
from tests.intake.rosters import SECRET, book, codes, found, loaded, only, services
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.checks.since_last_upload import compare
from workload.intake.load import load

WEEKLY = ("student_id", "minutes_per_week")


def test_every_hazard_is_covered():
    assert sorted(COVERED) == sorted(SENTENCES) == list(range(1, 56))


@hazard(48)
def test_a_goals_report_is_refused_with_the_name_of_the_right_one(hazard):
    result = loaded(
        book(
            Goals=[
                ["SEIS ID", "Last Name", "Area Of Need", "Annual Goal #", "Person Responsible", "Frequency"],
                ["1", "Doe", "Writing", 1, "OT", "weekly"],
            ]
        )
    )
    issue = only(result, "wrong-report")
    assert "SEIS Student Goals" in issue.message and "SEIS Deliveries" in issue.remedy, hazard
    assert len(result.roster.services) == 0


@hazard(48)
def test_a_billing_list_is_refused(hazard):
    result = loaded(
        book(Claims=[["Student ID", "CPT Code", "ICD-10", "Billed Units", "Minutes"], ["1", "97530", "F82", 2, 30]])
    )
    assert "billing" in only(result, "wrong-report").message, hazard


@hazard(49)
def test_delivered_minutes_are_never_the_mandate(hazard):
    result = loaded(book(S=[["SEIS ID", "Sessions / Frequency", "Total Delivered"], ["1", "30 min Weekly", 999]]))
    assert result.roster.services["total_minutes"].tolist() == [30], hazard
    log = loaded(
        book(
            Log=[
                ["Student ID", "Session Date", "Minutes Provided", "Attendance Code"],
                ["1", date(2026, 1, 5), 30, "P"],
            ]
        )
    )
    assert "delivered" in only(log, "wrong-report").message and len(log.roster.services) == 0


@hazard(50)
def test_rows_outside_of_the_regular_year_are_left_out_by_reason(hazard):
    columns = ("student_id", "minutes_per_week", "esy", "end", "status")
    result = loaded(
        services(
            ["1", 30, "no", None, "Active"],
            ["2", 30, "yes", None, "Active"],
            ["3", 30, None, date(2025, 6, 1), "Active"],
            ["4", 30, None, None, "Exited"],
            ["5", 30, None, None, "Pending evaluation"],
            columns=columns,
        )
    )
    answer = analyze(result.roster, date(2026, 10, 1))
    assert answer.district["caseload"] == 1, hazard
    assert answer.excluded == {"not-active": 2, "ended": 1, "esy": 1}


@hazard(51)
def test_what_is_not_needed_is_dropped_and_nobody_is_named(hazard):
    head = ["Student Name", "DOB", "SSN", "Medicaid ID", "Parent Phone", "Notes", "Min/Wk"]
    result = loaded(
        book(
            Caseload=[
                head,
                ["Canary, Zed", "1/1/2015", "123-45-6789", "M1", "555-0100", "brother of Canary", "abc"],
                ["Robin, Ann", "1/1/2015", "123-45-6780", "M2", "555-0101", "x", 30],
            ]
        )
    )
    said = (
        json.dumps([issue.as_dict() for issue in result.roster.issues])
        + repr(result.questions)
        + repr([vars(table) for file in result.files for sheet in file.sheets for table in sheet.tables])
    )
    for word in ("Canary", "Zed", "123-45", "555-01", "brother", "1/1/2015"):
        assert word not in said, hazard
    assert {issue.column for issue in found(result, "sensitive-column")} == {"SSN", "Medicaid ID"}
    assert "Notes" in only(result, "columns-dropped").message


@hazard(52)
def test_a_second_upload_shows_what_is_new_gone_and_changed(hazard):
    first = loaded(services(["1", 30], ["2", 30], ["3", 30], columns=WEEKLY))
    second = loaded(services(["2", 30], ["3", 60], ["4", 45], columns=WEEKLY))
    changes = compare(first.roster, second.roster)
    assert (changes.new, changes.gone, changes.changed, changes.same) == (1, 1, 1, 1), hazard
    assert (changes.weekly_minutes_before, changes.weekly_minutes_after) == (90, 135)


@hazard(53)
def test_hours_a_week_beside_minutes_a_month_are_each_read_as_such(hazard):
    columns = ("student_id", "Hours/Week", "Min/Month")
    lines = loaded(services(["1", 0.5, None], ["2", None, 120], columns=columns)).roster.services
    assert lines[["total_minutes", "period"]].to_numpy().tolist() == [[30, "week"], [120, "month"]], hazard


@hazard(54)
def test_two_services_in_one_cell_become_two_lines_after_a_question(hazard):
    data = services(["1", "30 min ind + 30 min grp weekly"], columns=("student_id", "frequency_text"))
    first = loaded(data)
    assert len(first.questions) == 1 and first.roster.rows("unreadable") == 1, hazard
    second = loaded(data, ImportMap().with_answer(first.questions[0].key, "both"))
    assert second.roster.services["delivery"].tolist() == ["individual", "group"]


@hazard(55)
def test_a_slip_of_the_whole_file_asks_for_a_look(hazard):
    usual = loaded(services(*([str(at), 30 + at] for at in range(20)), columns=WEEKLY))
    assert not usual.panel.is_unusual and usual.panel.weekly_minutes == sum(range(30, 50)), hazard
    assert usual.panel.median_weekly_minutes == 39.5 and [minutes for _, minutes in usual.panel.largest] == [
        49,
        48,
        47,
        46,
        45,
    ]
    for times, words in ((10, "more than 300"), (1 / 60, "less than 5")):
        slipped = loaded(services(*([str(at), (30 + at) * times] for at in range(20)), columns=WEEKLY))
        issue = only(slipped, "totals-unusual")
        assert slipped.panel.is_unusual and issue.severity == "warning" and words in issue.message
        assert len(slipped.roster.services) == 20  # told, not changed


def test_a_small_file_has_no_usual_median():
    assert "totals-unusual" not in codes(loaded(services(["1", 1], columns=WEEKLY)))


def test_the_panel_counts_rows_that_are_alike_once_and_leaves_summer_out():
    result = load(
        [
            (
                "a.xlsx",
                services(
                    ["1", 30, "no"], ["1", 30, "no"], ["2", 45, "yes"], ["3", None, "no"], columns=(*WEEKLY, "esy")
                ),
            )
        ],
        secret=SECRET,
    )
    assert (result.panel.students, result.panel.weekly_minutes, result.panel.students_without_minutes) == (3, 30, 2)
