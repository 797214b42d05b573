"""From the bytes of an untrusted workbook to raw sheets, or one plain refusal."""

import datetime
import hashlib
import os
import re

import openpyxl
import pytest

from tests.intake.open import workbooks
from tests.intake.open.opened import NO_RESULT, book_of, cell, cells, codes, only_sheet, refused, saved
from tests.intake.open.workbooks import ROSTER, number_cell, packed, parts, row, sheet, text_cell, with_part, workbook
from workload.intake.open.opening import CellProblem, open_file
from workload.intake.open.refusals import SENTENCES


def test_an_opened_workbook_knows_its_name_kind_and_digest():
    data = workbook()
    opened = open_file("roster.xlsx", data)
    assert (opened.name, opened.kind, opened.sha256) == ("roster.xlsx", "xlsx", hashlib.sha256(data).hexdigest())
    assert opened.sheets[0].cells == [["School", "Lincoln"], ["Minutes", 30]]


def test_every_type_of_value_comes_back_as_itself():
    moments = [datetime.date(2026, 1, 5), datetime.datetime(2026, 1, 5, 8, 30), datetime.time(0, 30)]
    book = book_of(
        A1="001",
        A2=30,
        A3=30.5,
        A4=True,
        A5=1,
        A6=moments[0],
        A7=moments[1],
        A8=moments[2],
        A9="  x ",
        A10=False,
        A11=0,
        A12=-2.0,
    )
    found = cells(saved(book))[0]
    assert found == ["001", 30, 30.5, True, 1, *moments, "  x ", False, 0, -2]
    assert [type(value) for value in found] == [
        str,
        int,
        float,
        bool,
        int,
        datetime.date,
        datetime.datetime,
        datetime.time,
        str,
        bool,
        int,
        int,
    ]


def test_a_column_of_one_type_without_a_heading_comes_back():
    day = datetime.date(2026, 1, 5)
    book = book_of(A1=day, A2=day, B1=True, B2=False, C1=1.5, C2=2.5, D1=1, D2=2, E1="a", E2="b")
    assert cells(saved(book)) == [[day, day], [True, False], [1.5, 2.5], [1, 2], ["a", "b"]]


def test_a_column_of_many_types_in_large_numbers_comes_back():
    rows = [row(n, number_cell(f"A{n}", n) if n % 2 else text_cell(f"A{n}", f"id {n}")) for n in range(1, 3_001)]
    assert cells(workbook(sheet(*rows)))[0] == [n if n % 2 else f"id {n}" for n in range(1, 3_001)]


def test_days_of_the_1904_calendar_are_right():
    book = book_of(A1=datetime.date(2026, 1, 5))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert cells(saved(book)) == [[datetime.date(2026, 1, 5)]]


def test_errors_and_formulas_without_a_saved_result_are_never_blank():
    data = workbook(
        sheet(
            row(1, text_cell("A1", "Minutes")),
            row(2, '<c r="A2" t="e"><v>#REF!</v></c>'),
            row(3, '<c r="A3"><f>A1*2</f></c>'),
            row(4, '<c r="A4"><f>1+1</f><v>2</v></c>'),
            row(7, '<c r="C7"><f>A1</f><v/></c>'),
        )
    )
    found = only_sheet(data)
    assert found.cells[0] == ["Minutes", CellProblem("error", "#REF!"), NO_RESULT, 2, None, None, None]
    assert cell(found, 7, 3) == NO_RESULT


def test_an_error_above_the_first_value_keeps_its_place():
    found = only_sheet(workbook(sheet(row(2, '<c r="B2" t="e"><v>#N/A</v></c>'), row(4, number_cell("A4", 1)))))
    assert cell(found, 2, 2) == CellProblem("error", "#N/A") and cell(found, 4, 1) == 1


def test_a_sheet_of_nothing_but_formulas_without_results_is_told():
    assert cell(only_sheet(saved(book_of(B3="=1+1"))), 3, 2) == NO_RESULT


def test_numbers_that_are_not_finite_and_long_durations_are_problems():
    book = book_of(A1=datetime.timedelta(hours=37, minutes=30))
    assert cells(saved(book))[0][0].kind == "duration"
    assert cells(workbook(sheet(row(1, number_cell("A1", "1E309"), number_cell("B1", 2)))))[0][0].kind == "number"


