"""The ask with its money: start month, dollars of this school year and of a full year, and the day it is needed by."""

from __future__ import annotations

from datetime import date

import pytest

from tests.scenarios.scenarios import answer_of
from workload.answer import analyze
from workload.intake.load import load
from workload.model.packaged_data import sample_file
from workload.model.words import significant
from workload.scenarios.cost import Rates, rates, weeks_to_come
from workload.scenarios.priced_ask import COVER, FILL, PERMANENT, ask_on_both_days, priced_ask
from workload.scenarios.priced_words import ask_lines, ask_words, money_sentence

DAY, AFTER_THE_LEAVE = date(2026, 10, 1), date(2027, 1, 4)
OWN = Rates().changed({id: rate.value for id, rate in rates().items()})


@pytest.fixture(scope="module")
def sample():
    path = sample_file()
    return analyze(load([(path.name, path.read_bytes())], secret=b"s" * 32).roster, DAY)


def test_a_post_costs_its_salary_for_the_weeks_that_are_left_and_its_start_up(sample):
    asked = priced_ask(sample, OWN)
    [post] = [part for part in asked.parts if part.kind == PERMANENT]
    assert (post.role, post.start, post.start_month) == ("OT", DAY, "October 2026")
    full = 83_000 * 1.47 * post.fte
    assert post.dollars.full_year == pytest.approx(full)
    assert post.dollars.this_year == pytest.approx(full * weeks_to_come(sample) / 36 + 6_000 * post.fte)


def test_cover_is_paid_by_the_hour_until_the_leave_ends_and_never_again(sample):
    [cover] = [part for part in priced_ask(sample, OWN).parts if part.kind == COVER]
    weeks = 57 / 5 * 36 / 43.4  # 57 weekdays to December 18; 36 weeks lie in the 43.4 from September to June
    assert cover.dollars.this_year == pytest.approx(1.0 * 37.5 * weeks * 85)
    assert cover.dollars.full_year == 0


def test_the_day_it_is_needed_by_has_its_own_answer_and_no_cover_for_who_is_back(sample):
    today, needed = ask_on_both_days(sample, AFTER_THE_LEAVE)
    there = sample.on(AFTER_THE_LEAVE)
    assert needed.day == AFTER_THE_LEAVE and needed.ask == there.ask
    assert needed.gap_fte == there.district["gap_fte"] and needed.available_fte == today.available_fte + 1
    assert not [part for part in needed.parts if part.kind == COVER]
    [post] = [part for part in today.parts if part.kind == PERMANENT]
    assert post.start_month == "January 2027" and post.dollars.this_year < post.dollars.full_year


def test_cover_has_its_own_dates_and_costs_the_same_whatever_day_the_posts_wait_for(sample):
    [now] = [part for part in priced_ask(sample).parts if part.kind == COVER]
    for day in (date(2026, 11, 15), AFTER_THE_LEAVE, date(2027, 5, 1)):
        today, needed = ask_on_both_days(sample, day)
        [cover] = [part for part in today.parts if part.kind == COVER]
        assert (cover.start, cover.until, cover.dollars) == (now.start, now.until, now.dollars) and now.start == DAY
        left = [part for part in needed.parts if part.kind == COVER]
        assert all(part.start == day and part.dollars.this_year < cover.dollars.this_year for part in left)


def test_without_a_later_day_there_is_one_ask(sample):
    assert ask_on_both_days(sample)[1] is None
    assert ask_on_both_days(sample, DAY)[1] is None


def whole(dollars):
    return dollars == round(dollars, -3)


def test_what_is_told_adds_up_and_bears_two_digits_or_thousands(sample):
    for asked, fits in ((priced_ask(sample), lambda one: one == significant(one, 2)), (priced_ask(sample, OWN), whole)):
        told = [asked.told_of(part).this_year for part in asked.parts]
        assert asked.told().this_year == sum(told)
        assert all(map(fits, told))
    assert significant(268_422, 2) == 270_000 and significant(0.0, 2) == 0 and significant(-1_449, 2) == -1_400


def test_example_rates_are_named_and_own_ones_are_not(sample):
    assert set(priced_ask(sample).example_rates) == {"salary_ot", "start_up_post", "agency"}
    assert "3 of the 4 rates behind it are examples" in money_sentence(priced_ask(sample))
    assert priced_ask(sample, OWN).example_rates == () and "example" not in money_sentence(priced_ask(sample, OWN))


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_are_those_of_the_ask_for_any_district(seed):
    answer = answer_of(seed)
    asked = priced_ask(answer)
    for kind in (PERMANENT, FILL):
        for role, fte in getattr(answer.ask, kind).items():
            assert sum(p.fte for p in asked.parts if (p.kind, p.role) == (kind, role)) == pytest.approx(fte)
    assert sum(part.fte for part in asked.parts) == pytest.approx(answer.ask.total_fte)
    assert all(part.dollars.this_year >= 0 for part in asked.parts)


def test_days_of_absence_make_the_contract_larger_than_the_time_it_gives(sample):
    absent = sample.under(sample.assumptions.changed({"absence_days_per_year": 18}, "test"))
    post = next(part for part in priced_ask(absent, OWN).parts if (part.kind, part.role) == (PERMANENT, "OT"))
    assert post.dollars.full_year == pytest.approx(83_000 * 1.47 * post.fte / 0.9)


def test_a_provisional_ask_says_so_in_its_sentence(sample):
    answer = sample.on(date(2027, 3, 15))
    late = priced_ask(answer)
    assert ask_words(late).startswith("provisionally ")
    assert ask_lines(answer, late, None)[0].startswith("Provisional ask of March 15, 2027: provisionally ")
    assert ask_lines(answer, None, None) == []
