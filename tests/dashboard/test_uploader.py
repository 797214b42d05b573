"""What the uploader offers is what the readers read, and an upload needs no folder for temporary files."""

import tempfile

import pytest
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser

from dashboard.shell.quota import uploads_stay_in_memory
from tests.dashboard.support import app
from tests.support import own_loop
from workload.intake.load import load
from workload.intake.open.opening import open_file
from workload.intake.open.sniff import READABLE

PAGE = b"<html><body><table><tr><th>Student ID</th><th>Min/Wk</th></tr><tr><td>1</td><td>30</td></tr></table></body></html>"
XML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Caseload"><Table>'
    b'<Row><Cell><Data ss:Type="String">Student ID</Data></Cell><Cell><Data ss:Type="String">Min/Wk</Data></Cell></Row>'
    b'<Row><Cell><Data ss:Type="String">1</Data></Cell><Cell><Data ss:Type="Number">30</Data></Cell></Row>'
    b"</Table></Worksheet></Workbook>"
)
MHT = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE
FILE_SIZE = 3_000_000  # above the megabyte from which a form's file would go to disk


def test_the_uploader_offers_every_ending_that_is_read():
    at = app()
    at.switch_page("screens/data/data.py").run()
    [offered] = [each.proto.type for each in at.get("file_uploader") if "Roster files" in each.proto.label]
    assert {ending.lstrip(".") for ending in offered} == {ending for each in READABLE.values() for ending in each}


@pytest.mark.parametrize("data", [PAGE, XML, MHT], ids=["html", "xml", "mht"])
def test_a_page_or_xml_is_read_under_its_own_ending_and_as_an_old_workbook(data):
    kind = open_file("list.xls", data).kind
    for ending in ("xls", *READABLE[kind]):
        result = load([(f"list.{ending}", data)], secret=b"a secret of the tests")
        assert result.roster.services["total_minutes"].tolist() == [30.0]


def arrive(size):
    """A form with one file, parsed as the server parses it."""
    frame = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

    async def stream():
        yield frame + b"a" * size + b"\r\n--x--\r\n"

    async def parsed():
        form = await MultiPartParser(Headers({"content-type": "multipart/form-data; boundary=x"}), stream()).parse()
        return len(await form["file"].read())

    return own_loop.run(parsed())


def test_an_upload_arrives_where_no_temporary_folder_can_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)
    MultiPartParser.spool_max_size = 1024 * 1024
    with pytest.raises(FileNotFoundError):
        arrive(FILE_SIZE)
    uploads_stay_in_memory()
    assert arrive(FILE_SIZE) == FILE_SIZE
