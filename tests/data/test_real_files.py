"""The library on real public files: a state's school directory, and the sample placed on one of its counties."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from workload.answer import analyze
from workload.intake.load import load

ROOT = Path(__file__).parents[2]
SCHOOLS = ROOT / "data" / "reference" / "nces_washington_schools.csv"
SAMPLE = ROOT / "data" / "sample" / "bluff_county.xlsx"
DAY = date(2026, 10, 1)
SECRET = b"real files" * 4

sys.path.insert(0, str(ROOT / "data" / "sample"))
from make_sample import place_on_real_schools  # noqa: E402


def loaded(*paths):
    return load([(path.name, path.read_bytes()) for path in paths], secret=SECRET)


@pytest.fixture(scope="module")
def directory():
    """The sample district with the state's whole school directory beside it."""
    return loaded(SAMPLE, SCHOOLS)


def test_the_school_directory_loads_as_schools_and_none_is_lost(directory):
    count = next(count for count in directory.roster.row_counts if count.file == SCHOOLS.name)
    assert (count.table, count.read) == ("schools", 2553)
    assert count.counted + sum(count.excluded.values()) + count.unreadable == 2553
    assert count.unreadable == 0
    ours = directory.roster.schools[directory.roster.schools["file"] == SCHOOLS.name]
    assert len(ours) == count.counted


def test_marks_for_missing_in_the_directory_are_told_and_are_not_zeros(directory):
    schools = directory.roster.schools
    ours = schools[schools["file"] == SCHOOLS.name]
    raw = SCHOOLS.read_text(encoding="utf-8-sig")
    assert "–" in raw or "†" in raw
    told = [issue for issue in directory.roster.issues if issue.file == SCHOOLS.name]
    assert told, "the directory's oddities are reported"
    assert ours["enrollment"].isna().sum() > 0
    assert ours["latitude"].notna().sum() > 2000


@pytest.fixture(scope="module")
def king(tmp_path_factory):
    path = place_on_real_schools(tmp_path_factory.mktemp("king") / "king.xlsx", SCHOOLS, "King")
    return analyze(loaded(path).roster, DAY)


def test_the_sample_on_real_schools_of_one_county_travels_by_coordinates(king):
    assert len(king.roster.travel) == 0
    people = king.demand.people
    assert people.travel_minutes.sum() > 60
    planned = [bool(plan) for plan in people.plans]
    assert people.moves[planned].sum() == 0


def test_a_leg_from_coordinates_is_great_circle_miles_times_1_3_at_30_miles_an_hour(king):
    from math import acos, cos, radians, sin

    from workload.work.travel import TravelTimes

    times = TravelTimes.of(king.roster.travel, king.roster.schools)
    (one, (lat_1, lon_1)), (other, (lat_2, lon_2)) = list(times.coordinates.items())[:2]
    angle = acos(
        sin(radians(lat_1)) * sin(radians(lat_2))
        + cos(radians(lat_1)) * cos(radians(lat_2)) * cos(radians(lon_1 - lon_2))
    )
    miles = angle * 6371.0088 / 1.609344
    minutes, how = times.leg(one, other)
    assert how == "coordinates"
    assert minutes == pytest.approx(miles * 1.3 / 30 * 60, rel=1e-6)


def test_the_two_published_stories_come_out(tmp_path):
    people = analyze(loaded(SAMPLE).roster, DAY).therapists.set_index("caseload")
    assert people.loc[36, "utilization"] > 1.2
    assert people.loc[67, "utilization"] < 1.0
