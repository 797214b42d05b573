"""One number, one place: each contradiction that was once found between two places has a test, here or where it belongs.

The tables say what contradicted what; `HELD_BY` names the test that holds it, by file and function.
"""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from dashboard.parts.summary import gap_sentence
from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.shell import cached
from dashboard.shell.beside_roster import BesideRoster
from dashboard.shell.session import DISTRICT, District
from tests.dashboard.gap_words import charts, parts_of, plain, sentences, silent
from tests.dashboard.support import NAMES, app, bring, failed, html_of, opened, visit
from workload.explain.headline import headline, standing_of
from workload.model.school_calendar import SchoolCalendar, open_weeks
from workload.model.words import fte, fte_number, rounded, shown
from workload.premises.premise_list import answer_status
from workload.report.answer_json import answer_json
from workload.report.not_acting import waiting
from workload.report.terminal_lines import answer_lines
from workload.scenarios.cost import Rates
from workload.scenarios.post_levers import AddPost
from workload.scenarios.priced_ask import ask_on_both_days, priced_ask
from workload.scenarios.priced_words import room_sentence, shown_parts
from workload.scenarios.scenario import Scenario
from workload.year_ahead.backlog import cost_of_not_acting, owed_by_month
from workload.year_ahead.weeks import YearPlan, year_ahead

ROOT = Path(__file__).parents[1]
HERE, WORDS = "dashboard/test_one_number.py", "dashboard/test_one_word.py"
SAME = "dashboard/test_same_numbers.py"
JANUARY = date(2027, 1, 15)
CLOSED = SchoolCalendar(date(2026, 8, 17), date(2027, 5, 28), ((date(2026, 12, 21), date(2027, 1, 1)),))

