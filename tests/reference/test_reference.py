"""Hand-worked cases for the reference calculation. The arithmetic stands beside each assertion.

Unless a test says otherwise every activity except direct and consult is switched off (BARE).
"""

import math
from datetime import date

import openpyxl
import pytest

from .calculation import answer

DAY = date(2026, 10, 1)
BARE = {
    "documentation_minutes_per_session": 0,
    "on_behalf_ratio": 0,
    "evaluations_initial_per_student": 0,
    "reevaluations_per_student": 0,
    "meeting_hours": 0,
    "progress_reports_per_year": 0,
    "planning_share": 0,
    "staff_time_share": 0,
    "travel_minutes_per_move": 0,
    "supervision_hours_per_ota": 0,
}


@pytest.fixture
def ask(tmp_path):
    """Write {sheet: [row, ...]} as a workbook and return the reference's answer."""

    def run(tables, day=DAY, bare=True, **assumptions):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables.items():
            sheet = book.create_sheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet.append(columns)
            for row in rows:
                sheet.append([row.get(column) for column in columns])
        path = tmp_path / "roster.xlsx"
        book.save(path)
        return answer(path, day, {**(BARE if bare else {}), **assumptions})

    return run


def line(student, minutes=30, sessions=1, period="week", therapist="Ana", school="Oak", **more):
    return {
        "student_id": student,
        "minutes_per_session": minutes,
        "sessions": sessions,
        "period": period,
        "therapist": therapist,
        "school": school,
        **more,
    }


def person(result, name):
    return next(row for row in result["therapists"] if row["therapist"] == name)


def school(result, name):
    return next(row for row in result["schools"] if row["school"] == name)


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
        }
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
        "meeting": (1 + 0.2 + 1 / 3) * 1.5 / 36,  # 0.063889
        "progress_report": 4 * 0.25 / 36,  # 0.027778
    }
    service = sum(expected.values())  # 1.533333
    c = 260 / 2250  # 200 and 60 of 2,250 minutes = 11.556 %
    for activity, hours in expected.items():
        assert d["hours"][activity] == pytest.approx(hours, abs=1e-12)
    assert service == pytest.approx(1.5333333333)
    assert d["hours"]["planning"] == pytest.approx(service * (200 / 2250) / (1 - c))  # 0.154104
    assert d["workload_hours"] == pytest.approx(service / (1 - c))  # 1.733668
    assert d["workload_hours"] == pytest.approx(sum(d["hours"].values()))
    assert d["required_fte"] == pytest.approx(1.7336683417 / 37.5)


def test_a_504_student_has_an_initial_evaluation_and_its_meeting_but_no_iep_events(ask):
    hours = ask({"Services": [line("1", plan="504")]}, bare=False)["district"]["hours"]
    assert (hours["reevaluation"], hours["progress_report"]) == (0, 0)
    assert hours["meeting"] == pytest.approx(0.2 * 1.5 / 36)


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
    # 6 h / 36 = 1/6 h each initial; 4.5 / 36 = 1/8 h; a meeting of 1.5 / 36 = 1/24 h goes with each,
    # and one more for each of the two students with an IEP goes to Ana (Kim's supervisor).
    initial = {row["therapist"]: row["hours"]["evaluation_initial"] for row in result["therapists"]}
    assert initial == pytest.approx({"Ana": 2 / 6, "Ben": 1 / 6, "Kim": 0, "Unassigned": 1 / 6})
    assert person(result, "Ben")["hours"]["reevaluation"] == pytest.approx(1 / 8)
    assert person(result, "Ana")["hours"]["meeting"] == pytest.approx((2 + 2) / 24)
    assert person(result, "Ben")["hours"]["meeting"] == pytest.approx(2 / 24)
    assert school(result, "Elm")["hours"]["evaluation_initial"] == pytest.approx(1 / 6)
    assert school(result, "No school")["hours"]["evaluation_initial"] == pytest.approx(1 / 6)
    assert school(result, "Fir")["hours"]["reevaluation"] == pytest.approx(1 / 8)
    assert result["district"]["students_evaluation_only"] == 2  # 9 and 8; 7 lies outside the year


