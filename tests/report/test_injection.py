"""Names are hostile: formulas, markup and links in any name come out as text in every file of every packet."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pandas as pd
import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.report.office import converted
from tests.report.packets import board_deck, memo, pdf_text, said, slide_texts, slides, workbook
from tests.support.rosters import DAY
from workload.answer import Answer, analyze
from workload.model.roster import roster_of
from workload.report.audience import AUDIENCES
from workload.report.packet import make_packet
from workload.report.packet_choices import NotActing, Option, Settings
from workload.report.reader_view import View

ATTACKS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.1.0"',
    "$ sum $",
    "*bold* _it_ `raw` <label> @ref",
    '#panic("x")',
    "#set page(fill: red)",
    "\\input{/etc/passwd}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x>",
    "[link](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "http://evil.example/",
    "mailto:a@evil.example",
    "file:///etc/passwd",
    "&lt;b&gt; &amp;",
    "</a:t></a:r><a:r>",
    '"]}; x',
    "Oak*",
    ">5",
    "a\x00b\x0bcd",
    "学校 🏫 école",
    "../../x",
    "CON",
    "% // /* comment */ --- ...",
    "IEP\r\nmeeting",
)


def hostile_answer() -> Answer:
    """Every attack as a school with twelve students, as a therapist, as a group and as a duty."""
    rows = [(f"S{at}-{number}", name, f"T {name}", name) for at, name in enumerate(ATTACKS) for number in range(12)]
    students, schools, therapists, groups = zip(*rows, strict=True)
    many = len(rows)
    return analyze(
        roster_of(
            services={
                "student": list(students),
                "school": list(schools),
                "therapist": list(therapists),
                "group_id": list(groups),
                "plan": ["IEP"] * many,
                "delivery": ["group"] * many,
                "minutes_per_session": [30.0] * many,
                "sessions": [2.0] * many,
                "period": ["week"] * many,
            },
            therapists={
                "therapist": [f"T {name}" for name in ATTACKS],
                "role": ["OT"] * len(ATTACKS),
                "fte": [0.2] * len(ATTACKS),
            },
        ),
        DAY,
    )


def hostile_packet(audience: str, attack: str = "\ud800".join(ATTACKS[:3])) -> dict[str, bytes]:
    """A packet of it with an attack in every text of the settings too."""
    settings = Settings(
        attack,
        needed_by=attack,
        checked_by=attack,
        contact=attack,
        next_steps=(attack,),
        not_acting=NotActing(words=attack),
        name_therapists=True,
    )
    return make_packet(hostile_answer(), audience, settings, (Option(attack, 1, 2, 3, attack, 40),))


@pytest.fixture(scope="module")
def packets() -> dict[str, dict[str, bytes]]:
    """Every audience's packet."""
    return {audience: hostile_packet(audience) for audience in AUDIENCES}


def test_no_text_of_the_roster_becomes_a_formula_or_a_link_in_a_workbook(packets):
    seen = 0
    for files in packets.values():
        for name, data in files.items():
            if not name.endswith(".xlsx"):
                continue
            for sheet in workbook(data, values=False):
                for row in sheet.iter_rows():
                    for cell in row:
                        seen += 1
                        assert cell.hyperlink is None
                        if cell.data_type == "f":
                            assert "audit" in name and not any(
                                bad in str(cell.value) for bad in ("evil", "cmd|", "calc'", "1+1")
                            )
            parts = zipfile.ZipFile(io.BytesIO(data))
            assert not any("externalLink" in part for part in parts.namelist())
            for part in parts.namelist():
                if part.endswith(".rels"):
                    assert b'TargetMode="External"' not in parts.read(part)
    assert seen > 10_000


def test_the_audit_workbook_of_hostile_names_still_recalculates_to_the_librarys_numbers(packets):
    from tests.report.test_audit import differences, poisoned

    data = packets["auditor"]["INTERNAL-audit-workbook.xlsx"]
    wrong, compared = differences(data, converted(poisoned(data), "xlsx", "xlsx"))
    assert wrong == []
    assert compared > 4_000


def test_no_field_of_a_csv_begins_like_a_formula(packets):
    for files in packets.values():
        for name, data in files.items():
            if name.endswith(".csv"):
                for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
                    for field in row:
                        assert not re.match(r"^[\s\"\u200b]*[=+\-@\t\r＝＋－＠]", field) or re.fullmatch(
                            r"-[\d.e-]+", field
                        ), field


