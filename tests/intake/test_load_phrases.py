"""From sheets to typed lines: phrases and numbers that say how much."""

from __future__ import annotations

from datetime import date

from tests.intake.rosters import (
    book,
    found,
    loaded,
    only,
    rows_add_up,
    services,
)
from workload.intake.answers.import_map import ImportMap

PHRASES = ("student_id", "frequency_text")


def test_phrases_become_lines_and_keep_their_words():
    result = loaded(
        services(
            ["1", "2 x 30 min weekly"],
            ["2", "60 min monthly consult"],
            ["3", "30 min weekly (group of 3)"],
            columns=PHRASES,
        )
    )
    lines = result.roster.services
    assert lines["total_minutes"].tolist() == [60, 60, 30] and lines["period"].tolist() == ["week", "month", "week"]
    assert lines["delivery"].tolist() == ["individual", "consult", "group"]
    assert lines["as_written"].tolist()[0] == "2 x 30 min weekly" and lines["group_size"].tolist()[2] == 3


def test_an_ambiguous_phrase_is_asked_once_and_the_answer_counts_all_its_rows():
    data = services(["1", "30 min biweekly"], ["2", "45 min biweekly"], ["3", "30 min weekly"], columns=PHRASES)
    first = loaded(data)
    assert first.roster.rows("unreadable") == 2 and len(found(first, "frequency-unclear")) == 2
    [question] = first.questions
    assert question.key == "phrase:biweekly" and [row for _, _, row in question.rows] == [2, 3]
    second = loaded(data, ImportMap().with_answer(question.key, "every-two-weeks"))
    assert second.roster.services["period"].tolist() == ["two weeks", "two weeks", "week"] and not second.questions
    assert rows_add_up(first) and rows_add_up(second)


def test_a_row_with_two_services_is_one_row_and_two_lines():
    data = services(["1", "30 min ind + 30 min grp weekly"], columns=PHRASES)
    [question] = loaded(data).questions
    result = loaded(data, ImportMap().with_answer(question.key, "both"))
    assert result.roster.services["delivery"].tolist() == ["individual", "group"]
    assert result.roster.rows("counted") == 1 and rows_add_up(result)


def test_minutes_that_may_be_the_total_are_asked_once_for_the_file():
    data = book(
        Services_Report=[
            ["SEIS ID", "Service Duration", "Service Frequency Code"],
            ["1", 30, "20 - Weekly"],
            ["2", 45, "20 - Weekly"],
            ["3", 750, "40 - Yearly"],
        ]
    )
    first = loaded(data)
    assert first.roster.services["total_minutes"].tolist() == [750]
    [question] = first.questions
    assert question.key == "phrase:session-or-total" and len(question.rows) == 2
    second = loaded(data, ImportMap().with_answer(question.key, "total"))
    assert second.roster.services["total_minutes"].tolist() == [30, 45, 750]


def test_a_unit_column_turns_hours_into_minutes():
    result = loaded(
        book(Extract=[["STATEID", "SERVICE", "TIME", "TIMEUNITS", "TIMEFREQUENCY"], ["9", "OT", 2, "hours", "month"]])
    )
    assert result.roster.services[["total_minutes", "period"]].to_numpy().tolist() == [[120, "month"]]


def test_yearly_totals_tell_the_length_of_the_year():
    columns = ("SEIS ID", "Sessions / Frequency", "Total Minutes (min/year)")
    result = loaded(
        services(
            ["1", "30 min x 2 Times = 60 min Weekly", 2100],
            ["2", "30 min Weekly", 1050],
            ["3", "30 min Weekly", 1080],
            columns=columns,
        )
    )
    assert result.roster.services["total_minutes"].tolist() == [60, 30, 30]
    assert "35 weeks in 2 rows" in only(result, "calendar-implied").message


def test_a_total_beside_the_minutes_of_a_session_must_agree():
    columns = ("Student ID", "Minutes/Week", "Session Length/ Minutes", "Sessions Needed/Week")
    result = loaded(services(["1", 180, 45, 4], ["2", 60, 30, 1], columns=columns))
    assert result.roster.services["total_minutes"].tolist() == [180]
    assert "30" in result.questions[0].message and "60" in result.questions[0].message


def test_three_amounts_with_periods_of_their_own_are_separate_lines():
    columns = (
        "Student ID",
        "SpecInstruction",
        "IndirectTime",
        "IndirectPer",
        "DirInsideTime",
        "DirInsidePer",
        "DirOutTime",
        "DirOutPer",
        "TotalTime",
        "TotalPer",
    )
    lines = loaded(
        services(["1", "OT", 15, "Week", 0, "Week", 30, "Month", 45, "Week"], columns=columns)
    ).roster.services
    assert lines[["delivery", "total_minutes", "period"]].to_numpy().tolist() == [
        ["individual", 30, "month"],
        ["consult", 15, "week"],
    ]


def test_a_column_named_ot_may_hold_the_phrase():
    result = loaded(
        book(Sheet1=[["School", "Student", "OT"], ["Oak", "Doe, Jane", "2x30 weekly"], ["Oak", "Roe, Al", "60 mpm"]])
    )
    assert result.roster.services["total_minutes"].tolist() == [60, 60]


def test_students_who_left_or_are_not_active_are_told_and_do_not_count():
    columns = ("student_id", "minutes_per_week", "end", "Drop date", "Status")
    result = loaded(
        services(
            ["1", 30, "8/31/2026", "1/15/2026", "Active"],
            ["2", 30, None, None, "Exited"],
            ["3", 30, None, None, None],
            columns=columns,
        )
    )
    assert [str(end)[:10] for end in result.roster.services["end"]] == ["2026-01-15", "NaT"]
    assert result.roster.excluded == {"not-active": 1} and "row 3" in only(result, "rows-not-active").message
    assert rows_add_up(result)


def test_two_statements_that_disagree_are_a_question():
    columns = ("SEIS ID", "Sessions / Frequency", "Minutes per week")
    result = loaded(services(["1", "2 x 30 min weekly", 90], columns=columns))
    assert len(result.roster.services) == 0 and len(result.questions) == 1


def test_dates_and_flags_arrive_typed():
    columns = ("student_id", "minutes_per_week", "start", "end", "esy", "reeval_date", "compensatory_minutes")
    result = loaded(services(["1", 30, "9/1/25", date(2026, 8, 31), "yes", "soon", "1,200"], columns=columns))
    [line] = result.roster.services.to_dict("records")
    assert (line["start"].date(), line["end"].date(), line["esy"]) == (date(2025, 9, 1), date(2026, 8, 31), True)
    assert line["compensatory_minutes"] == 1200 and only(result, "not-a-date").column == "reeval_date"


def test_the_same_unreadable_cell_in_many_rows_is_one_finding():
    columns = ("student_id", "minutes_per_week", "plan")
    result = loaded(
        services(
            *([str(at), 30, "IEP"] for at in range(3)),
            *([str(at), 30, "Life skills"] for at in range(3, 7)),
            ["8", 30, "504"],
            columns=columns,
        )
    )
    assert "4 rows (rows 5, 6, 7, 8)" in only(result, "not-a-choice").message
