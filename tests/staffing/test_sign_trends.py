"""How signs went from month to month and from check-in to check-in, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.staffing.test_concerns import MONDAY, answer_of, check_in, entry
from workload.staffing.concerns.check_in import QUESTIONS
from workload.staffing.concerns.sign_evidence import Evidence
from workload.staffing.concerns.sign_trends import months_of_sign, said_over_time
from workload.staffing.delivered.compliance import delivered_of
from workload.staffing.time_study.study import plain_entries, study_of


def logged(*weeks: tuple[date, int]) -> Evidence:
    """Whole weeks of one full-time person: seven and a half hours a day, and so many unpaid minutes on its Monday."""
    rows = [entry("direct", 450, date=monday + timedelta(day)) for monday, _ in weeks for day in range(5)]
    rows += [entry("documentation", unpaid, date=monday, outside_contract=True) for monday, unpaid in weeks if unpaid]
    answer = answer_of()
    return Evidence(answer.staffing, answer.roster.services, study=study_of(plain_entries(rows)))


def test_unpaid_work_by_month_by_hand():
    """September: one week with 90 minutes, 1.5 hours. October: two weeks with 30 and 0 minutes, 0.25 hours a week."""
    evidence = logged((MONDAY, 90), (date(2026, 10, 5), 30), (date(2026, 10, 12), 0))
    went = months_of_sign(evidence, "off-the-clock")
    assert [(one.month, one.unit) for one in went] == [
        ("2026-09", "hours a person and week"),
        ("2026-10", "hours a person and week"),
    ]
    assert [one.value for one in went] == pytest.approx([1.5, 0.25])


def test_one_month_is_no_trend_and_a_figure_of_the_roster_has_none():
    evidence = logged((MONDAY, 90))
    assert months_of_sign(evidence, "off-the-clock") == []
    two = logged((MONDAY, 90), (date(2026, 10, 5), 30))
    assert months_of_sign(two, "exhaustion") == [] == months_of_sign(two, "no-progress")


def test_undelivered_minutes_by_month_by_hand():
    """40 of 100 minutes are missing in September and 10 of 100 in October."""
    rows = [
        {"month": month, "required_minutes": 100, "delivered_minutes": done}
        for month, done in (("2026-10", 90), ("2026-09", 60))
    ]
    evidence = Evidence(answer_of().staffing, delivered=delivered_of(rows))
    went = months_of_sign(evidence, "no-progress")
    assert [(one.month, one.value) for one in went] == [
        ("2026-09", pytest.approx(0.4)),
        ("2026-10", pytest.approx(0.1)),
    ]


def test_check_ins_stand_in_their_order_and_one_of_few_answers_has_no_rows():
    """Four of four in June may not be shown; five of five in May and none of six in October may."""
    may, june, october = date(2026, 5, 4), date(2026, 6, 1), date(2026, 10, 5)
    table = said_over_time([(october, check_in(6)), (june, check_in(4, "relief")), (may, check_in(5, "relief"))])
    assert len(table) == 2 * len(QUESTIONS) and list(dict.fromkeys(table["day"])) == [may, october]
    relief = table[table["sign"] == "relief"]
    assert relief[["yes", "answers", "share", "place"]].to_numpy().tolist() == [[5, 5, 1.0, 0], [0, 6, 0.0, 1]]