HELD_BY = {
    # two places that said different things
    "minutes owed by June: year strip, packet, money": (HERE, "test_minutes_owed_are_those_of_the_week_strip_in_every_place"),
    "fullest week: a calendar week, a post, a week with sessions": (WORDS, "test_the_fullest_week_is_one_of_the_year_and_nothing_else_is_called_so"),
    "share of the district under a filter": (HERE, "test_shares_of_the_district_are_of_the_whole_whatever_was_chosen_on_another_page"),
    "the district's line under a filter": ("figures/test_school_charts.py", "test_no_filter_moves_the_rates_of_the_district"),
    "the district's hours a student under a filter": ("dashboard/test_people_and_schools.py", "test_no_filter_moves_the_line_of_the_district_or_the_finding"),
    "a scenario: card, effect, chart, terminal": (SAME, "test_a_scenario_says_the_same_on_its_card_in_its_effect_in_its_chart_and_on_the_terminal"),
    "in post: on the page, on a slide, in the brief": (HERE, "test_in_post_and_available_are_two_sums_of_the_bridge_everywhere"),
    "in post: every document": (WORDS, "test_no_document_calls_what_is_available_in_post"),
    "hire as many as are short": ("scenarios/test_starts_and_closing.py", "test_a_post_that_brings_hours_of_its_own_needs_more_than_what_is_short"),
    "a difference and its rounding": ("dashboard/test_scenarios_page.py", "test_a_difference_is_the_difference_of_the_figures_that_are_shown"),
    "cost of an option: screen and packet": ("dashboard/test_report_options.py", "test_costs_of_own_rates_are_printed_as_the_difference_to_today"),
    "cost of an option: example rates": ("dashboard/test_report_options.py", "test_an_option_costs_on_the_screen_what_it_costs_in_the_packet_and_both_say_that_rates_are_examples"),
    "how many are short: headline, sum, roles, ask": (HERE, "test_headline_roles_and_ask_say_one_gap_and_why_the_ask_is_more"),
    "a week by plan and by log": (WORDS, "test_a_person_s_page_sets_the_hours_of_plans_and_log_side_by_side"),
    # what an answer stood on in silence
    "A1 the day past the review": ("premises/test_premise_list.py", "test_the_sample_is_short_all_year_and_provisional_with_a_banner_when_the_file_is_old"),
    "A1 each student past the review": ("premises/test_renewed_or_left.py", "test_the_premise_is_settled_when_every_student_is_answered_and_not_before"),
    "A2 a services list": ("reference/test_reference.py", "test_a_list_of_services_tells_the_need_and_posts_complete_it"),
    "A3 the ask in parts": ("report/test_status.py", "test_the_ask_parts_a_leave_from_what_is_missing_for_good_and_names_nobody"),
    "A3 money and start month": ("scenarios/test_priced_ask.py", "test_the_day_it_is_needed_by_has_its_own_answer_and_no_cover_for_who_is_back"),
    "A4 half a session": ("dashboard/test_number_inputs.py", "test_a_link_with_half_of_something_is_read_as_half"),
    "A5 sessions cancelled for evaluations": ("staffing/test_concerns.py", "test_only_a_reason_shows_that_sessions_were_cancelled_for_evaluations"),
    "A5 meetings left early": ("staffing/test_concerns.py", "test_meeting_hours_never_say_who_left_a_meeting_early"),
    "A5 groups made to fit": ("staffing/test_concerns.py", "test_a_roster_without_such_a_line_cannot_say_that_no_group_was_made_to_fit"),
    "A6 two points and a line": ("year_ahead/test_forecast.py", "test_two_earlier_years_say_the_mean_of_the_new_and_why"),
    "A6 transition students": ("year_ahead/test_forecast.py", "test_every_grade_that_intake_writes_has_a_band"),
    "A7 evaluations that wait": (HERE, "test_what_waits_before_and_what_comes_due_less_what_is_done_is_what_waits"),
    "A7 no hour lost twice": ("scenarios/test_money.py", "test_with_evaluations_bought_outside_everything_gives_way_alike_so_that_no_hour_is_priced_twice"),
    "A7 make-up ends with a leave": ("scenarios/test_money.py", "test_make_up_ends_with_the_leave_as_the_week_strip_says"),
    "A7 the calendar of the packet": (HERE, "test_the_packet_reads_the_calendar_and_the_leaves_of_the_session"),
    "A8 a rule held against the tool's own allowance": ("staffing/test_caps.py", "test_the_tools_own_allowance_is_never_held_against_a_rule_on_planning"),
    "A9 a cooperative's students": ("intake/test_cooperatives.py", "test_the_same_numbers_in_other_schools_are_two_children_until_somebody_answers"),
    "A10 what it costs, by when, what if not": ("report/test_packet.py", "test_page_one_answers_what_it_costs_by_when_what_if_not_and_how_sure_with_the_numbers_of_the_json"),
    "A10 every reader a document of its own": ("report/test_documents.py", "test_the_first_documents_of_two_readers_say_different_things"),
    "A10 caps, clocks, delivered minutes": (WORDS, "test_the_union_reads_caps_and_the_cabinet_outcomes_and_clocks"),
    "A11 August": ("year_ahead/test_school_calendar.py", "test_august_has_sessions_evaluations_and_a_month_of_its_own"),
    "A12 the clock runs from consent": ("year_ahead/test_evaluation_clock.py", "test_every_state_has_a_clock_in_a_unit_that_can_be_counted_and_says_that_it_runs_from_consent"),
    "A12 the clock of the file's consents": ("year_ahead/test_evaluation_clock.py", "test_an_evaluation_falls_due_by_the_clock_of_the_state_and_not_by_the_due_date_of_the_file"),
    "A12 the clock on the page": (WORDS, "test_the_page_of_the_year_counts_from_consent_and_never_from_a_referral"),
    "A12 504 and MTSS under a cap for special education": ("staffing/test_caps.py", "test_a_rule_that_counts_special_education_counts_no_plan_under_504_and_no_mtss"),
    "A12 504 and MTSS under a cap": ("staffing/test_caps.py", "test_students_without_an_iep_are_counted_and_told"),
    "A12 a citation and its link": (WORDS, "test_wisconsin_s_rules_open_the_paragraph_that_they_cite"),
    "A12 the reason of 80 percent": (WORDS, "test_the_80_percent_have_the_reason_of_their_own_source"),
    "A12 words that read as translated": (WORDS, "test_nothing_reads_as_translated"),
    "A12 minutes to sign in and unpack": ("premises/test_premise_list.py", "test_drives_take_no_minutes_to_sign_in_until_they_are_set_and_a_premise_says_so"),
    "A12 what a Travel sheet leaves out is told": (WORDS, "test_what_a_travel_sheet_leaves_out_is_told_where_it_is_typed_and_where_the_method_stands"),
    "A12 mileage of the year": (WORDS, "test_mileage_is_that_of_the_year_planned"),
    "A12 one meeting for review and re-evaluation": (HERE, "test_a_re_evaluation_told_in_the_annual_meeting_has_no_meeting_of_its_own"),
    "A12 504 meetings": (HERE, "test_a_504_plan_has_a_meeting_of_its_own_length_and_none_of_the_iep"),
    "A12 a clause with a number for OTAs only": ("rules/test_agreement.py", "test_every_example_can_be_typed_in_as_it_stands"),
    "A12 owed until the last day of school": ("year_ahead/test_school_calendar.py", "test_a_renewed_line_and_what_is_owed_end_with_the_last_day_of_school"),
    "A12 a post from its month": ("scenarios/test_priced_ask.py", "test_a_post_costs_its_salary_for_the_weeks_that_are_left_and_its_start_up"),
    "A12 an address opens what it names": ("e2e/test_addresses.py", "test_a_link_opens_what_it_names"),
}  # fmt: skip


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("what", HELD_BY)
def test_every_contradiction_is_held_by_a_test_that_exists(what):
    file, name = HELD_BY[what]
    assert name in functions(file), what