def test_the_memo_shows_attacks_as_they_are_written():
    for attack in ATTACKS:
        view = View(small_hostile(attack), AUDIENCES["board"], Settings(attack, checked_by=attack, needed_by=attack))
        data = memo(view, (Option(attack, 1, 2, 3, attack, 40),))
        reader = PdfReader(io.BytesIO(data))
        links = links_of(reader)
        assert links and all(re.fullmatch(r"https://[a-z0-9.-]+\.gov/[^?]*", one) for one in links), (attack, links)
        bare = re.sub(r"[^\x21-\x7e]", "", attack)
        if bare == attack.replace(" ", ""):
            assert bare in re.sub(r"\s", "", pdf_text(data)), attack


def links_of(reader: PdfReader) -> list[str]:
    """Where the links of a PDF lead: to the text of a law, and nowhere that a file says."""
    marks = [mark.get_object() for page in reader.pages for mark in page.get("/Annots", ())]
    assert all(mark["/Subtype"] == "/Link" for mark in marks)
    return [str(mark["/A"]["/URI"]) for mark in marks]


STAFF = ("Ann", "Bea", "Cy", "Dee")  # enough of them for a gap to be told outside


def small_hostile(attack: str) -> Answer:
    """One school of twenty students under a hostile name, one more beside it; both are short."""
    many = 40
    return analyze(
        roster_of(
            services={
                "student": [f"S{at}" for at in range(many)],
                "school": [attack] * 20 + ["Oak"] * 20,
                "therapist": [STAFF[at % len(STAFF)] for at in range(many)],
                "plan": ["IEP"] * many,
                "delivery": ["individual"] * many,
                "minutes_per_session": [30.0] * many,
                "sessions": [2.0] * many,
                "period": ["week"] * many,
            },
            therapists={"therapist": list(STAFF), "role": ["OT"] * len(STAFF), "fte": [0.1] * len(STAFF)},
        ),
        DAY,
    )


def test_the_deck_shows_attacks_as_text_without_links():
    for attack in ATTACKS:
        data = board_deck(View(small_hostile(attack), AUDIENCES["board"], Settings(attack)))
        parts = zipfile.ZipFile(io.BytesIO(data))
        rels = b"".join(parts.read(part) for part in parts.namelist() if part.endswith(".rels"))
        assert b"External" not in rels and b"hyperlink" not in rels
        clean = said(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", attack))
        texts = said(" ".join(text for slide in slides(data) for text in slide_texts(slide)))
        assert clean in texts, attack
        assert len(Presentation(io.BytesIO(data)).slides) >= 10


def embedded_cells(data: bytes):
    """Every cell of the workbooks inside the charts of a deck."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    for part in parts.namelist():
        if part.startswith("ppt/embeddings/"):
            for sheet in workbook(parts.read(part), values=False):
                yield from (cell for row in sheet.iter_rows() for cell in row)


def test_no_text_becomes_a_formula_or_a_link_in_the_workbooks_of_a_decks_charts(packets):
    texts, seen = set(), 0
    decks = [files[name] for files in packets.values() for name in files if name.endswith(".pptx")]
    options = tuple(Option(f"{attack} {at}", 1, 2, 3, attack) for at, attack in enumerate(ATTACKS))
    for start, attack in enumerate(ATTACKS):
        view = View(small_hostile(attack), AUDIENCES["board"], Settings())
        decks.append(board_deck(view, options[start : start + 4]))
    for data in decks:
        for cell in embedded_cells(data):
            seen += 1
            assert cell.data_type != "f" and cell.hyperlink is None, cell.value
            texts.add(str(cell.value))
    assert seen > 300 and {"=1+1", "http://evil.example/"} <= texts


def test_the_charts_would_hold_live_formulas_if_the_library_wrote_their_names(monkeypatch):
    from workload.report.deck import deck_charts

    monkeypatch.setattr(deck_charts, "AS_TEXT", {})
    data = board_deck(View(small_hostile("=1+1"), AUDIENCES["board"], Settings()))
    assert any(cell.data_type == "f" for cell in embedded_cells(data))


def test_parquet_keeps_the_text_and_nothing_else(packets):
    table = pd.read_parquet(io.BytesIO(packets["auditor"]["INTERNAL-tables-schools.parquet"]))
    assert {"=1+1", "Oak*", "学校 🏫 école", "abcd"} <= set(table["school"])


def test_file_names_are_never_made_of_names(packets):
    for files in packets.values():
        for name in files:
            assert re.fullmatch(r"(INTERNAL-)?[a-z]+(-[A-Za-z0-9]+)*\.(pdf|pptx|xlsx|csv|parquet|txt)", name), name


def test_a_csv_opened_in_a_spreadsheet_program_has_no_formula(packets):
    data = packets["auditor"]["INTERNAL-tables-schools.csv"]
    book = workbook(converted(data, "csv", "xlsx"), values=False)
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert len(cells) > 300 and not [cell.value for cell in cells if cell.data_type == "f"]
