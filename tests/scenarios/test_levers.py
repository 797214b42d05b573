"""Each lever against a hand-worked week, a published case, or the roster read again with the change made in it."""

from __future__ import annotations

import copy
import tomllib
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.model.parameters import Assumptions
from workload.model.roster import roster_of
from workload.scenarios.demand_levers import (
    ALL_DIRECT,
    ChangeFrequency,
    Regroup,
    ShiftDocumentation,
    ShiftMtss,
    ThreeToOne,
    average_group_size,
)
from workload.scenarios.outcome import apply
from workload.scenarios.people_levers import Cap, Convert, LeaveCover, LosePost, Redistribute
from workload.scenarios.post_levers import AddPost, AgencyPost, FillPost, PartTimePost, Telepractice
from workload.scenarios.scenario import Scenario
from workload.scenarios.scenario_state import today

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "choices.toml").read_text())
# A week that can be worked in the head: 36 weeks, 40 hours, direct time only unless a test says otherwise.
PLAIN = {
    "hours_per_week": 40,
    "documentation_minutes_per_session": 0,
    "on_behalf_ratio": 0,
    "planning_share": 0,
    "staff_time_share": 0,
    "meeting_hours": 0,
    "progress_report_hours": 0,
    "evaluations_initial_per_student": 0,
    "reevaluations_per_student": 0,
}


def plain(**changes):
    return Assumptions().changed({**PLAIN, **changes}, "test")


def district(lines, people=(("Ann", "OT", 1.0, None),), assumptions=None, **columns):
    """A district of (therapist, school, hours a week) lines, one student each; people are (name, role, fte, supervisor)."""
    count = len(lines)
    services = {
        "student": [f"S{at}" for at in range(count)],
        "plan": ["IEP"] * count,
        "delivery": ["individual"] * count,
        "minutes_per_session": [60.0] * count,
        "sessions": [float(line[2]) for line in lines],
        "period": ["week"] * count,
        "therapist": [line[0] for line in lines],
        "school": [line[1] for line in lines],
        **columns.get("services", {}),
    }
    therapists = {
        "therapist": [one[0] for one in people],
        "role": [one[1] for one in people],
        "fte": [one[2] for one in people],
        "supervisor": [one[3] for one in people],
        **columns.get("therapists", {}),
    }
    return analyze(roster_of(services=services, therapists=therapists), DAY, assumptions or plain())


def outcome(answer, *levers, pilot=()):
    return apply(answer, Scenario("Test", levers, pilot))


def row(made, name):
    return made.people.set_index("therapist").loc[name]


def test_an_added_post_takes_unassigned_work_first_and_then_what_is_too_much():
    answer = district([("Ann", "Oak", 60), (None, "Oak", 10), (None, "Elm", 5)])
    made = outcome(answer, AddPost("OT", 0.5, ("Oak",)))
    assert row(made, "Added OT 1")["workload_hours"] == pytest.approx(20)  # 10 unassigned + 10 of Ann's 20 too many
    assert row(made, "Ann")["workload_hours"] == pytest.approx(50)
    assert row(made, "Unassigned")["workload_hours"] == pytest.approx(5)  # Elm was not chosen
    assert made.figures["required_fte"] == pytest.approx(75 / 40)
    assert made.figures["available_fte"] == pytest.approx(1.5)
    assert made.figures["students_gaining_therapist"] == pytest.approx(1)
    assert made.figures["students_changing_therapist"] == pytest.approx(1 / 6)


def test_an_added_post_leaves_alone_what_fits():
    answer = district([("Ann", "Oak", 30)])
    made = outcome(answer, AddPost("OT", 1.0, ("Oak",)))
    assert row(made, "Ann")["workload_hours"] == pytest.approx(30)
    assert made.figures["students_changing_therapist"] == 0


def test_a_filled_post_takes_only_work_that_nobody_has():
    answer = district([("Ann", "Oak", 60), (None, "Oak", 10)])
    made = outcome(answer, FillPost("OT", 1.0))
    assert row(made, "Filled OT 1")["workload_hours"] == pytest.approx(10)
    assert row(made, "Ann")["workload_hours"] == pytest.approx(60)