def test_every_contradiction_has_a_test_of_its_own():
    assert len(set(HELD_BY.values())) == len(HELD_BY)
    assert {f"A{number}" for number in range(1, 13)} <= {what.partition(" ")[0] for what in HELD_BY}


def sample(day: date = cached.SAMPLE_DAY):
    return cached.sample_answer() if day == cached.SAMPLE_DAY else cached.sample_answer().on(day)


def test_minutes_owed_are_those_of_the_week_strip_in_every_place():
    for answer in (sample(), sample().with_calendar(CLOSED)):
        plan = YearPlan(leaves=((0, date(2027, 2, 1), date(2027, 2, 26)),))
        last = owed_by_month(year_ahead(answer, plan)).iloc[-1]
        told = waiting(answer, Rates(), plan)
        assert (told.owed_minutes, told.owed_hours) == (last["owed_minutes"], last["owed_hours"])
        makeup = cost_of_not_acting(year_ahead(answer, plan))[0]
        assert makeup.first_year == pytest.approx(Rates()["makeup_hour"] * last["makeup_hours"])
        already, nobody = (
            float(np.nansum(answer.lines["makeup_minutes_owed"])) / 60,
            answer.staffing.given_way.therapist_hours[-1],
        )
        weeks = open_weeks(answer.day, answer.calendar, answer.day - timedelta(answer.day.weekday()))
        without = nobody * answer.demand.taught_share(answer.day) * weeks
        assert last["makeup_hours"] + without + already == pytest.approx(last["owed_hours"])


def test_the_packet_reads_the_calendar_and_the_leaves_of_the_session():
    from dashboard.screens.decide.year_ahead.year_record import YearAheadRecord
    from dashboard.screens.report.packet_record import PacketRecord

    at = opened(cached.sample().roster)
    leaves = ((0, date(2027, 2, 1), date(2027, 2, 26)),)
    bring(at, BesideRoster(calendar=CLOSED), YearAheadRecord(leaves=leaves))
    at = visit(at.run(), "report")
    assert not failed(at)
    from dashboard.shell.session import EVIDENCE

    told = at.session_state[EVIDENCE][PacketRecord].owed[1]
    expected = owed_by_month(year_ahead(sample().with_calendar(CLOSED), YearPlan(leaves))).iloc[-1]
    assert told.owed_minutes == pytest.approx(expected["owed_minutes"])


def test_shares_of_the_district_are_of_the_whole_whatever_was_chosen_on_another_page():
    at = opened(cached.sample().roster)

    def shares() -> dict:
        return next(spec for name, spec, _ in charts(visit(at, "answer")) if "-dumbbell" in name)

    at = at.run()
    before = shares()
    for page, key, value in (("people", "therapist", "OT 7"), ("schools", "role", "OTA")):
        visit(at, page)
        next(one for one in at.selectbox if one.key == key).set_value(value).run()
        assert not failed(at)
    assert shares() == before
    people = sample().people
    share = people["caseload"] / people["caseload"].sum()
    drawn = sorted(value for trace in before["data"] if trace.get("hoverinfo") == "text" for value in trace["x"])
    for value in share[share > 0]:  # each of them a share of all, not of those who were chosen
        assert min(abs(value * 100 - one) for one in drawn) < 0.05 or min(abs(value - one) for one in drawn) < 0.0005


def test_a_re_evaluation_told_in_the_annual_meeting_has_no_meeting_of_its_own():
    answer = sample()
    apart = answer.under(answer.assumptions.changed({"reevaluation_own_meeting_share": 1.0}, "district"))
    again = sum(answer.roster.evaluations["type"] == "reevaluation")
    counted = (apart.district["meeting_hours"] - answer.district["meeting_hours"]) * 36 / 1.5
    assert rounded(counted, 6) == 148 <= again  # of those in the sheet that fall in the school year
    more = apart.district["required_fte"] - answer.district["required_fte"]
    assert more == pytest.approx(148 * 1.5 / 36 / (1 - answer.assumptions.category_share) / 37.5)
    assert rounded(more, 2) == 0.19


def test_a_504_plan_has_a_meeting_of_its_own_length_and_none_of_the_iep():
    answer = sample()
    longer = answer.under(answer.assumptions.changed({"meeting_504_hours": 1.5}, "district"))
    plans = answer.lines.groupby("student")["plan"].agg(set)
    only = sum("504" in each and "IEP" not in each for each in plans)
    assert only > 10
    assert longer.district["meeting_hours"] - answer.district["meeting_hours"] == pytest.approx(only * 1.0 / 36)
    none = answer.under(answer.assumptions.changed({"meeting_hours": 0.0}, "district"))
    assert none.district["meeting_hours"] == pytest.approx(only * 0.5 / 36)  # nothing of the IEP's meeting


