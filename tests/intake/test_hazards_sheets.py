"""Hazards of how a sheet is laid out."""

import io

import openpyxl
from openpyxl.styles import Font, PatternFill

from tests.intake.hazards import hazard
from tests.intake.rosters import SECRET, book, codes, found, loaded, only, rows_add_up, services
from workload.intake.answers.import_map import ImportMap
from workload.intake.load import load

WEEKLY = ("student_id", "minutes_per_week")


def saved(workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@hazard(1)
def test_titles_and_a_legend_above_the_headings_do_not_matter(hazard):
    result = loaded(
        book(
            Caseload=[
                ["Oak District OT caseload"],
                ["Updated 9/1/2026", None, "I = individual"],
                [],
                ["Key:", "G = group"],
                ["Student ID", "School", "Min/Wk"],
                ["1", "Oak", 30],
            ]
        )
    )
    assert result.roster.services["total_minutes"].tolist() == [30], hazard
    assert result.files[0].sheets[0].tables[0].header_row == 5


@hazard(1)
def test_a_person_can_name_another_row_of_headings(hazard):
    data = book(Caseload=[["Student ID", "School", "Min/Wk"], ["Student ID", "School", "Min/Month"], ["1", "Oak", 60]])
    result = loaded(data, ImportMap().with_answer("header_row:Caseload", "2"))
    assert result.roster.services["period"].tolist() == ["month"], hazard
    assert result.files[0].sheets[0].tables[0].header_row == 2


@hazard(2)
def test_two_rows_of_headings_are_one(hazard):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Student ID", "Service", "Total Minutes Per Session", None, "Frequency"])
    sheet.append([None, None, "Indirect", "Direct", None])
    sheet.append(["1", "OT", 15, 45, "1/week"])
    sheet.merge_cells("C1:D1")
    lines = loaded(saved(workbook)).roster.services
    assert sorted(lines[["delivery", "total_minutes"]].to_numpy().tolist()) == [["consult", 15], ["individual", 45]], (
        hazard
    )


@hazard(3)
def test_tables_below_each_other_are_both_read(hazard):
    result = loaded(
        book(
            All=[
                ["Student ID", "School", "Min/Wk"],
                ["1", "Oak", 30],
                ["2", "Oak", 45],
                [],
                ["Therapist", "Role", "FTE"],
                ["Kim Vale", "OT", 0.8],
            ]
        )
    )
    assert len(result.roster.services) == 2 and result.roster.therapists["fte"].tolist() == [0.8], hazard
    assert rows_add_up(result)


@hazard(3)
def test_a_second_table_of_the_same_kind_is_not_lost(hazard):
    result = loaded(
        book(
            All=[
                ["Student ID", "School", "Min/Wk"],
                ["1", "Oak", 30],
                [],
                ["Elm"],
                ["Student ID", "School", "Min/Wk"],
                ["2", "Elm", 45],
            ]
        )
    )
    assert result.roster.services["total_minutes"].tolist() == [30, 45] and rows_add_up(result), hazard


@hazard(4)
def test_a_value_in_a_row_above_is_carried_down(hazard):
    result = loaded(
        book(
            Roster=[
                ["Student ID", "Min/Wk"],
                ["Therapist: Kim Vale"],
                ["1", 30],
                ["2", 30],
                ["Therapist: Lee Moss"],
                ["3", 30],
            ]
        )
    )
    assert result.roster.services["therapist"].tolist() == ["Kim Vale", "Kim Vale", "Lee Moss"], hazard
    assert result.roster.excluded == {"group-heading": 2}


@hazard(5)
def test_merged_cells_down_a_column_fill_all_their_rows(hazard):
    workbook = openpyxl.Workbook()
    for row in (["School", "Student ID", "Min/Wk"], ["Oak", "1", 30], [None, "2", 30], ["Elm", "3", 30]):
        workbook.active.append(row)
    workbook.active.merge_cells("A2:A3")
    result = loaded(saved(workbook))
    assert result.roster.services["school"].tolist() == ["Oak", "Oak", "Elm"] and not result.questions, hazard


@hazard(6)
def test_blank_means_the_same_as_above_only_after_an_answer(hazard):
    data = book(
        Roster=[
            ["School", "Student ID", "Min/Wk"],
            ["Oak", "1", 30],
            [None, "2", 30],
            [None, "3", 30],
            ["Elm", "4", 30],
            [None, "5", 30],
        ]
    )
    first = loaded(data)
    assert first.roster.services["school"].tolist() == ["Oak", None, None, "Elm", None], hazard
    [question] = [each for each in first.questions if each.key == "fill_down:School"]
    second = loaded(data, ImportMap().with_answer(question.key, "yes"))
    assert second.roster.services["school"].tolist() == ["Oak", "Oak", "Oak", "Elm", "Elm"]
    assert "3 rows" in only(second, "cells-filled-down").message
    third = loaded(data, ImportMap().with_answer(question.key, "no"))
    assert not [each for each in third.questions if each.key.startswith("fill_down")]


@hazard(6)
def test_a_blank_student_is_filled_only_after_an_answer(hazard):
    data = book(Roster=[["Student ID", "Min/Wk"], ["1", 30], [None, 15]])
    assert loaded(data).roster.rows("unreadable") == 1, hazard
    filled = loaded(data, ImportMap().with_answer("fill_down:Student ID", "yes"))
    assert filled.roster.services["student"].nunique() == 1 and len(filled.roster.services) == 2


@hazard(7)
def test_a_tab_for_each_person_gives_the_name_after_a_question(hazard):
    head = ["Student ID", "School", "Min/Wk"]
    data = book(Kim=[head, ["1", "Oak", 30]], Lee=[head, ["2", "Elm", 30]])
    questions = {each.key: each for each in loaded(data).questions}
    assert "file:tab-names" in questions, hazard
    answers = ImportMap().with_answer("sheet:Kim", "therapist").with_answer("sheet:Lee", "therapist")
    assert loaded(data, answers).roster.services["therapist"].tolist() == ["Kim", "Lee"]


@hazard(8)
def test_a_campus_tab_that_repeats_the_main_list_does_not_count_twice(hazard):
    main = [["Student ID", "School", "Grade", "Min/Wk"], *([str(at), "Oak", 2, 30] for at in range(6))]
    campus = [["Student ID", "Min/Wk"], *([str(at), 30] for at in range(6))]
    result = loaded(book(Main=main, Oak=campus))
    assert len(result.roster.services) == 6 and "6 rows" in only(result, "sheets-overlap").message, hazard
    assert rows_add_up(result)


@hazard(9)
def test_hidden_sheets_are_asked_hidden_rows_and_columns_are_read_and_told(hazard):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Services"
    for row in ([*WEEKLY, "grade"], ["1", 30, 2], ["2", 30, 2]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for title, state in (("Old", "hidden"), ("Secret", "veryHidden")):
        other = workbook.create_sheet(title)
        other.sheet_state = state
        other.append(list(WEEKLY))
        other.append([f"9{title}", 30])
    data = saved(workbook)
    result = loaded(data)
    assert len(result.roster.services) == 2, hazard
    assert only(result, "hidden-rows").row == 3 and "grade" in only(result, "hidden-columns").message
    assert [question.key for question in result.questions] == ["sheet:Old"] and len(found(result, "sheet-hidden")) == 2
    assert len(loaded(data, ImportMap().with_answer("sheet:Old", "read")).roster.services) == 3


@hazard(10)
def test_totals_are_left_out_with_a_count(hazard):
    result = loaded(
        services(["1", 30], ["Subtotal", 30], ["2", 45], ["Grand Total", 75], ["Count: 2", None], columns=WEEKLY)
    )
    assert result.roster.services["total_minutes"].tolist() == [30, 45], hazard
    assert result.roster.excluded == {"total-row": 3} and rows_add_up(result)


@hazard(11)
def test_marked_rows_are_counted_by_color(hazard):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(list(WEEKLY))
    for at in range(6):
        sheet.append([str(at), 30])
    for place, color in (("A1", "FFFF00"), ("A3", "FFFF00"), ("B3", "FFFF00"), ("A4", "D9D9D9"), ("A7", "FFFFFF")):
        sheet[place].fill = PatternFill("solid", fgColor=color)
    sheet["A5"].font = Font(strike=True)
    result = loaded(saved(workbook))
    message = only(result, "colors-not-read").message
    assert "not read" in message and "3 rows" in message, hazard
    assert (
        all(words in message for words in ("1 yellow", "1 gray", "1 struck through"))
        and len(result.roster.services) == 6
    )


@hazard(47)
def test_two_columns_with_one_heading_are_both_offered(hazard):
    data = book(
        S=[["Student ID", "Minutes per Week", "Minutes per Week", None], ["1", 30, 45, "x"], ["2", 30, 60, "y"]]
    )
    result = loaded(data)
    [question] = result.questions
    labels = dict(question.choices)
    assert "45, 60" in labels["Minutes per Week (2)"] and "30" in labels["Minutes per Week"], hazard
    assert "D" in only(result, "column-without-heading").message
    answers = ImportMap().with_answer(question.key, "Minutes per Week (2)")
    assert loaded(data, answers).roster.services["total_minutes"].tolist() == [45, 60]


@hazard(39)
def test_formats_to_the_last_row_cost_nothing(hazard):
    workbook = openpyxl.Workbook()
    workbook.active.append(list(WEEKLY))
    workbook.active.append(["1", 30])
    workbook.active.cell(1_048_576, 3).number_format = "@"
    result = load([("a.xlsx", saved(workbook))], secret=SECRET)
    assert len(result.roster.services) == 1 and not codes(result, "error"), hazard
