import io

import pytest
import xlsxwriter

from tests.intake.rosters import book, codes, found, loaded, only, rows_add_up, services
from workload.intake.answers.import_map import ImportMap
from workload.intake.columns.heading_words import facts_of
from workload.intake.columns.headings import meaning
from workload.model.columns import SERVICES, TABLES


def tables_of(result):
    """(table, canonical names) of every table that was found."""
    return [
        (table.table, [column.name for column in table.columns])
        for file in result.files
        for sheet in file.sheets
        for table in sheet.tables
    ]


def columns(result):
    return {
        column.name: column
        for file in result.files
        for sheet in file.sheets
        for table in sheet.tables
        for column in table.columns
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_alias_is_understood_in_its_own_table(table):
    names = {meaning(table, alias)[0] for column in table.columns for alias in (column.name, *column.names)}
    assert names == set(table.names)


def test_no_alias_of_a_table_means_two_columns():
    for table in TABLES:
        seen = {}
        for column in table.columns:
            for alias in (column.name, *column.names):
                first = seen.setdefault(meaning(table, alias)[0], column.name)
                assert meaning(table, alias)[0] == first


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Minutes per Session (30/45)", "minutes_per_session"),
        ("OT Minutes per week", "minutes_per_week"),
        ("Mins / Wk", "minutes_per_week"),
        ("Total minutes yearly", "minutes_per_year"),
        ("Hours per Week", "hours_per_week"),
        ("Therapist (2026-27)", "therapist"),
        ("SCHOOLNAME", "school"),
        ("School\nof Attendance", "school"),
        ("Grade*", "grade"),
        ("Minutes delivered per week", None),
        ("Favorite color", None),
    ],
)
def test_headings_are_understood_by_their_words_and_units(heading, name):
    assert meaning(SERVICES, heading)[0] == name


def test_the_header_is_found_under_title_rows():
    result = loaded(
        book(Roster=[["Bluff County"], ["as of October 1"], [], ["Student #", "Campus", "Min/Wk"], ["1", "Oak", 30]])
    )
    table = result.files[0].sheets[0].tables[0]
    assert (table.table, table.header_row, table.header_rows) == ("services", 4, 1)
    assert result.roster.services["row"].tolist() == [5]


def test_a_heading_in_two_rows_is_joined():
    result = loaded(
        book(
            Sheet1=[
                ["", "", "Total Minutes Per Session", ""],
                ["Student", "Frequency", "Indirect", "Direct"],
                ["a1", "1/week", 15, 45],
            ]
        )
    )
    lines = result.roster.services
    assert lines["total_minutes"].tolist() == [45, 15] and lines["delivery"].tolist() == ["individual", "consult"]
    assert rows_add_up(result) and result.roster.rows("counted") == 1


def test_two_tables_in_one_sheet_are_both_read():
    result = loaded(
        book(
            All=[
                ["Our people"],
                ["Therapist", "Role", "FTE"],
                ["Kim Vale", "OT", 1],
                [],
                ["Our students"],
                ["Student ID", "Min/Session", "Times per Week", "Therapist"],
                ["1", 30, 2, "Kim Vale"],
            ]
        )
    )
    assert [name for name, _ in tables_of(result)] == ["therapists", "services"]
    assert result.roster.therapists["therapist"].tolist() == ["Kim Vale"]
    assert result.roster.services["therapist"].tolist() == ["Kim Vale"]


def test_a_repeated_heading_is_no_row():
    header = ["Student ID", "School", "Minutes/Week"]
    result = loaded(book(Caseload=[header, ["1", "Oak", 30], header, ["2", "Oak", 30]]))
    assert result.roster.excluded == {"repeated-header": 1} and result.roster.rows("counted") == 2
    assert rows_add_up(result)


def test_minutes_without_sessions_or_period_are_a_question_and_the_answer_settles_it():
    data = book(Caseload=[["Student", "IEP Minutes"], ["Doe, Jane", 30], ["Roe, Al", 60]])
    first = loaded(data)
    assert "no-students" in codes(first, "error") and len(first.roster.services) == 0
    [question] = [question for question in first.questions if question.key.startswith("column:")]
    second = loaded(data, ImportMap().with_answer(question.key, "minutes_per_week"))
    assert second.roster.services["total_minutes"].tolist() == [30, 60]
    assert not [question for question in second.questions if question.key.startswith("column:")]


def test_two_columns_of_one_heading_are_both_offered():
    result = loaded(
        services(["1", 30, 45, 1, "week"], columns=("student_id", "Minutes", "Minutes", "sessions", "period"))
    )
    assert [question.column for question in result.questions] == ["Minutes / Minutes (2)"]
    assert len(found(result, "column-unclear")) == 1 and len(result.roster.services) == 0


@pytest.mark.parametrize(
    ("heading", "values", "name"),
    [
        ("Frequency", ["2 x 30 min weekly", "30 min monthly"], "frequency_text"),
        ("Duration", ["1 year", "6 months"], None),
        ("Provider", ["OTR/L", "COTA"], None),
        ("Provider", ["Kim Vale", "Lee Moss"], "therapist"),
        ("Provider", ["400", "400"], None),
        ("OT", ["x", "X"], None),
        ("Plan", ["Autism", "Life skills"], None),
        ("Plan", ["IEP", "504"], "plan"),
        ("Location", ["Oak Elementary", "Elm Middle"], "school"),
        ("Location", ["classroom", "OT room"], "setting"),
        ("Service Type", ["Direct", "Indirect"], "delivery"),
        ("Group", ["Ind", "Grp"], "delivery"),
        ("Group", ["3", "2"], None),
    ],
)
def test_values_decide_where_words_do_not(heading, values, name):
    rows = [["Student ID", "Min/Wk", heading], *(([f"{at}", 30, value]) for at, value in enumerate(values))]
    named = {column.heading: column.name for column in columns(loaded(book(Caseload=rows))).values()}
    assert named.get(heading) == name


