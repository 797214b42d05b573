"""Answers and packets that the tests of this folder share, and how their files are read back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
from pptx import Presentation
from pypdf import PdfReader

from workload.answer import Answer, analyze
from workload.intake.load import load
from workload.report.audience import AUDIENCES
from workload.report.packet import make_packet
from workload.report.packet_choices import NotActing, Option, Settings

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "bluff_county.xlsx"
DAY = date(2026, 10, 1)
OUTSIDE = ("board", "union", "families")
INSIDE = ("superintendent", "business", "team", "therapist", "auditor")
ASKING = {"board": "decision-memo.pdf", "superintendent": "cabinet-memo.pdf", "business": "money-sheet.pdf"}
OPTIONS = (
    Option("Hire two OTs and one OTA", 3.2, 341_000, 318_000, "Covered by the pool of four OTs", 64),
    Option("Contract with an agency", 3.2, 402_000, 402_000, "Agency sends somebody within five days", 88),
    Option("Rebalance only", 0.0, 0.0, 0.0, "None", 7),
)
SETTINGS = Settings(
    "Bluff County School District",
    needed_by="January 4, 2027",
    checked_by="R. Lead",
    not_acting=NotActing(owed_minutes=160_000, dollars=210_000),
)


@cache
def sample_answer() -> Answer:
    """Bluff County, read from its workbook."""
    return analyze(load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"test" * 8).roster, DAY, state="WI")


@cache
def sample_packet(audience: str) -> dict[str, bytes]:
    """Bluff County's packet for an audience, with options; made once."""
    return make_packet(sample_answer(), audience, SETTINGS, OPTIONS)


def memo(view, options=()) -> bytes:
    """The board's memo of a view."""
    from workload.report.brief.page_file import page
    from workload.report.sections.telling import Telling

    return page(Telling(view, options=tuple(options)), AUDIENCES["board"].documents[0])


def board_deck(view, options=()) -> bytes:
    """The board's slides of a view."""
    from workload.report.deck.deck_file import deck
    from workload.report.sections.telling import Telling

    return deck(Telling(view, options=tuple(options)), AUDIENCES["board"].documents[1])


def workbook(data: bytes, values: bool = True) -> openpyxl.Workbook:
    """An xlsx as saved: its values, or its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def said(text: str) -> str:
    """Text on one line with single blanks, as it is compared."""
    return re.sub(r"\s+", " ", text).strip()


def pdf_text(data: bytes, first_page: bool = False) -> str:
    """All text of a PDF, or that of its first page."""
    pages = PdfReader(io.BytesIO(data)).pages
    return said(" ".join(page.extract_text() for page in (pages[:1] if first_page else pages)))


def slides(data: bytes):
    """The slides of a deck."""
    return list(Presentation(io.BytesIO(data)).slides)


def slide_texts(slide) -> list[str]:
    """Every text of a slide: boxes, cells, chart categories and series, notes."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            plot = shape.chart.plots[0]
            found += [str(one) for one in plot.categories] + [one.name for one in plot.series]
            found.append(shape._element.nvGraphicFramePr.cNvPr.get("descr"))
    return [*found, slide.notes_slide.notes_text_frame.text]


def text_of(name: str, data: bytes) -> str:
    """Everything readable in a file of a packet, hidden parts such as the workbooks of charts included."""
    if name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(data))
        return pdf_text(data) + str(dict(reader.metadata or {}))
    if name.endswith((".csv", ".txt")):
        return data.decode("utf-8-sig")
    if name.endswith(".parquet"):
        import pandas as pd

        return pd.read_parquet(io.BytesIO(data)).to_csv()
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.namelist():
            content = parts.read(part)
            found.append(text_of(part, content) if part.endswith(".xlsx") else content.decode("utf-8", "replace"))
    return " ".join(found)


def rows_of(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
