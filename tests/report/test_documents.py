"""Documents: declared once for each reader, whole in each language, and the same numbers everywhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.report.packets import (
    OPTIONS,
    SETTINGS,
    pdf_text,
    said,
    sample_answer,
    sample_packet,
    slide_texts,
    slides,
    workbook,
)
from tests.report.tellings import DOCUMENTS, strings, telling, texts_of
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.gauges import declared
from workload.model.parameters import parameters
from workload.model.roster import NO_SCHOOL
from workload.report.audience import AUDIENCES, FIRST_PAGE, LETTERS, PAGE, SLIDES
from workload.report.brief.page_file import page_data
from workload.report.language.languages import ENGLISH, SPANISH
from workload.report.language.wording import (
    catalog,
    places_of,
)
from workload.report.packet import make_packet
from workload.report.premise_tables import WITHOUT_COUNTS
from workload.report.reader_view import View
from workload.report.sections.every import SECTIONS, sections_of
from workload.report.sections.page_blocks import Bullets, Table
from workload.report.sections.people_sections import rule_words
from workload.report.sections.telling import Telling
from workload.rules.packs import packs
from workload.scenarios.cost import Rates, rates
from workload.scenarios.priced_ask import priced_ask

# Told in English from texts that hold numbers of their own: laws and clauses, sources, premises with their counts, advice.
ONE_WAY = ("law", "agreement", "planning", "outcomes", "assumptions", "standing", "gauges", "money_law")


def test_the_answer_page_and_every_document_say_the_same_dollars():
    tell = telling("superintendent", settings=replace(SETTINGS, needed_by=""))
    on_page = priced_ask(tell.view.answer, tell.prices).told()
    assert tell.cost() == (on_page.this_year, on_page.full_year)


# --- declared -------------------------------------------------------------------------------------------------


def test_no_two_readers_get_the_same_documents_by_accident():
    held = [tuple((one.kind, one.file, one.sections) for one in reader.documents) for reader in AUDIENCES.values()]
    assert len(set(held)) == len(held)
    for kind in (PAGE, SLIDES):
        told = [one.sections for _, one in DOCUMENTS if one.kind == kind]
        assert len({frozenset(sections) for sections in told}) == len(told), kind


def test_the_first_documents_of_two_readers_say_different_things():
    texts = {}
    for code, reader in AUDIENCES.items():
        first = reader.documents[0]
        made = sections_of(telling(code), first.sections)
        texts[code] = " ".join(text for section in made for text in texts_of(section))
    assert len(set(texts.values())) == len(texts)


def test_a_packet_quotes_the_published_figures_as_the_page_does_and_only_to_who_sees_every_figure():
    """By hand on the sample: 527.66 hours over 520 students are 1.01; 29.5 hours over 11.65 OTs are 2.5."""
    for audience in AUDIENCES:
        found = SECTIONS["gauges"](telling(audience))
        assert (found is None) == (audience not in ("superintendent", "business", "auditor"))
    (table,) = [block for block in SECTIONS["gauges"](telling("auditor")).blocks if isinstance(block, Table)]
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(rows) == len(declared())
    assert rows["Hours of work a week for each student"][:3] == ("1.01", "0.65 to 1.30", "inside")
    assert rows["Hours a week for evaluations, for each OT needed"][:3] == ("2.5", "3.0 to 3.6", "below")
    assert (
        "Lexington" in rows["Share of the week with students"][3]
        and "2022" in rows["Share of the week with students"][3]
    )


def test_law_in_a_packet_says_where_its_text_stands():
    for audience in ("board", "superintendent", "union"):
        (lines,) = [block for block in SECTIONS["law"](telling(audience)).blocks if isinstance(block, Bullets)]
        assert len(lines.lines) >= 5
        assert all(re.search(r"; [\w.-]+\.(gov|edu|org|us)/", line) for line in lines.lines)


def test_the_money_sheet_says_what_cutting_a_post_may_run_into():
    (lines,) = [block for block in SECTIONS["money_law"](telling("business")).blocks if isinstance(block, Bullets)]
    text = " ".join(lines.lines)
    assert all(each in text for each in ("300.203(b)", "300.204(a)", "1903(c)", "300.226"))


def test_every_section_is_shown_somewhere_and_every_code_is_a_section():
    declared = {code for _, one in DOCUMENTS for code in one.sections if code != FIRST_PAGE}
    assert declared == set(SECTIONS)


def test_no_document_has_a_section_twice():
    for _, one in DOCUMENTS:
        assert len(set(one.sections)) == len(one.sections), one.file


def test_a_read_me_names_every_file_of_the_folder():
    for audience in AUDIENCES:
        files = sample_packet(audience)
        index = next(data for name, data in files.items() if name.endswith("read-me.txt")).decode("utf-8")
        assert all(name in index for name in files if "read-me" not in name)


# --- languages ------------------------------------------------------------------------------------------------


def test_every_language_has_every_sentence_with_the_same_numbers():
    english, spanish = catalog(ENGLISH), catalog(SPANISH)
    assert set(english) <= set(spanish)
    for key, text in english.items():
        assert places_of(text) == places_of(spanish[key]), key
        assert text != spanish[key] or len(text) < 22, key


def test_what_the_library_names_has_a_name_in_every_language():
    spanish = catalog(SPANISH)
    for id, one in parameters().items():
        for choice in getattr(one, "choices", None) or ():
            assert f"choice.{choice}" in spanish, choice
        assert f"parameter.{id}" in spanish and (isinstance(one.value, str) or f"unit.{id}" in spanish), id
    for id in WITHOUT_COUNTS:
        assert f"premise.{id}" in spanish, id
    for one in sample_answer().methods:
        assert f"method.{one.method.replace('.', '')}" in spanish, one.method
    for id in declared():
        assert f"gauge.{id}" in spanish, id
    for step in sample_answer().bridge:
        assert f"bridge_step.{step.code}" in spanish, step.code


ENGLISH_WORDS = re.compile(
    r"\b(?:the|and|of|is|are|was|with|not|from|this|that|for|has|have|what|hours|weeks?|students?|schools?|work|needs?|"
    r"every|each|which|their|it|in|on|by|or|as|be|to)\b",
    re.IGNORECASE,
)


def names_and_citations() -> re.Pattern:
    """What stays as it is written in any language: names of schools, of files and options, and typed words."""
    schools = [name for name in sample_answer().schools["school"] if name != NO_SCHOOL]
    kept = [
        *schools,
        SETTINGS.district_name,
        "Covered by the pool of four OTs",
        "Agency sends somebody within five days",
    ]
    kept += ["Checked by", SETTINGS.checked_by, *(one.name for one in OPTIONS), "INTERNAL"]
    kept += [f"{sheet.file}, {sheet.sheet}" for sheet in sample_answer().row_counts]
    kept += [said(sample_answer().assumptions.source(id)[1]) for id in parameters()]  # stay as they were published
    return re.compile("|".join(re.escape(one) for one in sorted(kept, key=len, reverse=True)))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_english_sentence_is_left_in_a_spanish_document(audience):
    kept, told = names_and_citations(), {}
    settings = replace(SETTINGS, language=SPANISH)
    for document in AUDIENCES[audience].documents:
        if document.kind in (PAGE, LETTERS):  # what the typesetter is given; in the file columns run into each other
            told[document.file] = strings(page_data(telling(audience, SPANISH, settings), document))
    for name, data in make_packet(sample_answer(), audience, settings, OPTIONS).items():
        if name.endswith(".pptx"):
            told[name] = [text for slide in slides(data) for text in slide_texts(slide) if text]
        elif name.endswith(".txt"):  # names of files stand two to the right
            told[name] = [line for line in data.decode("utf-8").splitlines() if not line.startswith("  ")]
    for name, texts in told.items():
        for text in texts:
            bare = re.sub(r"\([^()]*(?:CFR|Code|Stat)[^()]*(?:\([^()]*\)[^()]*)*\)", " ", kept.sub(" ", text))
            found = [bare[max(0, hit.start() - 30) : hit.end() + 30] for hit in ENGLISH_WORDS.finditer(bare)]
            assert found == [], name


def test_the_money_workbook_of_a_spanish_packet_is_in_spanish_but_for_its_sources():
    settings = replace(SETTINGS, language=SPANISH)
    made = make_packet(sample_answer(), "business", settings, OPTIONS)["INTERNAL-money.xlsx"]
    sources, kept = {said(Rates().source(id)[1]) for id in rates()}, names_and_citations()
    for sheet in workbook(made):
        assert not ENGLISH_WORDS.search(sheet.title)
        texts = [said(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        left = [text for text in texts if text not in sources and ENGLISH_WORDS.search(kept.sub(" ", text))]
        assert left == [], sheet.title


def test_english_would_be_found_in_a_spanish_document():
    text = kept_out = names_and_citations().sub(" ", pdf_text(sample_packet("board")["decision-memo.pdf"]))
    assert text == kept_out and len(ENGLISH_WORDS.findall(text)) > 100


@pytest.mark.parametrize("audience", ["board", "superintendent", "business", "union", "team", "families"])
def test_both_languages_tell_the_same_numbers(audience):
    number = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
    for document in AUDIENCES[audience].documents:
        if document.kind not in (PAGE, SLIDES):
            continue
        codes = [code for code in document.sections if code not in ONE_WAY]
        told = []
        for language in (ENGLISH, SPANISH):
            made = sections_of(telling(audience, language), codes)
            told.append([sorted(number.findall(" ".join(texts_of(section)))) for section in made])
        assert told[0] == told[1], document.file


def test_a_rule_that_is_told_in_english_is_told_in_spanish_with_its_number_and_citation():
    for pack in packs().values():
        for rule in pack.rules:
            if rule.is_for_ots and rule.value is not None and rule.kind != "no_number":
                text = rule_words(telling("board", SPANISH), rule)
                assert f"{rule.value:g}" in text and not ENGLISH_WORDS.search(text), rule.id
    for audience in ("board", "union"):
        for code in ("law", "agreement", "planning"):
            told = [sections_of(telling(audience, one), (code,)) for one in (ENGLISH, SPANISH)]
            lines = [
                [len(getattr(block, "lines", ())) for section in made for block in section.blocks] for made in told
            ]
            assert lines[0] == lines[1], code


# --- page one, motion, money ----------------------------------------------------------------------------------


def test_a_motion_names_dollars_only_at_the_districts_own_rates_and_cover_only_while_it_is_needed():
    example = " ".join(texts_of(sections_of(telling("board"), ("motion",))[0]))
    assert "2.2 FTE of added OT posts from January 4, 2027" in example and "$ ________" in example
    assert "cover from October 1, 2026 until December 18, 2026" in example  # it ends before: it begins at once
    used = ("salary_ot", "salary_ota", "benefits_share", "agency", "start_up_post")
    rates = tuple((id, Rates()[id]) for id in used)
    own = replace(SETTINGS, rates=rates, needed_by="", fund="General fund")
    text = " ".join(texts_of(sections_of(telling("board", settings=own), ("motion",))[0]))
    assert (
        "1.0 FTE of temporary OT cover from October 1, 2026 until December 18, 2026" in text
        and "from General fund" in text
    )
    assert re.search(r"not to exceed \$\d{2,3},000 this school year and \$\d{3},000 in a full year", text)


def test_every_document_tells_one_price():
    told = telling("business")
    this_year, full = told.cost()
    written = [f"${this_year:,.0f}", f"${full:,.0f}"]
    for code in ("decision", "options", "money"):
        text = " ".join(texts_of(sections_of(told, (code,))[0]))
        assert all(amount in text for amount in written), code


def test_the_recommended_option_is_the_one_that_the_motion_moves():
    best = replace(OPTIONS[1], recommended=True, reason="It begins at once.")
    tell = telling("board", options=(OPTIONS[0], best))
    options, motion = (" ".join(texts_of(section)) for section in sections_of(tell, ("options", "motion")))
    assert f"{best.name} (recommended)" in options and "It begins at once." in options
    assert f'approve the option "{best.name}"' in motion and "$402,000" in motion
    assert "The ask (recommended)" not in options


def test_where_students_go_to_two_schools_the_table_says_that_they_count_at_each():
    sentence = "A student who is served at two schools counts at each of them."
    for answer, twice in ((sample_answer(), False), (analyze(as_roster(random_tables(6)), DAY), True)):
        assert (answer.schools["caseload"].sum() > answer.district["caseload"]) == twice
        told = Telling(View(answer, AUDIENCES["board"], SETTINGS), ENGLISH, ())
        assert (sentence in strings_of(SECTIONS["school_table"](told))) == twice


def strings_of(section) -> list[str]:
    """The texts of a section's blocks of words."""
    return [block.text for block in section.blocks if hasattr(block, "text")]
