"""Searches of one server: few at once, the others in line, and none that nobody waits for."""

from __future__ import annotations

import threading

import pytest

from workload.rebalance import search_line
from workload.rebalance.search_line import Line, Search

SECONDS = 60  # only a test that fails waits so long


class Work:
    """Searches that go on until they are let go or cancelled."""

    def __init__(self):
        self.go, self.at_work, self.most, self.lock = threading.Event(), [], 0, threading.Lock()

    def __call__(self, task, counts, progress, cancelled):
        with self.lock:
            self.at_work.append(task)
            self.most = max(self.most, len(self.at_work))
        while not self.go.wait(0.005) and not cancelled():
            yield task
        with self.lock:
            self.at_work.remove(task)


@pytest.fixture
def work(monkeypatch):
    made = Work()
    monkeypatch.setattr(search_line, "frontier", made)
    yield made
    made.go.set()


def searches(count, line):
    return [Search(str(at), at, line=line).start() for at in range(count)]


def test_no_more_than_so_many_work_at_once_and_all_have_their_turn(work):
    line = Line(2)
    made = searches(5, line)
    assert [one.before for one in made] == [0, 0, 1, 2, 3]
    assert all(one.running for one in made)
    work.go.set()
    assert all(one.ended.wait(SECONDS) for one in made)
    assert work.most <= 2 and not any(one.cancelled for one in made)


def test_one_that_waits_can_be_ended_and_the_others_move_up(work):
    first, second, third = searches(3, Line(1))
    second.end()
    assert not second.running and second.cancelled and third.before == 1
    first.end()
    assert first.ended.wait(SECONDS)
    work.go.set()
    assert third.ended.wait(SECONDS) and not third.cancelled


def test_a_page_that_was_closed_ends_its_search(work, monkeypatch):
    monkeypatch.setattr(search_line, "GRACE_SECONDS", -1.0)
    first, second = searches(2, Line(1))
    second.abandon()
    assert not second.running
    first.abandon()
    assert first.ended.wait(SECONDS)
    first.seen()
    assert first.cancelled


def test_a_page_that_comes_back_in_time_finds_its_search_at_work(work):
    (only,) = searches(1, Line(1))
    only.abandon()
    only.seen()
    assert only.running and not only.cancelled
    work.go.set()
    assert only.ended.wait(SECONDS) and not only.cancelled


def test_a_search_that_fails_leaves_its_place_to_the_next(monkeypatch):
    monkeypatch.setattr(search_line, "frontier", lambda *_, **__: 1 / 0)
    made = searches(3, Line(1))
    assert all(one.ended.wait(SECONDS) and isinstance(one.failure, ZeroDivisionError) for one in made)