def test_in_post_and_available_are_two_sums_of_the_bridge_everywhere():
    answer = sample()
    steps = {step.code: step.fte for step in answer.bridge}
    assert steps["in_post"] == answer.district["contracted_fte"] == 12.0
    assert steps["available"] == answer.district["available_fte"] == 11.0
    data = answer_json(answer)
    assert {step["id"]: step["fte"] for step in data["bridge"]} == steps
    assert f"has {shown(steps['available'])}" in headline(answer, "T")


def test_headline_roles_and_ask_say_one_gap_and_why_the_ask_is_more():
    answer = sample()
    said, asked = standing_of(answer), priced_ask(answer)
    assert said.gap.fte == fte(-answer.district["gap_fte"]) == "3.1"
    assert answer.by_role["gap_fte"].sum() == pytest.approx(answer.district["gap_fte"])
    total = sum(fte_number(part.fte) for part in shown_parts(asked))
    assert rounded(total, 1) == 3.2
    assert room_sentence(asked) == (
        "Together 3.2, not the 3.1 FTE that the district as a whole is short: room of 0.2 FTE in the other role cannot do "
        "this work."
    )
    assert room_sentence(asked) in plain(html_of(visit(opened(cached.sample().roster).run(), "answer")))
    assert any(room_sentence(asked) in line for line in answer_lines(answer))


def test_what_waits_before_and_what_comes_due_less_what_is_done_is_what_waits():
    from workload.year_ahead.backlog import evaluation_backlog

    for answer in (sample(), sample().with_calendar(CLOSED)):
        table = evaluation_backlog(year_ahead(answer))
        before = table["evaluations_waiting"].shift(fill_value=0.0)
        left = before + table["evaluations_due"] - table["evaluations_done"] - table["evaluations_waiting"]
        assert left.abs().max() < 1e-9


# --- no gap, ask or "no added time" over an open premise without saying so in the same sentence ------------------


def of_january():
    at = app()
    at.session_state[DISTRICT] = District(cached.sample().roster, None, JANUARY)
    at.session_state["day"] = JANUARY
    at.session_state["district_name"] = "Test County"
    return at


@cache
def story() -> frozenset[str]:
    """What Home says of two other people before a roster is open."""
    return frozenset(silent(visit(app().run(), "home")))


@pytest.mark.parametrize("name", NAMES)
def test_no_page_tells_a_gap_over_an_open_premise_without_saying_so(name):
    at = visit(of_january().run(), name)
    for part in parts_of(at):
        assert not failed(at)
        assert set(silent(at)) - (story() if name == "home" else set()) == set(), part


def test_the_scenario_the_opened_school_the_opened_post_and_the_opened_proposal_say_so_too():
    at = visit(of_january().run(), "decide")
    bring(at, ScenarioRecord(board=Board((Scenario("A", (AddPost(fte=1),)),))))
    at.run()
    assert not failed(at) and "scenario_schools" in " ".join(name for name, *_ in charts(at))
    assert silent(at) == []
    for part in parts_of(at):
        assert not failed(at) and silent(at) == [], part
    box = next(one for one in at.selectbox if one.key == "leaving_post")
    box.set_value(box.options[0]).run()
    assert not failed(at) and silent(at) == []


def test_a_page_that_is_silent_would_be_found():
    """October 1 is final and need not say so; the search finds the sentence, each chart's words, marks and pointers."""
    for place, chart in (("answer", "bridge"), ("people", "weeks"), ("schools", "scatter"), ("decide", "scenario_gap")):
        found = silent(visit(opened(cached.sample().roster).run(), place))
        assert [one for one in found if not one.startswith("$$ID")], place  # a written sentence
        for kind in ("alt", "pointer") if place != "people" else ("alt", "drawn"):
            assert [one for one in found if f"-{chart}" in one and f"{kind}: " in one], (chart, kind)


def test_no_line_of_the_terminal_and_no_sentence_tells_a_gap_over_an_open_premise_without_saying_so():
    answer = sample(JANUARY)
    assert answer_status(answer) == "provisional"
    lines = [line for line in answer_lines(answer) if not re.match(r"(warning|notice):", line)]
    said = [gap_sentence(answer), headline(answer, "T"), *lines]
    said += [room_sentence(one) for one in ask_on_both_days(answer, date(2027, 3, 15)) if one]
    assert [one for text in said for one in sentences(text)] == []