def test_an_added_ota_takes_direct_service_and_costs_the_supervisor_an_hour():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OT", 1.0, None))
    answer = district([("Ann", "Oak", 60), ("Bea", "Elm", 10)], people, plain(meeting_hours=18))
    made = outcome(answer, AddPost("OTA", 1.0, ("Oak",)))
    assert row(made, "Added OTA 1")["workload_hours"] == pytest.approx(20.5)  # Ann's week has half an hour of meetings
    assert row(made, "Ann")["workload_hours"] == pytest.approx(40)
    assert made.situation.column("iep")[made.situation.therapist == 2].sum() == 0
    assert row(made, "Bea")["workload_hours"] == pytest.approx(11.5)  # 10 + a meeting + supervision
    assert made.figures["required_fte"] == pytest.approx((60.5 + 10.5 + 1) / 40)


def test_days_at_school_limit_what_a_part_time_post_does_with_students():
    answer = district([(None, "Oak", 30)], assumptions=plain(documentation_minutes_per_session=6))
    made = outcome(answer, PartTimePost("OT", 2, 5.0, 6.0, ("Oak",)))
    staffing = made.situation.staffing
    assert row(made, "Part-time OT 1")["available_hours"] == pytest.approx(16)
    assert staffing.person_hours[1, 0] == pytest.approx(10)  # ten hours at school, whatever is left
    assert row(made, "Part-time OT 1")["workload_hours"] == pytest.approx(11)  # and a tenth of notes elsewhere


def test_an_agency_travels_and_telepractice_prepares():
    answer = district([(None, "Oak", 30), (None, "Elm", 30)])
    agency = outcome(answer, AgencyPost("OT", 20, ("Oak", "Elm")))
    tele = outcome(answer, Telepractice("OT", 20, 0.25, ("Oak", "Elm")))
    assert agency.situation.staffing.person_hours[1, 0] == pytest.approx(19.75)  # one move of 15 minutes
    assert tele.situation.staffing.person_hours[1, 0] == pytest.approx(15)
    assert row(tele, "Telepractice OT 1")["workload_hours"] == pytest.approx(20)


def test_a_post_without_chosen_schools_goes_to_as_few_of_the_neediest_as_fill_it():
    answer = district([(None, "Oak", 30), (None, "Elm", 5), (None, "Fir", 4)])
    made = outcome(answer, FillPost("OT", 0.8))
    assert set(
        np.array(made.situation.schools, object)[
            made.situation.school[(made.situation.therapist == 1) & (made.situation.column("direct_minutes") > 0)]
        ]
    ) == {"Oak", "Elm"}


def test_work_without_a_school_is_taken_over_too_and_needs_no_drive():
    made = outcome(district([(None, None, 10), (None, "Oak", 20)]), FillPost("OT", 1.0))
    assert row(made, "Filled OT 1")["workload_hours"] == pytest.approx(30)
    assert made.figures["student_minutes_at_risk"] == 0


def test_a_lost_post_leaves_its_work_unassigned():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OTA", 1.0, "Ann"))
    answer = district([("Ann", "Oak", 30), ("Bea", "Elm", 10)], people)
    made = outcome(answer, LosePost(0))
    assert row(made, "Unassigned")["workload_hours"] == pytest.approx(30)
    assert made.figures["available_fte"] == pytest.approx(1.0)
    assert made.figures["students_changing_therapist"] == pytest.approx(1)
    assert made.notes == ("1 OTA needs a new supervising OT.",)
    half = outcome(answer, LosePost(0, 0.5))
    assert row(half, "Unassigned")["workload_hours"] == pytest.approx(15)
    assert half.figures["available_fte"] == pytest.approx(1.5)


def read_again(tables, change):
    changed = copy.deepcopy(tables)
    change(changed)
    return analyze(as_roster(changed), DAY)


def agree(made, other, people=True):
    assert made.figures["required_fte"] == pytest.approx(other.district["required_fte"], abs=1e-9)
    assert made.figures["available_fte"] == pytest.approx(other.district["available_fte"], abs=1e-9)
    if people:
        theirs = other.therapists.set_index("therapist")["workload_hours"]
        for name, hours in made.people.set_index("therapist")["workload_hours"].items():
            if hours > 1e-9 or name in theirs.index:
                assert hours == pytest.approx(theirs[name], abs=1e-9), name


