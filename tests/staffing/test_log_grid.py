"""A week's log as a grid: what was typed comes back, a cell changed changes that cell alone, other entries stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.staffing.time_study import log_grid
from workload.staffing.time_study.log_edits import ADD, LABEL_LIST, LogEdit, TypedLog
from workload.staffing.time_study.study import clock_minutes, grid_entries, plain_entries, study_of

MONDAY = date(2026, 9, 28)
HER, OTHER = "Therapist 00", "Therapist 01"
cells = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, len(log_grid.slots()) - 1)), st.sampled_from(LABEL_LIST), max_size=40
)


def grid_with(filled):
    grid = log_grid.grid_of([], HER, MONDAY)
    for (day, slot), what in filled.items():
        grid.at[slot, log_grid.day_name(log_grid.days_of(MONDAY)[day])] = what
    return grid


def entry(therapist=HER, day=MONDAY, start="08:00", end="09:00", activity=LABEL_LIST[0], **more):
    return {
        "therapist": therapist,
        "date": day,
        "activity": activity,
        "start": start,
        "end": end,
        "minutes": None,
        **more,
    }


@given(cells)
def test_what_is_typed_comes_back_and_a_second_time_changes_nothing(filled):
    grid = grid_with(filled)
    log = TypedLog().changed(*log_grid.edits_of([], HER, MONDAY, grid))
    assert log_grid.grid_of(log.entries, HER, MONDAY).equals(grid)
    assert log_grid.hours_in(grid, MONDAY) == len(filled) / 4
    again = log.changed(*log_grid.edits_of(log.entries, HER, MONDAY, grid))
    assert sorted(map(repr, again.entries)) == sorted(map(repr, log.entries))


@given(cells, cells)
def test_another_week_and_other_people_stay_as_they_are(first, second):
    others = [
        entry(OTHER),
        entry(day=date(2026, 9, 21)),
        entry(start="08:05", end="08:20"),
        entry(start="", end="", minutes=40.0),
    ]
    log = TypedLog().changed(LogEdit(ADD, tuple(others)))
    for filled in (first, second):
        log = log.changed(*log_grid.edits_of(log.entries, HER, MONDAY, grid_with(filled)))
    assert [each for each in log.entries if each in others] == others
    assert log_grid.grid_of(log.entries, HER, MONDAY).equals(grid_with(second))
    assert log_grid.off_grid(log.entries, HER, MONDAY) == others[2:]


def test_quarters_that_follow_each_other_are_one_entry_and_those_beyond_the_paid_day_are_unpaid():
    grid = log_grid.filled(log_grid.grid_of([], HER, MONDAY), MONDAY, "14:30", "15:30", LABEL_LIST[0])
    (plain,) = log_grid.edits_of([], HER, MONDAY, grid)
    (one,) = plain.entries
    assert (one["start"], one["end"], one["outside_contract"]) == ("14:30", "15:30", False)
    (split,) = log_grid.edits_of([], HER, MONDAY, grid, ("08:00", "15:00"))
    assert [(each["start"], each["outside_contract"]) for each in split.entries] == [("14:30", False), ("15:00", True)]
    early = log_grid.filled(log_grid.grid_of([], HER, MONDAY), MONDAY, "07:45", "08:15", LABEL_LIST[0])
    (split,) = log_grid.edits_of([], HER, MONDAY, early, ("08:00", "15:00"))
    assert [(each["start"], each["outside_contract"]) for each in split.entries] == [("07:45", True), ("08:00", False)]
    (untold,) = log_grid.edits_of(
        [], HER, MONDAY, early, ("", "15:00")
    )  # who does not say when it begins has no paid quarter
    assert [each["outside_contract"] for each in untold.entries] == [True]


@pytest.mark.parametrize(
    ("start", "end", "is_there"),
    [
        ("08:00", "08:45", True),
        ("08:07", "08:45", False),
        ("08:00", "08:50", False),
        ("08:00", "", False),
        ("", "08:45", False),
        ("06:30", "06:45", True),  # the grid goes from half past six to six
        ("06:15", "06:45", False),
        ("17:45", "18:00", True),
        ("17:45", "18:15", False),
    ],
)
def test_an_entry_stands_in_the_grid_when_both_of_its_ends_are_quarters(start, end, is_there):
    assert log_grid.is_on_grid({"therapist": HER, "date": MONDAY, "start": start, "end": end}, HER, MONDAY) == is_there


def test_a_stretch_is_filled_and_emptied_on_its_day_only():
    grid = log_grid.filled(log_grid.grid_of([], HER, MONDAY), MONDAY, "08:00", "08:30", LABEL_LIST[2])
    assert log_grid.hours_in(grid, MONDAY) == 0.5
    assert log_grid.hours_in(log_grid.filled(grid, MONDAY, "08:00", "08:15", None), MONDAY) == 0.25


def test_the_hours_of_the_grid_are_the_hours_of_the_study():
    grid = grid_with({(0, 4): LABEL_LIST[0], (0, 5): LABEL_LIST[0], (2, 10): LABEL_LIST[3]})
    log = TypedLog().changed(*log_grid.edits_of([], HER, MONDAY, grid))
    study = study_of(plain_entries(grid_entries(HER, MONDAY, {"08:00": "direct", "08:15": "direct"})))
    assert float(study.work["minutes"].sum()) == 30
    assert sum(each["minutes"] for each in log.entries) == 45


@pytest.mark.parametrize("text", ["12", "8:xx", "x:30", "8:60", "25:00", "24:01", "1:2:3:4", ""])
def test_what_is_no_clock_time_has_no_minutes(text):
    assert clock_minutes(text) is None
    assert clock_minutes("8:05") == clock_minutes("08:05:00") == 485


def test_a_day_may_be_logged_to_its_end():
    assert (clock_minutes("24:00"), clock_minutes("0:00")) == (1440, 0)


def test_a_stretch_fills_each_quarter_between_its_ends_and_none_beside():
    grid = grid_with({})
    made = log_grid.stretched(grid, MONDAY, [1, 2], [4, 7], LABEL_LIST[0])
    days = [made[log_grid.day_name(day)] for day in log_grid.days_of(MONDAY)]
    assert [[at for at, what in enumerate(day) if what] for day in days] == [[], [4, 5, 6, 7], [4, 5, 6, 7], [], []]


def test_the_first_quarter_of_monday_is_a_stretch_and_only_an_activity_or_none_fills_it():
    grid, monday = grid_with({(0, 0): LABEL_LIST[1]}), log_grid.day_name(MONDAY)
    assert log_grid.stretched(grid, MONDAY, [0, 0], [0, 0], LABEL_LIST[0])[monday][0] == LABEL_LIST[0]
    assert log_grid.stretched(grid, MONDAY, [0, 0], [0, 0], "")[monday][0] is None
    assert log_grid.stretched(grid, MONDAY, [0, 0], [0, 0], "Nap").equals(grid)


def test_the_school_week_of_a_day_goes_from_its_monday_to_its_friday():
    assert log_grid.monday_of(date(2026, 9, 30)) == log_grid.monday_of(MONDAY) == MONDAY
    assert [day.day for day in log_grid.days_of(MONDAY)] == [28, 29, 30, 1, 2]
    assert (log_grid.slots()[0], log_grid.slots()[-1], len(log_grid.slots())) == ("06:30", "17:45", 46)


odd = st.sampled_from([7.0, 2.5, 1e300, float("inf"), -float("inf"), float("nan"), "1", None])
ends = st.integers(-2, 6) | odd | st.booleans()
places = st.lists(ends, max_size=3) | st.none() | st.text(max_size=3)


@given(cells, places, places, st.sampled_from((*LABEL_LIST[:3], "", None, "Nap", 7)))
def test_a_stretch_fills_its_quarters_and_what_is_no_stretch_fills_nothing(filled, days, quarters, what):
    """What comes from a browser is judged whole: two numbers in order, within the week, and an activity of the list."""
    grid = grid_with(filled)
    made = log_grid.stretched(grid, MONDAY, days, quarters, what)
    columns = [log_grid.day_name(day) for day in log_grid.days_of(MONDAY)]

    def is_place(both, number):
        return (
            isinstance(both, list)
            and len(both) == 2
            and all(type(each) in (int, float) and each % 1 == 0 for each in both)
            and 0 <= both[0] <= both[1] < number
        )

    meant = is_place(days, 5) and is_place(quarters, len(grid)) and what not in ("Nap", 7)
    for day, column in enumerate(columns):
        for quarter in range(len(grid)):
            inside = meant and days[0] <= day <= days[1] and quarters[0] <= quarter <= quarters[1]
            assert made.at[quarter, column] == ((what or None) if inside else grid.at[quarter, column])
    assert log_grid.cells_of(made, MONDAY) == [made[column].tolist() for column in columns]


@pytest.mark.parametrize(
    ("sent", "number"), [(3, 3), (3.0, 3), (2.5, None), (float("inf"), None), (float("nan"), None)]
)
def test_only_a_whole_number_of_a_browser_is_one(sent, number):
    assert log_grid.whole(sent) == number
    assert log_grid.whole(str(sent)) is log_grid.whole(True) is None
