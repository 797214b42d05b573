"""The gauges, worked out by hand for the sample; what they say of a district outside what was published."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.gauges import (
    ABOVE,
    BELOW,
    INSIDE,
    NO_VALUE,
    GaugeReading,
    declared,
    gauges,
    shares_with_disabilities,
)
from workload.intake.load import load
from workload.model.packaged_data import sample_file
from workload.rules.benchmarks import benchmarks


@pytest.fixture(scope="module")
def sample():
    data = sample_file()
    return analyze(load([(data.name, data.read_bytes())], secret=b"0" * 32).roster, date(2026, 10, 1))


def test_the_sample_by_hand(sample):
    """From its printed tables: 520 students, 10,401 enrolled; hours a week 527.6625 in all, 256.7917 sessions, 2.9502
    make-up, 49.6458 notes, 13.5833 reports, 11.0 and 18.5 evaluations; 527.6625 / 37.5 = 14.0710 FTE, OTs 11.6466 of it.
    """
    by_hand = {
        "hours_per_student": 527.6625 / 520,
        "students_per_fte": 520 / 14.0710,
        "direct_share": (256.7917 + 2.9502) / 527.6625,
        "evaluation_hours_per_ot": (11.0 + 18.5) / 11.6466,
        "paperwork_per_direct_hour": (49.6458 + 13.5833) / (256.7917 + 2.9502),
        "fte_per_1000_enrolled": 14.0710 / 10.401,
        "ots_per_1000_with_disabilities": 11.6466 / (10.401 * 0.152),
    }
    found = {reading.gauge.id: reading for reading in gauges(sample)}
    assert {id: reading.value for id, reading in found.items()} == pytest.approx(by_hand, rel=1e-4)
    places = {id: reading.place for id, reading in found.items()}
    assert places.pop("evaluation_hours_per_ot") == BELOW and places.pop("ots_per_1000_with_disabilities") == ABOVE
    assert set(places.values()) == {INSIDE}
    direct = found["direct_share"]
    assert (direct.gauge.label, direct.shown) == ("Share of the week with students", "49%")
    assert direct.gauge.span_words == "45% to 67%"
    assert "default of 4.5 hours" in found["evaluation_hours_per_ot"].advice


def test_the_spans_are_those_of_the_published_figures():
    spans = {id: (round(gauge.low, 2), round(gauge.high, 2)) for id, gauge in declared().items()}
    assert spans == {
        "hours_per_student": (0.65, 1.3),
        "students_per_fte": (28.8, 43.68),
        "direct_share": (0.45, 0.67),
        "evaluation_hours_per_ot": (3.0, 3.6),
        "paperwork_per_direct_hour": (0.2, 0.32),
        "fte_per_1000_enrolled": (0.36, 1.49),
        "ots_per_1000_with_disabilities": (1.3, 3.3),
    }
    # each figure that is a division of ours, from the numbers that were read
    read = benchmarks()
    divided = {
        "boonville-hours-per-student": 32.4 / 50,
        "colorado-hours-per-student": 37.5 / 43.68,
        "lexington-hours-per-student": 37.5 / 28.8,
        "asha-share-direct": 22 / 37.2,
        "nc-share-direct": 1 / 1.5,
        "asha-paperwork": 5.8 / 22,
        "bls-per-1000-enrolled": (16_770 + 1_690) / 50_900,
        "lexington-per-1000-enrolled": 9.3 / 6.223,
        "ot-per-1000-swd": 16_770 / 7_282,
    }
    for id, value in divided.items():
        assert read[id].value == pytest.approx(value, abs=0.005)


def test_a_state_that_is_chosen_brings_its_own_share_of_students_with_disabilities(sample):
    assert len(shares_with_disabilities()) == 51 and shares_with_disabilities()["NE"] == pytest.approx(0.168)
    nebraska = {reading.gauge.id: reading for reading in gauges(replace(sample, state="NE"))}
    assert nebraska["ots_per_1000_with_disabilities"].value == pytest.approx(11.6466 / (10.401 * 0.168), rel=1e-4)


def test_what_cannot_be_known_is_no_value_and_says_why():
    tables = random_tables(3)
    for school in tables["schools"]:
        school.pop("enrollment", None)
    found = {reading.gauge.id: reading for reading in gauges(analyze(as_roster(tables), DAY))}
    assert found["fte_per_1000_enrolled"].place == NO_VALUE and "enrollment" in found["fte_per_1000_enrolled"].advice
    empty = gauges(analyze(as_roster({"services": [], "therapists": []}), DAY))
    assert all(reading.value is None and reading.advice for reading in empty)


def test_no_gauge_speaks_of_too_many_or_too_few_people():
    for gauge in declared().values():
        for value in (0.0, 1e9):
            said = GaugeReading(gauge, value).advice.casefold()
            assert "check" in said and "understaffed" not in said and "overstaffed" not in said
        assert GaugeReading(gauge, gauge.high).place == INSIDE == GaugeReading(gauge, gauge.low).place
