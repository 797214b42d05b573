"""Next year in closed form against draws; refusals in words; snapshots side by side."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.scenarios.scenarios import answer_of
from tests.scenarios.test_levers import district
from tests.support.rosters import as_roster, random_tables
from workload.answer import analyze
from workload.intake.cells.cell_words import GRADES
from workload.year_ahead.forecast import (
    TooLittleHistory,
    YearRecord,
    arrivals_of,
    band_limits,
    band_of,
    next_count,
    next_year,
    record_of,
)
from workload.year_ahead.snapshots import FIGURES, Snapshot, compared, from_dict, snapshot_of


@pytest.mark.parametrize("grade", sorted(set(GRADES.values())))
def test_every_grade_that_intake_writes_has_a_band(grade):
    assert band_of(grade) != "No grade"


@pytest.mark.parametrize(
    ("grade", "band"),
    [
        ("K", "K-5"),
        ("05", "K-5"),
        ("5.0", "K-5"),
        ("Grade 6", "6-8"),
        ("12", "9-12"),
        ("PK", "Preschool"),
        ("0", "K-5"),
        (None, "No grade"),
        ("?", "No grade"),
        ("18-22", "18-22"),
        ("13", "18-22"),
        ("10", "9-12"),
        ("1", "K-5"),
    ],
)
def test_grades_have_their_band(grade, band):
    assert band_of(grade) == band


def history(answer, keep=0.8, years=2):
    """Earlier years in which the first `keep` of today's students were there, and others who have left."""
    now = record_of(answer)
    students = sorted(now.bands)
    stayed = {student: now.bands[student] for student in students[: int(len(students) * keep)]}
    gone = {f"Gone {at}": "6-8" for at in range(len(students) - len(stayed))}
    return [YearRecord(now.year - back, {**stayed, **gone}, 1000.0) for back in range(years, 0, -1)]


def test_students_who_stay_and_students_who_come_add_up():
    answer = answer_of(2, students=100)
    made = next_year(answer, history(answer))
    table = made.table
    assert (table["students_likely"] - table["continuing"] - table["arriving"]).abs().max() < 1e-9
    parts, whole = table.iloc[:-1], table.iloc[-1]
    assert parts["students_likely"].sum() == pytest.approx(whole["students_likely"])
    assert (table["students_low"] <= table["students_likely"] + 0.5).all()
    assert (table["students_high"] >= table["students_likely"] - 0.5).all()
    low, likely, high = made.required_fte
    assert low <= likely <= high
    assert made.year == 2027 and len(made.drivers) >= 3
    assert all(sentence.endswith(".") for sentence in made.drivers)


def test_the_closed_form_agrees_with_draws():
    random = np.random.default_rng(7)
    for number, stay, arriving in ((40, 0.8, 6.0), (300, 0.93, 25.0), (12, 0.5, 2.0)):
        drawn = random.binomial(number, stay, 100_000) + random.poisson(arriving, 100_000)
        low, high = band_limits(number * stay + arriving, number * stay * (1 - stay) + arriving)
        assert abs(low - np.percentile(drawn, 10)) <= 1
        assert abs(high - np.percentile(drawn, 90)) <= 1


def test_a_band_s_span_is_that_of_those_who_stay_and_those_who_come():
    """100 students in 6-8; each year 80 of 100 stay and 20 come: mean 100.

    Of those who stay 100 × 0.8 × 0.2 × (1 + 100 / 200 seen) = 24, of those who come 20 × (1 + 1 / 2 years) = 30:
    the variance is 54, and 1.2816 × √54 = 9.4.
    """
    answer = district([("Ann", "Oak", 1)] * 100, services={"grade": ["7"] * 100})
    staying = {f"S{at}": "6-8" for at in range(80)}
    records = [YearRecord(year, {**staying, **{f"{year} {at}": "6-8" for at in range(20)}}) for year in (2024, 2025)]
    table = next_year(answer, records).table
    for _, row in table.iterrows():
        assert (row["students_now"], row["students_likely"]) == (100, pytest.approx(100))
        assert (row["students_low"], row["students_high"]) == (91, 109)
        assert row["continuing"] == pytest.approx(80)


