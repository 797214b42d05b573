"""Files that are not .xlsx, whatever they are called: old Excel, OpenDocument, web pages, XML, delimited text."""

import datetime

import pytest

from tests.intake.open import workbooks
from tests.intake.open.opened import NO_RESULT, cell, cells, codes, only_sheet, refused
from workload.intake.open.opening import CellProblem, Opened, open_file


def test_an_old_excel_file_is_read_under_any_name():
    assert cells(workbooks.xls(), "roster.xlsx") == [
        ["School", "001", True],
        ["Minutes", 30, CellProblem("error", "#REF!")],
    ]
    assert only_sheet(workbooks.xls(state=2)).visible == "very hidden"


def test_a_binary_workbook_is_read():
    assert cells(workbooks.xlsb()) == [["School", "Lincoln"], ["Minutes", 30], [None, CellProblem("error", "#REF!")]]


def test_an_open_document_is_read():
    table = (
        '<table:table table:name="Roster" table:style-name="h"><table:table-row><table:table-cell '
        'office:value-type="string" table:number-columns-spanned="2"><text:p>two<text:s text:c="2"/>blanks</text:p>'
        "<text:p>lines</text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>"
        '<table:covered-table-cell/></table:table-row><table:table-row table:visibility="filter" '
        'table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="30"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-01-05"/><table:table-cell '
        'office:value-type="time" office:time-value="PT00H30M00S"/><table:table-cell office:value-type="boolean" '
        'office:boolean-value="true"/><table:table-cell table:formula="of:=1/0" calcext:value-type="error" '
        'office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    found = only_sheet(workbooks.ods(table, style), "roster.ods")
    assert found.cells[0] == ["two  blanks\nlines", 30, 30]
    assert [column[1] for column in found.cells] == [
        30,
        datetime.date(2026, 1, 5),
        datetime.time(0, 30),
        True,
        CellProblem("error", "#DIV/0!"),
    ]
    assert (found.visible, found.hidden_rows, found.merges) == ("hidden", (2, 3), ((1, 1, 1, 2),))


def test_an_open_document_bomb_of_repeats_is_refused():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    table = f'<table:table><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>'
    assert refused(workbooks.ods(table)).code in ("far-cell", "cells")


def test_an_open_document_with_a_password_is_refused():
    assert refused(workbooks.ods("", manifest="<manifest><encryption-data/></manifest>")).code == "encrypted"


def test_a_web_page_is_read_with_every_cell_as_text():
    opened = open_file("roster.xls", workbooks.HTML_TABLE.encode())
    assert opened.sheets[0].cells == [["School", "Peña & Ortiz"], ["ID", "001"]]
    assert "text-only" in codes(opened)


def test_spans_of_a_web_page_become_merges():
    page = b"<table><tr><td rowspan=2>A<td colspan='2'>B<tr style='display:none'><td>C<td>D</table>"
    found = only_sheet(page)
    assert found.cells == [["A", None], ["B", "C"], [None, "D"]]
    assert (found.merges, found.hidden_rows) == (((1, 1, 2, 1), (1, 2, 1, 3)), (2,))


def test_a_web_page_with_absurd_spans_is_contained():
    page = b"<table>" + b"<tr><td colspan=99999999 rowspan=99999999>x</td></tr>" * 50 + b"</table>"
    assert isinstance(open_file("a.xls", page), Opened)


def test_a_web_archive_is_read():
    assert cells(workbooks.MHTML, "roster.xls") == [["School", "Peña"]]


def test_excels_xml_of_2003_is_read():
    data = workbooks.spreadsheetml(
        '<Column ss:Index="2" ss:Hidden="1"/>'
        '<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">001</Data></Cell><Cell><Data ss:Type="Number">30'
        '</Data></Cell></Row><Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data>'
        '</Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=1"/><Cell><Data ss:Type="Boolean">1</Data>'
        "</Cell></Row>",
        options="<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>",
    )
    found = only_sheet(data, "roster.xls")
    assert [cell(found, 3, column) for column in (1, 2, 3)] == ["001", None, 30]
    assert [cell(found, 4, column) for column in range(1, 6)] == [
        None,
        datetime.date(2026, 1, 5),
        CellProblem("error", "#N/A"),
        NO_RESULT,
        True,
    ]
    assert (found.merges, found.hidden_rows, found.hidden_columns) == (((3, 1, 3, 2),), (4,), (2,))
    assert found.visible == "hidden"


def test_a_far_cell_and_entities_in_excels_xml_are_refused():
    far = workbooks.spreadsheetml('<Row ss:Index="1048576"><Cell><Data ss:Type="Number">1</Data></Cell></Row>')
    assert "A1048576" in refused(far).message
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert (
        refused(workbooks.spreadsheetml("<Row><Cell><Data>&b;</Data></Cell></Row>", doctype=laughs)).code == "doctype"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_letters_and_delimiters_are_recognized(encoding, delimiter):
    text = f"School{delimiter}ID{delimiter}Note\r\nPeña{delimiter}001{delimiter}“x”\r\n"
    opened = open_file("roster.csv", text.encode(encoding))
    assert opened.sheets[0].cells == [["School", "Peña"], ["ID", "001"], ["Note", "“x”"]]
    assert ("text-encoding-guessed" in codes(opened)) == (encoding == "cp1252")
    assert ("delimiter" in codes(opened)) == (delimiter != ",")


def test_utf16_text_under_the_name_of_a_workbook_is_read():
    assert cells("School\tMinutes\r\nLincoln\t30\r\n".encode("utf-16"), "roster.xls") == [
        ["School", "Lincoln"],
        ["Minutes", "30"],
    ]


def test_a_separator_line_is_obeyed_and_left_out():
    assert cells(b"sep=;\r\na,b;c\r\nd,e;f\r\n", "a.csv") == [["a,b", "d,e"], ["c", "f"]]


def test_names_with_commas_do_not_win_over_the_semicolon():
    assert only_sheet(b"Name;Minutes;School\nKim, Ana;30;Lincoln\nLee, Bo;20;Lincoln\n", "a.csv").columns == 3


def test_quoted_line_breaks_stay_in_their_cell_and_rows_keep_their_numbers():
    found = only_sheet(b'A,B\n"two\nlines",1\n\nlast,2\n', "a.csv")
    assert found.cells == [["A", "two\nlines", None, "last"], ["B", "1", None, "2"]]


def test_lines_with_another_number_of_fields_are_listed_by_line_and_row():
    opened = open_file("a.csv", b'Title\nA,B,C\n1,"x\ny",3\n1,2\n1,2,3,4\n7,8,9\n')
    notice = next(notice for notice in opened.notices if notice.code == "broken-lines")
    assert notice.rows == (4, 5)
    assert "line 5 has 2; line 6 has 4" in notice.message and "3 fields" in notice.message
    assert cell(opened.sheets[0], 5, 4) == "4"


def test_an_extra_field_in_every_row_is_refused_since_no_heading_fits():
    refusal = open_file("a.csv", b"A,B,C\n" + b"x,1,2,3\n" * 5).refusal
    assert refusal.code == "csv-shifted" and "3 headings" in refusal.message and "4 values" in refusal.message


def test_a_stray_quotation_mark_does_not_swallow_the_rest():
    opened = open_file("a.csv", b'A,B\n"x,1\ny,2\n' + b"z,3\n" * 500)
    notice = next(notice for notice in opened.notices if notice.code == "broken-quotes")
    assert notice.rows == (2,) and "line 2" in notice.message
    assert opened.sheets[0].rows == 503


def test_a_blank_after_a_closing_quotation_mark_is_not_a_broken_line():
    assert codes(open_file("a.csv", b'A,B\n"x, y" ,1\n"z",2\n')) == set()


@pytest.mark.parametrize("text", [b"NA", b"None", b"nan", b"1E5", b"0012", b"=1+1", b"#N/A", b"-", b"TRUE"])
def test_delimited_text_stays_text(text):
    assert cells(b"A,B\n" + text + b",x\n", "a.csv")[0][1] == text.decode()


def test_a_zero_byte_in_delimited_text_is_removed():
    assert cells(b"A,B\nx\x00y,1\n", "a.csv") == [["A", "xy"], ["B", "1"]]


def test_absurdly_wide_or_long_delimited_text_is_refused():
    assert refused(b"," * 200_000 + b"\n").code == "csv-columns"
    assert refused(b"a,b\n" * 200_001).code == "csv-rows"
