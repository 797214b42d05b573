"""What is due next, by hand."""

from datetime import date

from tests.support.rosters import as_roster
from workload.answer import analyze
from workload.year_ahead.due_next import Due, due_next

DAY = date(2026, 10, 1)
LINE = {"student_id": "S1", "school": "Oak", "plan": "IEP", "delivery": "individual", "minutes_per_session": 30.0}


def answer(evaluations=(), therapists=()):
    line = {**LINE, "sessions": 1.0, "period": "week", "therapist": "Ann"}
    people = [{"therapist": "Ann", "role": "OT", "fte": 1.0}, *therapists]
    tables = {"services": [line], "evaluations": list(evaluations), "therapists": people, "schools": [], "travel": []}
    return analyze(as_roster(tables), DAY)


def evaluation(due: date, completed: date | None = None) -> dict:
    return {
        "student_id": "S1",
        "school": "Oak",
        "type": "initial",
        "due": due,
        "completed": completed,
        "therapist": "Ann",
    }


def test_an_evaluation_with_a_consent_is_due_by_the_clock_and_not_by_the_date_of_the_file():
    waits = {**evaluation(date(2027, 6, 1)), "consent": date(2026, 8, 25)}  # 60 days: October 24
    assert due_next(answer([waits])) == [
        Due("evaluations", date(2026, 10, 24), "1 evaluation is due by October 31, 2026")
    ]


def leave(name: str, start: date, end: date) -> dict:
    return {"therapist": name, "role": "OT", "fte": 1.0, "leave_start": start, "leave_end": end}


def test_late_evaluations_come_first_and_completed_ones_not_at_all():
    found = due_next(
        answer(
            [
                evaluation(date(2026, 9, 30)),
                evaluation(date(2026, 9, 20), completed=date(2026, 9, 21)),
                evaluation(date(2026, 10, 1)),
                evaluation(date(2026, 10, 31)),
                evaluation(date(2026, 11, 1)),
            ]
        )
    )
    assert found == [
        Due("evaluations", None, "1 evaluation is past its due date and not completed"),
        Due("evaluations", date(2026, 10, 1), "2 evaluations are due by October 31, 2026"),
    ]


def test_leaves_that_begin_or_end_soon_are_told_by_their_first_day():
    people = [
        leave("Bo", date(2026, 9, 1), date(2026, 12, 18)),
        leave("Cy", date(2026, 8, 1), date(2026, 10, 5)),
        leave("Di", date(2026, 11, 2), date(2027, 3, 1)),
        leave("Ed", date(2026, 8, 1), date(2026, 9, 30)),
    ]
    assert due_next(answer(therapists=people)) == [
        Due("leaves", date(2026, 10, 5), "2 leaves end by December 30, 2026"),
        Due("leaves", date(2026, 11, 2), "1 leave begins by December 30, 2026"),
    ]


def test_nothing_is_due_where_the_file_says_nothing():
    assert due_next(answer()) == []
