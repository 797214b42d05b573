"""One number far too large under a format of hours: the cell is a problem with its place, and the rest of the sheet is read."""

from __future__ import annotations

import struct

import pytest

from tests.intake.open import workbooks
from tests.intake.open.opened import cell, cells
from workload.intake.load import load
from workload.intake.open.opened import CellProblem
from workload.intake.open.opening import open_file

STYLES = (
    f'{workbooks.HEAD}<styleSheet xmlns="{workbooks.MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="[h]:mm"/>'
    '</numFmts><cellStyleXfs count="1"><xf numFmtId="170"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="170"/><xf numFmtId="46"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
LONG = [1e9, -1e9, 123456789012, 1e300]


def book(*rows: str, other: bool = False) -> bytes:
    made = workbooks.parts(workbooks.sheet(*rows), *([workbooks.sheet(*workbooks.ROSTER)] if other else []))
    return workbooks.packed({**made, "xl/styles.xml": STYLES})


def rows(number: object, style: int, extra: str = "") -> list[str]:
    head = workbooks.row(1, workbooks.text_cell("A1", "Student ID"), workbooks.text_cell("B1", "Minutes per week"))
    ids = [workbooks.number_cell(f"A{n}", 1_000_000_000 + n) for n in (2, 3, 4)]  # as large, and no length of time
    bad = f'<c r="B3" s="{style}">{extra}<v>{number}</v></c>'
    amounts = [workbooks.number_cell("B2", 30), bad, workbooks.number_cell("B4", 60)]
    return [head, *(workbooks.row(n, one, two) for n, one, two in zip((2, 3, 4), ids, amounts, strict=True))]


@pytest.mark.parametrize("style", [1, 2])
@pytest.mark.parametrize("number", LONG)
def test_the_cell_is_a_problem_and_all_others_are_read(number, style):
    first, second = cells(book(*rows(number, style)))
    assert first == ["Student ID", 1_000_000_002, 1_000_000_003, 1_000_000_004]
    assert second[:2] + second[3:] == ["Minutes per week", 30, 60]
    assert isinstance(second[2], CellProblem) and second[2].kind == "duration" and second[2].text.endswith(" days")


def test_the_result_of_a_formula_is_one_too_and_no_sheet_is_lost():
    data = book(*rows(1e12, 1, "<f>A3*1000</f>"), other=True)
    opened = open_file("a.xlsx", data)
    assert not opened.refusal and not opened.notices and [sheet.name for sheet in opened.sheets] == ["Sheet1", "Sheet2"]
    assert cell(opened.sheets[0], 3, 2) == CellProblem("duration", "1,000,000,000,000 days")
    assert cell(opened.sheets[1], 2, 2) == 30


def test_as_large_a_number_under_another_format_stays_what_it_is():
    assert cells(book(*rows(1e9, 0)))[1][2] == 1_000_000_000
    mixed = rows(1e9, 1)
    mixed[1] = workbooks.row(2, workbooks.number_cell("A2", 5_000_000_000), workbooks.number_cell("B2", 30))
    assert cells(book(*mixed))[0][1] == 5_000_000_000


def test_a_sheet_whose_cell_has_no_place_stays_unreadable_and_that_is_said():
    nowhere = [one.replace('r="B3" ', "") for one in rows(1e9, 1)]
    assert open_file("a.xlsx", book(*nowhere)).refusal.code == "unreadable"
    both = open_file("a.xlsx", book(*nowhere, other=True))
    assert [notice.code for notice in both.notices] == ["sheet-unreadable"] and len(both.sheets) == 1


def test_the_issue_names_the_cell_and_the_other_rows_count():
    loaded = load([("a.xlsx", book(*rows(1e9, 1)))], secret=b"s" * 32)
    said = [issue for issue in loaded.roster.issues if issue.row == 3]
    assert said and "1,000,000,000 days" in f"{said[0].message} {said[0].value}"
    assert len(loaded.roster.services) == 2


@pytest.mark.parametrize("content", [(5, struct.pack("<d", 2.0**34)), (2, struct.pack("<d", 2.0**34)[4:])])
def test_a_binary_workbook_is_read_in_the_same_way(content):
    """In either of the two forms that a number has there."""
    record, number = content
    data = workbooks.xlsb(workbooks.cell(record, 1, number, style=1), elapsed="[h]:mm")
    assert cells(data) == [
        ["School", "Lincoln"],
        ["Minutes", CellProblem("duration", "17,179,869,184 days")],
        [None, CellProblem("error", "#REF!")],
    ]
    assert cells(workbooks.xlsb(workbooks.cell(record, 1, number), elapsed="[h]:mm"))[1][1] == 2**34


@pytest.mark.parametrize("hours", ["24000000000000", "9" * 6_000])
def test_an_open_document_is_read_too(hours):
    timed = f'<table:table-cell office:value-type="time" office:time-value="PT{hours}H00M00S"/>'
    other = '<table:table-cell office:value-type="float" office:value="30"/>'
    row = f"<table:table-row>{timed}{other}</table:table-row>"
    [one], [two] = cells(workbooks.ods(f'<table:table table:name="Roster">{row}</table:table>'), "roster.ods")
    assert isinstance(one, CellProblem) and one.text and two == 30
