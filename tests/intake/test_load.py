from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.rosters import (
    SECRET,
    THERAPISTS,
    book,
    codes,
    found,
    loaded,
    only,
    rows_add_up,
    services,
)
from workload.answer import analyze
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load
from workload.intake.open.opened import CellProblem, Opened, RawSheet
from workload.model.columns import TABLES
from workload.model.issues import stops
from workload.model.pseudonyms import pseudonyms
from workload.model.roster import ROSTER_COLUMNS

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
PHRASES = ("student_id", "frequency_text")


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


# --- what stops the answer: a sentence, a place, a remedy ---------------------------------------------


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


# --- rows that are not counted ------------------------------------------------------------------------


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
        book(Roster=[["Student Name", "School", "Min/Wk"], ["Doe, Jane", "Oak", 30], ["* = moved in September"]])
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


# --- phrases --------------------------------------------------------------------------------------------


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


# --- students are pseudonyms ----------------------------------------------------------------------------

NAMES = ("Student Name", "Min/Wk", "DOB", "Notes")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Doe, Jane", "DOE, JANE M.", True),
        ("Doe, Jane", "Jane Doe", True),
        ("Doe, Jane", "Doe, Jan", False),
        ("Doe, Jane (Janie)", "Doe, Jane", True),
    ],
)
def test_one_child_is_one_pseudonym_however_the_name_is_written(one, other, same):
    result = loaded(book(Caseload=[NAMES, [one, 30, "1/1/2015", "x"], [other, 30, "1/1/2015", "x"]]))
    assert (result.roster.services["student"].nunique() == 1) is same


def test_the_id_rules_over_the_name_and_joins_services_with_evaluations():
    result = loaded(
        book(
            Services=[
                ("student_id", "student_name", "minutes_per_week"),
                ("0012", "Doe, Jane", 30),
                (12, "Doe, Jane", 30),
            ],
            Evaluations=[("student_id", "type", "due"), ("0012", "initial", "10/1/2026")],
        )
    )
    students = result.roster.services["student"].tolist()
    assert students[0] != students[1] and result.roster.evaluations["student"].tolist() == [students[0]]
    assert [students[0]] == pseudonyms(["id:0012"], SECRET) != pseudonyms(["id:0012"], b"another secret")
    assert len(students[0]) == 12 and students[0].startswith("S-")


def test_initials_at_two_schools_are_two_children():
    result = loaded(
        book(Caseload=[("Initials", "School", "Min/Wk"), ("J.D.", "Oak", 30), ("J.D.", "Elm", 30), ("J.D.", "Oak", 15)])
    )
    assert result.roster.services["student"].nunique() == 2 and only(result, "initials-only").severity == "warning"


def test_nothing_of_a_child_leaves_the_loader():
    data = book(
        Caseload=[
            (*NAMES, "SSID"),
            ("Canary, Zzyzx Q.", "abc", "1/1/2015", "sibling of Canary", "987654321"),
            ("Canary, Zzyzx Q.", 30, "1/1/2015", "sibling", "1.0E+11"),
            (None, 30, "Canary", None, None),
        ]
    )
    result = loaded(data)
    text = repr(
        [
            result.roster.issues,
            result.files,
            result.questions,
            result.roster.services.to_dict(),
            [vars(table) for file in result.files for sheet in file.sheets for table in sheet.tables],
        ]
    )
    for secret in ("Canary", "Zzyzx", "987654321", "sibling", "1/1/2015", "1.0E+11"):
        assert secret not in text, secret


# --- several sheets and files ----------------------------------------------------------------------------


def test_several_files_are_one_district():
    one = services(["1", "Oak", 30, 1, "week", "Kim Vale"])
    other = book(Staff=[THERAPISTS, ("Kim Vale", "OT", 0.5)])
    result = load([("lines.xlsx", one), ("people.xlsx", other)], secret=SECRET)
    assert result.roster.services["therapist"].tolist() == ["Kim Vale"] and not result.roster.issues
    assert {count.file for count in result.roster.row_counts} == {"lines.xlsx", "people.xlsx"}


def test_a_tab_that_repeats_the_list_is_not_added():
    rows = [(str(at), "Oak", 30) for at in range(4)]
    result = loaded(
        book(
            All_students=[("Student ID", "School", "Min/Wk"), *rows],
            Oak_tab=[("Student ID", "Min/Wk"), *((id, minutes) for id, _, minutes in rows)],
        )
    )
    assert len(result.roster.services) == 4 and result.roster.excluded == {"overlap": 4} and rows_add_up(result)
    assert "4 rows" in only(result, "sheets-overlap").message


