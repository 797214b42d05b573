"""Answers and packets that the tests of this folder share, and how their files are read back."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl

from workload.analysis import Answer, analyze
from workload.intake.load import load

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "bluff_county.xlsx"
DAY = date(2026, 10, 1)


@cache
def sample_answer() -> Answer:
    """Bluff County, read from its workbook."""
    return analyze(load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"test" * 8).roster, DAY, state="WI")


def workbook(data: bytes, values: bool = True) -> openpyxl.Workbook:
    """An xlsx as saved: its values, or its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def said(text: str) -> str:
    """Text on one line with single blanks, as it is compared."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