@pytest.mark.parametrize("seed", range(25))
def test_converting_an_ota_agrees_with_the_roster_read_with_the_new_role(seed):
    tables = random_tables(seed)
    for at, line in enumerate(tables["services"]):
        line["start"] = DAY - timedelta(at + 1)  # no two begin together, where the role would decide whose events are

    def change(changed):
        changed["therapists"][4]["role"] = "OT"
        changed["therapists"][4].pop("supervisor", None)

    agree(outcome(analyze(as_roster(tables), DAY), Convert(4, "OT")), read_again(tables, change))


@pytest.mark.parametrize("seed", range(25))
def test_covering_a_whole_leave_agrees_with_the_roster_read_without_it(seed):
    tables = random_tables(seed)
    tables["therapists"][0].update(leave_start=DAY - timedelta(5), leave_end=DAY + timedelta(50))

    def change(changed):
        del changed["therapists"][0]["leave_start"], changed["therapists"][0]["leave_end"]

    agree(outcome(analyze(as_roster(tables), DAY), LeaveCover(0, 1.0)), read_again(tables, change))


@pytest.mark.parametrize("seed", range(25))
def test_a_new_frequency_agrees_with_the_roster_read_with_other_sessions(seed):
    tables = random_tables(seed)

    def change(changed):
        for line in changed["services"]:
            if line["delivery"] != "consult" and line["school"] == "School B":
                line["sessions"] *= 0.75

    if any(line.get("group_id") and line["school"] != "School B" for line in tables["services"]):
        for line in tables["services"]:
            line.pop("group_id", None)  # a group over two schools would change its longest member
    agree(
        outcome(analyze(as_roster(tables), DAY), ChangeFrequency(-0.25, ALL_DIRECT, ("School B",))),
        read_again(tables, change),
    )


@pytest.mark.parametrize("seed", range(25))
def test_giving_a_person_all_work_of_another_agrees_with_the_roster_read_with_the_other_name(seed):
    tables = random_tables(seed)
    tables["evaluations"] = []
    for line in tables["services"]:
        line.pop("group_id", None)
        line["school"] = line["school"] or "School A"
        if line["therapist"] in (None, "Vacant", "TBD"):
            line["therapist"] = "Therapist 02"
        if line["therapist"] in ("Therapist 04", "Therapist 05"):
            line["therapist"] = "Therapist 03"
    for person in tables["therapists"]:
        for name in ("days", "mtss_hours", "supervisor", "start", "end"):
            person.pop(name, None)

    def change(changed):
        for line in changed["services"]:
            if line["therapist"] == "Therapist 00":
                line["therapist"] = "Therapist 01"

    answer = analyze(as_roster(tables), DAY)
    schools = [name for name in answer.demand.schools if name != "No school"]
    made = outcome(answer, Redistribute(tuple((name, 0, 1, 1.0) for name in schools)))
    again = read_again(tables, change)
    at = [code for code in range(15) if code != 12]  # travel is a model when a person without a base moves
    ours = made.situation.staffing.person_hours[:2]
    assert ours[:, at] == pytest.approx(again.staffing.person_hours[:2][:, at], abs=1e-9)
    assert ours[:, 12] == pytest.approx(again.staffing.person_hours[:2, 12], abs=1e-9)


def test_an_ota_gets_only_direct_service_when_schools_are_redistributed():
    people = (("Ann", "OT", 1.0, None), ("Bea", "OTA", 1.0, "Ann"))
    answer = district([("Ann", "Oak", 30), ("Bea", "Elm", 1)], people, plain(meeting_hours=18))
    made = outcome(answer, Redistribute((("Oak", 0, 1, 1.0),)))
    assert row(made, "Bea")["workload_hours"] == pytest.approx(31 + 0.25)  # and a move between two schools
    assert row(made, "Ann")["workload_hours"] == pytest.approx(1 + 1)  # both meetings, and supervision


def test_a_cap_frees_the_same_share_of_all_work():
    answer = district([("Ann", "Oak", 2)] * 20)
    made = outcome(answer, Cap(15))
    assert row(made, "Ann")["workload_hours"] == pytest.approx(30)
    assert row(made, "Unassigned")["workload_hours"] == pytest.approx(10)
    assert outcome(answer, Cap(20)).figures == outcome(answer).figures


