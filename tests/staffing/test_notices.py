"""What the day has to say about a roster, counted by hand: rows that do not count, students of nobody, what is assumed."""

from __future__ import annotations

from datetime import date

import pytest

from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of

DAY = date(2026, 10, 1)
SERVICES = {
    "student": ["S0", "S1", "S2", "S3", "S4", "S4", "S5", "S5", "S6"],
    "file": ["roster.xlsx"] * 7 + [None, "roster.xlsx"],
    "sheet": ["Services"] * 7 + [None, "Services"],
    "row": [2, 3, 4, 5, 6, 7, 8, None, 10],
    "therapist": ["Ana"] * 8 + ["Ben"],
    "start": [None, None, "2026-11-01", None, "2025-09-01", "2026-08-20", None, None, None],
    "end": [None, None, None, "2026-09-01", None, None, None, None, None],
    "esy": [False, True] + [False] * 7,
    "compensatory_minutes": [None, 60, 1, None, 60, 60, 60, 60, 0],
    "plan": ["IEP"] * 9,
    "delivery": ["individual"] * 9,
    "minutes_per_session": [30] * 9,
    "sessions": [1] * 9,
    "period": ["week"] * 9,
}
POSTS = {"therapist": ["Ana", "Ben"], "role": ["OT"] * 2, "fte": [1.0] * 2, "end": [None, "2026-09-15"]}


def found(services=SERVICES, posts=POSTS, **more):
    stop = Assumptions().changed({"renewals": "stop"}, "test")
    tables = {name: more.pop(name) for name in ("evaluations",) if name in more}
    answer = analyze(roster_of(services=services, therapists=posts, **tables), DAY, stop, **more)
    return {issue.code: issue for issue in answer.issues}


@pytest.mark.parametrize(
    ("code", "says", "rows"),
    [
        ("rows-esy", "1 of 9 service rows (row 3)", (3,)),
        ("rows-not-started", "1 of 9 service rows (row 4)", (4,)),
        ("rows-ended", "1 of 9 service rows (row 5)", (5,)),
        ("rows-superseded", "1 of 9 service rows (row 6)", (6,)),
        ("rows-duplicate", "1 of 9 service rows, repeated", ()),  # a table without numbers of rows
        ("owed-on-line-left-out", "on 2 of the rows that are not in force on the date of the answer (rows 4, 6)", (4, 6)),
        ("therapist-not-in-post", "1 student has nobody: Ben is not in post", (10,)),
    ],
)  # fmt: skip
def test_rows_that_do_not_count_are_counted_and_named(code, says, rows):
    issue = found()[code]
    assert says in issue.message and issue.rows == rows
    place = ("roster.xlsx", "Services", rows[0]) if rows else ("", "", None)
    assert (issue.file, issue.sheet, issue.row) == place


def test_nothing_is_said_of_a_day_on_which_everything_counts():
    one = {name: values[:1] for name, values in SERVICES.items()}
    assert set(found(one)) == {"evaluations-assumed", "reevaluations-assumed", "mtss-none"}
    owed_here = one | {"compensatory_minutes": [60]}
    assert "owed-on-line-left-out" not in found(owed_here)


def test_a_dozen_rows_are_named_and_the_others_counted():
    many = {name: values[3:4] * 13 for name, values in SERVICES.items()}
    many |= {"student": [f"S{at}" for at in range(13)], "row": list(range(2, 15))}
    assert "(rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 1 more)" in found(many)["rows-ended"].message
    dozen = {name: values[:12] for name, values in many.items()}
    assert "(rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)" in found(dozen)["rows-ended"].message


def test_students_of_somebody_who_left_are_counted_once_each():
    gone = {name: [values[8]] * 4 for name, values in SERVICES.items()} | {"therapist": ["Ben"] * 3 + ["Cy"]}
    gone |= {"student": ["S6", "S7", "S7", "S8"], "row": [10, 11, 12, 13], "sessions": [1, 1, 2, 1]}
    posts = {"therapist": ["Ben", "Cy"], "role": ["OT"] * 2, "fte": [1.0] * 2, "end": ["2026-09-15"] * 2}
    answer = analyze(roster_of(services=gone, therapists=posts), DAY)
    ben, cy = (issue for issue in answer.issues if issue.code == "therapist-not-in-post")
    assert ben.message.startswith("2 students have nobody: Ben is not") and ben.rows == (10, 11, 12)
    assert cy.message.startswith("1 student has nobody: Cy is not") and cy.rows == (13,)


def test_lines_that_a_review_renews_are_told():
    reviewed = {name: values[3:4] for name, values in SERVICES.items()} | {"iep_date": ["2026-09-01"]}
    answer = analyze(roster_of(services=reviewed, therapists=POSTS), DAY)
    (issue,) = [issue for issue in answer.issues if issue.code == "rows-renewed"]
    assert "Counted as renewed: 1 of 1 service rows (row 5)" in issue.message


def test_what_is_assumed_of_evaluations_names_how_many_students():
    """S0 has an IEP and no date, S1 has one; S2's plan is a 504, which has no re-evaluation."""
    three = {name: values[:1] * 3 for name, values in SERVICES.items()}
    three |= {"student": ["S0", "S1", "S2"], "plan": ["IEP", "IEP", "504"], "reeval_date": [None, "2027-01-15", None]}
    said = found(three)
    assert "0.2 a year for each of 3 students" in said["evaluations-assumed"].message
    assert "1 student with an IEP has no re-evaluation date" in said["reevaluations-assumed"].message
    assert "0.333 re-evaluations a year" in said["reevaluations-assumed"].message
    listed = {"student": ["S0"], "type": ["initial"], "due": ["2026-12-01"]}
    assert {"evaluations-assumed", "reevaluations-assumed"}.isdisjoint(found(three, evaluations=listed))
    ended = {name: values[3:4] for name, values in SERVICES.items()}
    assert "evaluations-assumed" not in found(ended)  # nobody to count them for


def test_screening_that_is_entered_and_a_state_with_rules_are_not_asked_for():
    assert "mtss-none" not in found(posts=POSTS | {"mtss_hours": [1.0, None]})
    assert found(state="ZZ")["state-unknown"].value == "ZZ"
    assert "state-unknown" not in found(state="WI") and "state-unknown" not in found()
