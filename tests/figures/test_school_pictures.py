"""The scatter and the map: the line of the district, true miles, shared therapists, and nobody small in them."""

import math
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.figures.charts import district, empty_district, texts
from workload.figures.school_map import farthest_shared, in_miles, map_chart, map_words, placed, shared, spread
from workload.figures.school_marks import School, dots, hours_a_student, schools_shown, schools_table, withheld
from workload.figures.school_scatter import MOST_NAMED, farthest, scatter_chart, scatter_words
from workload.figures.states import gap_alone
from workload.figures.tones import DARK, LIGHT, contrast, painted
from workload.model.roster import NO_SCHOOL
from workload.work.travel import great_circle_miles

NOWHERE = float("nan")


def school(name, students=20, hours=20.0, gap="even", north=NOWHERE, east=NOWHERE):
    return School(name, students, hours, gap, north, east)


def test_the_line_is_a_sum_over_a_sum_of_all_schools():
    schools = district().schools
    real = schools[schools["school"] != NO_SCHOOL]
    assert hours_a_student(schools) == pytest.approx(real["workload_hours"].sum() / real["caseload"].sum())
    assert math.isnan(hours_a_student(empty_district().schools))


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("seed", range(1, 6))
def test_both_figures_are_valid_and_their_dots_open_schools(seed, tones):
    answer = district(seed)
    seen = schools_shown(answer.schools)
    there = placed(seen)
    places = dict(zip((each.name for each in there), in_miles(there), strict=True))
    for figure, drawn in (
        (scatter_chart(seen, hours_a_student(answer.schools), tones), seen),
        (map_chart(there, shared(answer.cells, places), tones), there),
    ):
        go.Figure(**painted(figure, tones))
        marks = figure["data"][-1]
        assert {name for (name,) in marks["customdata"]} == {each.name for each in drawn}
        assert marks["marker"]["opacity"] == 1


def test_nothing_to_draw_is_still_a_figure():
    go.Figure(**painted(scatter_chart([], float("nan"), LIGHT), LIGHT))
    go.Figure(**painted(map_chart([], [], LIGHT), LIGHT))
    assert scatter_words([], 1.0) == "No school to show." and map_words([], []).startswith("No school")


def test_the_dotted_line_goes_through_nothing_and_the_districts_hours():
    line = scatter_chart([school("A", 40, 50.0)], 1.25, LIGHT)["data"][0]
    assert line["y"] == pytest.approx([1.25 * x for x in line["x"]]) and line["x"][0] == 0


def test_only_the_farthest_are_named_and_the_one_that_is_open():
    many = [school(f"School {at}", at, at + (at % 5) * 3.0) for at in range(1, 40)]
    points = scatter_chart(many, 1.0, LIGHT, "School 5")["data"][1]
    named = {text for text in points["text"] if text}
    assert named <= {each.name for each in farthest(many, 1.0)} | {"School 5"} and 1 <= len(named) <= MOST_NAMED + 1


def test_filled_is_short_hollow_is_covered_and_nobody_knows_is_neither():
    short, covered, unknown = dots(
        [school("a", gap="short 0.3"), school("b", gap="room for 0.1"), school("c", gap="")], LIGHT
    )["color"]
    assert (short, covered, unknown) == (LIGHT.gap, LIGHT.card, LIGHT.accent)


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_every_dot_and_line_is_seen_on_the_card(tones):
    edges = dots([school("a", gap="short 0.3"), school("b"), school("c", gap="")], tones)["line"]["color"]
    assert all(contrast(color, tones.card) >= 3 for color in [*edges, tones.edge, tones.ink])


def test_miles_are_those_of_the_earth():
    pair = [school("a", north=42.45, east=-100.6), school("b", north=42.60, east=-100.2)]
    (x, y), (x_2, y_2) = in_miles(pair)
    assert math.hypot(x_2 - x, y_2 - y) == pytest.approx(great_circle_miles(42.45, -100.6, 42.60, -100.2), rel=0.002)
    figure = map_chart(pair, [], LIGHT)["layout"]
    assert figure["yaxis"]["scaleanchor"] == "x" and figure["yaxis"]["scaleratio"] == 1
    bar = figure["shapes"][0]
    assert bar["x1"] - bar["x0"] == 5
    assert not figure["xaxis"]["visible"] and not figure["yaxis"]["visible"]


def test_a_line_joins_the_schools_of_one_therapist_by_the_shortest_way():
    cells = pd.DataFrame(
        [("x", "a", 5.0), ("x", "b", 5.0), ("x", "c", 5.0), ("Unassigned", "a", 5.0), ("Unassigned", "d", 5.0)],
        columns=["therapist", "school", "workload_hours"],
    )
    places = {"a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (9, 9)}
    assert shared(cells, places) == [("a", "b"), ("b", "c")]
    assert farthest_shared(cells, places) == 2
    assert shared(cells, {"a": (0, 0)}) == [] and farthest_shared(cells, {}) == 0


def test_dots_that_cover_each_other_are_moved_apart_and_others_stay():
    moved = spread([(0, 0), (0, 0), (9, 9)], [2, 2, 2])
    assert math.dist(moved[0], moved[1]) == pytest.approx(2) and moved[2] == (9, 9)


def test_a_small_school_is_in_no_picture_and_without_numbers_in_the_list():
    schools = district().schools.copy()
    schools["caseload"] = [2, 15, 20, 9, 30, 25, 12, 11, 40, *[50] * 9][: len(schools)]
    small = schools["school"][schools["caseload"] < 10].tolist()
    seen = schools_shown(schools, 10)
    assert withheld(schools, 10) == len(small) == 2
    pictures = [scatter_chart(seen, 1.0, LIGHT), map_chart(placed(seen), [], LIGHT)]
    said = [*texts(pictures), scatter_words(seen, 1.0), map_words(placed(seen), [])]
    table = schools_table(schools, schools_shown(schools, 10), 10).set_index("School")
    for name in small:
        assert not [text for text in said if name in text]
        assert table.loc[name, ["Students", "Hours a week", "Hours a student"]].isna().all()
        assert table.loc[name, "FTE short or room"] == "" and "fewer than 10" in table.loc[name, "Note"]
    assert table.index.tolist() == schools["school"][schools["school"] != NO_SCHOOL].tolist()


@pytest.mark.parametrize(
    "required, available, words",
    [(0.47, 0.24, "short 0.2"), (0.12, 0.05, "short 0.1"), (0.3, 0.345, "even"), (1.0, 1.26, "room for 0.3")],
)
def test_every_gap_of_a_list_has_one_decimal_and_the_page_of_a_school_says_the_same(required, available, words):
    row = {"school": "Oak", "caseload": 20, "workload_hours": 30.0, "latitude": 1.0, "longitude": 1.0}
    row |= {"required_fte": required, "available_fte": available, "gap_fte": available - required}
    (seen,) = schools_shown(pd.DataFrame([row]))
    assert seen.gap == words == gap_alone(required, available)
    assert all(len(digits) == 1 for digits in re.findall(r"\.(\d+)", seen.gap))


def test_names_from_a_file_are_text():
    bad = [school("<b onmouseover=x>Oak</b>$", 9, 99.0, north=1, east=1), school("A" * 200, 30, 1.0, north=2, east=2)]
    for figure in (scatter_chart(bad, 1.0, LIGHT), map_chart(bad, [], LIGHT)):
        for part in figure["data"]:
            part.pop("customdata", None)  # a name as it is, which is never drawn
        assert not [text for text in texts(figure) if "<b on" in text or "$" in text or len(text) > 120]