def test_identifiers_beyond_the_exact_whole_numbers_are_noticed():
    opened = open_file("a.xlsx", workbook(sheet(row(1, number_cell("A1", 9007199254740993), number_cell("B1", 5)))))
    assert "long-numbers" in codes(opened)
    assert "long-numbers" not in codes(
        open_file("a.xlsx", workbook(sheet(row(1, number_cell("A1", 9007199254740991)))))
    )


def test_control_characters_are_removed_and_told():
    texts = "<sst><si><t>A_x0000_b_x0007_</t></si><si><t>two_x000D_\nlines</t></si></sst>"
    made = parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>')))
    made["xl/sharedStrings.xml"] = texts
    made["xl/_rels/workbook.xml.rels"] = str(made["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="rId901" Type="{workbooks.RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    opened = open_file("a.xlsx", packed(made))
    assert opened.sheets[0].cells == [["Ab"], ["two\nlines"]]
    assert "control-characters" in codes(opened)


def test_every_row_keeps_its_number_in_the_sheet():
    found = only_sheet(workbook(sheet(row(5, text_cell("C5", "a")), row(9, text_cell("D9", "b")))))
    assert (found.first_row, found.rows, found.columns) == (5, 5, 4)
    assert (
        cell(found, 5, 3) == "a"
        and cell(found, 9, 4) == "b"
        and cell(found, 6, 3) is None
        and cell(found, 99, 1) is None
    )
    assert found.sheet_row(4) == 9


def test_empty_rows_and_columns_at_the_end_are_dropped():
    book = book_of(A1="x")
    book.active["F20"].font = openpyxl.styles.Font(bold=True)
    found = only_sheet(saved(book))
    assert (found.rows, found.columns) == (1, 1)


def test_a_million_formatted_empty_rows_are_ignored():
    blanks = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577))
    assert cells(workbook(sheet(*ROSTER, blanks))) == [["School", "Lincoln"], ["Minutes", 30]]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "C3:D4", ""])
def test_the_declared_dimension_does_not_matter(dimension):
    before = f'<dimension ref="{dimension}"/>' if dimension else ""
    assert cells(workbook(sheet(*ROSTER, before=before))) == [["School", "Lincoln"], ["Minutes", 30]]


def test_hidden_sheets_rows_columns_and_merges_are_told():
    made = sheet(
        row(1, text_cell("A1", "a"), text_cell("B1", "b")),
        row(2, text_cell("A2", "c"), extra=' hidden="1"'),
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        after='<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:XFD1048576"/></mergeCells>',
    )
    opened = open_file("a.xlsx", workbook(made, made, made, states=["veryHidden", "hidden", ""]))
    assert [each.visible for each in opened.sheets] == ["very hidden", "hidden", "visible"]
    first = opened.sheets[0]
    assert (first.hidden_rows, first.hidden_columns) == ((2,), (2,))
    assert first.merges == ((1, 1, 1, 2), (2, 1, 2, 2))


def test_overlapping_merges_are_ignored_so_that_nobody_expands_them():
    merges = "".join('<mergeCell ref="A1:B2"/>' for _ in range(50))
    made = sheet(*ROSTER, after=f"<mergeCells>{merges}</mergeCells>")
    assert only_sheet(workbook(made)).merges == ()


