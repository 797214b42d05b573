"""From sheets to typed lines: what stops the answer, and the rows that are not counted."""

from __future__ import annotations

import pytest

from tests.intake.rosters import (
    SECRET,
    THERAPISTS,
    book,
    loaded,
    only,
    rows_add_up,
    services,
)
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.model.issues import stops
from workload.model.roster import ROSTER_COLUMNS


def test_a_tidy_sheet_becomes_typed_lines_with_their_rows():
    result = loaded(services([7.0, "Oak", 30, 2, "week", "Kim Vale"], Therapists=[THERAPISTS, ("Kim Vale", "OT", 1)]))
    roster = result.roster
    [line] = roster.services.to_dict("records")
    assert (line["school"], line["plan"], line["delivery"], line["service"]) == ("Oak", "IEP", "individual", "OT")
    assert (line["minutes_per_session"], line["sessions"], line["period"], line["total_minutes"]) == (30, 2, "week", 60)
    assert (line["file"], line["sheet"], line["row"], line["as_written"]) == ("roster.xlsx", "Services", 2, None)
    assert not roster.issues and not result.questions and not stops(roster.issues)
    for table, columns in ROSTER_COLUMNS.items():
        assert set(columns) <= set(getattr(roster, table).columns)


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("roster.xlsx", b"", "empty", "0 bytes"),
        ("roster.xlsx", b"Dear all,\nplease find the list attached.\n", "no-services", "No list with services"),
        ("roster.xlsx", book(Budget=[["Year", "Dollars"], [2026, 1]]), "no-services", "Budget"),
        ("roster.xlsx", services(), "no-students", "no rows"),
        ("roster.xlsx", services(["1", "Oak", "abc", 1, "week", None]), "no-students", "None of the 1 rows"),
        ("roster.csv", b"Student ID,Service,Min/Wk\n1,Speech,30\n2,PT,30\n", "only-other-services", "PT 1, Speech 1"),
    ],
)
def test_a_file_without_an_answer_says_why_and_what_to_do(name, data, code, words):
    result = loaded(data, name=name)
    issue = only(result, code)
    assert issue.severity == "error" and words in issue.message and issue.remedy and issue.file == name
    assert len(result.roster.services) == 0 and "Traceback" not in issue.as_line()


def test_no_file_is_an_error():
    assert [issue.code for issue in load([], secret=SECRET).roster.issues] == ["no-file"]


def test_one_unreadable_file_among_two_stops_the_answer():
    result = load([("a.xlsx", services(["1", "Oak", 30, 1, "week", None])), ("b.xlsx", b"")], secret=SECRET)
    assert stops(result.roster.issues) and len(result.roster.services) == 1


@pytest.mark.parametrize(
    ("minutes", "sessions", "period", "code", "column"),
    [
        ("abc", 1, "week", "minutes-unreadable", "minutes_per_session"),
        (-30, 1, "week", "minutes-unreadable", "minutes_per_session"),
        (600, 1, "week", "minutes-unreadable", "minutes_per_session"),
        ("2x30", 1, "week", "minutes-unreadable", "minutes_per_session"),
        (True, 1, "week", "minutes-unreadable", "minutes_per_session"),
        (30, "many", "week", "sessions-unreadable", "sessions"),
        (30, 2, "fnord", "period-unreadable", "period"),
        (30, 2, None, "period-missing", "period"),
    ],
)
def test_a_row_whose_minutes_cannot_be_read_is_told_and_not_counted(minutes, sessions, period, code, column):
    result = loaded(services(["1", "Oak", minutes, sessions, period, None], ["2", "Oak", 30, 1, "week", None]))
    issue = only(result, code)
    assert (issue.severity, issue.sheet, issue.row, issue.column) == ("warning", "Services", 2, column)
    assert issue.message and issue.remedy
    assert (
        result.roster.rows("unreadable") == 1 and result.roster.services["row"].tolist() == [3] and rows_add_up(result)
    )


def test_minutes_whose_period_nobody_knows_may_be_left_out_and_the_student_counts():
    data = services(["1", "Oak", 30, 2, None, None], ["2", "Oak", 30, 1, "week", None])
    [question] = loaded(data).questions
    assert question.key == "phrase:period-missing" and "leave-out" in dict(question.choices)
    result = loaded(data, ImportMap().with_answer(question.key, "leave-out"))
    assert not result.questions and result.roster.services["total_minutes"].notna().tolist() == [False, True]