def test_21_initial_evaluations_of_6_hours_are_three_and_a_half_hours_a_week(ask):
    rows = [{"student_id": str(n), "type": "initial", "due": date(2027, 1, 5)} for n in range(21)]
    tables = {"Services": [line("x")], "Evaluations": rows}
    assert ask(tables)["district"]["hours"]["evaluation_initial"] == pytest.approx(3.5)  # 126 / 36
    assert ask(tables, instructional_weeks=42)["district"]["hours"]["evaluation_initial"] == pytest.approx(3)


def test_supply_follows_fte_hours_leave_and_employment(ask):
    result = ask(
        {
            "Services": [line("1", therapist="vacant")],
            "Therapists": [
                {"therapist": "Ana", "fte": 0.6},
                {"therapist": "Ben", "fte": 1, "hours_per_week": 30},
                {"therapist": "Cy", "hours_per_week": 15},
                {"therapist": "Di", "fte": 1, "leave_start": date(2026, 10, 1), "leave_end": date(2026, 10, 1)},
                {"therapist": "Ed", "fte": 1, "end": date(2026, 9, 30)},
                {"therapist": "Flo", "fte": 1, "start": date(2026, 10, 2)},
            ],
        }
    )
    got = {row["therapist"]: (row["contracted_fte"], row["available_hours"]) for row in result["therapists"]}
    assert got == {
        "Ana": (0.6, 22.5),
        "Ben": (1.0, 30.0),
        "Cy": (0.4, 15.0),
        "Di": (1.0, 0.0),
        "Ed": (0.0, 0.0),
        "Flo": (0.0, 0.0),
        "Unassigned": (0.0, 0.0),
    }
    assert result["therapists"][-1]["therapist"] == "Unassigned"
    assert person(result, "Di")["utilization"] is None


def test_shortfall_total_and_net_gap_differ_and_unassigned_counts_with_the_ots(ask):
    result = ask(
        {
            "Services": [line("1", 60, 45), line("2", 60, 15, therapist="Kim"), line("3", 60, 7.5, therapist=None)],
            "Therapists": [
                {"therapist": "Ana", "fte": 1},
                {"therapist": "Kim", "role": "OTA", "fte": 1, "supervisor": "Ana"},
            ],
        }
    )
    d = result["district"]
    # Ana 45 h of 37.5: short 0.2. Kim 15 h: 0.6 over. Unassigned 7.5 h: short 0.2.
    assert d["required_fte"] == pytest.approx(67.5 / 37.5)
    assert d["shortfall_total_fte"] == pytest.approx(0.4)
    assert (d["gap_fte"], d["shortfall_fte"]) == (pytest.approx(0.2), 0)
    assert d["by_role"]["OT"]["gap_fte"] == pytest.approx(-0.4)
    assert d["by_role"]["OTA"]["gap_fte"] == pytest.approx(0.6)
    # at risk: Ana 7.5 h x 60 = 450 min, Unassigned all 450
    assert d["student_minutes_at_risk"] == pytest.approx(900)


def test_minutes_at_risk_are_student_minutes_behind_the_hours_short(ask):
    result = ask(
        {
            "Services": [line("1", 60, 40, group_size=2), line("2", 60, 40, group_size=2)],
            "Therapists": [{"therapist": "Ana", "hours_per_week": 30}],
        }
    )
    # 40 therapist hours carry 80 student hours; 10 hours short x 60 x 80/40 = 1,200 student minutes
    assert person(result, "Ana")["student_minutes_at_risk"] == pytest.approx(1200)


