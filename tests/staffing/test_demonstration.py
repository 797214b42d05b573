"""The consultant's table comes out, and beside it what happens when only direct time shrinks."""

from __future__ import annotations

import pytest

from workload.staffing.larger_groups import TABLE, fte_with_groups, group_size_table, savings_of

# District Management Council for Lexington MA, 2010, speech: group size, students per FTE, FTE
PUBLISHED = [(1.7, 24.6, 19.1), (2.0, 30, 15.9), (2.2, 33, 14.4), (2.5, 37, 12.7), (3.0, 44, 10.6)]
DIRECT_ONLY = {2.0: (17.8, 17.4), 2.2: (17.1, 16.5), 2.5: (16.3, 15.4), 3.0: (15.4, 14.1)}


def test_the_table_holds_the_published_rows():
    assert [(one.group_size, one.students_per_fte, one.fte) for one in TABLE] == PUBLISHED


@pytest.mark.parametrize("row", range(1, 5))
def test_the_published_savings_are_75000_dollars_for_each_post(row):
    table = group_size_table()
    cut = PUBLISHED[0][2] - PUBLISHED[row][2]
    assert table["published_savings_dollars"].iloc[row] == pytest.approx(75_000 * cut)


def test_the_published_fte_falls_as_one_over_the_group_size_because_students_stay():
    table = group_size_table()
    assert table["students"].between(465, 478).all()  # about 470: nobody leaves
    # 1.7 is itself a rounded figure, so the model meets the published FTE within 2.5 %.
    assert (table["whole_week_fte"] / table["published_fte"] - 1).abs().max() < 0.025


@pytest.mark.parametrize(("group_size", "shares"), DIRECT_ONLY.items())
def test_only_direct_time_shrinks_and_the_saving_is_a_fraction(group_size, shares):
    row = group_size_table().set_index("group_size").loc[group_size]
    assert (round(row["direct_45_fte"], 1), round(row["direct_60_fte"], 1)) == shares
    assert row["direct_45_savings_dollars"] == pytest.approx(savings_of(19.1, row["direct_45_fte"]))
    assert row["direct_60_savings_dollars"] < 0.7 * row["published_savings_dollars"]


def test_the_whole_week_is_the_case_of_a_direct_share_of_one():
    assert fte_with_groups(19.1, 1.7, 3.4) == pytest.approx(19.1 / 2)
    assert fte_with_groups(19.1, 1.7, 3.4, 0) == 19.1


def test_students_may_be_seen_alone_before_or_after():
    assert (fte_with_groups(10, 1, 2), fte_with_groups(10, 2, 1)) == (5, 20)
    assert group_size_table(100)["whole_week_savings_dollars"].iloc[1] == pytest.approx(100 * 19.1 * (1 - 1.7 / 2))


@pytest.mark.parametrize("wrong", [(19.1, 0.5, 2, 0.5), (19.1, 1.7, 0, 0.5), (19.1, 1.7, 2, 1.2), (19.1, 1.7, 2, -0.1)])
def test_impossible_inputs_are_refused(wrong):
    with pytest.raises(ValueError, match="got"):
        fte_with_groups(*wrong)
