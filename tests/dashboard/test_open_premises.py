"""Odd districts with an open premise: no page holds work against hours without saying in the same sentence that it may move.

A surplus, a shortage, one person, nobody in post, overdue plans, each provisional; and one without posts, which tells no gap.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.dashboard.gap_words import parts_of, silent
from tests.dashboard.support import NAMES, app, failed, opened, visit
from tests.support.odd_districts import ODD, districts
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.premises.premise_list import answer_status
from workload.premises.records import NEED_ONLY, PROVISIONAL


@cache
def story() -> frozenset[str]:
    """What Home says of two other people before a roster is open."""
    return frozenset(silent(visit(app().run(), "home")))


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
    at = told(name, place)
    for part in parts_of(at):
        assert not failed(at)
        assert set(silent(at)) - (story() if place == "home" else set()) == set(), part


@pytest.mark.parametrize("name", ["surplus", "shortage", "one person", "overdue plans"])
@pytest.mark.parametrize("place, key, code", [("people", "therapist", "OT 1"), ("schools", "school", "School A")])
def test_neither_does_a_person_or_a_school_that_is_open(place, key, code, name):
    at = told(name, place)
    box = next(each for each in at.selectbox if each.key == key)
    if code not in box.options:
        code = box.options[0]
    box.set_value(code).run()
    assert not failed(at) and silent(at) == []
