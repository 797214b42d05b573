"""No file of any reader tells a gap, an ask or "no added time" over an open premise without saying so in the sentence."""

from __future__ import annotations

import ast
import io
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.report.packets import (
    ASKING,
    DAY,
    INSIDE,
    OUTSIDE,
    SAMPLE,
    SETTINGS,
    pdf_text,
    rows_of,
    said,
    sample_answer,
    slide_texts,
    slides,
    workbook,
)
from tests.support.rosters import as_roster, random_tables
from workload.answer import Answer, analyze
from workload.intake.load import load
from workload.model.words import fte, rounded
from workload.premises.premise_list import answer_status, open_premises
from workload.premises.records import FINAL, NEED_ONLY, PROVISIONAL
from workload.report import reader_view
from workload.report.answer_json import answer_json
from workload.report.ask import ask_of
from workload.report.audience import AUDIENCES
from workload.report.language import english, spanish
from workload.report.packet import make_packet
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.report.sections.passages import passages

STATUS = {"final": FINAL, "january": PROVISIONAL, "questions": PROVISIONAL, "services only": NEED_ONLY}


def kinds(audience: str) -> set[str]:
    """The kinds of the documents of a packet."""
    return {document.kind for document in AUDIENCES[audience].documents}


EVERY = list(product(STATUS, (*OUTSIDE, *INSIDE)))
WITH_TABLES = [(which, audience) for which, audience in EVERY if "tables" in kinds(audience)]
# A sentence that says one of these tells what is missing, what is asked for, or that nothing is.
TELLS = re.compile(
    r"\bshort\b[^.;:]*\d|\d (?:is|are) short\b|does not fit the week|no cabe en la semana|\broom for \d|\badd \d|no added time|\bmissing\b|fits the time|\b(?:faltan?|margen de) \d|"
    r"se solicita|no se solicita",
    re.IGNORECASE,
)
SAYS = re.compile(r"provisional|cannot be said|no se puede decir|need only|solo la necesidad", re.IGNORECASE)
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚ0-9])|\n")
NUMBER = re.compile(r"\d+\.\d+")


@cache
def answers() -> dict[str, Answer]:
    """The sample in every status: final, a day in January, open questions, its Services sheet alone."""
    book = openpyxl.load_workbook(SAMPLE)
    for name in book.sheetnames:
        if name != "Services":
            del book[name]
    alone = io.BytesIO()
    book.save(alone)
    final = sample_answer()
    asked = replace(final.roster.known, questions=7, rows_waiting=25)
    return {
        "final": final,
        "january": final.on(date(2027, 1, 15)),
        "questions": analyze(replace(final.roster, known=asked), DAY),
        "services only": analyze(load([("services.xlsx", alone.getvalue())], secret=b"test" * 8).roster, DAY),
    }


@cache
def packet(which: str, audience: str) -> dict[str, bytes]:
    """The packet in both languages."""
    return make_packet(answers()[which], audience, replace(SETTINGS, language="en+es"))


class Part(NamedTuple):
    """A page, a slide or a sheet: what a reader sees of it first, and every text that stands in it together."""

    head: str
    texts: list[str]


