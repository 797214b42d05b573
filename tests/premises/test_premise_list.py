"""What an answer stands on, and what follows for its status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.headline import headline
from workload.intake.load import load
from workload.model.confirmations import Confirmation
from workload.model.known import Known
from workload.premises.premise_list import answer_status, banner, gap_ends, premises_of
from workload.premises.records import Ends, Premise, states_said, status_of, to_settle

SAMPLE = Path(__file__).parents[2] / "data/sample/bluff_county.xlsx"
DAYS = [date(2026, 10, 1), date(2026, 11, 15), date(2027, 1, 15), date(2027, 3, 15), date(2027, 5, 20)]


@pytest.fixture(scope="module")
def sample():
    return load([(SAMPLE.name, SAMPLE.read_bytes())], secret=b"x" * 32).roster


def by_id(answer):
    return {premise.id: premise for premise in premises_of(answer)}


@pytest.mark.parametrize("day", DAYS)
def test_the_sample_is_short_all_year_and_provisional_with_a_banner_when_the_file_is_old(sample, day):
    answer = analyze(sample, day)
    assert answer.district["gap_fte"] < -2.5
    assert "room for" not in headline(answer).split("(")[0]
    if day == DAYS[0]:
        assert (answer_status(answer), banner(answer)) == ("final", "")
        return
    assert answer_status(answer) == "provisional"
    assert banner(answer).startswith("This file speaks of September 28, 2026; you ask about ")
    assert "Provisionally, it is short" in headline(answer)
    assert by_id(answer)["renewals"].state == "open"


def test_the_other_end_of_renewals_is_the_plain_date(sample):
    answer = analyze(sample, date(2027, 1, 15))
    stop = answer.under(answer.assumptions.changed({"renewals": "stop"}, "test")).district
    ends = by_id(answer)["renewals"]
    assert (ends.required.low, ends.required.high) == pytest.approx(
        (stop["required_fte"], answer.district["required_fte"])
    )
    assert (ends.gap.low, ends.gap.high) == pytest.approx((answer.district["gap_fte"], stop["gap_fte"]))
    assert gap_ends(answer).high >= stop["gap_fte"]


def test_confirming_settles_what_is_assumed_or_open_but_no_question(sample):
    said = {name: Confirmation("Lead", "2027-01-16") for name in ("renewals", "age", "vacancies", "questions")}
    answer = analyze(sample, date(2027, 1, 15), confirmed=said)
    assert answer_status(answer) == "final"
    assert (by_id(answer)["vacancies"].state, by_id(answer)["vacancies"].who) == ("confirmed", "Lead")
    asked = replace(sample, known=replace(sample.known, questions=2, rows_waiting=30))
    waiting = by_id(analyze(asked, DAYS[0], confirmed=said))["questions"]
    assert (waiting.state, waiting.touches) == ("open", 30)


def test_drives_take_no_minutes_to_sign_in_until_they_are_set_and_a_premise_says_so(sample):
    answer = analyze(sample, DAYS[0])
    drives = by_id(answer)["drives"]
    assert (drives.state, drives.touches) == ("assumed", 30) and "nothing is added to sign in" in drives.text
    ten = answer.under(answer.assumptions.changed({"travel_arrival_minutes": 10}, "district"))
    more = ten.district["required_fte"] - answer.district["required_fte"]
    assert more == pytest.approx(30 * 10 / 60 / 37.5)  # thirty drives a week, individual hours: not marked up
    assert drives.required.high == pytest.approx(ten.district["required_fte"])
    assert by_id(ten)["drives"].state == "confirmed" and "10 minutes are added to each" in by_id(ten)["drives"].text
    none = answer.under(answer.assumptions.changed({"travel_arrival_minutes": 0}, "district"))
    assert by_id(none)["drives"].state == "confirmed"  # from door to door, says the district
    said = analyze(sample, DAYS[0], confirmed={"drives": Confirmation("Lead", "2026-10-02")})
    assert by_id(said)["drives"].state == "confirmed"


def test_rows_that_wait_make_the_answer_provisional_and_its_end_is_the_rows_like_the_others(sample):
    answer = analyze(replace(sample, known=replace(sample.known, questions=1, rows_waiting=134)), DAYS[0])
    ends = by_id(answer)["questions"]
    assert answer_status(answer) == "provisional"
    assert ends.required.high == pytest.approx(answer.district["required_fte"] * (1 + 134 / 536))


def test_a_services_list_tells_the_need_and_no_gap_until_posts_are_there():
    tables = random_tables(3)
    everything = as_roster(tables)
    listed = replace(everything, therapists=everything.therapists.iloc[:0])
    need = analyze(listed, DAY)
    assert answer_status(need) == "need-only"
    told = (
        "available_fte",
        "gap_fte",
        "utilization",
        "shortfall_total_fte",
        "student_minutes_at_risk",
        "contracted_fte",
    )
    assert all(need.district[name] != need.district[name] for name in told)
    assert need.district["required_fte"] > 0
    assert need.by_role["available_fte"].isna().all() and need.schools["gap_fte"].isna().all()
    assert need.ask is None
    complete = analyze(replace(listed, therapists=everything.therapists), DAY)
    assert complete.district.equals(analyze(everything, DAY).district)


def test_a_person_without_hours_leaves_the_whole_gap_untold():
    tables = random_tables(3)
    for name in ("fte", "hours_per_week", "start", "end"):
        tables["therapists"][0].pop(name, None)
    answer = analyze(as_roster(tables), DAY)
    assert answer_status(answer) == "need-only" and "1 person is named" in by_id(answer)["posts"].text


def test_nobody_in_post_can_be_said():
    roster = as_roster({**random_tables(3), "therapists": []})
    answer = analyze(replace(roster, known=Known(nobody_in_post=True)), DAY)
    assert answer_status(answer) != "need-only"
    assert answer.district["gap_fte"] == -answer.district["required_fte"]


def test_students_of_somebody_who_has_left_are_a_premise_with_the_name():
    tables = random_tables(3)
    tables["therapists"][1].update(fte=0.8, end=date(2026, 9, 1), start=None)
    tables["therapists"][1].pop("hours_per_week", None)
    answer = analyze(as_roster(tables), DAY)
    premise = by_id(answer)["orphans"]
    assert "Therapist 01" in premise.text and premise.touches > 0
    assert premise.gap.high >= answer.district["gap_fte"] + 0.8 - 1e-9
    row = answer.therapists.set_index("therapist").loc["Therapist 01"]
    assert (row["caseload"], row["workload_hours"], row["contracted_fte"]) == (0, 0, 0)


def premise(id, state, gap, now=(10.0, -1.0)):
    return Premise(id, state, "", 0, Ends(now[0], now[0]), Ends(*gap), "", now)


@pytest.mark.parametrize(
    ("gap", "turns"),
    [((-1.0, -1.0), False), ((-2.0, -1.0), False), ((-2.01, -1.0), True), ((-1.0, -0.1), False), ((-1.0, 0.1), True)],
)
def test_an_other_end_turns_the_answer_by_its_sign_or_by_a_tenth_of_the_need(gap, turns):
    assert premise("exits", "assumed", gap).turns_the_answer is turns


def test_the_status_follows_and_what_is_left_stands_in_the_order_of_its_effect():
    some = [
        premise("exits", "assumed", (-1.0, -1.0)),
        premise("renewals", "open", (-1.0, 2.0)),
        premise("age", "given", (-1.0, -1.0)),
        premise("calendar", "assumed", (-1.5, -1.0)),
    ]
    assert status_of(some) == "provisional" and status_of(some[2:]) == "final"
    assert status_of([*some, premise("posts", "open", (-1.0, -1.0))]) == "need-only"
    assert [one.id for one in to_settle(some)] == ["renewals", "calendar", "exits"]
    assert states_said([one.state for one in some]) == "1 from your file, 2 assumed, 1 open"
