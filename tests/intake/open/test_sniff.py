"""What a file is, by its bytes, whatever it is called."""

import pytest

from tests.intake.open import workbooks
from workload.intake.open.sniff import sniff

CSV = b"School,Minutes\r\nLincoln,30\r\n"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", workbooks.workbook()),
        ("xlsm", workbooks.with_part("xl/vbaProject.bin", b"macro")),
        ("xlsb", workbooks.xlsb()),
        ("xls", workbooks.xls()),
        ("ods", workbooks.ods("")),
        ("csv", CSV),
        ("csv", CSV.replace(b",", b"\t")),
        ("csv", CSV.decode().encode("utf-16")),
        ("csv", CSV.decode().encode("utf-16-le")),
        ("csv", CSV.decode().encode("utf-16-be")),
        ("csv", "Schule;Größe\nPeña;30\n".encode("cp1252")),
        ("csv", b"BM,School\n1,Lincoln\n"),
        ("html", workbooks.HTML_TABLE.encode()),
        ("html", b"\xef\xbb\xbf \r\n<!-- made by a web system --><TABLE><tr><td>1</td></tr></TABLE>"),
        ("html", workbooks.HTML_TABLE.encode("utf-16")),
        ("xml2003", workbooks.spreadsheetml("<Row/>")),
        ("mhtml", workbooks.MHTML),
    ],
)
def test_a_readable_file_is_recognized_under_a_wrong_name(kind, data):
    assert sniff("roster.pdf", data) == (kind, None)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("empty", b""),
        ("empty-text", b"\r\n \r\n"),
        ("lock-file", workbooks.lock_file()),
        ("encrypted", workbooks.ole({"EncryptionInfo": b"1", "EncryptedPackage": b"2"})),
        ("word", workbooks.ole({"WordDocument": b"1"})),
        ("presentation", workbooks.ole({"PowerPoint Document": b"1"})),
        ("other-office", workbooks.ole({"Mail": b"1"})),
        ("word", workbooks.packed({"word/document.xml": "<w/>"})),
        ("presentation", workbooks.packed({"ppt/presentation.xml": "<p/>"})),
        ("numbers", workbooks.packed({"Index/Document.iwa": b"x"})),
        ("archive", workbooks.packed({"roster.xlsx": b"x"})),
        ("archive", b"\x1f\x8b\x08\x00 and so on"),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
        ("word", b"{\\rtf1 School}"),
        ("image", b"\x89PNG\r\n\x1a\n"),
        ("image", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("image", b"\x00\x00\x00\x18ftypheic"),
        ("database", b"SQLite format 3\x00"),
        ("link", b'{"url": "https://example.org/sheet", "doc_id": "1"}'),
        ("other-xml", b"<?xml version='1.0'?><note/>"),
        ("flat-ods", b"<?xml version='1.0'?><office:document xmlns:office='x'/>"),
        ("truncated", workbooks.workbook()[:-30]),
        ("not-a-spreadsheet", bytes(range(256)) * 8),
    ],
)
def test_any_other_file_is_refused_by_name_with_a_next_step(kind, data):
    found, refusal = sniff("roster.xlsx", data)
    assert found == kind
    assert refusal.code == kind
    assert refusal.message.endswith(".") and refusal.remedy.endswith(".")


def test_a_small_file_called_like_a_lock_file_is_taken_for_one():
    assert sniff("~$roster.xlsx", b"\x05Admin   ")[0] == "lock-file"


def test_a_workbook_called_like_a_lock_file_is_still_a_workbook():
    assert sniff("~$roster.xlsx", workbooks.workbook())[0] == "xlsx"


def test_a_workbook_with_an_embedded_word_document_is_a_workbook():
    assert sniff("a", workbooks.ole({"Workbook": b"1", "WordDocument": b"2"}))[0] == "xls"


def test_a_container_whose_chains_run_in_a_circle_ends():
    data = bytearray(workbooks.ole({"Mail": b"1"}))
    fat = (int.from_bytes(data[76:80], "little") + 1) * 512
    directory = int.from_bytes(data[48:52], "little")
    data[fat + 4 * directory : fat + 4 * directory + 4] = directory.to_bytes(4, "little")
    assert sniff("a", bytes(data))[0] == "other-office"
