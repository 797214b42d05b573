"""The look through a workbook before any reader sees it."""

import zipfile

import pytest

from tests.intake.open import workbooks
from tests.intake.open.workbooks import ROSTER, number_cell, packed, parts, row, sheet, text_cell, with_part, workbook
from workload.intake.open.limits import Limits
from workload.intake.open.opened import CellProblem, Refused
from workload.intake.open.preflight import preflight


def refusal(data, limits=Limits(), kind="xlsx"):  # noqa: B008
    with pytest.raises(Refused) as caught:
        preflight(data, kind, limits)
    return caught.value.refusal


def facts(*sheets):
    return preflight(workbook(*sheets), "xlsx", Limits()).sheets["Sheet1"]


@pytest.mark.parametrize(
    ("ref", "number"),
    [
        ("XFD1048576", 1048576),
        ("A1048576", 1048576),
        ("XFD3", 3),
        ("A200001", 200001),
        ("SS2", 2),
        ("A4294967295", 4294967295),
        ("A4294967297", 4294967297),
        ("ZZZZ5", 5),
    ],
)
def test_a_stray_far_cell_is_named(ref, number):
    found = refusal(workbooks.far_cell(ref, number))
    assert found.code == "far-cell"
    assert ref in found.message and '"Sheet1"' in found.message


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD7'><v>1</v></c>",
        '<c\nr="XFD7"><v>1</v></c>',
        '<c s="0" r="XFD7"><v>1</v></c>',
        '<c r="XFD7"><f>1+1</f></c>',
        '<c r="XFD7" t="inlineStr"><is><t>x</t></is></c>',
    ],
)
def test_a_stray_cell_is_found_however_it_is_written(cell):
    assert "XFD7" in refusal(workbook(sheet(*ROSTER, row(7, cell)))).message


def test_a_stray_cell_is_found_under_a_namespace_prefix():
    made = sheet(*ROSTER, row(7, number_cell("XFD7", 1)))
    prefixed = made.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    assert "XFD7" in refusal(workbook(prefixed)).message


def test_a_stray_cell_is_found_in_a_sheet_that_the_list_of_sheets_does_not_reach():
    made = parts(sheet(*ROSTER)) | {"xl/other/hidden.xml": sheet(row(1, number_cell("XFD1", 1)))}
    assert refusal(packed(made)).code == "far-cell"


def test_formatted_cells_without_a_value_are_not_far_cells():
    blank = row(1048576, '<c r="A1048576" s="1"/>', '<c r="XFD1048576" s="1"/>')
    assert preflight(workbook(sheet(*ROSTER, blank)), "xlsx", Limits()).sheets["Sheet1"].problems == {}


def test_two_near_cells_that_span_a_huge_rectangle_are_refused_by_size():
    found = refusal(workbook(sheet(row(1, number_cell("SR1", 1)), row(199999, number_cell("A199999", 1)))))
    assert found.code == "area" and "SR199999" in found.message and "12,000,000" in found.message


def test_a_lying_dimension_is_not_believed():
    made = sheet(*ROSTER, before='<dimension ref="A1:XFD1048576"/>')
    assert preflight(workbook(made), "xlsx", Limits())


def test_too_many_cells_are_refused_with_the_limit():
    assert "more than 3 cells" in refusal(workbook(), Limits(cells=3)).message


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(zip_entries=4), "zip-entries"),
        (Limits(part_bytes=300), "unpacked-size"),
        (Limits(total_bytes=1000), "unpacked-size"),
        (Limits(rows=1), "far-cell"),
        (Limits(columns=1), "far-cell"),
        (Limits(cell_formats=0), "cell-formats"),
        (Limits(text_characters=5), "long-text"),
        (Limits(sheets=0), "sheets"),
        (Limits(area=3), "area"),
    ],
)
def test_each_limit_is_a_setting(limits, code):
    assert refusal(workbook(), limits).code == code


