"""No chart in a file of any reader holds work against hours over an open premise without the word in its picture and words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest
from pypdf import PdfReader

from tests.dashboard.gap_words import SAYS_SO
from tests.report.packets import pdf_text, slides
from tests.report.test_status import packet
from workload.report.audience import AUDIENCES

AGAINST_HOURS = re.compile(
    r"\bshort\b|\broom in\b|does not fit|no cabe|margen en|available|disponibles|contract|contrat|has \d", re.I
)


def pictures(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """(words for a reader without the picture, what is drawn in it) of each chart of a file."""
    if name.endswith(".pptx"):
        for slide in slides(data):
            for shape in slide.shapes:
                if shape.has_chart:
                    chart = shape.chart
                    title = chart.chart_title.text_frame.text if chart.has_title else ""
                    drawn = [title, *map(str, chart.plots[0].categories), *(one.name for one in chart.plots[0].series)]
                    yield shape._element.nvGraphicFramePr.cNvPr.get("descr"), " ".join(drawn)
    elif name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            words = re.findall(
                r'descr="([^"]*)"',
                "".join(parts.read(one).decode() for one in parts.namelist() if "/drawings/drawing" in one),
            )
            charts = sorted(
                (one for one in parts.namelist() if "/charts/chart" in one), key=lambda one: (len(one), one)
            )
            drawn = [" ".join(re.findall(r"<a:t>([^<]*)</a:t>", parts.read(one).decode())) for one in charts]
        yield from zip(map(unescape, words), map(unescape, drawn), strict=True)
    elif name.endswith(".pdf"):
        yield from ((words, "") for words in alternatives(data))


def alternatives(data: bytes) -> list[str]:
    """What is read aloud for each picture of a PDF."""
    found: list[str] = []

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure" and "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node.get("/K"))

    walk(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def over_contracts(which: str, audience: str) -> list[tuple[str, str, str]]:
    return [
        (name, words, drawn)
        for name, data in packet(which, audience).items()
        for words, drawn in pictures(name, data)
        if AGAINST_HOURS.search(f"{words} {drawn}")
    ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_chart_over_contracts_says_so_in_its_words_and_in_its_picture(audience):
    for name, words, drawn in over_contracts("january", audience):
        assert SAYS_SO.search(words) and not re.search(r"[.!?]\s", words), (name, words)
        assert name.endswith(".pdf") or SAYS_SO.search(drawn), (name, drawn)


@pytest.mark.parametrize("audience", ("board", "superintendent"))
def test_the_picture_of_a_page_has_the_word_once_more_than_its_marks(audience):
    """A page draws the word in each such picture; what is read from the page has it as often."""
    for name, data in packet("january", audience).items():
        if name.endswith(".pdf") and (charts := [one for one in alternatives(data) if AGAINST_HOURS.search(one)]):
            lone = re.findall(r"\bPROVISIONAL\b(?!:)", pdf_text(data))
            assert len(lone) >= len(charts), name


def test_final_charts_are_found_and_say_nothing_of_the_kind():
    found = dict.fromkeys(("pptx", "pdf", "xlsx"), 0)
    for audience in ("board", "superintendent", "auditor"):
        for name, words, drawn in over_contracts("final", audience):
            assert not SAYS_SO.search(words + drawn)
            found[name.rpartition(".")[2]] += 1
    assert all(found.values()), found
