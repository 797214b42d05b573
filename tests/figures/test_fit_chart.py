"""Weeks against contracts: numbers as in the tables, an order that ranks nobody, colors that everyone sees."""

import itertools

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.figures.charts import district
from tests.figures.test_tones import EYES, seen
from workload.figures.fit_chart import MOST_WEEKS, WeekRow, fit_chart, fit_table, fit_words, week_row
from workload.figures.plan_and_log import side_by_side
from workload.figures.tones import DARK, LIGHT, THIRDS, contrast, painted, third_fill
from workload.model.roster import UNASSIGNED
from workload.model.words import hours, rounded
from workload.staffing.time_study.study import LABELS, LUNCH

THEMES = {"light": LIGHT, "dark": DARK}


def weeks(answer=None, posts_known=True):
    people = (answer or district()).people
    return [
        week_row(row, f"P {at}", f"OT {at}", posts_known, row["therapist"] == UNASSIGNED)
        for at, row in enumerate(people.to_dict("records"), start=1)
    ]


def test_every_activity_of_the_week_and_of_a_log_is_in_exactly_one_third():
    codes = [code for third in THIRDS for code in third.activities]
    assert sorted(codes) == sorted(set(LABELS) - {LUNCH})


@pytest.mark.parametrize("seed", range(1, 8))
def test_the_three_parts_are_the_whole_week(seed):
    answer = district(seed)
    assert [week.total for week in weeks(answer)] == pytest.approx(answer.people["workload_hours"].tolist())


@pytest.mark.parametrize("theme", THEMES)
def test_the_figure_is_valid_and_each_bar_opens_its_week(theme):
    drawn = weeks()
    figure = fit_chart(drawn, THEMES[theme])
    go.Figure(**painted(figure, THEMES[theme]))
    for bar in figure["data"]:
        assert [code for (code,) in bar["customdata"]] == [week.code for week in drawn]
        assert bar["unselected"]["marker"]["opacity"] == 1


def test_bars_stand_in_the_order_that_is_given():
    drawn = weeks()
    assert fit_chart(drawn, LIGHT)["layout"]["yaxis"]["ticktext"] == [week.label for week in drawn]
    assert fit_chart(drawn[::-1], LIGHT)["layout"]["yaxis"]["ticktext"] == [week.label for week in drawn[::-1]]


def test_the_mark_stands_at_the_contract_and_the_line_goes_from_there_to_the_end():
    week = WeekRow("OT 7", "OT 7", (27.2, 15.7, 7.8), 37.5)
    under, mark = fit_chart([week], LIGHT)["layout"]["shapes"]
    assert (mark["x0"], mark["x1"], mark["line"]["color"]) == (37.5, 37.5, LIGHT.ink)
    assert (under["x0"], under["x1"], under["line"]["color"]) == (37.5, pytest.approx(50.7), LIGHT.gap)
    assert week.words == "13.2 over"


def test_a_week_that_fits_has_no_line_and_the_gap_color_is_on_no_bar():
    week = WeekRow("OT 4", "OT 4", (20.0, 8.0, 5.0), 37.5)
    figure = fit_chart([week], DARK)
    assert len(figure["layout"]["shapes"]) == 1 and week.words == "4.5 room"
    assert DARK.gap not in str(figure["data"])


def test_without_posts_there_are_hours_and_no_contract():
    drawn = weeks(posts_known=False)
    figure = fit_chart(drawn, LIGHT)
    assert not figure["layout"]["shapes"] and not {week.contract for week in drawn} - {None}
    assert "hours of " not in fit_words(drawn)


def test_words_and_table_hold_the_numbers_that_are_drawn():
    drawn = weeks()
    table, words = fit_table(drawn), fit_words(drawn)
    for week, row in zip(drawn, table.to_dict("records"), strict=True):
        assert row["All work, hours a week"] == rounded(week.total, 1)
        assert f"{week.label} {hours(week.total)} hours" in words
    assert fit_words([]) and fit_chart([], LIGHT)["layout"]["height"] > 0


def test_work_of_nobody_does_not_press_the_weeks_together_and_many_weeks_are_cut():
    drawn = [WeekRow(f"OT {at}", f"OT {at}", (20, 10, 5), 37.5) for at in range(57)]
    assert len(fit_chart(drawn, LIGHT)["data"][0]["y"]) == MOST_WEEKS
    drawn = [drawn[0], WeekRow("No therapist", "No therapist", (400, 100, 0), None, "no therapist", True)]
    figure = fit_chart(drawn, LIGHT)
    assert figure["layout"]["xaxis"]["range"][1] < 60 and figure["layout"]["annotations"][1]["text"].endswith("▸")


def test_a_label_from_a_file_is_text():
    figure = fit_chart([WeekRow("<img src=x>" + "A" * 90, "x", (1, 1, 1), 3)], LIGHT)
    assert "<img" not in str(figure) and len(figure["layout"]["yaxis"]["ticktext"][0]) < 40


@pytest.mark.parametrize("theme", THEMES)
def test_each_kind_of_work_and_the_gap_are_seen_on_the_card(theme):
    tones = THEMES[theme]
    for fill, edge in third_fill(tones).values():
        assert max(contrast(fill, tones.card), contrast(edge, tones.card)) >= 3
    assert contrast(tones.gap, tones.card) >= 3 and contrast(tones.ink, tones.card) >= 4.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_kinds_of_work_and_the_gap_stay_apart_for_every_eye(theme, eye):
    tones = THEMES[theme]
    fills = [fill for fill, _ in third_fill(tones).values()]
    for one, other in itertools.combinations([*fills, tones.gap], 2):
        assert np.linalg.norm(seen(one, eye) - seen(other, eye)) >= 0.075, (one, other)


def test_differences_are_those_of_the_numbers_as_written():
    table = side_by_side({"direct": 24.04, "consult": 0.40, "travel": 1.0}, {"direct": 14.36, "other": 0.5})
    assert table.to_dict("records")[0] == {
        "line": "Sessions and consultation", "kind": "with students", "plans": 24.4, "log": 14.4, "differs": -10.0,
    }  # fmt: skip
    assert table["line"].tolist() == ["Sessions and consultation", "Travel between schools", "Other work"]
    assert "log" not in side_by_side({"direct": 1.0}, None)