WIDER_OF_TWO = (3.078 / 1.2816) ** 2  # Student's t with one degree of freedom against the normal curve
WIDER_OF_FOUR = (1.638 / 1.2816) ** 2


@pytest.mark.parametrize(
    ("counts", "mean", "variance"),
    [
        ((10, 10), 10, 10 * 1.5),  # no spread seen: that of a Poisson count, and half of it again for the mean of two
        ((12, 4), 8, (16 + 16) * WIDER_OF_TWO * 1.5),  # a line would go to -4, and none would come
        ((4, 12), 8, (16 + 16) * WIDER_OF_TWO * 1.5),  # a line would go to 20
        ((3, 5, 7, 9), 6, (9 + 1 + 1 + 9) / 3 * WIDER_OF_FOUR * 1.25),
        ((0, 0), 0, 0.5 * 1.5),  # none in two years is taken as one in two years
        ((10, 12, 14, 16, 18), 20, 20 * (1 + 1 / 5 + 9 / 10)),  # five years make a line: 3 beyond its middle, Σ = 10
        ((18, 14, 10, 6, 2), 0, 0.2 * (1 + 1 / 5 + 9 / 10)),  # a line that falls ends at none
    ],
)
def test_below_five_years_the_mean_is_taken_and_the_span_says_how_little_is_known(counts, mean, variance):
    assert next_count(np.array(counts, float)) == (pytest.approx(mean), pytest.approx(variance, rel=1e-4))


@pytest.mark.parametrize("years", (2, 3, 4))
@pytest.mark.parametrize(("mean", "spread"), [(4, 0.0), (15, 0.2), (15, 0.4), (40, 0.4)])
def test_eight_of_ten_next_years_lie_in_the_span_also_where_years_differ(years, mean, spread):
    random, inside = np.random.default_rng(5), 0
    for _ in range(2000):
        rate = random.gamma(1 / spread**2, mean * spread**2, years + 1) if spread else np.full(years + 1, float(mean))
        *counts, following = random.poisson(rate)
        low, high = band_limits(*next_count(np.array(counts, float)))
        inside += low <= following <= high
    assert inside / 2000 >= 0.78


def test_two_earlier_years_say_the_mean_of_the_new_and_why():
    """19 new students, then 1: not a fall to none, but 10, between none and many."""
    answer = district([("Ann", "Oak", 1)] * 60, services={"grade": ["7"] * 60})
    now = list(record_of(answer).bands)
    first = YearRecord(2024, dict.fromkeys(now[:40], "6-8"))
    second = YearRecord(2025, dict.fromkeys(now[:59], "6-8"))
    made = next_year(answer, [first, second])
    assert made.table.iloc[-1]["arriving"] == pytest.approx(10)
    assert (
        "New students in the years so far: 19, 1; expected 10.0, their mean, because 2 years are too few for a trend."
        in made.drivers
    )
    low, likely, high = made.required_fte
    assert likely == pytest.approx(answer.district["required_fte"] * 70 / 60)
    # Of 60 now all 99 seen came again, taken as 98: 60 × 98/99 × 1/99 × (1 + 60/99) = 0.96; of the new 162 × 5.77 × 1.5.
    reach = 1.2816 * (0.964 + 162 * WIDER_OF_TWO * 1.5) ** 0.5
    whole = made.table.iloc[-1]
    assert (whole["students_low"], whole["students_high"]) == (
        pytest.approx(70 - reach, abs=0.5),
        pytest.approx(70 + reach, abs=0.5),
    )
    assert (low, high) == (
        pytest.approx(likely * whole["students_low"] / 70),
        pytest.approx(likely * whole["students_high"] / 70),
    )


