"""Odd districts with an open premise: no page holds work against hours without saying in the same sentence that it may move.

A surplus, a shortage, one person, nobody in post, overdue plans, each provisional; and one without posts, which tells no gap.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.dashboard.support import NAMES, failed, html_of, markdown_texts, opened, visit
from tests.dashboard.test_one_number import BLOCK, SAYS_SO, plain
from tests.support.odd_districts import ODD, districts
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.model.known import Known
from workload.premises.premise_list import answer_status
from workload.premises.records import NEED_ONLY, PROVISIONAL

GAP = re.compile(
    r"\b(?:short|room)(?: of| for)? (?:time|\d)|has room for|added time|to ask for|ask for \w+ thing|about even|room \d|"
    r"are short\b|is short\b|too (?:much|full)|fits? (?:its|their) contract|every week fits|more hours than there are|"
    r"more than the contract|of a full-time post|hours that do not fit|find room for|enough hours|\d there$|about what (?:it|they) needs?",
    re.I,
)
# What is no finding about this district: a legend, an explanation, an example of other people's weeks, rows that nobody counts.
NO_FINDING = re.compile(
    r"^Filled: short of time|it says nothing about the person|\d+ of 37\.5 h|^(?:Every|An?) (?:other )?week|"
    r"^Related, from|^Hours (?:a week )?that do not fit(?: a contract|$)|^Below zero the district is short|^A new post takes|"
    r"^Where a week is too full, every kind|^An estimate of exposure|cannot be said until",
)


def silent(at) -> list[str]:
    """Sentences that hold work against hours and do not say that it may move. A table goes with the title above it."""
    found, title = [], ""
    for body in html_of(at):
        if "<style" in body:
            continue
        if "<table" in body:
            found += [
                f"{title}: {text}" for text in [plain([body])] if GAP.search(text) and not SAYS_SO.search(title + text)
            ]
            continue
        title = plain([body]) if "card-title" in body else title
        found += [said for block in BLOCK.split(body) for said in sentences(plain([block]))]
    texts = [*markdown_texts(at), *(each.value for each in (*at.caption, *at.info, *at.warning, *at.success))]
    return found + [said for text in texts for said in sentences(plain([str(text)]))]


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?])\s", text)
    return [one for one in parts if GAP.search(one) and not SAYS_SO.search(one) and not NO_FINDING.search(one)]


def told(name: str, place: str):
    at = visit(opened(districts()[name]).run(), place)
    assert not failed(at)
    return at


@pytest.mark.parametrize("name", ODD)
def test_every_odd_district_stands_on_something_open(name):
    assert answer_status(analyze(districts()[name], DAY)) == (NEED_ONLY if name == "need only" else PROVISIONAL)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("place", NAMES)
def test_no_page_of_an_odd_district_holds_work_against_hours_in_silence(place, name):
    assert silent(told(name, place)) == []


@pytest.mark.parametrize("name", ["surplus", "shortage", "one person", "overdue plans"])
@pytest.mark.parametrize("place, key, code", [("people", "therapist", "OT 1"), ("schools", "school", "School A")])
def test_neither_does_a_person_or_a_school_that_is_open(place, key, code, name):
    at = told(name, place)
    box = next(each for each in at.selectbox if each.key == key)
    if code not in box.options:
        code = box.options[0]
    box.set_value(code).run()
    assert not failed(at) and silent(at) == []


def test_a_final_district_would_be_found_silent():
    roster = replace(districts()["shortage"], known=Known(), digest="open-closed")
    assert answer_status(analyze(roster, DAY)) != NEED_ONLY
    found = [
        said for page in ("people", "schools", "year", "answer") for said in silent(visit(opened(roster).run(), page))
    ]
    assert found or answer_status(analyze(roster, DAY)) == PROVISIONAL
