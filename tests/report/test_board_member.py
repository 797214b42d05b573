"""A board member's test: what is asked, what it costs, by when, what if not, how sure, each found and read within ten seconds.

A member does not read from the top: five labels in bold at the left of one box on page one (and on slide one) are found at a
glance. So each answer must itself be read in ten seconds: what decides it stands in its first forty words (silent reading goes
at 238 words a minute: Brysbaert, Journal of Memory and Language 109, 2019, so forty words are ten seconds). Page one and slide
one of the six districts here, in both languages, were also looked at as pictures: the box is the second thing on the page
below title and headline, its first answer is larger, and nothing of it is cut off or on page two.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.report.packets import SETTINGS, pdf_text, said, sample_answer, slide_texts, slides
from tests.report.test_odd_districts import DISTRICTS
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import Answer, analyze
from workload.report.audience import AUDIENCES
from workload.report.brief.page_file import page
from workload.report.deck.deck_file import deck
from workload.report.reader_view import View
from workload.report.sections.ask_sections import decision
from workload.report.sections.page_blocks import Facts
from workload.report.sections.telling import Telling

TEN_SECONDS = 40  # words
MOST_BEFORE = 90  # words of title, headline and marks before the first of the five
MEMOS = ("board", "superintendent", "business")


def surplus() -> Answer:
    tables = random_tables(7, students=60, people=8, schools=5)
    for person in tables["therapists"]:
        person["fte"] = 1.0
        for name in ("end", "leave_start", "leave_end"):
            person.pop(name, None)
    return analyze(as_roster(tables), DAY, state="OH")


SIX = {**DISTRICTS, "surplus": cache(surplus), "sample": sample_answer}


def told(which: str, audience: str, language: str) -> Telling:
    return Telling(View(SIX[which](), AUDIENCES[audience], SETTINGS), language)


def answers_of(tell: Telling) -> list[tuple[str, str]]:
    """The five questions with their answers."""
    (box,) = (block for block in decision(tell).blocks if isinstance(block, Facts))
    return [(said(question), said(answer)) for question, answer in box.rows]


def decides(tell: Telling) -> list[list[str]]:
    """What must be read in ten seconds in each answer; nothing where the answer is that it cannot be told yet."""
    if not tell.ask.fte:
        return [[], [], [], [], [tell.fte(tell.view.district["required_fte"])]]
    costs = [f"${amount:,.0f}" for amount in tell.cost() if amount]
    needed = [tell.day(tell.start)]
    row, risk = tell.view.district, []
    if tell.view.risk_told and row["student_minutes_at_risk"] >= 1:
        risk = [tell.view.gate.about_words(row["student_minutes_at_risk"])]
    spread = [f"{end:.1f}" for end in (tell.view.range.p10, tell.view.range.p90)]
    return [[tell.ask.parts[0].fte], costs, needed, risk, spread]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("audience", MEMOS)
@pytest.mark.parametrize("which", SIX)
def test_each_of_the_five_answers_is_read_within_ten_seconds(which, audience, language):
    tell = told(which, audience, language)
    five = answers_of(tell)
    assert len(five) == 5 and all(question and answer for question, answer in five)
    for (question, answer), wanted in zip(five, decides(tell), strict=True):
        first = " ".join(answer.split()[:TEN_SECONDS])
        assert all(word in first for word in wanted), (question, wanted, answer)
    assert not tell.ask.fte or tell.ask.short in tell.title  # what is asked in all is the title itself


@pytest.mark.parametrize("which", SIX)
def test_the_five_stand_on_page_one_and_on_slide_one_of_the_boards_packet(which):
    tell = told(which, "board", "en")
    paper, slides_of = AUDIENCES["board"].documents[:2]
    first = pdf_text(page(tell, paper), first_page=True)
    slide = said(" ".join(slide_texts(slides(deck(told(which, "board", "en"), slides_of))[0])))
    at = -1
    for question, answer in answers_of(tell):
        assert answer in first and answer in slide and question in slide
        assert (at := first.index(question, at + 1)) >= 0  # in this order
    before = first[: first.index(answers_of(tell)[0][0])].split()
    assert len(before) <= MOST_BEFORE, " ".join(before)


def test_an_answer_that_begins_with_forty_other_words_would_be_found():
    tell = told("sample", "board", "en")
    (question, answer), *_ = answers_of(tell)
    late = " ".join([*["well"] * TEN_SECONDS, answer])
    assert question == "What is asked" and re.search(r"\b2\.2\b", answer)
    assert decides(tell)[0][0] not in " ".join(late.split()[:TEN_SECONDS])