def grouped(assumptions):
    lines = [("Ann", "Oak", 0.5)] * 17
    return district(lines, assumptions=assumptions, services={"delivery": ["group"] * 17, "group_size": [1.7] * 17})


@pytest.mark.parametrize("share", (45, 60))
@pytest.mark.parametrize("case", CASES["lexington"]["row"], ids=lambda case: str(case["group_size"]))
def test_larger_groups_save_what_the_corrected_table_says_and_not_what_the_consultants_says(case, share):
    published = CASES["lexington"]
    direct = 5.0
    meetings = direct * (100 / share - 1) * 36 / 17  # the rest of the week follows students
    answer = grouped(plain(meeting_hours=meetings))
    assert average_group_size(today(answer), "group lines") == pytest.approx(1.7)
    before = outcome(answer).figures["required_fte"]
    after = outcome(answer, Regroup(case["group_size"])).figures["required_fte"]
    fte = published["fte"] * after / before
    assert round(fte, 1) == case[f"direct_{share}_fte"]
    assert fte > case["consultant_fte"] + 1


def test_larger_groups_leave_notes_meetings_and_student_minutes_alone():
    answer = grouped(Assumptions())
    before, after = answer.staffing, outcome(answer, Regroup(3.4)).situation.staffing
    names = ("direct", "documentation", "on_behalf", "evaluation_initial", "reevaluation", "meeting", "progress_report")
    from workload.work.activities import CODES

    ratio = {
        name: after.person_hours[0, CODES.index(name)] / before.person_hours[0, CODES.index(name)] for name in names
    }
    assert ratio["direct"] == pytest.approx(0.5)
    assert ratio["on_behalf"] == pytest.approx(0.5)
    assert all(ratio[name] == pytest.approx(1) for name in names if name not in ("direct", "on_behalf"))
    assert after.demand.student_minutes.sum() == pytest.approx(before.demand.student_minutes.sum())
    assert outcome(answer, Regroup(1.7)).figures == outcome(answer).figures


def test_shifted_notes_and_support_hours_move_only_themselves():
    answer = district([("Ann", "Oak", 20)], assumptions=plain(documentation_minutes_per_session=6))
    assert outcome(answer, ShiftDocumentation(0.5)).figures["required_fte"] == pytest.approx(21 / 40)
    assert outcome(answer, ShiftMtss(3)).figures["required_fte"] == pytest.approx(25 / 40)
    assert outcome(answer, ShiftMtss(-3)).figures["required_fte"] == pytest.approx(22 / 40)  # never below none


def test_three_to_one_weeks_carry_a_third_more_or_lose_a_quarter():
    answer = district([("Ann", "Oak", 30)])
    kept = outcome(answer, ThreeToOne(1))
    assert kept.peak_hours[0] == pytest.approx(40)
    assert kept.figures["required_fte"] == pytest.approx(30 / 40)
    left = outcome(answer, ThreeToOne(1, keep_total=False))
    assert left.figures["student_minutes_at_risk"] == pytest.approx(30 * 60 / 4)
    assert left.peak_hours[0] == pytest.approx(30)


def test_the_quiet_week_takes_other_work_out_of_the_direct_weeks():
    # 24 hours with students and 10 others: four weeks' others fill the quiet week, the sessions are 32 a week.
    assert outcome(week(24, 10), ThreeToOne(1)).peak_hours[0] == pytest.approx(40)
    # 24 and 4: the quiet week has 16 hours, a direct week 32.
    assert outcome(week(24, 4), ThreeToOne(1)).peak_hours[0] == pytest.approx(32)
    # 24 and 16 are 40 on average, and 40 in each week.
    assert outcome(week(24, 16), ThreeToOne(1)).peak_hours[0] == pytest.approx(40)
    # 24 and 20: what the quiet week cannot take falls into the direct weeks.
    assert outcome(week(24, 20), ThreeToOne(1)).peak_hours[0] == pytest.approx((4 * 44 - 40) / 3)


def week(with_students, other):
    """One person with 40 students: hours with them, and hours of their meetings."""
    return district([("Ann", "Oak", with_students / 40)] * 40, assumptions=plain(meeting_hours=36 * other / 40))
