"""The charts of decisions: valid, with words and a table, columns that add up, small schools withheld, never empty-handed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from plotly.tools import return_figure_from_figure_or_data

from tests.figures.charts import marks, texts
from tests.figures.test_charts_in_common import says_what_it_found
from tests.scenarios.scenarios import answer_of, seeds
from tests.scenarios.test_compare import levers_of
from tests.year_ahead.test_forecast import history
from workload.figures import move_charts, next_year_charts, scenario_charts, states, turnover_charts, year_charts
from workload.figures.scenario_numbers import MOST_DIGITS, SHOWN, adding_up
from workload.figures.sharing_chart import sharing_chart, sharing_table, sharing_words
from workload.figures.steps_chart import rows_of, steps_chart, steps_said
from workload.figures.tones import LIGHT, painted
from workload.figures.week_band import Away, band_words, leaves_of, parts_of_week, short_day, week_band, weeks_table
from workload.model.words import NO_VALUE, agreeing_digits, rounded, shown
from workload.rebalance.constraints import fewest_hours_over
from workload.rebalance.proposal import evaluate, rebalance, task_of
from workload.scenarios.compare import SCENARIO, TODAY, TOGETHER, compare
from workload.scenarios.post_levers import AddPost, AgencyPost
from workload.scenarios.scenario import Scenario
from workload.scenarios.turnover import resignation, retention_view
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.evaluation_clock import clock_kept
from workload.year_ahead.forecast import next_year
from workload.year_ahead.snapshots import compared, snapshot_of
from workload.year_ahead.weeks import YearPlan, year_ahead

LEVERS = (AddPost(fte=1.5), AgencyPost(hours_per_week=12))


@cache
def comparison():
    return compare(answer_of(3), Scenario("Two", LEVERS))


@cache
def proposals():
    task = task_of(answer_of(7, students=40))
    return [rebalance(task, count, seconds=10) for count in (1, 2)]


def charts():
    """Every chart of decisions."""
    answer, year = answer_of(3), year_ahead(answer_of(3), YearPlan(consents={10: 4}))
    students = np.full(len(comparison().today.schools), 50.0)
    names = {code: f"OT {code + 1}" for code in range(20)}
    return {
        "schools": scenario_charts.schools_before_after(
            comparison().today.schools, comparison().scenario.schools, students
        ),
        "money": scenario_charts.money_over_time([("Scenario,|more", 100.0, -90.0), ("Nothing changes", 50.0, 60.0)]),
        "leaving": turnover_charts.resignation_by_school(resignation(answer, 0), "OT 1"),
        "load": turnover_charts.load_drivers(retention_view(answer)),
        "weeks moved": move_charts.before_and_after(proposals()[-1], names),
        "waiting": year_charts.evaluations_waiting(evaluation_backlog(year), clock_kept(answer, year.plan.clock)),
        "owed": year_charts.owed_minutes(owed_by_month(year)),
        "next year": next_year_charts.next_year_students(
            next_year(answer_of(2, students=100), history(answer_of(2, students=100)))
        ),
        "earlier": next_year_charts.earlier_days(compared([snapshot_of(answer), snapshot_of(answer_of(4))])),
    }


@pytest.mark.parametrize("name", list(charts()))
def test_a_chart_of_decisions_is_valid_and_has_words_and_a_table(name):
    chart = charts()[name]
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(chart.figure, LIGHT), allow_nan=False)), True)
    says_what_it_found(chart)
    assert "?" in chart.title and len(chart.table) and len(chart.table.columns) >= 3
    assert re.search(r"\d", chart.alt) and chart.alt.endswith(".")
    said = (chart.alt + chart.note).lower()
    assert NO_VALUE not in said and not re.search(r"\b(nan|inf|none)\b", said)
    assert chart.figure["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
    assert marks(chart) <= 400


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_every_column_of_the_steps_adds_up_as_it_is_shown(seed):
    steps = adding_up(compare(answer_of(seed), Scenario("Sum", levers_of(seed, 1 + seed % 4))).steps)
    assert steps["step"].iloc[0] == TODAY and steps["step"].iloc[-1] == SCENARIO
    for name in (*SHOWN, "gap_fte"):
        column = steps[name].tolist()
        if not np.isnan(column).any():
            assert rounded(sum(column[:-1]), MOST_DIGITS) == column[-1], name
    assert [rounded(one, MOST_DIGITS) for one in steps["available_fte"] - steps["required_fte"]] == steps[
        "gap_fte"
    ].tolist()


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_every_step_is_a_difference_of_figures_that_are_shown(seed):
    exact = compare(answer_of(seed), Scenario("Sum", levers_of(seed, 1 + seed % 4))).steps
    steps = adding_up(exact)
    for at in (0, -1):
        required, available = exact["required_fte"].iloc[at], exact["available_fte"].iloc[at]
        digits = agreeing_digits(required, available)
        assert steps["required_fte"].iloc[at] == rounded(required, digits)
        assert steps["gap_fte"].iloc[at] == rounded(rounded(available, digits) - rounded(required, digits), digits)
        texts = states.state_texts(required, available)
        assert texts == (
            shown(required, digits),
            shown(available, digits),
            shown(available - required, digits).replace("-", "−"),
        )
    today = exact.iloc[0]
    for at in range(1, list(exact["step"]).index(TOGETHER)):
        alone = {name: today[name] + exact[name].iloc[at] for name in ("required_fte", "available_fte")}
        digits = agreeing_digits(*alone.values())
        for name, value in alone.items():
            assert steps[name].iloc[at] == rounded(rounded(value, digits) - steps[name].iloc[0], MOST_DIGITS)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_the_bars_of_the_steps_end_in_the_scenario(seed):
    steps = adding_up(compare(answer_of(seed), Scenario("Sum", levers_of(seed, 1 + seed % 4))).steps)
    figure = steps_chart(steps, LIGHT)
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(figure, LIGHT), allow_nan=False)), True)
    rows = rows_of(steps)
    assert rounded(sum(short for _, short, _, _ in rows[:-1]), MOST_DIGITS) == rows[-1][1]
    bars = figure["data"][0]
    for (_, short, text, state), base, length in zip(rows, bars["base"], bars["x"], strict=True):
        assert rounded(length, MOST_DIGITS) == abs(short) and text in str(figure["layout"]["annotations"])
        assert not state or min(short, 0) == rounded(base, MOST_DIGITS)
    assert rows[0][2] in steps_said(steps) and rows[-1][2] in steps_said(steps)


def test_the_steps_of_sharing_end_at_the_proposals_and_the_bound_is_drawn_below_them():
    problem = proposals()[0].task.problem
    today, floor = proposals()[0].before.overload_hours, fewest_hours_over(problem)
    figure = sharing_chart(today, floor, proposals(), LIGHT)
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(figure, LIGHT), allow_nan=False)), True)
    bound, steps = figure["data"]
    assert set(bound["y"]) == {floor} and steps["y"] == [today, *(one.score.overload_hours for one in proposals())]
    assert min(steps["y"]) >= floor - 1e-6 and [row[0] for row in steps["customdata"]] == [-1, 0, 1]
    table = sharing_table(proposals())
    assert table["Hours a week that do not fit"].tolist()[0] == rounded(today, 1) and len(table) == 3
    assert f"{shown(today, 1)} hours a week do not fit" in sharing_words(today, floor, proposals())


def test_a_gap_is_said_in_words_with_the_digits_of_overview():
    assert states.gap_words(22.1466, 18.9) == "short 3.2"
    assert states.state_texts(22.1466, 18.9)[2] == "−3.2"
    assert states.gap_words(22.149, 18.951) == "short 3.20"  # 22.1 and 19.0 would give 3.1
    assert states.gap_words(22.14, 18.96) == "short 3.18"  # 22.1 and 19.0 would not give 3.2
    assert states.gap_words(10.0, 10.4) == "room for 0.4"
    assert states.gap_words(10.02, 10.0) == "even"


def test_the_ends_of_the_steps_are_the_exact_figures_rounded():
    steps, exact = adding_up(comparison().steps), comparison().steps
    for at in (0, -1):
        assert steps["cost_yearly_dollars"].iloc[at] == rounded(exact["cost_yearly_dollars"].iloc[at], 0)


def test_small_schools_are_withheld_before_and_after():
    before, after = comparison().today.schools, comparison().scenario.schools
    students = [3.0, *([50.0] * (len(before) - 2)), 4.0]
    chart = scenario_charts.schools_before_after(before, after, students, 10)
    withheld = chart.table[chart.table["Note"] != ""]
    assert before["school"].iloc[0] in set(withheld["School"])
    assert withheld[["Gap today, FTE", "Gap in the scenario, FTE", "Change, FTE"]].isna().to_numpy().all()
    assert not [text for text in texts(chart.figure) if before["school"].iloc[0] in text]


def test_what_does_not_change_is_said_and_not_drawn():
    same = comparison().today.schools
    chart = scenario_charts.schools_before_after(same, same, [50.0] * len(same))
    assert "No school changes" in chart.alt and len(chart.table) and marks(chart) == 0
    task = task_of(answer_of(7, students=40))
    assert "Nobody's week changes" in move_charts.before_and_after(evaluate(task, task.today), {}).alt
    assert "no earlier snapshot" in next_year_charts.earlier_days(compared([snapshot_of(answer_of(3))])).alt


def test_a_school_with_a_hostile_name_is_text_in_every_chart():
    before, after = comparison().today.schools.copy(), comparison().scenario.schools.copy()
    for table in (before, after):
        table["school"] = ["<b onmouseover=1>$x$</b>"] * len(table)
    chart = scenario_charts.schools_before_after(before, after, [50.0] * len(before))
    assert not [text for text in texts(chart.figure) if "<b onmouseover" in text or "$" in text]


def test_the_band_holds_every_hour_and_marks_what_is_beyond_the_day_and_the_leave():
    answer = answer_of(3)
    year = year_ahead(answer)
    away = leaves_of(year, answer)
    figure = week_band(year, answer.day, away, LIGHT)
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(figure, LIGHT), allow_nan=False)), True)
    within, beyond, line = figure["data"]
    assert np.add(within["y"], beyond["y"]) == pytest.approx(year.table["demand_hours"].to_numpy())
    assert sum(value > 1e-9 for value in beyond["y"]) == year.weeks_over and beyond["marker"]["color"] == LIGHT.gap
    assert line["y"] == year.table["capacity_hours"].tolist() and len(line["y"]) == len(year.weeks)
    words = str(figure["layout"]["annotations"])
    assert short_day(answer.day) in words and len(figure["layout"]["shapes"]) == 1 + len(away)
    assert ("on leave" in words) == bool(away) and "Therapist" not in words
    week = within["customdata"][5][0]
    parts = parts_of_week(year, week)
    assert parts[-2] == ("All work", shown(year.table["demand_hours"].iloc[5], 1))
    assert f"{year.weeks_over} of" in band_words(year) and len(weeks_table(year)) == len(year.table)


def test_a_leave_beyond_the_year_is_not_drawn_and_one_without_an_end_goes_on():
    answer, first = answer_of(3), year_ahead(answer_of(3)).weeks.mondays[0]
    plan = YearPlan(
        leaves=((0, first - timedelta(90), first - timedelta(60)), (0, first + timedelta(7), first + timedelta(20)))
    )
    own = len(leaves_of(year_ahead(answer), answer))
    made = leaves_of(year_ahead(answer, plan), answer)
    assert len(made) == own + 1 and Away(1, 2, first + timedelta(20)) in made