@lru_cache(512)  # more than the files of EVERY
def parts(name: str, data: bytes) -> list[Part]:
    """The parts of a PDF, a deck or a workbook. A file is opened once for both tests of it, which takes most of their time."""
    if name.endswith(".pdf"):
        pages = [said(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
        return [Part(page, [page]) for page in pages]
    if name.endswith(".pptx"):
        return [Part(" ".join(texts[:-1]), texts) for texts in map(slide_texts, slides(data))]
    if not name.endswith(".xlsx"):
        return []
    return [
        Part(
            " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=2)),
            [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)],
        )
        for sheet in workbook(data)
    ]


def texts(name: str, data: bytes) -> list[str]:
    """Every text of a file as it stands together: a page, a box, a cell, a note."""
    if name.endswith(".pdf"):
        return [" ".join(page.head for page in parts(name, data))]
    if name.endswith(".csv") and "dictionary" not in name:
        return [text for row in rows_of(data) for text in row.values() if text]
    return [text for part in parts(name, data) for text in part.texts if text]


def silent(name: str, data: bytes) -> list[str]:
    """Sentences that tell and do not say that it is not final."""
    found = [part for text in texts(name, data) for part in END_OF_SENTENCE.split(text)]
    return [part for part in found if TELLS.search(part) and not SAYS.search(part) and not DEFINES.search(part)]


# Codes, headings and findings about the file, which tell of no gap.
DEFINES = re.compile(
    r"^[a-z]+(?:-[a-z]+)+$|^Gap FTE|negative is short|Required FTE here|^Shortfall FTE|is missing[^.]*\b(?:row|column|sheet|date|end)|"
    r"^(?:A service is missing|Missing)$|On \"Missing\"|that are not listed|already missing|missing (?:in|from) the",
    re.IGNORECASE,
)


@pytest.mark.parametrize("which,audience", EVERY)
def test_no_file_tells_a_gap_or_an_ask_over_an_open_premise_without_saying_so(which, audience):
    answer = answers()[which]
    assert answer_status(answer) == STATUS[which]
    if STATUS[which] == FINAL:
        return
    found = {name: lines for name, data in packet(which, audience).items() if (lines := silent(name, data))}
    assert found == {}


def test_a_final_packet_would_be_found_silent():
    """The search itself finds gap, ask and missing hours."""
    files = packet("final", "board")
    found = " ".join(line for name in files if name.startswith("decision-memo") for line in silent(name, files[name]))
    assert "Add " in found and "It is short" in found and "Most is missing" in found or "most is missing" in found
    assert "Le faltan" in found and "Se solicita" in found


@pytest.mark.parametrize("which,audience", EVERY)
def test_every_page_slide_and_sheet_carries_the_status(which, audience):
    word = {FINAL: "", PROVISIONAL: "PROVISIONAL", NEED_ONLY: "NEED ONLY"}[STATUS[which]]
    for name, data in packet(which, audience).items():
        for number, page in enumerate(part.head for part in parts(name, data)):
            if word:
                assert word in page or {"NEED ONLY": "SOLO LA NECESIDAD"}.get(word, word) in page, (name, number)
            else:
                assert "PROVISIONAL" not in page and "NEED ONLY" not in page, (name, number)
    if "tables" not in kinds(audience):
        return
    rows = {
        row["figure"]: row
        for row in rows_of(
            next(data for name, data in packet(which, audience).items() if name.endswith("tables-district.csv"))
        )
    }
    assert rows["status"]["words"] == STATUS[which]
    assert (rows["gap_fte"]["words"] if "gap_fte" in rows else word).startswith(word)


@pytest.mark.parametrize("which,audience", WITH_TABLES)
def test_needs_has_gap_ask_and_bridge_are_those_of_the_json_in_every_file(which, audience):
    answer = answers()[which]
    made, view = json.loads(json.dumps(answer_json(answer))), View(answer, AUDIENCES[audience], SETTINGS)
    step = 0.1 if audience in OUTSIDE else 1e-9
    told = {row["figure"]: row["value"] for row in rows_of(_table(which, audience, "district"))}
    for name in ("required_fte", "available_fte", "gap_fte"):
        value = made["district"][name]
        if value is None:
            assert not told.get(name)
        else:
            assert float(told[name]) == pytest.approx(value, abs=step + 1e-9), name
    parts = rows_of(_table(which, audience, "ask"))
    if made["ask"] is None:
        assert parts == [] and not ask_of(view).parts
        return
    expected = {(kind, role): made["ask"][kind][role] for kind in ("permanent", "fill") for role in ("OT", "OTA")}
    for each in made["ask"]["cover"]:
        expected["cover", each["role"]] = expected.get(("cover", each["role"]), 0) + each["fte"]
    found: dict[tuple[str, str], float] = {}
    for row in parts:
        found[row["part"], row["role"]] = found.get((row["part"], row["role"]), 0) + float(row["fte"])
    assert set(found) == set(expected)
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, abs=step / 2 + 1e-9), key
    written = [fte(value) for value in found.values() if value >= 0.05]
    memo = [data for name, data in packet(which, audience).items() if name.endswith(ASKING.get(audience, "-"))]
    brief = pdf_text(memo[0]) if memo else " ".join(written)
    assert all(number in brief for number in written)
    bridge = rows_of(_table(which, audience, "bridge"))
    changes = sum(float(row["fte"]) for row in bridge if row["kind"] != "sum")
    start = float(next(row["fte"] for row in bridge if row["kind"] == "sum"))
    assert start + changes == pytest.approx(float(bridge[-1]["fte"]), abs=1e-6)
    assert float(bridge[-1]["fte"]) == pytest.approx(made["district"]["required_fte"], abs=step / 2 + 1e-9)
    if audience in INSIDE:
        assert [float(row["fte"]) for row in bridge] == pytest.approx([one["fte"] for one in made["bridge"]])


