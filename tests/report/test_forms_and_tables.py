"""State forms, open tables and their dictionary, the command, the settings."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from tests.report.packets import (
    OPTIONS,
    ROOT,
    SAMPLE,
    SETTINGS,
    pdf_text,
    rows_of,
    sample_answer,
    sample_packet,
    workbook,
)
from workload.report.audience import AUDIENCES
from workload.report.open_tables import tables_of
from workload.report.packet import make_packet
from workload.report.packet_choices import SettingError, Settings, default_brand
from workload.report.packet_choices_file import read_settings
from workload.report.reader_view import View
from workload.report.state_forms import BANDS, bands, new_york
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.method_formulas import nysed_staff


def view(audience: str) -> View:
    return View(sample_answer(), AUDIENCES[audience], Settings())


def form(audience: str, name: str) -> dict[str, str]:
    """Field and answer of a form as it is handed out."""
    state = {"Nevada": "NV", "New York": "NY"}[name.rsplit(" ", 2)[0]]
    answer = replace(sample_answer(), state=state)
    files = make_packet(answer, audience, replace(SETTINGS, forms=True), OPTIONS)
    data = next(data for file, data in files.items() if file.endswith("state-form.xlsx"))
    return {row[0]: row[1] for row in workbook(data)[name].iter_rows(min_row=2, values_only=True)}


def test_nevadas_bands_hold_every_student_once():
    counts = bands(view("auditor"))
    assert sum(counts) == sample_answer().district["caseload"] and counts[0] > 300
    given = form("auditor", "Nevada caseload report")
    assert [given[name] for name in BANDS] == [str(number) if number else "none" for number in counts]
    assert given["Fewest students at a site"] == "2" and given["Most students at a site"] == "59"


def test_nevadas_form_for_the_public_does_not_print_a_site_with_two_students():
    given = form("board", "Nevada caseload report")
    assert given["Fewest students at a site"] == "10" and given["Sites"] == "24"


def test_new_yorks_table_follows_from_days_half_hours_and_minutes():
    answer = sample_answer()
    given = form("auditor", "New York capacity table")
    mandated = float(answer.demand.student_minutes.sum()) / 30
    assert given["Mandated, half-hour sessions a year"] == f"{mandated:,.0f}"
    assert given["Staff required at 80% delivery, FTE"] == f"{nysed_staff(mandated, 180, 15, 0.8):.1f}"
    assert given["Capacity, half-hour sessions a year"] == f"{180 * 15 * 11:,}"
    assert given["Provided, half-hour sessions"] == "to be filled in by the district"


def test_new_yorks_table_takes_delivered_minutes():
    delivered = delivered_of([{"required": 60_000, "delivered": 45_000}])
    given = dict(new_york(view("auditor"), delivered)[["field", "answer"]].to_numpy())
    assert given["Provided, half-hour sessions"] == "1,500" and given["Compliance with mandates"] == "75%"
    assert given["Capacity used"] == "5%"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_column_of_every_table_is_described(audience):
    tables = tables_of(view(audience))
    files = {name.removeprefix("INTERNAL-"): data for name, data in sample_packet(audience).items()}
    if "tables-dictionary.csv" in files:
        described = {(row["table"], row["column"]) for row in rows_of(files["tables-dictionary.csv"]) if row["meaning"]}
        assert described == {(name, column) for name, table in tables.items() for column in table.columns}
        assert len(described) >= 29


def test_csv_and_parquet_of_a_table_hold_the_same():
    files = sample_packet("auditor")
    compared = 0
    for name, data in files.items():
        if name.endswith(".parquet"):
            ours, text = pd.read_parquet(io.BytesIO(data)), rows_of(files[name.replace(".parquet", ".csv")])
            assert len(ours) == len(text)
            for column in ours.columns:
                if pd.api.types.is_float_dtype(ours[column]):
                    for value, other in zip(ours[column], text, strict=True):
                        compared += 1
                        assert (other[column] == "" and value != value) or float(other[column]) == value
    assert compared > 2_000


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "workload", "report", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_the_command_writes_the_packet_and_tells_each_file(tmp_path):
    (tmp_path / "packet.toml").write_text("""
