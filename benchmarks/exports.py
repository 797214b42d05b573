"""Each part of a packet for a 5,000-line district against an empty document by the same engine."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from benchmarks.rosters import DAY, roster
from benchmarks.timing import Ratio, compare
from workload.answer import analyze
from workload.report.audience import AUDIENCES
from workload.report.audit.audit_book import audit_workbook
from workload.report.brief.page_file import page
from workload.report.corrections.correction_sheet import correction_sheet
from workload.report.deck.deck_file import deck
from workload.report.money_book import money_workbook
from workload.report.open_tables import as_parquet, tables_of
from workload.report.packet import make_packet
from workload.report.packet_choices import FONTS, Settings
from workload.report.reader_view import View
from workload.report.sections.telling import Telling
from workload.report.state_forms import form_of
from workload.report.table_files import as_csv

ROWS, ROUNDS = 5_000, 3


def empty_workbook() -> bytes:
    """One empty sheet by xlsxwriter."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet()
    book.close()
    return out.getvalue()


def empty_deck() -> bytes:
    """The built-in template with one slide by python-pptx."""
    from pptx import Presentation

    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def empty_page() -> bytes:
    """One word on one accessible page by typst."""
    import typst

    return typst.compile(
        b'#set document(title: "x")\n#set text(font: "Inter")\nx',
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def ratios() -> list[Ratio]:
    """Every format; the answer itself is made beforehand."""
    answer = analyze(roster(ROWS), DAY)
    board, auditor = (View(answer, AUDIENCES[name], Settings("Benchmark")) for name in ("board", "auditor"))
    documents = AUDIENCES["board"].documents
    form = View(replace(answer, state="NY"), AUDIENCES["board"], Settings("Benchmark"))
    tables, first = tables_of(auditor), answer.therapists["therapist"].iloc[0]
    parts: tuple[tuple[str, Callable[[], object], str, Callable[[], object]], ...] = (
        ("decision memo (PDF)", lambda: page(Telling(board), documents[0]), "empty page, typst", empty_page),
        ("slides (PPTX)", lambda: deck(Telling(board), documents[1]), "empty deck, python-pptx", empty_deck),
        ("the whole board packet", lambda: make_packet(answer, "board"), "empty deck, python-pptx", empty_deck),
        (
            "money workbook (XLSX)",
            lambda: money_workbook(Telling(auditor)),
            "empty workbook, xlsxwriter",
            empty_workbook,
        ),
        (
            "audit workbook (XLSX, live formulas)",
            lambda: audit_workbook(auditor),
            "empty workbook, xlsxwriter",
            empty_workbook,
        ),
        ("form of a state (XLSX)", lambda: form_of(form), "empty workbook, xlsxwriter", empty_workbook),
        (
            "one correction sheet (XLSX)",
            lambda: correction_sheet(answer, first, "OT 1"),
            "empty workbook, xlsxwriter",
            empty_workbook,
        ),
        (
            "all tables (CSV)",
            lambda: [as_csv(table) for table in tables.values()],
            "the CSV of one small table",
            lambda: as_csv(tables["district"]),
        ),
        (
            "all tables (Parquet)",
            lambda: [as_parquet(table) for table in tables.values()],
            "the Parquet of one small table",
            lambda: as_parquet(tables["district"]),
        ),
    )
    return [
        compare(f"{name}, {ROWS:,} lines", work, floor_name, floor, ROUNDS) for name, work, floor_name, floor in parts
    ]