def test_new_students_are_counted_for_the_enrollment_that_is_expected():
    """10 of 1,000 and 20 of 2,000 are one in a hundred: 30 for 3,000."""
    answer = district([("Ann", "Oak", 1)] * 60, services={"grade": ["7"] * 60})
    now = list(record_of(answer).bands)
    first = YearRecord(2023, dict.fromkeys(now[:30], "6-8"), 900)
    second = YearRecord(2024, dict.fromkeys(now[:40], "6-8"), 1000)
    third = YearRecord(2025, dict.fromkeys(now, "6-8"), 2000)
    same = YearRecord(2026, record_of(answer).bands, 2000)
    made = arrivals_of([first, second, third, same], 3000)
    assert made[0].mean == pytest.approx((30 + 30 + 0) / 3)
    assert "for the enrollment" in made[1][-1] and "Enrollment is taken as 3,000 (2,000 now)." in made[1]


def test_more_enrollment_brings_more_students():
    answer = answer_of(2, students=100)
    records = [YearRecord(one.year, one.bands, 1000.0) for one in history(answer, 0.6)]
    enrolled = record_of(answer).enrolled
    likely = [next_year(answer, records, enrolled * factor).table.iloc[-1]["students_likely"] for factor in (1.0, 1.2)]
    assert likely[1] > likely[0]


def test_too_little_history_is_refused_in_words():
    answer = answer_of(2)
    with pytest.raises(TooLittleHistory, match="3 school years in a row; there is 1"):
        next_year(answer, [])
    with pytest.raises(TooLittleHistory, match="there are 2"):
        next_year(answer, history(answer, years=1))
    with pytest.raises(TooLittleHistory, match="there is 1"):
        next_year(answer, [YearRecord(2023, {"a": "K-5"}), YearRecord(2024, {"a": "K-5"})])
    strangers = [YearRecord(year, {f"{year} {at}": "K-5" for at in range(9)}) for year in (2024, 2025)]
    with pytest.raises(TooLittleHistory, match="student numbers"):
        next_year(answer, strangers)


def test_one_year_with_other_student_numbers_is_refused_and_not_mixed_in():
    answer = answer_of(2)
    right, wrong = history(answer)[1], YearRecord(2024, {f"other {at}": "K-5" for at in range(9)})
    with pytest.raises(TooLittleHistory, match="No student of 2024-2025 occurs a year later"):
        next_year(answer, [wrong, right])


def test_a_band_that_no_earlier_year_has_stays_as_all_students_together():
    """10 of 20 students stay each year. The 8 students without a grade have no history: 4 of them stay."""
    answer = district([("Ann", "Oak", 1)] * 18, services={"grade": ["7"] * 10 + [None] * 8})
    now = sorted(record_of(answer).bands.items(), key=lambda one: one[1])
    sevens = [student for student, band in now if band == "6-8"]
    old = YearRecord(2024, {f"a{at}": "6-8" for at in range(20)})
    last = YearRecord(2025, {**{f"a{at}": "6-8" for at in range(10)}, **dict.fromkeys(sevens, "6-8")})
    table = next_year(answer, [old, last]).table.set_index("band")
    assert table.loc["6-8", "continuing"] == pytest.approx(10 * 20 / 40)
    assert table.loc["No grade", "continuing"] == pytest.approx(8 * 20 / 40)
    assert "No earlier year has students without a grade" in " ".join(next_year(answer, [old, last]).drivers)


def test_snapshots_come_back_from_a_file_and_are_compared_in_order():
    tables = random_tables(4)
    october, march = (snapshot_of(analyze(as_roster(tables), day)) for day in (date(2026, 10, 1), date(2027, 3, 1)))
    assert from_dict(march.as_dict()) == march
    table = compared([march, october])
    assert list(table["day"].dt.month) == [10, 3]
    assert table["required_fte_change"][1] == pytest.approx(
        march.figures["required_fte"] - october.figures["required_fte"]
    )
    assert table["same_assumptions"].tolist() == [True, True]
    other = Snapshot(date(2027, 4, 1), march.figures, {**march.assumptions, "meeting_hours": 9})
    assert compared([march, other])["same_assumptions"].tolist() == [True, False]
    assert len(compared([])) == 0 and set(FIGURES) <= set(table.columns)
    with pytest.raises(ValueError, match="not a snapshot"):
        from_dict({"day": "x"})