district_name = "Bluff County"
checked_by = "R. Lead"
smallest_count = 12
[not_acting]
owed_minutes = 160000
[[option]]
name = "Hire two OTs"
fte = 2.0
first_year_cost = 230000
yearly_cost = 210000
""")
    status, out, err = run(
        SAMPLE,
        "--day",
        "2026-10-01",
        "--audience",
        "board",
        "--out",
        tmp_path / "new" / "folder",
        "--settings",
        tmp_path / "packet.toml",
        "--district",
        "Bluff",
    )
    assert status == 0, err
    written = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert (
        {line.rsplit("/", 1)[1] for line in out.splitlines()}
        == written
        >= {"read-me.txt", "decision-memo.pdf", "slides.pptx"}
    )
    text = pdf_text((tmp_path / "new" / "folder" / "decision-memo.pdf").read_bytes())
    assert "Bluff needs 14.1 FTE" in text and "$230,000" in text and "160,000" in text and "fewer than 12" in text


@pytest.mark.parametrize(
    "arguments,words",
    [
        (["--audience", "everybody", "--out", "x"], "invalid choice"),
        (["--out", "x"], "--audience"),
        (["--audience", "board"], "--out"),
        (["--audience", "board", "--out", "/proc/nowhere"], "cannot"),
        (["--audience", "board", "--out", "x", "--settings", "/nowhere.toml"], "nowhere.toml"),
    ],
)
def test_wrong_usage_of_the_command_is_told_in_a_sentence(arguments, words):
    status, _, err = run(SAMPLE, *arguments)
    assert status == 64 and words in err


def test_data_with_errors_makes_no_packet(tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    status, _, err = run(tmp_path / "empty.xlsx", "--audience", "board", "--out", tmp_path / "out")
    assert status == 2 and "empty" in err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text,words",
    [
        ("= =", "TOML"),
        ("color = 1", "no setting called color"),
        ("smallest_count = 2", "5 to 30"),
        ("smallest_count = 'x'", "wrong form"),
        ("[brand]\nprimary = 'yellow'", "#RRGGBB"),
        ("[brand]\nprimary = '#FFFF00'", "contrast"),
        ("[[option]]\nprice = 3", "wrong form"),
        ("logo = 'packet.toml'", "PNG or JPEG"),
        ("[[option]]\nname = 3", "wrong form"),
        ("district_name = 4", "wrong form"),
        ("next_steps = 'x'", "wrong form"),
        ("[[option]]\nname='x'\nfte='much'", "wrong form"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_a_sentence(text, words, tmp_path):
    (tmp_path / "packet.toml").write_text(text)
    with pytest.raises(SettingError, match=words):
        read_settings(tmp_path / "packet.toml")


def test_a_logo_is_in_the_brief_and_on_every_slide(tmp_path):
    from PIL import Image
    from pptx import Presentation
    from pypdf import PdfReader

    from workload.report.packet import make_packet

    for kind in ("PNG", "JPEG"):
        picture = io.BytesIO()
        Image.new("RGB", (300, 120), (200, 30, 30)).save(picture, kind)
        files = make_packet(sample_answer(), "board", Settings("Bluff", logo=picture.getvalue()))
        assert len(PdfReader(io.BytesIO(files["decision-memo.pdf"])).pages[0].images) == 1
        for slide in Presentation(io.BytesIO(files["slides.pptx"])).slides:
            pictures = [shape for shape in slide.shapes if not shape.is_placeholder and shape.shape_type == 13]
            assert len(pictures) == 1 and "Bluff" in pictures[0]._element.nvPicPr.cNvPr.get("descr")


def test_white_reads_on_every_color_of_the_brand():
    from workload.figures.tones import contrast

    brand = default_brand()
    for color in (*brand.work, brand.primary, brand.accent, brand.muted, brand.ink):
        assert contrast(color, "#FFFFFF") >= 4.5, color
    for color in (brand.ink, brand.accent, brand.muted, brand.primary):
        assert contrast(color, brand.tint) >= 4.5, color


def test_the_packet_needs_no_heavy_library_until_it_is_made():
    code = (
        "import sys, workload.report.packet, workload.report.command, workload.report.audit.audit_book, workload.report.deck.deck_file,"
        " workload.report.brief.page_file, workload.report.corrections.returned_sheets;"
        "print([name for name in ('typst', 'pptx', 'xlsxwriter', 'openpyxl', 'lxml', 'plotly') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert json.loads(done.stdout.replace("'", '"')) == []
