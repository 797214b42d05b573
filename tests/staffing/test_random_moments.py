"""Shares of random moments with what they are known to, by hand; nothing is said of a person under thirty."""

from __future__ import annotations

import pytest

from workload.staffing.time_study.random_moments import (
    TooFewMoments,
    moments_by_person,
    moments_of_person,
    moments_table,
)


def test_a_share_of_45_percent_in_400_moments_is_known_to_4_9_points():
    moments = [{"therapist": "A", "activity": "direct" if at < 180 else "meeting"} for at in range(400)]
    row = moments_table(moments).set_index("activity").loc["direct"]
    assert (row["hits"], row["share"]) == (180, 0.45)
    assert row["half_width"] == pytest.approx(0.0488, abs=5e-5)
    assert row["low"] == pytest.approx(0.45 - row["half_width"])


def test_a_share_of_moments_ends_at_none_and_at_all():
    moments = [{"therapist": "A", "activity": "direct"}] * 29 + [{"therapist": "A", "activity": "meeting"}]
    ends = moments_table(moments).set_index("activity")
    width = 1.96 * (29 / 30 * 1 / 30 / 30) ** 0.5
    assert ends.loc["direct", ["low", "high"]].tolist() == pytest.approx([29 / 30 - width, 1])
    assert ends.loc["meeting", ["low", "high"]].tolist() == pytest.approx([0, 1 / 30 + width])
    assert moments_table([]).empty and ends["moments"].tolist() == [30, 30]


def test_nothing_is_said_about_a_person_under_30_moments():
    moments = [{"therapist": "A", "activity": "direct"}] * 29 + [{"therapist": "A", "activity": "lunch"}] * 9
    assert moments_by_person(moments)["A"] == 29
    with pytest.raises(TooFewMoments, match="29 moments were seen.*from 30 on"):
        moments_of_person(moments, "A")
    assert len(moments_of_person([*moments, {"therapist": "A", "activity": "meeting"}], "A")) == 2
    with pytest.raises(ValueError, match="unknown activity yoga"):
        moments_table([{"therapist": "A", "activity": "yoga"}])
