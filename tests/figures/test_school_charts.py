"""The charts of the schools: shares that add up, medians, rates with their denominator, masked small counts."""

import numpy as np
import pytest

from tests.figures.charts import charts_of_schools, district, marks, own_names, texts, trace
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.masking import masked
from workload.figures.placing import Frame, text_positions
from workload.figures.school_hours import hours_by_school_and_activity
from workload.figures.school_rates import fte_per_1000
from workload.model.roster import NO_SCHOOL, NO_THERAPIST, UNASSIGNED
from workload.model.words import numbers, shown


def labels(chart):
    return [label for label in chart.figure["layout"]["yaxis"]["ticktext"] if label]


def test_shares_add_up_to_the_whole_district():
    chart = caseload_and_workload(district().therapists, {}, {})
    for name in ("share of students", "share of work"):
        assert sum(trace(chart, name)["x"]) == pytest.approx(100)


def test_shares_of_the_figure_are_those_of_the_table_in_the_same_order():
    chart = caseload_and_workload(district().therapists, own_names(district().therapists), {})
    assert labels(chart) == chart.table["Therapist"].tolist()
    assert numbers(trace(chart, "share of students")["x"], 1) == chart.table["Share of students, %"].tolist()
    assert numbers(trace(chart, "share of work")["x"], 1) == chart.table["Share of work, %"].tolist()


def test_of_many_people_the_widest_thirty_are_drawn():
    people = district(7, students=300, people=60, schools=10).therapists
    chart = caseload_and_workload(people, own_names(people), {})
    assert len(labels(chart)) == 30 and len(chart.table) == len(people)
    share, work = (people[name] / people[name].sum() * 100 for name in ("caseload", "workload_hours"))
    widest = people["therapist"][(work - share).abs().sort_values(ascending=False).index[:30]]
    assert set(labels(chart)) == {NO_THERAPIST if name == UNASSIGNED else name for name in widest}
    assert f"The widest 30 of {len(people)} are drawn" in chart.note


def test_a_therapist_is_not_named_in_the_alt_text():
    assert "Therapist 0" not in caseload_and_workload(district().therapists, own_names(district().therapists), {}).alt


def test_cells_hold_the_hours_of_the_table_and_rows_their_total():
    chart = hours_by_school_and_activity(district().schools)
    cells = {}
    for part in chart.figure["data"]:
        if "text" in part.get("mode", ""):
            for x, y, text, [opens] in zip(part["x"], part["y"], part["text"], part["customdata"], strict=True):
                cells[y, x] = text
                name = chart.table["School"][y]  # a click on a cell opens its school
                assert opens == (None if name == "No school" else name)
    columns = [name for name in chart.table if name.endswith("hours a week") and not name.startswith("All")]
    for y, row in chart.table.iterrows():
        for x, name in enumerate(columns):
            assert cells.get((y, x), "0.0") == shown(row[name]) or cells[y, x] == "&lt;0.1"
        assert chart.figure["layout"]["yaxis2"]["ticktext"][y] == f"<b>{shown(row['All work, hours a week'])} h</b>"


def test_no_hours_are_an_empty_place():
    schools = district().schools.copy()
    schools["travel_hours"] = 0.0
    heat = hours_by_school_and_activity(schools).figure["data"][0]
    column = [group for group in range(7) if all(row[group] is None for row in heat["z"])]
    assert column == [4]


def test_rates_are_fte_over_enrollment():
    schools = district().schools
    chart = fte_per_1000(schools)
    by_name = schools.set_index("school")
    for name in ("required", "available"):
        for label, value in zip(labels(chart), trace(chart, name)["x"], strict=True):
            assert value == pytest.approx(by_name.loc[label, f"{name}_fte"] / by_name.loc[label, "enrollment"] * 1000)
    assert numbers(trace(chart, "required")["x"], 2) == chart.table["Required, FTE for each 1,000 enrolled"].tolist()