def test_travel_is_read_from_the_sheet_then_coordinates_then_one_move(ask):
    result = ask(
        {
            "Services": [
                line("1"),
                line("2", school="Elm"),
                line("3", therapist="Ben"),
                line("4", therapist="Ben", school="Elm"),
                line("5", therapist="Ben", school="Fir"),
            ],
            "Therapists": [
                {"therapist": "Ana", "fte": 1, "days": "Mon: Oak, Elm; Tue: Oak, Fir, Gum; Wed: Elm"},
                {"therapist": "Ben", "fte": 1},
            ],
            "Schools": [
                {"school": "Oak", "latitude": 40, "longitude": -75},
                {"school": "Elm"},
                {"school": "Fir", "latitude": 40.1, "longitude": -75},
                {"school": "Gum"},
            ],
            "Travel": [{"from": "Elm", "to": "Oak", "minutes": 20}],
        },
        travel_minutes_per_move=15,
    )
    # Ana: Oak-Elm 20 (sheet, the other direction); Oak-Fir a tenth of a degree of latitude:
    # 6371.0088 x pi/1800 = 11.11951 km = 6.90934 miles, x 1.3 / 30 x 60 = 17.96428 min; Fir-Gum 15.
    leg = 6371.0088 * math.pi / 1800 / 1.609344 * 1.3 / 30 * 60
    assert leg == pytest.approx(17.96428, abs=1e-4)
    assert person(result, "Ana")["hours"]["travel"] * 60 == pytest.approx(20 + leg + 15)
    assert person(result, "Ben")["hours"]["travel"] * 60 == pytest.approx(30)  # 3 schools, 2 moves
    # Ana's three days: Oak 1/2 + 1/3, Elm 1/2 + 1, Fir 1/3, Gum 1/3. Ben: a third each by service hours.
    assert school(result, "Oak")["available_fte"] == pytest.approx((1 / 2 + 1 / 3) / 3 + 1 / 3)
    assert school(result, "Gum")["available_fte"] == pytest.approx(1 / 9)


def test_individual_hours_and_mtss_follow_service_hours_and_schools_add_up_to_the_district(ask):
    result = ask(
        {
            "Services": [line("1", 60, 3), line("2", 60, 1, school="Elm"), line("3", 60, 2, school=None)],
            "Therapists": [
                {"therapist": "Ana", "fte": 1, "mtss_hours": 4, "named_duty_hours": 8, "base_school": "Elm"},
                {
                    "therapist": "Kim",
                    "role": "OTA",
                    "fte": 1,
                    "supervisor": "Ana",
                    "mtss_hours": 1,
                    "base_school": "Fir",
                },
            ],
        },
        planning_share=0.2,
        supervision_hours_per_ota=1,
    )
    # Ana's service: Oak 3, Elm 1, no school 2; mtss 4 and duty 8 and supervision 1 are shared 3:1.
    # Oak: (3 + 3) / 0.8 + 6 + 0.75 = 14.25; Elm: (1 + 1) / 0.8 + 2 + 0.25 = 4.75; none: 2 / 0.8 = 2.5
    # Kim has no service: mtss 1 / 0.8 = 1.25 at the base school.
    workload = {row["school"]: row["workload_hours"] for row in result["schools"]}
    assert workload == pytest.approx({"Oak": 14.25, "Elm": 4.75, "No school": 2.5, "Fir": 1.25})
    assert sum(workload.values()) == pytest.approx(result["district"]["workload_hours"])
    assert sum(row["available_fte"] for row in result["schools"]) == pytest.approx(2)


def test_a_services_list_alone_makes_each_named_therapist_a_full_time_ot(ask):
    result = ask({"Services": [line("1"), line("2", therapist="Ben"), line("3", therapist="TBD")]})
    got = [(row["therapist"], row["role"], row["contracted_fte"]) for row in result["therapists"]]
    assert got == [("Ana", "OT", 1.0), ("Ben", "OT", 1.0), ("Unassigned", None, 0.0)]


def test_a_students_events_follow_the_newest_line(ask):
    result = ask(
        {
            "Services": [
                line("1", 30, therapist="Ana", school="Oak"),
                line("1", 30, therapist="Ben", school="Elm", start=date(2026, 9, 1)),
                line("2", 30, therapist="Ana", school="Oak"),
                line("2", 60, therapist="Ben", school="Elm"),
            ]
        },
        progress_reports_per_year=4,
    )
    assert person(result, "Ben")["hours"]["progress_report"] == pytest.approx(2 / 36)
    assert school(result, "Elm")["hours"]["progress_report"] == pytest.approx(2 / 36)
    assert person(result, "Ana")["caseload"] == 2 and result["district"]["caseload"] == 2


def test_the_oracle_imports_nothing_from_the_package():
    from pathlib import Path

    for name in ("workbook", "lines", "calculation", "staffing"):
        text = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        assert "import workload" not in text and "from workload" not in text
