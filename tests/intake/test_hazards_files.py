"""Hazards of whole files: formats, damage, encodings. The attacks themselves are tested in files/."""

import io
import re
import zipfile

import openpyxl
import pytest

from tests.intake.hazards import hazard
from tests.intake.open import workbooks
from tests.intake.open.workbooks import number_cell, packed, parts, row, sheet, text_cell, workbook
from tests.intake.rosters import SECRET, book, codes, found, loaded, rows_add_up, services
from workload.intake.load import load
from workload.intake.open.limits import Limits
from workload.intake.open.opening import open_file

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
ROWS = (
    row(1, text_cell("A1", "student_id"), text_cell("B1", "minutes_per_week")),
    row(2, text_cell("A2", "1"), number_cell("B2", 30)),
    row(3, text_cell("A3", "2"), number_cell("B3", 45)),
)


def refusal(data, name="roster.xlsx"):
    """The one error of a file that was not read: a plain sentence with a remedy, and nothing of a program."""
    result = loaded(data, name=name)
    [issue] = [issue for issue in result.roster.issues if issue.severity == "error"]
    assert issue.remedy and not re.search(r"Traceback|Error\b|Exception|zipfile", issue.as_line())
    return issue


def minutes(data, name="roster.xlsx"):
    result = loaded(data, name=name)
    assert rows_add_up(result)
    return result.roster.services["total_minutes"].tolist()


@hazard(31)
def test_a_locked_workbook_asks_for_a_copy_without_the_password(hazard):
    issue = refusal(workbooks.ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}))
    assert "password" in issue.message + issue.remedy and "zip" not in issue.message, hazard


@hazard(31)
def test_sheet_protection_does_not_matter(hazard):
    made = openpyxl.load_workbook(io.BytesIO(services(["1", "Oak", 30, 1, "week", None])))
    made.active.protection.set_password("secret")
    out = io.BytesIO()
    made.save(out)
    assert minutes(out.getvalue()) == [30], hazard


@hazard(32)
@pytest.mark.parametrize(
    ("name", "data", "kind"), [("a.xls", workbooks.xls(), "xls"), ("a.xlsb", workbooks.xlsb(), "xlsb")]
)
def test_other_workbooks_are_read(name, data, kind, hazard):
    opened = open_file(name, data)
    assert opened.refusal is None and opened.kind == kind, hazard


@hazard(32)
def test_a_numbers_file_says_how_to_export(hazard):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
        archive.writestr("Metadata/Properties.plist", b"x")
    issue = refusal(out.getvalue(), "roster.numbers")
    assert "Numbers" in issue.message and "Excel" in issue.remedy, hazard


@hazard(33)
def test_a_web_page_named_xls_is_read_by_its_content(hazard):
    page = b"<html><table><tr><th>student_id</th><th>minutes_per_week</th></tr><tr><td>1</td><td>30</td></tr></table></html>"
    assert minutes(page, "report.xls") == [30], hazard
    assert minutes(b"student_id,minutes_per_week\n1,30\n", "report.xls") == [30]


@hazard(34)
def test_a_wrong_extension_is_seen_from_the_first_bytes(hazard):
    assert minutes(workbook(sheet(*ROWS)), "roster.xls") == [30, 45], hazard
    assert open_file("roster.xlsx", workbooks.xls()).kind == "xls"


@hazard(35)
def test_a_strict_workbook_has_its_rows(hazard):
    data = workbook(sheet(*ROWS, namespace=STRICT), namespace=STRICT, rels=STRICT_RELS)
    assert minutes(data) == [30, 45], hazard


@hazard(36)
def test_the_lock_file_is_named_as_what_it_is(hazard):
    issue = refusal(workbooks.lock_file(), "~$roster.xlsx")
    assert "lock file" in issue.message and "~$" in issue.message + issue.remedy, hazard


@hazard(37)
@pytest.mark.parametrize(
    "data", [b"", workbook(sheet(*ROWS))[:400], workbook(sheet(*ROWS))[:-30], b"PK\x03\x04" + bytes(50)]
)
def test_empty_and_damaged_files_end_in_one_sentence(data, hazard):
    assert refusal(data).message.endswith("."), hazard


