"""Hand-worked cases for the second calculation: time, lines, activities. The arithmetic stands beside each."""

from datetime import date

import pytest

from .by_hand import line, person, school


@pytest.mark.parametrize(
    ("period", "minutes_a_week"),
    [
        ("day", 600.0),  # 120 x 5 school days
        ("week", 120.0),
        ("two weeks", 60.0),  # 120 / 2
        ("6-day cycle", 100.0),  # 120 x 5 / 6
        ("month", 30.0),  # 120 / 4, a school month
        ("six weeks", 20.0),
        ("quarter", 120 / 9),
        ("trimester", 10.0),  # 120 / 12
        ("semester", 120 / 18),
        ("year", 120 / 36),
    ],
)
def test_every_period_becomes_minutes_a_week(ask, period, minutes_a_week):
    result = ask({"Services": [line("1", 120, 1, period)]})
    assert result["district"]["hours"]["direct"] * 60 == pytest.approx(minutes_a_week, abs=1e-12)


def test_the_three_months_give_the_three_published_answers(ask):
    rows = {"Services": [line("1", 120, 1, "month")]}
    # 120 x 9 / 36 = 30; 120 x 10 / 36 = 33.33; 120 x 36 x 12/52 / 36 = 27.69
    for month, minutes in [("school_month", 30), ("calendar_10", 100 / 3), ("calendar_52", 1440 / 52)]:
        assert ask(rows, month=month)["district"]["hours"]["direct"] * 60 == pytest.approx(minutes)


def test_three_students_in_a_one_hour_group_cost_sixty_minutes_by_either_group_rule(ask):
    by_id = ask({"Services": [line(s, 60, delivery="group", group_id="G") for s in "123"]})
    by_size = ask({"Services": [line(s, 60, delivery="group", group_size=3) for s in "123"]})
    for result in (by_id, by_size):
        assert result["district"]["student_hours"] == 3.0  # 3 x 60 min
        assert result["district"]["therapist_hours"] == pytest.approx(1.0)


def test_a_mixed_group_counts_its_longest_member_and_is_shared_in_proportion(ask):
    result = ask(
        {
            "Services": [
                line("1", 60, group_id="G", school="Oak"),
                line("2", 30, group_id="G", school="Elm"),
                line("3", 60, group_id="G", therapist="Ben", school="Elm"),
            ]
        }
    )
    # Ana: max(60, 30) = 60 min, shared 60:30 -> Oak 40 min, Elm 20 min. Ben's group of one: 60 min.
    assert school(result, "Oak")["hours"]["direct"] * 60 == pytest.approx(40)
    assert school(result, "Elm")["hours"]["direct"] * 60 == pytest.approx(20 + 60)


def test_consult_minutes_stand_as_written_and_are_not_direct(ask):
    result = ask(
        {"Services": [line("1", 60, delivery="consult", group_size=3)]},
        on_behalf_ratio=0.2,
        documentation_minutes_per_session=5,
    )
    hours = result["district"]["hours"]
    assert (hours["consult"], hours["direct"], hours["on_behalf"], hours["documentation"]) == (1.0, 0, 0, 0)


def test_only_lines_in_force_count_and_every_row_is_accounted_for(ask):
    result = ask(
        {
            "Services": [
                line("EXAMPLE-1", 600),
                line("1", start=date(2026, 10, 1), end=date(2026, 10, 1)),
                line("2", end=date(2026, 9, 30)),
                line("3", start=date(2026, 10, 2)),
                line("4", esy="yes"),
                line("5", service="450"),
                line("6", service="Speech"),
                line("5", service="450"),
                line("7", None),
            ]
        },
        renewals="stop",
    )
    assert result["rows"] == {
        "read": 8,
        "counted": 2,
        "unreadable": 1,
        "excluded": {"other-service": 1, "esy": 1, "not-started": 1, "ended": 1, "duplicate": 1, "replaced": 0},
    }
    assert result["district"]["caseload"] == 2  # students 1 and 5


def test_the_newest_of_overlapping_lines_wins_but_equal_starts_and_other_schools_count(ask):
    september, august = date(2026, 9, 1), date(2026, 8, 1)
    result = ask(
        {
            "Services": [
                line("1", 30, start=september),
                line("1", 60, start=august),
                line("1", 90),  # 30 wins
                line("2", 30, start=august),
                line("2", 60, start=august),  # both: 90
                line("3", 30, start=september),
                line("3", 45, school="Elm"),
            ]
        }
    )  # both: 75
    assert result["district"]["hours"]["direct"] * 60 == pytest.approx(30 + 90 + 75)
    assert result["rows"]["counted"] == 5


def test_one_student_with_every_default_gives_the_hand_worked_hours(ask):
    result = ask({"Services": [line("1", 30, 2)]}, bare=False)
    d = result["district"]
    expected = {
        "direct": 1.0,
        "documentation": 10 / 60,  # 2 sessions x 5 min
        "on_behalf": 0.2,
        "evaluation_initial": 0.2 * 6 / 36,  # 0.033333
        "reevaluation": 4.5 / 3 / 36,  # 0.041667
        "meeting": (1 + 0.2) * 1.5 / 36,  # 0.05; the re-evaluation is held in the yearly meeting
        "progress_report": 4 * 0.25 / 36,  # 0.027778
    }
    service = sum(expected.values())  # 1.519444
    c = 260 / 2250  # 200 and 60 of 2,250 minutes = 11.556 %
    for activity, hours in expected.items():
        assert d["hours"][activity] == pytest.approx(hours, abs=1e-12)
    assert service == pytest.approx(1.5194444444)
    assert d["hours"]["planning"] == pytest.approx(service * (200 / 2250) / (1 - c))  # 0.152708
    assert d["workload_hours"] == pytest.approx(service / (1 - c))  # 1.717965
    assert d["workload_hours"] == pytest.approx(sum(d["hours"].values()))
    assert d["required_fte"] == pytest.approx(1.7179648241 / 37.5)


