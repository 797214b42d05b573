"""A typed time log: changes replay in order, a step is taken back whole, and what cannot count is refused."""

from datetime import date, time

import pytest

from workload.staffing.time_study.log_edits import (
    ADD,
    EDIT,
    REMOVE,
    LogEdit,
    TypedLog,
    as_entry,
    is_clock,
    joined,
    problem_of,
    replayed,
)

DAY = date(2026, 9, 21)
ENTRY = {"therapist": "A", "date": DAY, "activity": "Direct service", "start": "8:00", "end": "9:00"}


def test_changes_replay_in_order_and_undo_takes_one_step():
    first = {
        "therapist": "A",
        "date": DAY,
        "activity": "Direct service",
        "start": "8:00",
        "end": "9:00",
        "minutes": None,
        "outside_contract": False,
    }
    second = {**first, "start": "9:00", "end": "10:00"}
    edits = (LogEdit(ADD, (first, second)), LogEdit(EDIT, row=0, field="end", value="8:30"), LogEdit(REMOVE, row=1))
    assert [row["end"] for row in replayed(edits)] == ["8:30"]
    assert [row["end"] for row in replayed(edits[:-1])] == ["8:30", "10:00"]
    assert [row["end"] for row in replayed(edits[:1])] == ["9:00", "10:00"]
    beyond = (LogEdit(EDIT, row=2, field="end", value="8:30"), LogEdit(REMOVE, row=2))  # an entry that is not there
    assert replayed([*edits[:1], *beyond]) == [first, second]


@pytest.mark.parametrize(
    ("text", "good"), [("8:15", True), ("", True), (None, True), ("quarter past", False), ("25:00", False)]
)
def test_only_clock_times_are_taken(text, good):
    assert is_clock(text) == good


def test_undo_takes_back_all_changes_of_a_step_and_nothing_of_an_empty_log():
    log = TypedLog().changed(LogEdit(ADD, (ENTRY, ENTRY)))
    both = log.changed(LogEdit(EDIT, row=0, field="end", value="8:30"), LogEdit(REMOVE, row=1))
    assert [len(one.entries) for one in (log, both, both.undone(), both.undone().undone())] == [2, 1, 2, 0]
    assert both.undone() == log and log.changed() == log and TypedLog().undone() == TypedLog()


def test_a_typed_row_is_an_entry_with_the_code_of_its_activity_and_empty_cells_are_missing():
    assert as_entry({**ENTRY, "outside_contract": True}) == {
        **ENTRY,
        "activity": "direct",
        "minutes": None,
        "outside_contract": True,
    }
    missing = dict.fromkeys(("therapist", "activity", "start", "end", "minutes"))
    assert as_entry({"therapist": "", "date": DAY, "activity": None, "start": "", "end": ""}) == {
        **missing,
        "date": DAY,
        "outside_contract": False,
    }


def test_minutes_count_only_where_there_are_no_clock_times():
    assert as_entry({**ENTRY, "minutes": 20})["minutes"] is None
    assert as_entry({**ENTRY, "end": "", "minutes": 20})["minutes"] == 20
    assert as_entry({**ENTRY, "end": "", "minutes": float("nan")})["minutes"] is None


def test_uploads_and_typed_entries_make_one_log_and_none_makes_none():
    one = joined([], [ENTRY])
    assert list(joined([one, one], [ENTRY]).index) == [0, 1, 2]
    assert joined([], []) is None and joined([one.iloc[:0]], []) is None


@pytest.mark.parametrize(
    ("start", "end", "minutes", "day", "says"),
    [
        (time(8), time(9), None, None, "Choose the day"),
        (time(8), None, 30.0, DAY, "both the start and the end"),
        (None, None, None, DAY, "or the minutes"),
        (time(9), time(8), None, DAY, "not after the start"),
        (time(8), time(8), None, DAY, "not after the start"),
        (None, time(9), 30.0, DAY, "both the start and the end"),
        (None, None, 0.0, DAY, "or the minutes"),
        (time(8), time(9), None, DAY, ""),
        (None, None, 20.0, DAY, ""),
    ],
)
def test_an_entry_that_cannot_count_is_refused_in_a_sentence(start, end, minutes, day, says):
    said = problem_of(start, end, minutes, day)
    assert says in said and bool(said) == bool(says)
