"""A fidelity report counts what was due by its day, and waits where nobody knows how much that was."""

from datetime import date

import pandas as pd
import pytest

from workload.staffing.delivered.compliance import compliance
from workload.staffing.delivered.from_fidelity import TO_DATE, WHOLE_SPAN, delivered_of_report

DAY = date(2026, 12, 9)  # day 100 of the 200 days from 1 September to 19 March


def report(*rows):
    names = ("start", "end", "promised_minutes", "delivered_minutes", "missed: student absent", "missed: snow")
    table = pd.DataFrame(rows, columns=list(names))
    for name in ("start", "end"):
        table[name] = pd.to_datetime(table[name])
    return table.assign(student="S-1", file="fidelity.xlsx", sheet="Export", row=range(2, 2 + len(table)))


ENDED = ("2026-09-01", "2026-11-30", 600.0, 450.0, 100.0, 20.0)
GOES_ON = ("2026-09-01", "2027-03-19", 1000.0, 400.0, 0.0, 0.0)
OPEN = ("2026-09-01", None, 1000.0, 400.0, 0.0, 0.0)


def test_the_minutes_of_a_service_that_has_ended_were_due_with_their_reasons():
    read = delivered_of_report(report(ENDED), DAY)
    total = compliance(read.delivered)
    assert (read.going_on, read.waiting) == (0, 0)
    assert (total["required_minutes"], total["delivered_minutes"]) == (600, 450)
    assert (total["student_absence_minutes"], total["other_minutes"]) == (100, 20)  # snow is no reason that is known


def test_a_service_that_goes_on_waits_until_somebody_says_what_its_minutes_are_of():
    read = delivered_of_report(report(ENDED, GOES_ON), DAY)
    assert (read.going_on, read.waiting, len(read.delivered.rows)) == (1, 1, 1)


@pytest.mark.parametrize(("promised", "due"), [(TO_DATE, 1000), (WHOLE_SPAN, 500)])
def test_of_a_whole_span_the_part_that_has_passed_was_due(promised, due):
    read = delivered_of_report(report(GOES_ON), DAY, promised)
    assert read.waiting == 0
    assert compliance(read.delivered)["required_minutes"] == pytest.approx(due)


def test_a_service_is_over_on_its_last_day_and_one_that_has_not_begun_owes_nothing():
    last_day = ("2026-09-01", "2026-12-09", 600.0, 450.0, 0.0, 0.0)
    assert delivered_of_report(report(last_day), DAY).going_on == 0
    later = ("2027-01-04", "2027-03-19", 600.0, 0.0, 0.0, 0.0)
    assert compliance(delivered_of_report(report(later), DAY, WHOLE_SPAN).delivered)["required_minutes"] == 0


@pytest.mark.parametrize("start", ["2027-03-20", "2027-03-25"])
def test_a_service_that_ends_before_it_begins_has_no_part_that_was_due(start):
    read = delivered_of_report(report((start, "2027-03-19", 600.0, 0.0, 0.0, 0.0)), DAY, WHOLE_SPAN)
    assert len(read.delivered.rows) == 0 and [issue.column for issue in read.delivered.issues] == ["end"]


def test_no_promise_is_told_as_such_where_the_span_is_known():
    missing = ("2026-09-01", "2027-03-19", None, 400.0, 0.0, 0.0)
    read = delivered_of_report(report(missing), DAY, WHOLE_SPAN)
    assert [issue.column for issue in read.delivered.issues] == ["required_minutes"]


def test_a_reason_without_minutes_is_none_and_a_heading_of_something_else_is_another_reason():
    table = report(("2026-09-01", "2026-11-30", 600.0, 450.0, float("nan"), 20.0)).rename(
        columns={"missed: snow": "missed: student"}
    )
    total = compliance(delivered_of_report(table, DAY).delivered)
    assert (total["student_absence_minutes"], total["other_minutes"]) == (0, 20)


def test_an_open_end_cannot_be_shared_out_and_is_told_at_its_row():
    assert len(delivered_of_report(report(OPEN), DAY, TO_DATE).delivered.rows) == 1
    read = delivered_of_report(report(ENDED, OPEN), DAY, WHOLE_SPAN)
    assert len(read.delivered.rows) == 1
    (issue,) = read.delivered.issues
    assert (issue.row, issue.file, issue.column) == (3, "fidelity.xlsx", "end")


def test_a_row_without_minutes_is_told_at_its_own_row_and_never_becomes_zero():
    missing = ("2026-09-01", "2026-11-30", 600.0, None, 0.0, 0.0)
    read = delivered_of_report(report(ENDED, missing), DAY)
    assert len(read.delivered.rows) == 1
    assert [(issue.row, issue.column) for issue in read.delivered.issues] == [(3, "delivered_minutes")]
