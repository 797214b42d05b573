"""A pasted list is read by the grammar of the rosters: who counts, what is asked, what is dropped."""

import pytest

from workload.one_week.caseload_list import entries_of, in_words, questions, read_again, read_list
from workload.one_week.week_roster import Entry, Service

LINES = {
    "14 students: 2 x 30 min weekly": Entry(14, (Service(30, 2),)),
    "10 kids, 30 min weekly": Entry(10, (Service(period="week", total=30),)),
    "6 students: 30 min weekly in a group of 3": Entry(6, (Service(total=30, delivery="group", group_size=3),)),
    "504: 30 min monthly consult": Entry(1, (Service(period="month", total=30, delivery="consult"),), "504"),
    "2 students on 504 plan: 15 min/week consult": Entry(2, (Service(total=15, delivery="consult"),), "504"),
    "- 30 min every other week": Entry(1, (Service(period="two weeks", total=30),)),
    "1. 30 min weekly": Entry(1, (Service(total=30),)),
    "30 min weekly x 12 students": Entry(12, (Service(total=30),)),
    "20 min weekly (5 kids)": Entry(5, (Service(total=20),)),
    "4: 10 min daily": Entry(4, (Service(period="day", total=10),)),
    "5 students each get 60 minutes a month consult": Entry(
        5, (Service(period="month", total=60, delivery="consult"),)
    ),
    "6 in groups of 2, 30 min weekly": Entry(6, (Service(total=30, delivery="group", group_size=2),)),
    "group of 4 students 30 min weekly": Entry(1, (Service(total=30, delivery="group", group_size=4),)),
}


@pytest.mark.parametrize("text", LINES)
def test_a_line_is_read_as_a_plan_says_it(text):
    (line,) = read_list(text)
    assert line.entry == LINES[text] and not line.is_open


def test_a_name_is_dropped_and_kept_nowhere():
    (line,) = read_list("Anna Berg 2 x 30 min weekly")
    assert line.dropped and line.entry == Entry(1, (Service(30, 2),))
    assert "Anna" not in repr(line) and "berg" not in repr(line).casefold()


def test_what_can_mean_two_things_is_asked_once_and_not_counted_until_then():
    lines = read_list("8 students 1x30\n5 students 2x20\n3 students: 30 min weekly")
    ((kind, (first, waiting)),) = questions(lines).items()
    assert (kind, first.number, waiting) == ("period-missing", 1, 13)
    assert [entry.students for entry in entries_of(lines)] == [3]
    settled = read_again(lines, {kind: "month"})
    assert [in_words(entry) for entry in entries_of(settled)] == [
        "8 students: individually, 30 minutes once a month",
        "5 students: individually, 20 minutes 2 times a month",
        "3 students: individually, 30 minutes a week",
    ]


def test_a_line_without_minutes_counts_its_students_and_says_so():
    (line,) = read_list("7 students")
    assert not line.has_minutes and line.entry.services == (Service(0, 0),)


def test_a_group_without_a_size_asks_for_it():
    (line,) = read_list("3 students 30 min weekly in small group")
    assert line.needs_size and line.entry.services[0].group_size is None


@pytest.mark.parametrize(
    "text", ["", "\n\n  \n", "\x00", "=1+1", "<b>", "9" * 5000, "a" * 5000, "0 students: 30 min weekly"]
)
def test_no_text_breaks_the_reading(text):
    for line in read_list(text):
        assert 1 <= line.students <= 300 and len(line.phrase) <= 200
