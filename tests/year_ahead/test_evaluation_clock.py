"""The clock of a first evaluation: from consent, in the state's days."""

from __future__ import annotations

from datetime import date

import pytest

from workload.model.school_calendar import SchoolCalendar
from workload.rules.packs import packs
from workload.year_ahead.evaluation_clock import UNITS, Clock, clock_of, clock_sentence

DAY = date(2026, 10, 1)
CLOSED = SchoolCalendar(date(2026, 8, 10), date(2027, 5, 28), ((date(2026, 12, 21), date(2027, 1, 1)),))


@pytest.mark.parametrize("clock, consent, due", [
    (Clock(60), date(2026, 12, 1), date(2027, 1, 30)),  # breaks do not stop calendar days
    (Clock(5, "business days"), date(2026, 12, 18), date(2026, 12, 25)),
    (Clock(5, "school days"), date(2026, 12, 18), date(2027, 1, 8)),  # two closed weeks between
    (Clock(3, "school days"), date(2027, 5, 26), date(2027, 9, 1)),  # May 27, May 28, and the next year's first day
])  # fmt: skip
def test_days_are_counted_from_the_day_after_consent_in_their_unit(clock, consent, due):
    assert clock.due(consent, CLOSED) == due


def test_every_state_has_a_clock_in_a_unit_that_can_be_counted_and_says_that_it_runs_from_consent():
    seen = set()
    for state in (None, *packs()):
        clock, said = clock_of(state, DAY), clock_sentence(state, DAY)
        assert clock.unit in UNITS and 10 <= clock.days <= 180
        assert f"{clock.days} {clock.unit} from " in said and said.endswith("A referral does not start it.")
        seen.add(clock.unit)
    assert seen == set(UNITS)
    assert clock_of(None, DAY) == Clock(60)
