"""The check-in by link: counts alone, nothing of fewer than five people, and nothing that tells who or when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from workload.staffing.concerns.check_in import FEWEST_ANSWERS
from workload.store.check_in_rounds import (
    LONGEST_DAYS,
    Asked,
    RoundError,
    add_answer,
    asked,
    close_round,
    open_round,
    rounds,
)
from workload.store.roles import ADMINISTRATOR, AUDITOR, Person
from workload.store.schema import CHECK_INS, METADATA

DAY, NOW = date(2026, 10, 5), "2026-10-05T08:00:00+00:00"
FRIDAY, MONDAY = DAY + timedelta(4), DAY + timedelta(7)
BOSS = Person("boss@district.example", ADMINISTRATOR)


@pytest.fixture
def district(store):
    return store.create("Bluff", BOSS, NOW)


def answered(store, district, *answers, day=DAY) -> str:
    """A round until Friday with these answers, each a list of questions that were answered with yes."""
    token = open_round(district, FRIDAY, day, NOW)
    for one in answers:
        add_answer(store, token, one, day)
    return token


def test_a_link_takes_answers_and_shows_counts_once_it_is_closed(store, district):
    """Six people: four work outside their hours, one was relieved, one says no to all."""
    token = answered(store, district, *[["off-the-clock"]] * 4, ["relief"], [])
    assert asked(store, token, DAY) == Asked("Bluff", FRIDAY)
    (one,) = rounds(district, DAY)
    assert (one.over, one.enough, one.counts) == (False, True, None), "nothing is told while it is open"
    close_round(district, token, DAY, NOW)
    (one,) = rounds(district, DAY)
    assert one.over and one.counts.answers == 6
    assert {id: number for id, number in one.counts.yes.items() if number} == {"off-the-clock": 4, "relief": 1}
    assert asked(store, token, DAY) is None
    with pytest.raises(RoundError, match="closed"):
        add_answer(store, token, [], DAY)


def test_fewer_than_five_are_never_told_and_are_deleted_when_it_ends(store, district):
    token = answered(store, district, *[["exhaustion"]] * (FEWEST_ANSWERS - 1))
    assert not rounds(district, DAY)[0].enough
    assert rounds(district, MONDAY)[0].counts is None, "nor once its last day is over"
    close_round(district, token, DAY, NOW)
    assert rounds(district, DAY)[0].counts is None
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(CHECK_INS))
    assert row.answers == 0 and not any(json.loads(row.yes).values())


def test_a_round_ends_by_itself_after_its_last_day_and_the_next_one_forgets_what_few_have_said(store, district):
    token = answered(store, district, ["relief"])
    add_answer(store, token, ["relief"], FRIDAY)
    assert asked(store, token, FRIDAY) and asked(store, token, FRIDAY + timedelta(1)) is None
    with pytest.raises(RoundError, match="is open until October 9, 2026"):
        open_round(district, FRIDAY, FRIDAY, NOW)
    open_round(district, MONDAY, MONDAY, NOW)
    with store.engine.connect() as connection:
        old = connection.execute(select(CHECK_INS).where(CHECK_INS.c.token == token)).one()
    assert old.answers == 0


def test_what_few_have_said_is_deleted_when_the_lead_looks_after_the_last_day(store, district):
    answered(store, district, ["relief"])
    auditor = replace(district, person=Person("auditor@district.example", AUDITOR))
    for reader, day, left in ((district, FRIDAY, 1), (auditor, MONDAY, 1), (district, MONDAY, 0)):
        assert [one.counts for one in rounds(reader, day)] == [None]
        with store.engine.connect() as connection:
            assert connection.execute(select(CHECK_INS)).one().answers == left


def test_only_who_may_open_and_close_a_round_is_told_its_link(store, district):
    token = answered(store, district)
    auditor = replace(district, person=Person("auditor@district.example", AUDITOR))
    assert [one.token for one in rounds(district, DAY)] == [token]
    assert [one.token for one in rounds(auditor, DAY)] == [""]


def test_nothing_but_counts_and_days_is_written_of_an_answer(store, district):
    """The same answers in another order leave the same row; no other table is touched, and no clock time is in it."""
    first = answered(store, district, ["relief"], [], ["no-break", "relief"], [], [])

    def everything(but: str = "") -> dict[str, list]:
        with store.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(select(table)).all()))
                for table in METADATA.sorted_tables
                if table.name != but
            }

    before = everything(but="check_ins")
    add_answer(store, first, ["family-time"], DAY)
    assert everything(but="check_ins") == before
    (row,) = everything()["check_ins"]
    assert ":" not in row.replace('": ', "") and "08:00" not in row and set(CHECK_INS.c.keys()) == {
        "token", "district", "opened", "until", "closed", "answers", "yes",
    }  # fmt: skip
    close_round(district, first, DAY, NOW)
    second = answered(store, district, [], [], ["family-time"], [], ["relief"], ["relief", "no-break"])
    close_round(district, second, DAY, NOW)
    one, other = rounds(district, DAY)
    assert one.counts == other.counts
    said = [(each.what, each.about, each.digest) for each in district.history() if "check-in" in each.what]
    assert said == [("closed a check-in", "", ""), ("opened a check-in", "", "")] * 2, "no answer is in the record"


def test_what_is_no_answer_is_refused(store, district):
    token = answered(store, district)
    with pytest.raises(RoundError, match="ten questions"):
        add_answer(store, token, ["exhaustion", "name"], DAY)
    for nothing in ("", "x" * 43, token[:-1]):
        assert asked(store, nothing, DAY) is None
        with pytest.raises(RoundError):
            add_answer(store, nothing, [], DAY)
    other = store.create("Other", BOSS, NOW)
    with pytest.raises(RoundError, match="not there"):
        close_round(other, token, DAY, NOW)
    assert rounds(other, DAY) == []


@pytest.mark.parametrize("days", [-1, LONGEST_DAYS + 1])
def test_a_link_has_a_last_day_that_is_near(district, days):
    with pytest.raises(RoundError, match="last day"):
        open_round(district, DAY + timedelta(days), DAY, NOW)


def test_a_forgotten_district_takes_its_check_ins_with_it(store, district, address):
    token = answered(store, district, *[["relief"]] * 6)
    district.forget(NOW)
    assert asked(store, token, DAY) is None
    if not address[1]:  # the files of PostgreSQL are not ours to read
        assert token.encode() not in b"".join(file.read_bytes() for file in address[0].iterdir())
