"""A sheet by its distinct cells is the sheet by all of its cells."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.open.workbooks import number_cell, packed, parts, row, sheet, workbook
from workload.intake.open import preflight as look
from workload.intake.open.distinct_cells import DistinctCells
from workload.intake.open.excel_readers import read_with_calamine
from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem, Refused
from workload.intake.open.sheet_codec import unpack_sheet
from workload.intake.open.zip_parts import list_parts

TEXTS = (
    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    "<si><t>Oak</t></si><si><t> Elm &amp; Ash</t></si><si><t/></si><si><r><t>P</t></r><r><t>ine</t></r></si>"
    "<si><t>1</t></si><si><t>TRUE</t></si></sst>"
)
CONTENTS = (
    *(f' t="s"><v>{at}</v></c>' for at in range(6)),
    *(
        f"><v>{value}</v></c>"
        for value in (0, 1, 30, 45.5, -7, "1e300", 123456789012, "007", "1.0", "12345678", "123456789")
    ),
    *(f' s="1"><v>{value}</v></c>' for value in (46000, 46001, "46000.5", 1)),
    *(f' t="b"><v>{value}</v></c>' for value in (0, 1)),
    ' t="str"><v>a longer text, = and more</v></c>',
    ' s="1" t="str"><v>1</v></c>',
    ' t="e"><v>#N/A</v></c>',
    ' s="1"/>',
    "/>",
)


def letters(column):
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def book(*sheets, **options):
    made = parts(*sheets, **options)
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    made[rels] = made[rels].replace(
        "</Relationships>", f'<Relationship Id="rId901" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    )
    return packed({**made, "xl/sharedStrings.xml": TEXTS})


def facts_of(monkeypatch, data):
    monkeypatch.setattr(look, "_WORTH_IT", 0)
    return look.preflight(data, "xlsx", Limits())


def both_ways(monkeypatch, data):
    """What is read by the distinct cells, and by all; and whether any sheet was taken apart."""
    facts = facts_of(monkeypatch, data)
    whole = {name: dataclasses.replace(each, cells=None) for name, each in facts.sheets.items()}
    apart = any(each.cells for each in facts.sheets.values())
    return read(data, facts), read(data, dataclasses.replace(facts, sheets=whole)), apart


def read(data, facts):
    try:
        return told(read_with_calamine(data, "xlsx", facts, Limits()))
    except Refused as why:
        return why.refusal


def told(answer):
    frames, notices = answer
    sheets = []
    frames = list(map(memoryview, frames))
    while frames:
        one, frames = unpack_sheet(frames)
        cells = [[(type(cell), repr(cell)) for cell in column] for column in one.cells]
        sheets.append(
            (dataclasses.replace(one, cells=[]).__dict__, cells, [column.codes.tolist() for column in one.cells])
        )
    return sheets, notices


@given(
    st.dictionaries(
        st.integers(1, 2000),
        st.dictionaries(st.sampled_from([0, 1, 2, 25, 26, 27, 100]), st.sampled_from(CONTENTS), max_size=7),
        max_size=12,
    ),
    st.sampled_from(["", ' spans="1:20"', ' ht="15" customHeight="1" x14ac:dyDescent="0.25"']),
)
def test_the_distinct_cells_are_all_cells(rows, extra):
    made = sheet(
        *(
            row(at, *(f'<c r="{letters(column)}{at}"{cells[column]}' for column in sorted(cells)), extra=extra)
            for at, cells in sorted(rows.items(), key=lambda each: each[0])
        )
    )
    with pytest.MonkeyPatch.context() as monkeypatch:
        by_distinct, by_all, apart = both_ways(monkeypatch, book(made, sheet(row(1, number_cell("A1", 5)))))
        assert by_distinct == by_all and apart


LINES = [row(at, f'<c r="A{at}" t="s"><v>{at % 6}</v></c>', number_cell(f"B{at}", at % 7)) for at in range(1, 40)]


USUAL = [
    ('<c r="B9">', '<c r="C9">'),
    ('<c r="B9">', '<c r="B9"/><c r="C9" s="1"/><c r="D9">'),
    ('<row r="9">', '<row r="9" hidden="1" ht="15">'),
    ("<v>2</v>", "<v>2&#48;</v>"),
    ("<v>2</v>", "<v> 2 </v>"),
    ("<v>2</v>", "<v>002</v>"),
    ('<c r="B9">', '<c r="B9" t="e">'),
    ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'),
    ("</sheetData>", '</sheetData><sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData>'),
]
UNUSUAL = [
    ('<c r="B9">', '<c r="B8">'),
    ('<c r="B9">', '<c r="A9">'),
    ('<c r="B9">', '<c r="$B9">'),
    ('<c r="B9">', '<c r="b9">'),
    ('<c r="B9">', '<c r="B09">'),
    ('<c r="B9">', '<c r="9">'),
    ('<c r="B9">', '<c s="1" r="B9">'),
    ('<c r="B9">', "<c r='B9'>"),
    ('<c r="B9">', '<c  r="B9">'),
    ('<c r="B9">', '<c r="B9" s="1" >'),
    ('<c r="B9">', f'<c r="B9"{" s=" + chr(34) + "1" * 70 + chr(34)}>'),
    ('<c r="B9">', '<c r="B9" r="D20">'),
    ('<c r="B9">', '<c r="B9" t="str" t="s">'),
    ('<c r="A1" t="s"><v>1</v></c><c r="B1"><v>1</v></c>', '<c r="A1" t="inlineStr"><v>x</v></c>'),
    ('<c r="B9">', "<c>"),
    ('<c r="B9">', '<c r="B9"><f>1+1</f>'),
    ('<c r="B9">', '<c r="B9"><!-- <v>7</v></c> -->'),
    ('<c r="B9">', '<c r="B9"><v>7</v>'),
    ('<c r="B9">', '<c r="B9"></c><c r="D9">'),
    ('<c r="B9">', '<c r="B9"/> <c r="D9">'),
    ('<c r="B9">', '<c r="B9" t="inlineStr"><is><t>x</t></is></c><c r="C9">'),
    ('<row r="9">', '<row r="8">'),
    ('<row r="9">', '<row r="7">'),
    ('<row r="9">', '<row r="09">'),
    ('<row r="9">', '<row r="9" >'),
    ('<row r="9">', '<row hidden="1" r="9">'),
    ('<row r="9">', "<row>"),
    ('<row r="9">', '<row r="9"/><row r="9">'),
    ('<row r="9">', '<row r="9"> <row r="10">'),
    ("</row>", "</row>\n"),
    ("</row>", ""),
    ("<sheetData>", "<sheetData><!-- <sheetData> -->"),
    ("<sheetData>", "<sheetData >"),
    ("<sheetData>", "<!-- x --><sheetData>"),
    ("<v>2</v>", "<v><![CDATA[2]]></v>"),
    ("<v>2</v>", "<v>2<x/></v>"),
    ("<v>2</v>", "<v></v>"),
    ("<v>2</v>", "<v/>"),
    ("<v>2</v>", "<v>2</v> "),
    ("<v>2</v>", "<v>2</v >"),
    ("</row>", "</row >"),
    ("<v>2</v>", '<v xml:space="preserve">2</v>'),
]


@pytest.mark.parametrize(
    ("before", "after", "usual"), [*((*pair, True) for pair in USUAL), *((*pair, False) for pair in UNUSUAL)]
)
def test_an_unusual_form_is_seen_and_changes_nothing(monkeypatch, before, after, usual):
    made = sheet(*LINES).replace(before, after, 1)
    assert made != sheet(*LINES)
    by_distinct, by_all, apart = both_ways(monkeypatch, book(made))
    assert by_distinct == by_all and apart is usual


def test_errors_and_hidden_rows_are_found_in_sheets_that_are_taken_apart(monkeypatch):
    made = sheet(
        row(1, number_cell("A1", 5)),
        row(2, '<c r="A2" t="e"><v>#N/A</v></c>', number_cell("B2", 1), extra=' hidden="1"'),
        '<row r="3" hidden="1"/>',
        row(4, '<c r="A4" t="b"><v>1</v></c>'),
    )
    found = facts_of(monkeypatch, book(made)).sheets["Sheet1"]
    assert found.cells and found.problems == {(2, 1): CellProblem("error", "#N/A")}
    assert found.hidden_rows == [2, 3] and found.has_booleans and not found.has_formulas


@pytest.mark.parametrize("size", [1, 7, 40, 333])
def test_the_cells_are_the_same_in_pieces(size):
    whole, pieces = DistinctCells(), DistinctCells()
    text = sheet(*LINES).encode()
    whole.look(text)
    starts = [at for at in range(len(text)) if text.startswith(b"<row", at)][1::size]
    for low, high in zip([0, *starts], [*starts, len(text)], strict=True):
        pieces.look(text[low:high])
    assert whole.whole and pieces.whole
    assert [part.tolist() for part in whole.cells()] == [part.tolist() for part in pieces.cells()]


def test_rows_that_do_not_end_are_not_whole():
    cells = DistinctCells()
    cells.look(sheet(*LINES).encode().partition(b"</sheetData>")[0])
    assert not cells.whole


def test_two_names_for_one_part_are_read_from_the_file_itself(monkeypatch):
    made = parts(sheet(*LINES), sheet(*LINES), names=["One", "Two"])
    rels = "xl/_rels/workbook.xml.rels"
    made[rels] = made[rels].replace("sheet2.xml", "sheet1.xml")
    by_distinct, by_all, apart = both_ways(monkeypatch, packed({**made, "xl/sharedStrings.xml": TEXTS}))
    assert by_distinct == by_all and apart


def test_a_reader_that_takes_another_sheet_is_seen(monkeypatch):
    data = book(sheet(*LINES), sheet(row(1, number_cell("A1", 8))), names=["One", "Two"])
    facts = facts_of(monkeypatch, data)
    one, two = facts.sheets["One"], facts.sheets["Two"]
    facts.sheets = {"One": dataclasses.replace(one, cells=two.cells), "Two": dataclasses.replace(two, cells=one.cells)}
    facts.sheets["One"].part, facts.sheets["Two"].part = two.part, one.part
    assert read(data, facts) == read(data, dataclasses.replace(facts, sheets={}))


@pytest.mark.parametrize("other", [sheet(), sheet(row(1, number_cell("A1", 8)))])
def test_two_sheets_of_one_name_are_read_from_the_file_itself(monkeypatch, other):
    by_distinct, by_all, apart = both_ways(monkeypatch, book(sheet(*LINES), other, names=["One", "One"]))
    assert by_distinct == by_all and apart


def test_a_text_that_the_workbook_does_not_have_loses_the_sheet_as_ever(monkeypatch):
    lines = [*LINES, row(50, '<c r="A50" t="s"><v>999</v></c>')]
    by_distinct, by_all, apart = both_ways(monkeypatch, book(sheet(*lines), sheet(*LINES)))
    assert by_distinct == by_all and apart


def test_the_rest_of_the_workbook_is_copied(monkeypatch):
    from workload.intake.open.distinct_book import with_sheets

    data = book(sheet(*LINES))
    made = with_sheets(data, list_parts(data, Limits()), {"xl/worksheets/sheet1.xml": b"new"})
    before, after = list_parts(data, Limits()), list_parts(made, Limits())
    assert [part.name for part in before] == [part.name for part in after]
    for old, new in zip(before, after, strict=True):
        kept = made[new.start : new.start + new.packed]
        assert kept == (b"new" if old.key == "xl/worksheets/sheet1.xml" else data[old.start : old.start + old.packed])


def test_a_large_workbook_is_taken_apart():
    lines = [
        row(at, *(number_cell(f"{letters(column)}{at}", at * column % 97) for column in range(20)))
        for at in range(1, 2000)
    ]
    (found,) = look.preflight(workbook(sheet(*lines)), "xlsx", Limits()).sheets.values()
    assert found.cells is not None and len(found.cells.forms) == 1
