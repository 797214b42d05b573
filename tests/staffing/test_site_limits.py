"""What a limit on schools costs in posts, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.by_hand import BARE
from tests.staffing.test_caps import district
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.staffing.caps.other_limits import fragmentation, fragmentation_of


def test_four_schools_at_most_can_cost_a_whole_post():
    # Madison, 2001-02: the four-school limit puts whole posts on caseloads that do not need them. Inputs ours.
    found = fragmentation([0.15] * 12, 4)
    assert (found.posts_without, found.posts_with, found.posts_lost) == (2, 3, 1)
    assert found.fte_unfilled == pytest.approx(1.2)
    assert found.posts_workable == 3


@pytest.mark.parametrize(
    ("needs", "limit", "posts"),  # without the limit, with it, in a plan that works; posts of 0.8 FTE
    [
        ([0.4] * 4, 1, (2, 4, 4)),
        ([1.0, 0.2], 4, (2, 2, 2)),  # one whole post, and 0.2 + 0.2 in another
        ([0.5, 0.5, 0.5], 4, (2, 2, 3)),  # no two of them fit into one post
        ([0.5, 0.3, 0.3], 4, (2, 2, 2)),  # 0.5 + 0.3 fill one to the last minute
        ([0.3, 0.3, 0.3, 0.1], 2, (2, 2, 2)),
        ([0.8, 0.8], 1, (2, 2, 2)),
        ([0.1] * 7, 3, (1, 3, 3)),
        ([0.9] * 3, 1, (4, 6, 6)),  # each takes one whole post and a place for the other tenth
        ([0.0, 0.4], 1, (1, 1, 1)),  # a school without work is on nobody's list
    ],
)
def test_posts_of_any_size_are_counted_by_hand(needs, limit, posts):
    found = fragmentation(needs, limit, 0.8)
    assert (found.posts_without, found.posts_with, found.posts_workable) == posts
    assert found.posts_lost == posts[1] - posts[0]
    assert found.fte_unfilled == pytest.approx(posts[1] * 0.8 - sum(needs))
    assert found.schools == sum(need > 0 for need in needs)


@pytest.mark.parametrize(("limit", "post_fte"), [(0.9, 1.0), (4, 0.0), (4, -1.0)])
def test_a_post_has_a_school_and_some_hours(limit, post_fte):
    with pytest.raises(ValueError, match="at least one school and some FTE"):
        fragmentation([0.5], limit, post_fte)
    assert fragmentation([0.5], 1, 0.5).posts_with == 1


def test_a_limit_that_nobody_reaches_costs_nothing():
    assert fragmentation([0.5, 0.5, 0.5, 0.5], 4).posts_lost == 0
    assert fragmentation([2.5, 0.5], 1).posts_with == 4  # a school of 2.5 posts takes three places
    assert fragmentation([], 4).posts_with == 0
    assert fragmentation([0.1] * 13, 4).posts_with == 4  # the thirteenth school needs a fourth post
    assert fragmentation([0.1] * 13, 4.9).posts_with == 4  # nobody goes to nine tenths of a school


@given(st.lists(st.floats(0, 3), max_size=30), st.integers(1, 8))
def test_a_tighter_limit_never_takes_fewer_posts_and_the_plan_is_never_below_the_least(needs, limit):
    found, tighter = fragmentation(needs, limit + 1), fragmentation(needs, limit)
    assert tighter.posts_with >= found.posts_with >= found.posts_without
    assert tighter.posts_workable >= tighter.posts_with
    assert tighter.posts_lost >= 0


def test_an_impossible_limit_on_schools_is_refused():
    with pytest.raises(ValueError, match="at least one school"):
        fragmentation([0.5], 0)


def test_the_need_of_today_by_school_feeds_the_cost_of_a_limit():
    answer = district(12, school=[f"School {at}" for at in range(12)])
    found = fragmentation_of(answer.staffing, 4)
    assert found.schools == 12
    assert found.need_fte == pytest.approx(answer.district["required_fte"])
    assert found.posts_with == 3


def test_the_cost_of_a_limit_on_schools_is_told_in_posts_of_the_size_asked_for():
    """72 weekly half-hours in 6 schools and nothing beside them: 36 hours, 0.96 FTE of 37.5 hours, 0.16 in each school.

    Of half posts 2 hold the work; with one school each it takes 6, and 6 × 0.5 − 0.96 = 2.04 FTE have no work. Of full
    posts 1 holds it; with one school each it takes 6, and 6 − 0.96 = 5.04 FTE have no work.
    """
    answer = district(72, school=[f"School {at % 6}" for at in range(72)])
    bare = Assumptions().changed(BARE, "test")
    staffing = analyze(answer.roster, answer.day, bare).staffing
    found = fragmentation_of(staffing, 1, 0.5)
    assert found.need_fte == pytest.approx(0.96)
    assert (found.posts_without, found.posts_with, found.posts_workable) == (2, 6, 6)
    assert found.fte_unfilled == pytest.approx(2.04)
    whole = fragmentation_of(staffing, 1)
    assert (whole.posts_without, whole.posts_with) == (1, 6)
    assert whole.fte_unfilled == pytest.approx(5.04)
