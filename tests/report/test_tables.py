"""Tables as files: nothing that a spreadsheet program would run, follow or guess at."""

import csv
import io
import re
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

from workload.report.table_files import as_csv, as_xlsx, digest, for_a_cell, harmless

ATTACKS = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    '"=1',
    "'=1",
    "\u200b=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("http://evil.example")',
    "=cmd|' /C calc'!A0",
    "http://evil.example",
    "mailto:a@evil.example",
]


def fields(data: bytes) -> list[list[str]]:
    """The fields of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_field_of_a_csv_begins_like_a_formula(attack):
    rows = fields(as_csv(pd.DataFrame({attack: [attack], "number": [-1.5]})))
    for text in (rows[0][0], rows[1][0]):
        assert not re.match(r"^[\s\"\u200b]*[=+\-@\t\r＝＋－＠]", text)
    assert rows[1][1] == "-1.5"


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_in_a_workbook_is_text_and_nothing_else(attack):
    data = as_xlsx({attack: pd.DataFrame({attack: [attack], "number": [-1.5]})})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A2"].data_type == "s" and sheet["A2"].value == for_a_cell(attack)
    assert sheet["A2"].hyperlink is None and sheet["B2"].value == -1.5
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert "<f>" not in "".join(parts.read(name).decode("utf-8") for name in parts.namelist() if "sheet" in name)


def test_the_apostrophe_is_put_before_a_formula_and_nowhere_else():
    assert harmless("=1+1") == "'=1+1"
    assert harmless("Oak Elementary") == "Oak Elementary"


def test_control_characters_and_half_characters_are_removed():
    text = "a\x00b\x0bc\x1fd\ud800e\nf"
    assert for_a_cell(text) == "abcde\nf"
    table = pd.DataFrame({"text": pd.Series([text], dtype=object)})
    assert fields(as_csv(table))[1] == ["abcde\nf"]
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx({"one": table}))).active["A2"].value == "abcde\nf"


def test_a_text_that_is_longer_than_a_cell_is_cut_and_not_lost():
    table = pd.DataFrame({"text": ["x" * 40_000]})
    assert len(openpyxl.load_workbook(io.BytesIO(as_xlsx({"one": table}))).active["A2"].value) == 32_767


def test_what_is_missing_stays_empty_and_numbers_flags_and_days_keep_their_type():
    table = pd.DataFrame(
        {
            "n": [1.25, float("nan")],
            "i": pd.array([7, None], "Int64"),
            "d": pd.to_datetime(["2026-10-01", None]),
            "f": [True, False],
            "t": pd.Series(["007", None], dtype=object),
        }
    )
    assert fields(as_csv(table))[1:] == [["1.25", "7", "2026-10-01", "True", "007"], ["", "", "", "False", ""]]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx({"one": table}))).active
    assert [cell.value for cell in sheet[2]][:2] == [1.25, 7]
    assert sheet["C2"].value.date() == date(2026, 10, 1) and sheet["D2"].value is True and sheet["E2"].value == "007"
    assert [sheet[f"{column}3"].value for column in "ABCE"] == [None] * 4


def test_sheet_names_are_made_possible_and_different():
    table = pd.DataFrame({"a": [1]})
    names = openpyxl.load_workbook(
        io.BytesIO(as_xlsx({"a/b": table, "A:B": table, "": table, "x" * 40: table}))
    ).sheetnames
    assert names == ["a b", "A B 2", "Sheet", "x" * 31]


def test_the_digest_differs_when_one_cell_does():
    table = pd.DataFrame({"a": range(70_000), "t": "same"})
    other = table.copy()
    other.loc[60_123, "t"] = "sam3"
    assert digest(table) == digest(table.copy()) != digest(other)
    assert digest(table.rename(columns={"a": "b"})) != digest(table)
    assert re.fullmatch(r"[0-9a-f]{8}", digest(table))


def test_a_workbook_is_wide_enough_wraps_long_texts_and_prints_its_headings_on_each_page():
    import io

    import openpyxl
    import pandas as pd

    from workload.report.table_files import as_xlsx

    long = "therapist minutes over the weeks of the year, each session once for the therapist"
    data = as_xlsx(
        {"Formulas": pd.DataFrame({"activity": ["Session notes and planning"], "formula": [long], "n": [1]})}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Formulas"]
    assert sheet.column_dimensions["A"].width > 26 and sheet.column_dimensions["B"].width > 40
    assert sheet["B2"].alignment.wrap_text and not sheet["A2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1" and sheet.print_area == "'Formulas'!$A$1:$C$2"
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