def test_the_district_line_is_a_sum_over_a_sum_of_schools_with_enrollment():
    schools = district().schools.copy()
    schools.loc[0, "enrollment"] = np.nan
    known = schools[schools["enrollment"] > 0]
    rate = known["required_fte"].sum() / known["enrollment"].sum() * 1000
    chart = fte_per_1000(schools)
    assert trace(chart, "district, required")["x"] == pytest.approx([rate, rate])
    assert shown(rate, 2) in chart.note and shown(known["enrollment"].sum(), 0) in chart.note
    row = chart.table.set_index("School").loc[schools["school"][0]]
    assert row["Note"] == "no enrollment given" and np.isnan(row["Required, FTE for each 1,000 enrolled"])
    assert schools["school"][0] not in labels(chart)
    assert "1 school gives no enrollment" in chart.alt


def test_no_filter_moves_the_rates_of_the_district():
    schools = district().schools
    whole, few = fte_per_1000(schools), fte_per_1000(schools.iloc[:3], whole=schools)
    for name in ("district, required", "district, available"):
        assert trace(few, name)["x"] == trace(whole, name)["x"]
    assert few.found == whole.found and few.note.partition(".")[0] == whole.note.partition(".")[0]
    assert len(labels(few)) == 3 < len(labels(whole))
    open_ = fte_per_1000(schools, provisional=True)
    assert open_.found.startswith("Provisionally: the district requires") and "(provisional)" in open_.alt


def test_an_enrollment_of_zero_is_no_rate():
    schools = district().schools.assign(enrollment=0.0)
    chart = fte_per_1000(schools)
    assert marks(chart) == 0 and set(chart.table["Note"]) == {"no enrollment given"}


def test_small_schools_are_masked_everywhere():
    schools = district(3, students=30, people=5, schools=9).schools.copy()
    schools["caseload"] = [2, 15, 20, 9, 30, 25, 12, 11, 40, *[50] * 9][: len(schools)]
    small = schools["school"][schools["caseload"] < 10].tolist()
    for name, chart in charts_of_schools(schools, smallest=10).items():
        for school in small:
            assert not [text for text in texts(chart.figure) if school in text], name
            row = chart.table.set_index("School").loc[school]
            numeric = [value for column, value in row.items() if isinstance(value, float)]
            assert np.isnan(numeric).all(), (name, row)
            assert "fewer than 10 students" in row["Note"]
        assert "2 rows with fewer than 10 students" in chart.alt, name


def test_one_masked_school_cannot_be_found_by_subtraction():
    assert masked(np.array([3, 50, 12, 30]), 10).tolist() == [True, False, True, False]
    assert masked(np.array([3, 5, 12, 30]), 10).tolist() == [True, True, False, False]
    assert masked(np.array([30, 50]), 10).tolist() == [False, False]
    assert masked(np.array([3]), 10).tolist() == [True]


def test_the_place_in_the_table_does_not_tell_a_masked_number():
    schools = district().schools.copy()
    schools["caseload"] = np.arange(len(schools)) * 7
    made = charts_of_schools(schools, smallest=10)
    for chart in made.values():
        table = chart.table[chart.table["School"] != NO_SCHOOL]
        hidden = table["Note"].str.contains("fewer").tolist()
        assert not any(before and not after for before, after in zip(hidden, hidden[1:], strict=False)), table
        names = table["School"][hidden].tolist()
        assert names == sorted(names)


def test_when_every_school_is_small_nothing_is_drawn():
    for name, chart in charts_of_schools(district().schools, smallest=1000).items():
        assert marks(chart) == 0, name
        assert "withheld" in " ".join(texts(chart.figure)), name


def test_labels_never_lie_on_each_other():
    points = [(x, x % 7) for x in range(40)]
    frame = Frame((-1, 41), (-1, 8), 300, 150)
    crowded = text_positions(points, ["School name"] * 40, frame)
    assert None in crowded and any(crowded)
    assert text_positions([(5, 5)], ["Oak"], frame) == ["middle right"]
    assert text_positions([(41, 5)], ["Oak"], frame) == ["middle left"]
    assert text_positions([(5, 5)], [""], frame) == [None]