ODDITIES = {
    "strict Open XML": workbook(
        sheet(*ROSTER, namespace=workbooks.STRICT), namespace=workbooks.STRICT, rels=workbooks.STRICT_RELS
    ),
    "backslashes and capitals in part names": packed(
        {name.replace("/", "\\").upper(): part for name, part in parts(sheet(*ROSTER)).items()}
    ),
    "no content types": packed({k: v for k, v in parts(sheet(*ROSTER)).items() if k != "[Content_Types].xml"}),
    "no cell references": workbook(sheet(re.sub(r' r="[A-Z]*\d+"', "", "".join(ROSTER)))),
    "a namespace prefix": workbook(
        sheet(*ROSTER).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    ),
    "a filter nobody can parse": workbook(
        sheet(
            *ROSTER,
            after='<autoFilter ref="A1:B2"><filterColumn colId="0">'
            '<customFilters><customFilter val="=*"/></customFilters></filterColumn>'
            "</autoFilter>",
        )
    ),
    "invalid styles": with_part("xl/styles.xml", "<styleSheet><fills><fill/></fills><cellXfs/></styleSheet>"),
    "a merge to the end of the sheet": workbook(
        sheet(*ROSTER, after='<mergeCells count="1"><mergeCell ref="A6:XFD1048576"/></mergeCells>')
    ),
    "25,000 conditional formats": workbook(
        sheet(
            *ROSTER,
            after='<conditionalFormatting sqref="A1"><cfRule type="x" priority="1"/></conditionalFormatting>' * 25_000,
        )
    ),
    "an image and a link": packed(
        {
            **parts(sheet(*ROSTER, after='<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>')),
            "xl/media/image1.png": os.urandom(5_000),
        }
    ),
    "a sheet password": workbook(sheet(*ROSTER, after='<sheetProtection sheet="1" password="CC1A"/>')),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_an_odd_but_honest_workbook_is_read(oddity):
    assert cells(ODDITIES[oddity]) == [["School", "Lincoln"], ["Minutes", 30]]


def test_macros_are_ignored_and_told():
    opened = open_file("a.xlsm", with_part("xl/vbaProject.bin", b"macro"))
    assert (opened.kind, codes(opened)) == ("xlsm", {"macros"})


def test_saved_placeholders_of_a_program_are_told():
    made = sheet(row(1, '<c r="A1"><f>SUM(B1:B9)</f><v>0</v></c>', number_cell("B1", 2)))
    opened = open_file("a.xlsx", workbook(made, workbook='<calcPr fullCalcOnLoad="1"/>'))
    assert "never-calculated" in codes(opened)


def test_one_unreadable_sheet_does_not_hide_the_others():
    broken = "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99</v></c></row>"
    opened = open_file("a.xlsx", workbook(sheet(*ROSTER), broken + "</wrong>"))
    assert opened.refusal is None and opened.sheets[0].name == "Sheet1"
    assert "sheet-unreadable" in codes(opened) or len(opened.sheets) == 2


REFUSED = {
    "empty": b"",
    "lock-file": workbooks.lock_file(),
    "encrypted": workbooks.ole({"EncryptionInfo": b"1", "EncryptedPackage": b"2"}),
    "truncated": workbook()[:-30],
    "far-cell": workbooks.far_cell("XFD1048576", 1048576),
    "doctype": with_part("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'),
    "zip-duplicate": packed([*parts(sheet(*ROSTER)).items(), ("xl/worksheets/sheet1.xml", sheet(row(1)))]),
    "no-cells": workbook(sheet()),
    "no-sheets": workbook(),
    "pdf": b"%PDF-1.7",
    "no-table": b"<html><body>Please sign in</body></html>",
    "text-encoding": b"School,\x81\x8d\nx,y\n",
    "too-large": b"a,b\n" * 7_000_000,
}
REFUSED["no-sheets"] = packed({**parts(), "xl/workbook.xml": "<workbook><sheets/></workbook>"})


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_says_what_is_the_matter_and_what_to_do_next(code):
    found = refused(REFUSED[code])
    assert found.code == code
    for sentence in (found.message, found.remedy):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".") and "{" not in sentence
        assert not re.search(r"Traceback|BadZipFile|Error\b|Exception|0x", sentence)


def test_every_refusal_sentence_is_plain():
    for message, remedy in SENTENCES.values():
        assert message.endswith(".") and remedy.endswith(".") and "Error" not in message


def test_a_damaged_old_excel_file_is_refused_and_not_looped_over():
    broken = bytearray(workbooks.xls())
    broken[512:1024] = os.urandom(512)
    assert refused(bytes(broken), name="a.xls").code == "unreadable"
    assert refused(workbooks.OLE_MAGIC + b"\x00" * 1016, name="a.xls").code in (
        "unreadable",
        "other-office",
        "time",
        "memory",
    )