def _table(which: str, audience: str, name: str) -> bytes:
    return next(data for each, data in packet(which, audience).items() if each.endswith(f"tables-{name}.csv"))


def test_the_ask_parts_a_leave_from_what_is_missing_for_good_and_names_nobody():
    parts = ask_of(View(sample_answer(), AUDIENCES["board"], SETTINGS)).parts
    assert {part.kind for part in parts} == {"permanent", "cover"}
    cover = next(part for part in parts if part.kind == "cover")
    assert (cover.start, cover.until) == (DAY, date(2026, 12, 18))
    said = passages(View(sample_answer(), AUDIENCES["board"], SETTINGS))[0]["ask"]
    assert "in added posts" in said and "as temporary cover" in said and "December 18, 2026" in said


def test_after_the_leave_nothing_is_asked_for_cover():
    answer = sample_answer().on(date(2026, 12, 19))
    assert {part.kind for part in ask_of(View(answer, AUDIENCES["team"], Settings())).parts} == {"permanent"}


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), waits=st.booleans())
def test_no_added_time_is_never_said_over_an_open_premise(seed, waits):
    roster = as_roster(random_tables(seed, students=40, people=5))
    answer = analyze(
        replace(roster, known=replace(roster.known, questions=3, rows_waiting=4)) if waits else roster, DAY
    )
    if not answer.district["workload_hours"]:
        return
    for audience, words in product(("board", "team"), (english, spanish)):
        ask = ask_of(View(answer, AUDIENCES[audience], Settings(smallest_count=5)))
        said = words.ask_sentence(ask)
        if open_premises(answer):
            assert said not in ("No added time is asked for.", "No se solicita tiempo adicional.")
            assert ask.withheld or SAYS.search(said)
        if ask.fte:
            assert float(ask.fte) == pytest.approx(sum(float(part.fte) for part in ask.parts), abs=0.0501)


def test_the_three_numbers_of_the_range_pass_the_gate_outside():
    view = View(sample_answer(), AUDIENCES["board"], SETTINGS)
    for end in ("p10", "p50", "p90"):
        assert getattr(view.range, end) == rounded(getattr(view.range, end), 1), end
    for one in (*view.bridge, *view.ask_parts.cover):
        assert one.fte == rounded(one.fte, 1)
    for row in rows_of(packet("january", "board")["tables-premises.csv"]):
        for name in ("required_fte_low", "required_fte_high", "gap_fte_low", "gap_fte_high"):
            assert not row[name] or float(row[name]) == rounded(float(row[name]), 1)


ROOM = Path(reader_view.__file__).parent
BEHIND_THE_GATE = {  # who may read an answer's own figures: the gate's rooms, and what stays inside or at a screen
    *("reader_view", "told_schools", "told_ask", "premise_tables", "indicators", "answer_json", "answer_workbook"),
    *(
        "why_sheet",
        "check_json",
        "terminal_lines",
        "packet",
        "ask",
        "open_tables",
        "correction_sheet",
        "returned_sheets",
        "typed_names",
        "told_people",
        "ask_outcome",
        "not_acting",
        "people_sections",
    ),
}
FIGURES = {"district", "by_role", "range", "bridge", "ask", "schools", "therapists", "cells", "influences", "methods"}


def test_a_file_for_readers_outside_reads_the_view_and_never_the_answers_own_figures():
    found = []
    for path in sorted(ROOM.rglob("*.py")):
        if path.stem in BEHIND_THE_GATE or path.parent.name in ("audit", "own_letter"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in FIGURES:
                owner = node.value
                whose = (
                    owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
                )
                if whose == "answer":
                    found.append(f"{path.name}:{node.lineno} answer.{node.attr}")
    assert found == []