def test_a_count_beside_minutes_is_a_number_of_sessions():
    result = loaded(book(Caseload=[["Student ID", "Minutes", "Frequency", "Per"], ["1", 30, 2, "week"]]))
    assert columns(result)["sessions"].sure == "by its neighbors"
    assert result.roster.services["total_minutes"].tolist() == [60]


def test_the_closest_of_several_headings_is_read():
    result = loaded(book(Caseload=[["SSID", "Student ID", "Min/Wk"], ["9", "1", 30]]))
    assert columns(result)["student_id"].heading == "Student ID"
    assert result.files[0].sheets[0].tables[0].dropped == ("SSID",)


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["SEIS ID", "Last Name", "Area Of Need", "Annual Goal", "Frequency", "Person Responsible"], "goals report"),
        (["Student", "Service", "CPT Code", "NPI", "Units"], "billing report"),
        (["Student", "Service", "Maximum Allowable Minutes", "Minutes Provided"], "delivered minutes"),
    ],
)
def test_another_report_is_refused_by_name(headings, words):
    result = loaded(book(Sheet1=[headings, ["1"] * len(headings)]))
    assert words in only(result, "wrong-report").message
    assert "no-services" in codes(result, "error")


def test_a_services_report_with_delivered_minutes_is_read_without_them():
    result = loaded(
        book(
            Deliveries=[
                ["Name", "SEIS ID", "Sessions / Frequency", "Total Minutes (min/year)", "Total Delivered"],
                ["Doe, Jane", "1", "30 min x 2 Times = 60 min Weekly", 2160, 900],
            ]
        )
    )
    assert result.roster.services["total_minutes"].tolist() == [60]
    assert "Total Delivered" in result.files[0].sheets[0].tables[0].dropped


def test_social_security_and_medicaid_columns_are_called_out_and_nothing_personal_is_sampled():
    result = loaded(
        book(
            Caseload=[
                ["Student ID", "Student Name", "Min/Wk", "ServiceProviderSSN", "Medicaid #", "DOB"],
                ["987654321", "Canary, Zzyzx", 30, "078-05-1120", "M-1", "1/1/2015"],
            ]
        )
    )
    assert {issue.column for issue in found(result, "sensitive-column")} == {"ServiceProviderSSN", "Medicaid #"}
    samples = repr([column.samples for column in columns(result).values()])
    assert "987654321" not in samples and "Canary" not in samples


def test_a_sheet_without_roster_headings_is_told_with_its_count():
    result = loaded(services(["1", "Oak", 30, 1, "week", "Kim"], Budget=[["Year", "Dollars", "Note"], [2026, 1, "x"]]))
    assert "3 headings" in only(result, "sheet-skipped").message
    assert result.files[0].sheets[1].headings == ("Year", "Dollars", "Note")


def test_a_hidden_sheet_is_a_question():
    data = book(hidden=("Minutes",), Minutes=[["Student ID", "Min/Wk"], ["1", 30]], Cover=[["Hello"]])
    first = loaded(data)
    assert only(first, "sheet-hidden") and len(first.roster.services) == 0
    assert len(loaded(data, ImportMap().with_answer("sheet:Minutes", "read")).roster.services) == 1


def test_a_value_of_a_merged_cell_stands_in_every_row():
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = made.add_worksheet("Caseload")
    sheet.write_row(0, 0, ["School", "Student ID", "Min/Wk"])
    sheet.merge_range(1, 0, 2, 0, "Oak")
    sheet.write_row(1, 1, ["1", 30])
    sheet.write_row(2, 1, ["2", 30])
    made.close()
    assert loaded(file.getvalue()).roster.services["school"].tolist() == ["Oak", "Oak"]


@pytest.mark.parametrize("heading", ["Moss Minutes", "Minutes Moss", "Moss"])
def test_a_name_with_two_s_at_its_end_is_no_plural(heading):
    assert "month" not in frozenset().union(*facts_of(heading))


@pytest.mark.parametrize("program", ["EL", "LEP", "ELL", "English Learner", "Title I"])
def test_state_and_days_of_another_program_are_not_those_of_the_service(program):
    """Who has left the program for English learners still has OT; a column with states is asked about before it is left aside."""
    head = [
        "Student ID",
        "School",
        "Therapist",
        "Minutes per week",
        f"{program} Status",
        f"{program} Exit Date",
        f"{program} Start Date",
    ]
    rows = [
        [f"S{at}", "Oak", "Kim", 30, "Exited" if at % 2 else "Active", "6/1/2026" if at % 2 else "", "9/1/2027"]
        for at in range(8)
    ]
    result = loaded(book(Services=[head, *rows]))
    assert [question.column for question in result.questions] == [f"{program} Status"] and rows_add_up(result)
    assert len(result.roster.services) == 8 and result.roster.services[["start", "end"]].isna().all(axis=None)


def test_a_school_under_words_of_another_program_is_asked_about_where_no_other_column_says_it():
    """ "EL School" may be the elementary school."""
    rows = [[1, "Oak", 30], [2, "Elm", 30]]
    first = loaded(book(Services=[["Student ID", "EL School", "Min/wk"], *rows]))
    assert [question.column for question in first.questions] == ["EL School"]
    beside = [["Student ID", "School", "EL School", "Min/wk"], *[[at, "Oak", *rest] for at, *rest in rows]]
    assert not loaded(book(Services=beside)).questions