def test_a_bomb_of_blanks_is_counted_while_it_is_unpacked():
    data = with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + b" <a/>" * 40_000_000)
    assert refusal(data, Limits(part_bytes=50_000_000)).code == "unpacked-size"


def test_one_huge_text_is_refused():
    texts = "<sst><si><t>" + "x" * 400_000 + "</t></si></sst>"
    assert refusal(with_part("xl/sharedStrings.xml", texts)).code == "long-text"


def test_the_longest_text_that_excel_allows_is_read():
    assert preflight(workbook(sheet(row(1, text_cell("A1", "&quot;" * 32_767)))), "xlsx", Limits())


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/x.xml"]
)
def test_a_declaration_in_any_part_is_refused(name, declaration):
    made = parts(sheet(*ROSTER))
    content = str(made.get(name, "<sst/>")).replace(workbooks.HEAD, "")
    assert refusal(packed({**made, name: declaration + content})).code == "doctype"


def test_a_declaration_split_over_two_pieces_is_seen():
    content = "<x>" + " " * (1024 * 1024 - 7) + "<!DOCTYPE x></x>"
    assert refusal(with_part("docProps/x.xml", content)).code == "doctype"


def test_a_deep_nest_is_refused():
    nest = "<worksheet>" + "<a>" * 100_000 + "</a>" * 100_000 + "</worksheet>"
    assert refusal(with_part("xl/worksheets/sheet1.xml", nest)).code == "xml-depth"


def test_a_long_part_that_is_not_deep_is_not_taken_for_deep():
    assert preflight(
        with_part("xl/theme/theme1.xml", "<Types>" + "<a b='/'><c/></a >" * 300_000 + "</Types>"), "xlsx", Limits()
    )


def test_a_sheet_in_utf16_is_refused_because_readers_would_disagree():
    assert refusal(with_part("xl/worksheets/sheet1.xml", sheet(*ROSTER).encode("utf-16"))).code == "xml-encoding"


def test_a_query_definition_in_utf16_is_left_alone():
    assert preflight(
        with_part("customXml/item1.xml", ("<m>" + "A" * 900_000 + "</m>").encode("utf-16")), "xlsx", Limits()
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.xml", "zip-name"),
        ("/xl/evil.xml", "zip-name"),
        ("C:\\evil.xml", "zip-name"),
        ("xl\\..\\evil.xml", "zip-name"),
        ("xl/Worksheets/SHEET1.XML", "zip-duplicate"),
        ("xl\\worksheets\\sheet1.xml", "zip-duplicate"),
    ],
)
def test_unsafe_and_doubled_part_names_are_refused(name, code):
    made = [*parts(sheet(*ROSTER)).items(), (name, "<x/>")]
    assert refusal(packed(made)).code == code


def test_a_part_name_that_differs_between_the_two_lists_of_a_zip_is_refused():
    data = workbook()
    name = b"xl/styles.xml"
    assert refusal(data.replace(name, b"xl/stylez.xml", 1)).code == "zip-duplicate"


def test_claimed_sizes_are_not_believed():
    data = workbook()
    for size in (10, 10_000_000):
        found = refusal(workbooks.patched(data, "xl/worksheets/sheet1.xml", 24, size.to_bytes(4, "little")))
        assert found.code == "size-lie"


def test_overlapping_parts_are_refused():
    made = parts(sheet(*ROSTER))
    data = packed({**made, "xl/a.xml": "<a/>"}, zipfile.ZIP_STORED)
    longer = len(str(made["xl/styles.xml"])) + 40
    for offset in (20, 24):
        data = workbooks.patched(data, "xl/styles.xml", offset, longer.to_bytes(4, "little"))
    assert refusal(data).code == "zip-overlap"


def test_an_encrypted_part_is_a_password():
    assert refusal(workbooks.patched(workbook(), "xl/styles.xml", 8, b"\x01\x00")).code == "encrypted"