def test_the_name_of_a_tab_may_be_the_therapist():
    data = book(Kim_Vale=[("Student ID", "Min/Wk"), ("1", 30)], Lee_Moss=[("Student ID", "Min/Wk"), ("2", 30)])
    first = loaded(data)
    [question] = first.questions
    assert question.key == "file:tab-names" and "Kim Vale, Lee Moss" in question.message
    assert len(question.rows) == 2
    for answers in (
        ImportMap().with_answer("file:tab-names", "therapist"),
        ImportMap().with_answer("sheet:Kim Vale", "therapist").with_answer("sheet:Lee Moss", "therapist"),
    ):
        assert loaded(data, answers).roster.services["therapist"].tolist() == ["Kim Vale", "Lee Moss"]


def test_a_tab_that_is_named_for_a_school_is_the_school_of_its_rows():
    data = book(
        Oak_Elementary=[("Student ID", "Min/Wk", "Therapist"), ("1", 30, "Vale")],
        Elm_Middle=[("Student ID", "Min/Wk", "Therapist"), ("2", 30, "Vale")],
    )
    result = loaded(data)
    assert not result.questions and result.roster.services["school"].tolist() == ["Oak Elementary", "Elm Middle"]
    assert len(found(result, "tab-meaning")) == 2


def test_blank_students_are_filled_down_only_when_a_person_says_so():
    data = book(Roster=[("Student", "Freq"), ("Doe, Jane", "30 min weekly"), (None, "15 min monthly consult")])
    first = loaded(data)
    assert first.roster.rows("unreadable") == 1 and first.questions[0].key == "fill_down:Student"
    second = loaded(data, ImportMap().with_answer("fill_down:Student", "yes"))
    assert second.roster.services["student"].nunique() == 1 and len(second.roster.services) == 2


def test_the_digest_changes_with_the_file_the_answers_and_the_secret():
    data, other = services(["1", "Oak", 30, 1, "week", None]), services(["1", "Oak", 45, 1, "week", None])
    digests = {
        loaded(data).roster.digest,
        loaded(other).roster.digest,
        loaded(data, ImportMap().with_answer("school:Oak", "Elm")).roster.digest,
        load([("roster.xlsx", data)], secret=b"other").roster.digest,
    }
    assert len(digests) == 4 and loaded(data).roster.digest == loaded(data).roster.digest


# --- whatever the cells hold ------------------------------------------------------------------------------

CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 500),
    st.booleans(),
    st.dates(),
    st.times(),
    st.builds(CellProblem, st.sampled_from(("error", "formula", "duration", "date")), st.text(max_size=8)),
    st.sampled_from(
        ("week", "2x30", "{rows}", "EXAMPLE", "Total", "School: Oak", "vacant", "30 min weekly", "biweekly", "=1")
    ),
)
TABLE = st.sampled_from(TABLES)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TABLE, st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=6), st.randoms(use_true_random=False))
def test_no_sheet_raises_and_every_row_is_accounted_for(table, rows, random):
    columns = random.sample([column.name for column in table.columns], min(8, len(table.columns)))
    grid = [columns, *(row[: len(columns)] for row in rows)]
    sheet = RawSheet(
        table.sheet, "visible", len(grid), len(columns), 1, [list(column) for column in zip(*grid, strict=True)]
    )
    with patch("workload.intake.load.open_file", lambda name, data, limits: Opened(name, "xlsx", "0", (sheet,))):
        result = load([("any.xlsx", b"")], secret=SECRET)
    assert rows_add_up(result)
    assert len(result.roster.services) >= result.roster.rows("counted")


# --- the samples -----------------------------------------------------------------------------------------


def sample(name):
    return load([(name, (SAMPLE / name).read_bytes())], secret=SECRET)


def test_the_tidy_sample_loads_without_a_warning():
    result = sample("bluff_county.xlsx")
    assert codes(result, "warning") == codes(result, "error") == set() and not result.questions
    assert codes(result) == {"group-size-missing"} and rows_add_up(result)


def test_the_messy_sample_gives_the_same_answer_as_the_tidy_one():
    tidy, messy = (sample(name) for name in ("bluff_county.xlsx", "bluff_county_messy.xlsx"))
    assert codes(messy, "error") == set() and rows_add_up(messy)
    one, other = (analyze(result.roster, date(2026, 10, 1)) for result in (tidy, messy))
    for table in ("therapists", "schools"):
        left, right = (getattr(answer, table).set_index(table[:-1]).select_dtypes("number") for answer in (one, other))
        assert left.index.tolist() == right.index.tolist()
        assert ((left - right).abs().fillna(0) < 1e-9).all().all()


def test_a_phrase_is_read_once_however_often_it_stands_in_the_file(monkeypatch):
    from workload.intake.rows import given_amounts as amounts

    read, original = [], amounts.read_phrase_cell
    monkeypatch.setattr(
        amounts, "read_phrase_cell", lambda cell, **context: read.append(cell) or original(cell, **context)
    )
    loaded(services(*([str(at), f"{at % 3 + 1} x 30 min weekly"] for at in range(90)), columns=PHRASES))
    assert sorted(read) == ["1 x 30 min weekly", "2 x 30 min weekly", "3 x 30 min weekly"]