def test_a_504_student_has_an_initial_evaluation_its_meeting_and_a_504_meeting_but_no_iep_events(ask):
    hours = ask({"Services": [line("1", plan="504")]}, bare=False)["district"]["hours"]
    assert (hours["reevaluation"], hours["progress_report"]) == (0, 0)
    assert hours["meeting"] == pytest.approx((0.2 * 1.5 + 0.5) / 36)


def test_a_total_without_sessions_is_documented_as_half_hours(ask):
    result = ask({"Services": [line("1", 120, None, "month")]}, documentation_minutes_per_session=5)
    # 120 / 30 = 4 sessions a month = 1 a week = 5 minutes
    assert result["district"]["hours"]["documentation"] * 60 == pytest.approx(5)


def test_makeup_minutes_are_spread_to_the_due_date_or_to_30_june(ask):
    result = ask(
        {
            "Services": [
                line("1", compensatory_minutes=600, compensatory_due=date(2026, 12, 10)),  # 70 days: 60 a week
                line("2", compensatory_minutes=60, compensatory_due=date(2026, 9, 1)),  # late: 1 week, 60
                line("3", compensatory_minutes=272),
            ]
        }
    )  # to 2027-06-30: 272 days, 38.857 weeks -> 7 a week
    assert result["district"]["hours"]["makeup"] * 60 == pytest.approx(60 + 60 + 7)


def test_the_school_year_ends_on_30_june_itself(ask):
    rows = [line("1", compensatory_minutes=60, reeval_date=date(2027, 6, 30))]
    last_day = ask({"Services": rows}, day=date(2027, 6, 30))["district"]["hours"]
    next_day = ask({"Services": rows}, day=date(2027, 7, 1))["district"]["hours"]
    assert last_day["makeup"] == pytest.approx(1.0)  # due today: one week, 60 min
    assert next_day["makeup"] == pytest.approx(7 / 365)  # 365 days to 2028-06-30: a leap year
    assert (last_day["reevaluation"], next_day["reevaluation"]) == (pytest.approx(4.5 / 36), 0)


def test_reevaluation_dates_rule_only_for_the_students_who_have_one(ask):
    result = ask(
        {"Services": [line("1", reeval_date=date(2027, 6, 30)), line("2", reeval_date=date(2027, 7, 1)), line("3")]},
        reevaluations_per_student=0.3333333333333333,
    )
    # inside 1, outside 0, undated 1/3: 4/3 x 4.5 h / 36
    assert result["district"]["hours"]["reevaluation"] == pytest.approx(4 / 3 * 4.5 / 36)


def test_an_evaluations_sheet_rules_and_each_row_falls_to_the_right_ot(ask):
    result = ask(
        {
            "Services": [line("1", therapist="Kim"), line("2", therapist="Ana", school="Elm")],
            "Therapists": [
                {"therapist": "Ana", "role": "OT", "fte": 1},
                {"therapist": "Kim", "role": "OTA", "fte": 1, "supervisor": "Ana"},
                {"therapist": "Ben", "role": "OT", "fte": 1},
            ],
            "Evaluations": [
                {"student_id": "1", "type": "initial", "due": date(2027, 1, 5), "therapist": "Ben"},  # Ben
                {"student_id": "1", "type": "initial", "due": date(2027, 1, 5), "therapist": "Kim"},  # Ana
                {"student_id": "2", "type": "initial", "due": date(2027, 1, 5), "therapist": "Zed"},  # Ana, Elm
                {"student_id": "9", "type": "initial", "due": date(2027, 1, 5)},  # nobody
                {
                    "student_id": "8",
                    "school": "Fir",
                    "type": "reevaluation",
                    "due": date(2026, 6, 1),
                    "completed": date(2026, 7, 1),
                    "therapist": "Ben",
                },  # in: Ben
                {"student_id": "7", "type": "initial", "due": date(2027, 7, 1), "therapist": "Ben"},
            ],  # outside
        },
        evaluations_initial_per_student=0.2,
        meeting_hours=1.5,
    )
    # 6 h / 36 = 1/6 h each initial; 4.5 / 36 = 1/8 h; a meeting of 1.5 / 36 = 1/24 h goes with each
    # initial, and one more for each of the two students with an IEP goes to Ana (Kim's supervisor).
    initial = {row["therapist"]: row["hours"]["evaluation_initial"] for row in result["therapists"]}
    assert initial == pytest.approx({"Ana": 2 / 6, "Ben": 1 / 6, "Kim": 0, "Unassigned": 1 / 6})
    assert person(result, "Ben")["hours"]["reevaluation"] == pytest.approx(1 / 8)
    assert person(result, "Ana")["hours"]["meeting"] == pytest.approx((2 + 2) / 24)
    assert person(result, "Ben")["hours"]["meeting"] == pytest.approx(1 / 24)
    assert school(result, "Elm")["hours"]["evaluation_initial"] == pytest.approx(1 / 6)
    assert school(result, "No school")["hours"]["evaluation_initial"] == pytest.approx(1 / 6)
    assert school(result, "Fir")["hours"]["reevaluation"] == pytest.approx(1 / 8)
    assert result["district"]["students_evaluation_only"] == 2  # 9 and 8; 7 lies outside the year