def test_an_unusual_packing_is_refused():
    assert refusal(packed(parts(sheet(*ROSTER)), zipfile.ZIP_BZIP2)).code == "zip-method"


def test_many_entries_are_refused_before_an_object_is_made_for_each():
    made = {f"xl/{number}.xml": "" for number in range(2_100)}
    assert "2,1" in refusal(packed({**parts(sheet(*ROSTER)), **made}, zipfile.ZIP_STORED)).message


def test_a_broken_stream_is_damage():
    data = bytearray(workbook())
    at = data.index(b"xl/worksheets/sheet1.xml") + 30
    data[at : at + 20] = b"\xff" * 20
    assert refusal(bytes(data)).code in ("damaged", "size-lie")


def test_errors_and_formulas_without_a_saved_result_are_found_with_their_places():
    found = facts(
        sheet(
            row(1, '<c r="A1" t="e"><v>#REF!</v></c>', '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
            row(
                2,
                '<c r="A2"><f>A1*2</f></c>',
                '<c r="B2"><f>A1</f><v></v></c>',
                '<c r="C2"><f>A1</f><v /></c>',
                '<c r="D2" s="1"><f t="shared" si="0"/></c>',
            ),
            row(3, '<c r="A3"><f>1+1</f><v>2</v></c>', '<c r="B3" t="str"><f>""</f><v></v></c>'),
        )
    ).problems
    assert {place: problem.kind for place, problem in found.items()} == {
        (1, 1): "error",
        (1, 2): "error",
        (2, 1): "formula",
        (2, 2): "formula",
        (2, 3): "formula",
        (2, 4): "formula",
    }
    assert found[1, 2] == CellProblem("error", "#DIV/0!")


def test_problems_are_found_where_cells_carry_no_reference():
    found = facts(sheet("<row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row><row><c><f>1+1</f></c></row>")).problems
    assert found == {
        (1, 2): CellProblem("error", "#N/A"),
        (2, 1): CellProblem("formula", "formula without a saved result"),
    }


def test_nothing_is_missed_where_the_pieces_of_a_large_sheet_meet():
    rows = [row(n, *(f'<c r="{letter}{n}" t="e"><v>#N/A</v></c>' for letter in "ABCDEFGH")) for n in range(1, 20_001)]
    made = sheet(*rows, after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    assert len(made) > 3 * 1024 * 1024
    found = facts(made)
    assert len(found.problems) == 160_000
    assert found.merges == [(1, 1, 2, 2)]


def test_hidden_rows_columns_and_merges_are_found():
    made = sheet(
        row(1, text_cell("A1", "a")),
        row(2, text_cell("A2", "b"), extra=' hidden="1"'),
        row(3, text_cell("A3", "c"), extra=' ht="0" hidden="true"'),
        before='<cols><col min="2" max="3" width="0" hidden="1"/></cols>',
        after='<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="A6:XFD1048576"/></mergeCells>',
    )
    found = facts(made)
    assert (found.hidden_rows, found.hidden_columns) == ([2, 3], [2, 3])
    assert found.merges == [(1, 1, 2, 1), (6, 1, 1048576, 16384)]


def test_macros_links_and_never_calculated_formulas_are_marked():
    made = parts(sheet(row(1, '<c r="A1"><f>1</f><v>0</v></c>')), workbook='<calcPr fullCalcOnLoad="1"/>')
    found = preflight(
        packed({**made, "xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<x/>"}), "xlsm", Limits()
    )
    assert found.macros and found.external_links and found.never_calculated
    assert found.sheets["Sheet1"].has_formulas


def test_errors_and_booleans_in_single_quotes_are_seen():
    found = facts(sheet(row(1, "<c r=\"A1\" t='e'><v>#N/A</v></c>", "<c r=\"B1\" t='b'><v>1</v></c>")))
    assert found.problems == {(1, 1): CellProblem("error", "#N/A")} and found.has_booleans
    assert not facts(sheet(*ROSTER)).has_booleans