@hazard(38)
def test_a_bomb_is_refused_within_the_limits(hazard):
    bomb = packed({**parts(sheet(*ROWS)), "xl/media/a.xml": b" " * 40_000_000})
    result = load([("a.xlsx", bomb)], secret=SECRET, limits=Limits(part_bytes=10_000_000))
    assert [issue.severity for issue in result.roster.issues if issue.file] == ["error"], hazard
    entity = sheet(*ROWS).replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaa">]><worksheet', 1)
    assert refusal(workbook(entity)).code == "doctype"


@hazard(40)
@pytest.mark.parametrize("declared", ["A1", "A1:B1", "A1:XFD1048576", "B2:B2"])
def test_a_wrong_declared_size_loses_no_rows(declared, hazard):
    assert minutes(workbook(sheet(*ROWS, before=f'<dimension ref="{declared}"/>'))) == [30, 45], hazard


@hazard(41)
def test_a_saved_filter_that_readers_trip_over_does_not_matter(hazard):
    after = (
        '<autoFilter ref="A1:B3"><filterColumn colId="0"><customFilters><customFilter operator="notEqual" val=" "/>'
        "</customFilters></filterColumn></autoFilter>"
    )
    assert minutes(workbook(sheet(*ROWS, after=after))) == [30, 45], hazard


@hazard(42)
def test_broken_styles_do_not_matter(hazard):
    styles = '<?xml version="1.0"?><styleSheet xmlns="x"><fills><fill/><patternFill patternType="solid"/></fills><cellXfs><xf fillId="9"/></cellXfs></styleSheet>'
    assert minutes(packed({**parts(sheet(*ROWS)), "xl/styles.xml": styles})) == [30, 45], hazard


@hazard(43)
def test_macros_and_links_are_ignored_and_told(hazard):
    made = {
        **parts(sheet(*ROWS)),
        "xl/vbaProject.bin": b"macro",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    }
    result = loaded(packed(made), name="roster.xlsm")
    assert len(result.roster.services) == 2 and {"macros", "external-links"} <= codes(result, "notice"), hazard


@hazard(44)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_of_any_usual_form_are_read(encoding, delimiter, hazard):
    lines = [
        ["Student ID", "School", "Min/Wk"],
        ["1", "Pe\u00f1a \u2013 \u201cWest\u201d", "30"],
        ["2", "Jos\u00e9\u2019s", "45"],
    ]
    text = "".join(delimiter.join(line) + "\r\n" for line in lines)
    result = loaded(text.encode(encoding), name="roster.csv")
    assert result.roster.services["total_minutes"].tolist() == [30, 45], hazard
    assert result.roster.services["school"].tolist() == ["Pe\u00f1a \u2013 \u201cWest\u201d", "Jos\u00e9\u2019s"]


@hazard(44)
def test_the_separator_line_of_excel_is_obeyed(hazard):
    assert minutes(b"sep=;\r\nstudent_id;minutes_per_week\r\n1;30\r\n", "a.csv") == [30], hazard


@hazard(45)
def test_broken_lines_are_listed_and_swallow_nothing(hazard):
    lines = [
        "student_id,school,minutes_per_week",
        '1,"Oak\nHill",30',
        "2,Elm,45",
        '3,"Elm,15',
        "4,Oak,60",
        "5,Oak,30,extra",
        "6,Oak,20",
    ]
    result = loaded("\n".join(lines).encode(), name="a.csv")
    assert {60, 20} <= set(result.roster.services["total_minutes"]), hazard
    listed = " ".join(issue.message for code in ("broken-lines", "broken-quotes") for issue in found(result, code))
    assert "line 7" in listed and "line 5" in listed and rows_add_up(result)


@hazard(39)
def test_ranges_of_a_thousand_empty_rows_are_no_rows(hazard):
    rows = [["student_id", "minutes_per_week"], ["1", 30], *([None, ""] for _ in range(998))]
    result = loaded(book(Services=rows))
    assert result.roster.rows("read") == 1, hazard
