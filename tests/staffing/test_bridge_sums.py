"""What the title of the bridge says, and how few gaps make up half of all."""

import pandas as pd
import pytest

from workload.model.words import gap_in_words
from workload.staffing.bridge import NEED, SPARE, SUM, Step, fewest_for_half, without_hours, without_work

STEPS = [
    Step("in_post", "In post", 12.0, SUM, ""),
    Step("unassigned", "Work with no therapist", 0.9, NEED, ""),
    Step("does_not_fit", "Weeks that do not fit", 1.5, NEED, ""),
    Step("room", "Room", -0.3, SPARE, ""),
    Step("required", "Required", 14.1, SUM, ""),
]


def test_work_without_hours_and_hours_without_work_are_the_steps_of_their_kind():
    assert without_hours(STEPS) == pytest.approx(2.4) and without_work(STEPS) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("gaps", "few"),
    [([-1.0], 1), ([-3.0, -1.0, -1.0], 1), ([-1.0, -1.0, -1.0, -1.0], 2), ([-1.0, -1.0, -1.0], 2), ([-2.0, -2.0], 1)],
)
def test_the_fewest_gaps_that_make_up_half_of_all(gaps, few):
    assert fewest_for_half(pd.Series(gaps)) == few


@pytest.mark.parametrize(
    ("gap", "said"),
    [(-3.16, "short 3.2"), (0.44, "room 0.4"), (0.049, "even"), (-0.05, "short 0.05"), (float("nan"), "")],
)
def test_a_gap_is_said_as_people_say_it(gap, said):
    assert gap_in_words(gap) == said
