"""Hazards of single cells: spellings, numbers, ids, dates, errors."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest

from tests.intake.hazards import hazard
from tests.intake.rosters import book, found, loaded, only, rows_add_up, services
from workload.intake.answers.import_map import ImportMap

WEEKLY = ("student_id", "minutes_per_week")
SERVICE = ("student_id", "service", "minutes_per_week")


@hazard(15)
def test_other_disciplines_are_left_out_with_a_count(hazard):
    result = loaded(
        services(["1", "OT", 30], ["2", "Speech", 30], ["3", "Speech", 30], ["4", "PT", 30], columns=SERVICE)
    )
    assert (
        result.roster.excluded == {"other-service": 3} and "Speech 2, PT 1" in only(result, "other-services").message
    ), hazard


@hazard(15)
def test_an_export_without_occupational_therapy_says_so_loudly(hazard):
    issue = only(loaded(services(["1", "Speech", 30], ["2", "PT", 30], columns=SERVICE)), "only-other-services")
    assert issue.severity == "error" and "None of the 2 rows" in issue.message, hazard


@hazard(16)
@pytest.mark.parametrize(
    "written",
    [
        "OT",
        "O.T.",
        "ot",
        "Occ Therapy",
        "450",
        450,
        "450 - Occupational Therapy",
        "OTR",
        "Occupational Therapist (OT)",
        "occupation",
        "OT/COTA",
    ],
)
def test_occupational_therapy_is_known_in_every_spelling(written, hazard):
    result = loaded(services(["1", written, 30], columns=SERVICE))
    assert len(result.roster.services) == 1, hazard


@hazard(16)
def test_a_near_miss_is_asked(hazard):
    result = loaded(services(["1", "Occupational Thearpy", 30], columns=SERVICE))
    assert [question.key for question in result.questions] == ["service:Occupational Thearpy"], hazard


@hazard(17)
@pytest.mark.parametrize(
    "written", ["Emotional support", "Other", "Handwriting", "Motor lab", "Scotopic", "1450", "Vocational"]
)
def test_a_word_part_is_no_match(written, hazard):
    result = loaded(services(["1", written, 30], ["2", "OT", 30], columns=SERVICE))
    assert result.roster.excluded == {"other-service": 1}, hazard


@hazard(18)
def test_odd_blanks_are_invisible_in_headings_and_values(hazard):
    data = book(
        S=[
            ["Student\u00a0ID ", " Schoo\u00adl\n(name)", "Min/Wk\u200b"],
            [" 1 ", "Oak  Hill\u00a0", "30 "],
            ["1", "Oak Hill", 15],
        ]
    )
    lines = loaded(data).roster.services
    assert lines["school"].tolist() == ["Oak Hill", "Oak Hill"] and lines["student"].nunique() == 1, hazard
    assert lines["total_minutes"].tolist() == [30, 15]


@hazard(19)
@pytest.mark.parametrize(
    ("written", "minutes"),
    [("30", 30), ("30 min", 30), ("1,200", 1200), (" 45 ", 45), ("22.5", 22.5), ("30 minutes", 30)],
)
def test_numbers_as_text_are_numbers(written, minutes, hazard):
    assert loaded(services(["1", written], columns=("student_id", "minutes_per_month"))).roster.services[
        "total_minutes"
    ].tolist() == [minutes], hazard


@hazard(20)
def test_ids_keep_their_zeros_and_their_digits(hazard):
    result = loaded(
        services(
            ["0012", 30],
            [12.0, 30],
            ["12", 15],
            ["10623230000000.0", 30],
            [10623230000000, 15],
            ["1.06E+13", 30],
            columns=WEEKLY,
        )
    )
    students = result.roster.services["student"].tolist()
    assert students[1] == students[2] != students[0] and students[3] == students[4], hazard
    assert only(result, "id-rounded").row == 7 and rows_add_up(result)


@hazard(21)
@pytest.mark.parametrize("written", ["\u2013", "\u2020", "N/A", "#N/A", "TBD", "see IEP", "*", "<10", "-", "", None])
def test_a_mark_for_missing_is_missing_and_not_zero(written, hazard):
    result = loaded(
        services(["1", "Oak", written], ["2", "Oak", 30], columns=("student_id", "school", "minutes_per_week"))
    )
    line = result.roster.services.iloc[0]
    assert line["total_minutes"] != line["total_minutes"], hazard
    assert "1 row" in only(result, "minutes-unknown").message and result.roster.rows("counted") == 2


@hazard(22)
@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("K", "K"),
        ("KG", "K"),
        ("Kdg", "K"),
        (0, "K"),
        ("00", "K"),
        (-1, "PK"),
        ("PK", "PK"),
        ("PreK", "PK"),
        ("TK", "TK"),
        (13, "18-22"),
        ("3rd", "3"),
        ("03", "3"),
        ("First", "1"),
        (7, "7"),
        ("18-22", "18-22"),
    ],
)
def test_grades_come_to_one_scale(written, grade, hazard):
    assert loaded(services(["1", written, 30], columns=("student_id", "grade", "minutes_per_week"))).roster.services[
        "grade"
    ].tolist() == [grade], hazard


@hazard(22)
def test_unknown_grades_are_kept_and_listed_and_dates_told(hazard):
    result = loaded(
        services(
            ["1", "AE", 30],
            ["2", 18, 30],
            ["3", date(2026, 1, 2), 30],
            columns=("student_id", "grade", "minutes_per_week"),
        )
    )
    assert result.roster.services["grade"].tolist() == ["AE", "18", None], hazard
    assert "18, AE" in only(result, "grade-unknown").message and only(result, "grade-is-date").row == 4


@hazard(23)
@pytest.mark.parametrize(
    ("written", "day"),
    [
        (date(2025, 9, 1), date(2025, 9, 1)),
        ("9/1/25", date(2025, 9, 1)),
        ("09/01/2025", date(2025, 9, 1)),
        ("2025-09-01", date(2025, 9, 1)),
        ("Sept 1, 2025", date(2025, 9, 1)),
        (45901, date(2025, 9, 1)),
    ],
)
def test_dates_are_read(written, day, hazard):
    result = loaded(services(["1", 30, written], columns=(*WEEKLY, "start")))
    assert result.roster.services["start"][0].date() == day, hazard


@hazard(23)
@pytest.mark.parametrize("written", ["13/45/2026", "soon", "2025-26", "99/99/99"])
def test_impossible_dates_are_listed_and_the_row_counts(written, hazard):
    result = loaded(services(["1", 30, written], columns=(*WEEKLY, "start")))
    assert [issue.value for issue in result.roster.issues if issue.column == "start"] == [
        written
    ] and result.roster.services["start"].isna().all(), hazard


@hazard(23)
def test_days_of_the_1904_system_are_right(hazard):
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.active.append([*WEEKLY, "start"])
    workbook.active.append(["1", 30, date(2026, 1, 5)])
    out = io.BytesIO()
    workbook.save(out)
    assert loaded(out.getvalue()).roster.services["start"][0].date() == date(2026, 1, 5), hazard


@hazard(24)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (time(8, 30), time(9, 0)),
        ("8:30", "9:00"),
        ("8:30 AM", "9:00 AM"),
        (datetime(1900, 1, 1, 8, 30), datetime(1900, 1, 1, 9, 0)),
        ("2:30", "3:00"),
        ("14:30", "15:00"),
        ("2:30 pm", "3 p.m."),
    ],
)
def test_clock_times_mean_the_same_however_written(start, end, hazard):
    result = loaded(
        book(
            Services=[WEEKLY, ["1", 30]],
            Time_log=[
                ["therapist", "date", "activity", "start", "end"],
                ["Kim", date(2026, 10, 1), "direct", start, end],
            ],
        )
    )
    assert result.roster.time_log["minutes"].tolist() == [30], hazard


@hazard(29)
def test_a_formula_without_a_saved_result_is_told_with_its_cell(hazard):
    workbook = openpyxl.Workbook()
    for row in (WEEKLY, ["1", "=15*2"], ["2", 30]):
        workbook.active.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    issue = only(loaded(out.getvalue()), "minutes-unreadable")
    assert "formula without a saved result" in issue.message and "save" in issue.remedy, hazard
    assert (issue.row, issue.column) == (2, "minutes_per_week")


@hazard(30)
@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#VALUE!"])
def test_an_error_cell_makes_an_unreadable_row(error, hazard):
    workbook = openpyxl.Workbook()
    for row in (WEEKLY, ["1", error], ["2", 30]):
        workbook.active.append(list(row))
    workbook.active["B2"].data_type = "e"
    out = io.BytesIO()
    workbook.save(out)
    result = loaded(out.getvalue())
    assert error in only(result, "minutes-unreadable").message and result.roster.rows("unreadable") == 1, hazard


@hazard(46)
@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1 (555) 0100", "-30 min", "@SUM(A1)"])
def test_text_that_begins_like_a_formula_stays_text(text, hazard):
    result = loaded(f'student_id,school,minutes_per_week\n1,"{text}",30\n'.encode(), name="a.csv")
    assert result.roster.services["school"].tolist() == [text] and result.roster.services["total_minutes"].tolist() == [
        30
    ], hazard


@hazard(12)
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Doe, Jane", "DOE, JANE M.", True),
        ("Doe, Jane", "Jane Doe", True),
        ("Doe, Jane (Janie)", "Doe, Jane", True),
        ("Doe, Jane", "Doe, Jan", False),
    ],
)
def test_one_student_is_one_student_however_written(one, other, same, hazard):
    lines = loaded(book(S=[["Student Name", "Min/Wk"], [one, 30], [other, 15]])).roster.services
    assert (lines["student"].nunique() == 1) is same, hazard


@hazard(12)
def test_the_id_rules_and_initials_never_merge_across_schools(hazard):
    by_id = loaded(
        book(S=[["ID", "Student Name", "Min/Wk"], ["1", "Doe, Jane", 30], ["2", "Doe, Jane", 30]])
    ).roster.services
    assert by_id["student"].nunique() == 2, hazard
    initials = loaded(
        book(
            S=[
                ["Initials", "School", "Grade", "Min/Wk"],
                ["GrAl", "Oak", 2, 30],
                ["GrAl", "Elm", 2, 30],
                ["J.D.", "Oak", 2, 30],
            ]
        )
    )
    assert initials.roster.services["student"].nunique() == 3 and found(initials, "initials-only")


@hazard(21)
def test_an_answer_can_leave_the_minutes_of_a_phrase_out(hazard):
    data = services(["1", "30 min"], columns=("student_id", "frequency_text"))
    [question] = loaded(data).questions
    result = loaded(data, ImportMap().with_answer(question.key, "leave-out"))
    assert result.roster.services["total_minutes"].isna().all() and result.roster.rows("counted") == 1, hazard
