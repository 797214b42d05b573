"""Pages where something is unusual: check-ins of one day, another district's money, no school, a pilot that changed nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from dashboard.screens.answer.concerns.check_in_panel import CheckInRecord, EarlierCheckIns
from dashboard.screens.decide.scenarios.leaving_and_funding import MoneyRecord
from dashboard.screens.people.delivered.pilot_panel import sentence
from dashboard.shell.session import DISTRICT, EVIDENCE, District
from tests.dashboard.support import DAY, bring, district, everything, opened, record, visit
from tests.support.odd_districts import districts
from tests.support.rosters import as_roster, random_tables
from workload.answer import analyze
from workload.report.indicators import indicators
from workload.staffing.concerns.check_in import QUESTIONS, CheckIn
from workload.store.measured_pilot import DELIVERED, OTHERS, PILOT, MeasuredPilot


def said(yes: int, answers: int = 6) -> CheckIn:
    return CheckIn(answers, dict.fromkeys(QUESTIONS, yes))


def check_in(*records):
    at = opened(district()).run()
    bring(at, *records)
    at.switch_page("screens/answer/concerns/concerns.py")
    at.session_state["concerns_part"] = "Team check-in"
    at.run()
    assert not at.exception
    return at


def test_the_newest_check_in_stays_on_the_page_when_a_new_one_is_begun():
    at = check_in(CheckInRecord(said(3), True, DAY))
    assert len(at.get("plotly_chart")) == 1
    next(each for each in at.button if each.key == "new_check_in").click().run()
    assert not at.exception and not record(at, CheckInRecord).closed
    assert len(at.get("plotly_chart")) == 1 and "The newest check-in that is closed" in everything(at)


def test_two_check_ins_of_one_day_stand_beside_each_other():
    at = check_in(EarlierCheckIns(((DAY, said(6)), (DAY, said(0)))))
    table = everything(at)
    assert "From one check-in to the next" in table and "6 of 6" in table and "0 of 6" in table


@pytest.mark.parametrize(("number", "told"), [(6, False), (8, True)])
def test_how_many_check_ins_are_shown_is_said_when_it_is_not_all(number, told):
    rounds = tuple((DAY - timedelta(30 * back), said(3)) for back in range(number))
    assert (f"The newest 6 of {number} check-ins" in everything(check_in(EarlierCheckIns(rounds)))) is told


def money(at):
    visit(at, "decide")
    next(each for each in at.radio if each.key == "scenario_part").set_value("Money").run()
    assert not at.exception
    return at


def test_money_that_was_typed_for_one_district_does_not_stand_in_the_fields_of_another():
    at = money(opened(district(3)).run())
    for key in ("salary_step", "funding_budget"):
        at.number_input(key=key).set_value(3.0).run()
    assert record(at, MoneyRecord).step == record(at, MoneyRecord).budget == 3.0
    at = money(at)
    assert at.number_input(key="salary_step").value == 3.0
    at.session_state[DISTRICT], at.session_state[EVIDENCE] = District(district(4), None, DAY), {}
    at = money(at.run())
    assert at.number_input(key="salary_step").value == at.number_input(key="funding_budget").value == 0.0
    at.number_input(key="salary_step").set_value(2.0).run()
    assert record(at, MoneyRecord).step == at.number_input(key="salary_step").value == 2.0


def test_schools_of_a_file_without_a_school_are_told_without_a_line_of_the_district():
    roster = district(5)
    services = roster.services.assign(school=None)
    people = roster.therapists.assign(base_school=None, days=None)
    nowhere = replace(roster, services=services, therapists=people, schools=roster.schools.iloc[:0], digest="nowhere")
    at = opened(nowhere).run()
    visit(at, "schools")
    assert not at.exception and "no value" not in everything(at)


@pytest.mark.parametrize(
    ("pilot", "others", "words"),
    [
        ((0.70, 0.71), (0.70, 0.70), "1 point more"),
        ((0.70, 0.70), (0.70, 0.71), "1 point less"),
        ((0.70, 0.90), (0.70, 0.75), "15 points more"),
        ((0.70, 0.704), (0.70, 0.70), "the same change in whole points"),
    ],
)
def test_a_pilot_says_how_many_points_it_moved(pilot, others, words):
    rows = [(DELIVERED, PILOT, *pilot), (DELIVERED, OTHERS, *others)]
    table = pd.DataFrame(rows, columns=["measure", "group", "before", "after"])
    table["change"] = table["after"] - table["before"]
    more = float(table["change"][0] - table["change"][1])
    assert sentence(MeasuredPilot(table, {DELIVERED: more}, ())).endswith(f" in the others: {words}.")


def test_where_nobody_has_said_who_is_in_post_no_share_of_minutes_fits_and_no_button_asks_about_no_value():
    need = districts()["need only"]
    found = {one.code: one for one in indicators(analyze(need, DAY))}
    assert found["capacity_used"].shown == found["deliverable"].shown == "not known yet"
    at = visit(opened(need).run(), "answer")
    labels = [each.label for each in at.button]
    assert labels.count("Why?") == 2 and not [label for label in labels if "no value" in label]
    assert "no value" not in everything(at) and "100%" not in [each.value for each in at.metric]


def test_where_everybody_is_on_leave_the_capacity_is_nobody_s_and_posts_are_not_denied():
    tables = random_tables(3)
    for person in tables["therapists"]:
        person.update(leave_start=DAY - timedelta(30), leave_end=DAY + timedelta(90))
    away = replace(as_roster(tables), digest="everybody-away")
    assert indicators(analyze(away, DAY))[0].shown == "nobody is there"
    at = visit(opened(away).run(), "answer")
    assert "nobody there" in everything(at) and "nobody in post" not in everything(at)
    assert "no value" not in everything(visit(at, "decide"))