def test_the_unreadable_value_is_shown():
    assert only(loaded(services(["1", "Oak", "abc", 1, "week", None])), "minutes-unreadable").value == "abc"


def test_a_row_without_a_student_is_told_and_not_counted():
    result = loaded(services([None, "Oak", 30, 1, "week", None], ["2", "Oak", 30, 1, "week", None]))
    assert only(result, "student-missing").row == 2 and result.roster.rows("unreadable") == 1


@pytest.mark.parametrize(
    ("minutes", "sessions", "total", "flag"),
    [
        (30, None, 30, "sessions-missing"),
        (None, None, None, "minutes-unknown"),
        ("as needed", None, None, "minutes-unknown"),
        ("consult", None, None, "minutes-unknown"),
        (0, 2, 0, "minutes-zero"),
    ],
)
def test_a_row_that_says_less_still_counts_the_student(minutes, sessions, total, flag):
    result = loaded(services(["1", "Oak", minutes, sessions, "week", None]))
    [line] = result.roster.services.to_dict("records")
    assert line["total_minutes"] == total or (total is None and line["total_minutes"] != line["total_minutes"])
    assert only(result, flag).severity == "warning" and result.roster.rows("counted") == 1


def test_an_id_that_excel_rounded_is_told_without_the_id():
    result = loaded(services(["1.06E+13", "Oak", 30, 1, "week", None]))
    issue = only(result, "id-rounded")
    assert (
        issue.row == 2 and issue.value == "" and "1.06" not in issue.as_line() and result.roster.rows("unreadable") == 1
    )


def test_examples_totals_and_blank_rows_are_no_students():
    result = loaded(
        services(
            ["EXAMPLE-1", "Oak", 30, 2, "week", "Avery"],
            ["1", "Oak", 30, 1, "week", None],
            [None] * 6,
            ["Total", None, 30, None, None, None],
            ["Grand total:", None, 30, None, None, None],
        )
    )
    assert result.roster.excluded == {"example": 1, "total-row": 2}
    assert (result.roster.rows("read"), result.roster.rows("counted")) == (4, 1) and rows_add_up(result)


def test_rows_above_that_name_a_school_are_carried_down():
    result = loaded(
        book(Roster=[["Student ID", "Grade", "Min/Wk"], ["School: Oak"], ["1", 2, 30], ["School: Elm"], ["2", 3, 30]])
    )
    assert result.roster.services["school"].tolist() == ["Oak", "Elm"]
    assert result.roster.excluded == {"group-heading": 2}


def test_a_note_between_the_rows_is_no_student():
    result = loaded(
        book(Roster=[["Student Name", "School", "Min/Wk"], ["Doe, Jane", "Oak", 30], ["see the list of September"]])
    )
    assert only(result, "row-alone").row == 3 and len(result.roster.services) == 1 and rows_add_up(result)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("OT", True),
        ("O.T.", True),
        ("Occ Therapy", True),
        ("450", True),
        (450, True),
        ("450 - Occupational Therapy", True),
        ("Occupational Thearpy", True),
        ("OTR", True),
        ("occupation", True),
        (None, True),
        ("Speech", False),
        ("PT", False),
        ("Emotional support", False),
        ("Handwriting club", False),
        ("415 - Language and Speech", False),
        ("Other", False),
        ("1450", False),
        ("Physical Therapy", False),
    ],
)
def test_only_occupational_therapy_is_counted(written, kept):
    columns = ("student_id", "service", "minutes_per_session", "sessions", "period")
    result = loaded(services(["1", written, 30, 1, "week"], ["2", "OT", 30, 1, "week"], columns=columns))
    assert len(result.roster.services) == (2 if kept else 1)
    assert result.roster.excluded == ({} if kept else {"other-service": 1}) and rows_add_up(result)


def test_a_near_miss_of_the_service_is_counted_told_and_can_be_left_out():
    columns = ("student_id", "service", "minutes_per_session", "sessions", "period")
    data = services(["1", "Occupational Thearpy", 30, 1, "week"], ["2", "OT", 30, 1, "week"], columns=columns)
    assert only(loaded(data), "service-near-miss").severity == "warning"
    without = loaded(data, ImportMap().with_answer("service:Occupational Thearpy", "other"))
    assert without.roster.excluded == {"other-service": 1}
