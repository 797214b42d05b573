"""Over an open premise every text of every chart that holds work against hours says that it may move."""

from __future__ import annotations

import numpy as np
import pytest

from tests.dashboard.gap_words import DRAWN, silent_chart
from tests.figures.test_decision_charts import comparison, proposals
from tests.scenarios.scenarios import answer_of
from workload.figures.bridge_chart import bridge_chart, bridge_words
from workload.figures.fit_chart import fit_chart, fit_words, week_row
from workload.figures.move_charts import before_and_after
from workload.figures.scenario_charts import money_over_time, schools_before_after
from workload.figures.scenario_numbers import adding_up
from workload.figures.school_map import map_chart, map_words, placed
from workload.figures.school_marks import hours_a_student, schools_shown
from workload.figures.school_scatter import scatter_chart, scatter_words
from workload.figures.sharing_chart import sharing_chart, sharing_words
from workload.figures.steps_chart import steps_chart, steps_said
from workload.figures.tones import LIGHT, painted
from workload.figures.turnover_charts import load_drivers
from workload.figures.week_band import band_words, week_band
from workload.figures.year_charts import evaluations_waiting, owed_minutes
from workload.model.roster import UNASSIGNED
from workload.rebalance.constraints import fewest_hours_over
from workload.scenarios.turnover import retention_view
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.evaluation_clock import clock_kept
from workload.year_ahead.weeks import YearPlan, year_ahead


def drawn(waits: bool) -> dict[str, tuple[dict, str, str]]:
    """(figure, words, heading) of every chart over contracts."""
    answer, year = answer_of(3), year_ahead(answer_of(3), YearPlan(consents={10: 4}))
    seen = schools_shown(answer.schools, 0, waits)
    task, one = proposals()[0].task, comparison()
    today, floor = task.problem.score(task.today).overload_hours, fewest_hours_over(task.problem)
    weeks = [
        week_row(row, f"OT {at}", f"OT {at}", True, row["therapist"] == UNASSIGNED)
        for at, row in enumerate(answer.people.to_dict("records"))
    ]
    steps, students = adding_up(one.steps), np.full(len(one.today.schools), 50.0)
    figures = {
        "bridge": (bridge_chart(answer.bridge, LIGHT, waits), bridge_words(answer.bridge, waits)),
        "weeks": (fit_chart(weeks, LIGHT, provisional=waits), fit_words(weeks, waits)),
        "scatter": (
            scatter_chart(seen, hours_a_student(answer.schools), LIGHT),
            scatter_words(seen, hours_a_student(answer.schools)),
        ),
        "map": (map_chart(placed(seen), [], LIGHT), map_words(placed(seen), [])),
        "steps": (steps_chart(steps, LIGHT, waits), steps_said(steps, waits)),
        "sharing": (
            sharing_chart(today, floor, proposals(), LIGHT, waits),
            sharing_words(today, floor, proposals(), waits),
        ),
        "band": (week_band(year, answer.day, [], LIGHT, waits), band_words(year, waits)),
    }
    charts = {
        "schools": schools_before_after(one.today.schools, one.scenario.schools, students, 0, waits),
        "money": money_over_time([("Scenario,|more", 100.0, -90.0), ("Nothing changes", 50.0, 60.0)], waits),
        "load": load_drivers(retention_view(answer), waits),
        "weeks moved": before_and_after(proposals()[-1], {code: f"OT {code}" for code in range(20)}, None, waits),
        "waiting": evaluations_waiting(evaluation_backlog(year), clock_kept(answer, year.plan.clock), waits),
        "owed": owed_minutes(owed_by_month(year), waits),
    }
    return {name: (*pair, "") for name, pair in figures.items()} | {
        name: (chart.figure, chart.alt, chart.heading) for name, chart in charts.items()
    }


WORDLESS = ("schools", "money", "waiting")  # they tell what follows from a gap in words that the search need not know


@pytest.mark.parametrize("name", list(drawn(False)))
def test_a_chart_over_contracts_says_so_in_words_marks_and_pointers(name):
    figure, words, heading = drawn(True)[name]
    assert silent_chart(painted(figure, LIGHT), words) == []
    assert not heading or "rovisional" in heading
    before, without, plain = drawn(False)[name]
    assert "rovisional" not in f"{before}{without}{plain}"
    assert name in WORDLESS or silent_chart(painted(before, LIGHT), without)
    assert all("rovisional" in one for one in words.split(". ")) or name in ("scatter", "map")


def test_the_word_stands_in_a_line_of_its_own_and_every_pointer_ends_with_it():
    plain, told = drawn(False)["band"][0], drawn(True)["band"][0]
    assert told["layout"]["height"] - plain["layout"]["height"] == 20
    assert told["layout"]["margin"]["t"] - plain["layout"]["margin"]["t"] == 20
    assert told["layout"]["annotations"][-1]["yshift"] == plain["layout"]["margin"]["t"]
    assert all(text.endswith("(provisional)") for trace in told["data"] for text in trace.get("hovertext", ()))
    assert DRAWN.search(plain["data"][0]["hovertext"][0])


def test_where_nobody_has_said_who_is_in_post_no_picture_counts_schools_that_are_short():
    seen = [
        one.__class__(one.name, one.students, one.hours, "", one.north, one.east)
        for one in schools_shown(answer_of(3).schools)
    ]
    for words in (scatter_words(seen, 1.0), map_words(placed(seen), [])):
        assert "hort" not in words
