"""What a director in a hurry asks, each answered on the first screen of one page: nothing to scroll, nothing to open.

Each question has its page, and where on the page its answer stands: in the main heading, in the facts under it, or in a
card of the first screen. At 1280×720 the whole answer is seen; on a phone its number.
"""

from __future__ import annotations

import re

import pytest

from dashboard.shell import cached
from tests.e2e.screen import settle
from tests.e2e.test_journeys import sample_answer
from workload.explain.headline import standing_of
from workload.model.words import hours
from workload.staffing.pair import telling_pair

LAPTOP, PHONE = (1280, 720), (390, 844)


def shortage() -> str:
    return standing_of(sample_answer(cached.SAMPLE_DAY)).gap.fte


def fuller_week() -> str:
    answer = sample_answer(cached.SAMPLE_DAY)
    heavy, _ = telling_pair(answer.people)
    return hours(answer.people.set_index("therapist").loc[heavy, "workload_hours"])


def schools_short() -> str:
    from workload.figures.school_marks import schools_shown

    seen = schools_shown(sample_answer(cached.SAMPLE_DAY).schools, 10)
    return f"{sum(school.short for school in seen)} of {len(seen)}"


# question, page, where its answer stands, the answer
QUESTIONS = (
    ("How many people are we short?", "answer", ".finding", shortage),
    ("Whose week is the fuller one, and how full?", "answer", ".st-key-card_pair", fuller_week),
    ("How many schools are short?", "schools", ".st-key-card_map", schools_short),
    ("When does it break?", "year", ".finding", lambda: "43 of 44 weeks"),
    ("Can we just share the work?", "rebalance", ".finding", lambda: "of 93.5 hours"),
)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("question, address, place, answer", QUESTIONS, ids=[each[0] for each in QUESTIONS])
def test_the_answer_is_on_the_first_screen(page, sample_server, question, address, place, answer, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{sample_server}/{address}")
    settle(page)
    there = page.locator(place).first
    words = " ".join(there.inner_text().split())
    assert answer() in words, (question, words)
    heading = page.get_by_role("heading", level=1)
    box = there.bounding_box() if size == LAPTOP else heading.bounding_box()
    top = page.evaluate("() => [window.innerHeight, document.querySelector('[data-testid=stMain]').scrollTop]")
    assert box["y"] >= 0 and box["y"] + min(box["height"], 140) <= top[0] and not top[1], question
    assert len(re.findall(r"\w+", heading.inner_text())) <= 18  # one sentence: 16 words and their numbers


@pytest.mark.parametrize("address", ["answer", "people", "schools", "decide", "rebalance", "year", "time_study"])
def test_each_page_has_one_next_step_on_its_first_screen(page, sample_server, address):
    page.goto(f"{sample_server}/{address}")
    settle(page)
    primary = page.get_by_test_id("stBaseButton-primary")
    assert primary.count() == 1
    box = primary.bounding_box()
    assert box["y"] + box["height"] <= LAPTOP[1]
