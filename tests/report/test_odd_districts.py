"""Districts that are not the sample: one therapist, everybody on leave, services alone, many schools. No sentence is false there."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from functools import cache

import openpyxl
import pytest
from pypdf import PdfReader

from tests.report.packets import DAY, SAMPLE, SETTINGS, board_deck, pdf_text, sample_answer, slide_texts, slides
from tests.support.rosters import as_roster, random_tables
from workload.answer import Answer, analyze
from workload.intake.load import load
from workload.model.roster import UNASSIGNED
from workload.model.words import shown
from workload.report.audience import AUDIENCES
from workload.report.brief.drawn_blocks import GUTTER, PAGE, wide_enough
from workload.report.packet import make_packet
from workload.report.reader_view import View
from workload.report.sections.page_blocks import Table
from workload.report.sections.slide_titles import _bridge
from workload.report.sections.telling import Telling
from workload.report.told_ask import EITHER
from workload.scenarios.ask_outcome import ask_outcome
from workload.scenarios.cost import Rates

READERS = ("board", "business", "families", "union", "team", "superintendent")


def one_therapist() -> Answer:
    tables = random_tables(3, students=34, people=2, schools=2)
    only = tables["therapists"][0]["therapist"]
    for table in ("services", "evaluations"):
        for row in tables[table]:
            row["therapist"] = only if row.get("therapist") else row.get("therapist")
    return analyze(
        as_roster({**tables, "therapists": [{"therapist": only, "role": "OT", "fte": 1.0}]}), DAY, state="OH"
    )


def all_on_leave() -> Answer:
    tables = random_tables(11, students=80, people=4, schools=4)
    for person in tables["therapists"]:
        person |= {"leave_start": date(2026, 9, 1), "leave_end": date(2027, 1, 15)}
    return analyze(as_roster(tables), DAY, state="OH")


def many_schools() -> Answer:
    return analyze(as_roster(random_tables(5, students=260, people=9, schools=120)), DAY, state="OH")


def services_alone() -> Answer:
    book, kept = openpyxl.load_workbook(SAMPLE), io.BytesIO()
    for name in book.sheetnames:
        if name != "Services":
            del book[name]
    book.active = 0
    book.save(kept)
    return analyze(load([("services.xlsx", kept.getvalue())], secret=b"test" * 8).roster, DAY)


DISTRICTS = {made.__name__: cache(made) for made in (one_therapist, all_on_leave, many_schools, services_alone)}


def telling(which: str, reader: str) -> Telling:
    return Telling(View(DISTRICTS[which](), AUDIENCES[reader], SETTINGS))


@cache
def pages(which: str, reader: str) -> str:
    """The text of every page of a packet."""
    files = make_packet(DISTRICTS[which](), reader, SETTINGS)
    return " ".join(pdf_text(data) for name, data in files.items() if name.endswith(".pdf"))


@pytest.mark.parametrize("which", DISTRICTS)
@pytest.mark.parametrize("reader", (*READERS, "therapist"))
def test_no_page_says_no_value_or_counts_some_of_nobody(which, reader):
    text = pages(which, reader)
    assert len(text) > 500
    assert not re.search(r"\bno value\b|\bnan\b|: \d+ of 0\b|fewer than 3 of [012]\b", text, re.IGNORECASE)


@pytest.mark.parametrize("which", ("all_on_leave", "many_schools", "one_therapist"))
def test_the_gap_after_the_ask_is_the_one_of_the_district_with_its_posts(which):
    answer = DISTRICTS[which]()
    true = ask_outcome(answer, Rates()).figures["gap_fte"]
    for reader in ("board", "business"):
        tell = telling(which, reader)
        if tell.after is None:
            assert which == "one_therapist" and reader == "board"
            continue
        assert tell.after["gap"] == pytest.approx(true, abs=0.1501 if reader == "board" else 0.0501)
        left = f"{shown(-tell.after['gap'])} FTE short" if tell.after["gap"] < 0 else ""
        told = pages(which, reader).split("Recommended:")[1:]
        assert told and all((left or "adds the time that is short") in part[:300] for part in told)


def test_added_posts_that_travel_leave_something_and_the_reader_is_told():
    assert telling("many_schools", "board").after["gap"] <= -0.4


def test_what_is_told_for_both_roles_is_called_by_both_and_the_business_office_learns_the_public_price():
    told, inside = telling("all_on_leave", "board"), telling("all_on_leave", "business")
    assert {part.role for part in told.ask.parts} == {EITHER} and {part.role for part in inside.ask.parts} == {
        "OT",
        "OTA",
    }
    assert "OT or OTA" in pages("all_on_leave", "board")
    assert told.cost() != inside.cost()
    assert f"${told.cost()[0]:,.0f} this school year" in pages("all_on_leave", "business")


def test_a_page_says_that_time_was_counted_only_where_it_tells_it():
    assert "and the time that our therapists have" in pages("all_on_leave", "families")
    for which in ("services_alone", "one_therapist"):
        assert "is not on this page" in pages(which, "families")


def test_a_letter_without_contract_compares_with_none():
    person = next(name for name in DISTRICTS["services_alone"]().therapists["therapist"] if name != UNASSIGNED)
    tell = Telling(View(DISTRICTS["services_alone"](), AUDIENCES["therapist"], SETTINGS), person=person)
    assert "compared with no contract" in tell.say("own.contract_open")
    text = pages("services_alone", "therapist")
    assert "not said yet" in text and "compared with no contract" in text and "fuller than your contract" not in text


def test_somebody_who_is_not_in_post_is_told_so_and_not_that_the_week_is_too_full():
    answer = DISTRICTS["many_schools"]()
    table = answer.therapists
    gone = table[(table["contracted_fte"] == 0) & (table["therapist"] != UNASSIGNED)]
    assert len(gone) and "not in post on this date" in pages("many_schools", "therapist")


def test_a_rule_of_a_state_is_not_called_one_of_the_agreement():
    assert "The agreement sets" not in pages("all_on_leave", "union") and "OAC 3301-35-05" in pages(
        "all_on_leave", "union"
    )


def test_no_word_of_a_table_is_wider_than_its_column():
    words = ("position", "$1,013,000", "recurring", "x")
    table = Table(words, (("All together", "$1,013,000", "recurring", "y"),), "", (9.0, 1.0, 0.5, 0.1), (1,))
    parts = wide_enough(table)
    assert sum(parts) == pytest.approx(1)
    assert all(part * PAGE >= len(word) + GUTTER - 1e-6 for part, word in zip(parts, words, strict=True))
    plain = Table(("a", "b"), (("c", "d"),), "", (3.0, 1.0))
    assert wide_enough(plain) == [0.75, 0.25]
    hopeless = Table(("x" * 80, "y" * 80), (), "", (3.0, 1.0))
    assert wide_enough(hopeless) == [0.75, 0.25]


def tags(data: bytes) -> Counter:
    """How often each kind of element stands in what is read aloud."""
    found: Counter = Counter()

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict) and "/S" in node:
            found[node["/S"]] += 1
            walk(node.get("/K"))

    walk(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize("reader", ("board", "business", "families"))
def test_tables_are_tables_and_the_mark_is_read_aloud(reader):
    files = make_packet(DISTRICTS["all_on_leave"](), reader, SETTINGS)
    (data,) = (data for name, data in files.items() if name.endswith(".pdf"))
    read = tags(data)
    assert read["/Table"] == {"board": 2, "business": 3, "families": 0}[reader] and read["/TH"] >= read["/Table"]
    marks = re.findall(r"PROVISIONAL: open premises: \d", pdf_text(data, first_page=True))
    assert len(marks) == (
        1 if reader == "families" else 2
    )  # at the edge and below the title; on a single page in the text alone


@pytest.mark.parametrize(("language", "words"), [("en", "everybody in post is on leave"), ("es", "está con licencia")])
def test_the_title_of_the_bridge_says_that_everybody_is_on_leave(language, words):
    answer = DISTRICTS["all_on_leave"]()
    title = _bridge(Telling(View(answer, AUDIENCES["board"], SETTINGS), language=language), None)
    assert words in title and "0.0" not in title


def slide_words(answer: Answer) -> str:
    """Every text of the board's slides, in their order."""
    return " ".join(
        " ".join(slide_texts(one)) for one in slides(board_deck(View(answer, AUDIENCES["board"], SETTINGS)))
    )


@pytest.mark.parametrize("which", ["one_therapist", "sample"])
def test_the_topic_over_a_slide_is_that_of_what_stands_on_it(which):
    """Without two people who may be compared there are no two weeks, on the slide as on the page."""
    answer = one_therapist() if which == "one_therapist" else sample_answer()
    tell = Telling(View(answer, AUDIENCES["board"], SETTINGS))
    two, without = tell.word("head.pair"), tell.word("head.pair_without")
    here, gone = (without, two) if which == "one_therapist" else (two, without)
    words = slide_words(answer)
    assert here in words and gone not in words
