"""Hand-worked cases for the second calculation: people, supply, travel, schools. The arithmetic stands beside each."""

import math
from datetime import date

import pytest

from .by_hand import line, person, school


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


def test_a_services_list_alone_says_nothing_of_roles_and_hours(ask):
    result = ask({"Services": [line("1"), line("2", therapist="Ben"), line("3", therapist="TBD")]})
    got = [(row["therapist"], row["role"], row["contracted_fte"]) for row in result["therapists"]]
    assert got == [("Ana", None, None), ("Ben", None, None), ("Unassigned", None, None)]
    assert result["status"] == "need-only" and result["ask"] is None


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
    # Student 1: Ben's line is newer. Student 2: both lines are as old, so half goes to each.
    assert person(result, "Ben")["hours"]["progress_report"] == pytest.approx(1.5 / 36)
    assert school(result, "Elm")["hours"]["progress_report"] == pytest.approx(1.5 / 36)
    assert person(result, "Ana")["caseload"] == 2 and result["district"]["caseload"] == 2


def test_the_oracle_imports_nothing_from_the_package():
    from pathlib import Path

    for name in ("workbook", "lines", "in_post", "calculation", "staffing", "draws"):
        text = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        assert "import workload" not in text and "from workload" not in text
