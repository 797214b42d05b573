"""What holds for every chart: valid, readable without the picture, safe with any name, never empty-handed."""

import json
import re

import pytest
from plotly.tools import return_figure_from_figure_or_data

from tests.figures.charts import (
    all_charts,
    charts_of_people,
    charts_of_schools,
    district,
    empty_district,
    marks,
    texts,
)
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.chart import empty_chart, for_plotly
from workload.figures.tones import LIGHT, painted
from workload.model.words import NO_VALUE
from workload.staffing.tables import codes_for

HOSTILE = [
    '<b onmouseover="x">Oak</b>',
    "<a href='javascript:1'>Elm</a>",
    "Fir & Sons",
    r"$\alpha$ $5",
    "%{y} {x}",
    "A" * 300,
    "two\nlines\x00\u202e",
    "=1+1",
    "<br><br>",
    "🙂 школа",
    "Unassigned?",
    "'",
]


def hostile(answer):
    """The tables of an answer with names that try something."""
    therapists, schools = answer.therapists.copy(), answer.schools.copy()
    therapists["therapist"] = [*(HOSTILE * 9)[: len(therapists) - 1], "Unassigned"]
    schools["school"] = (HOSTILE * 9)[: len(schools)]
    return therapists, schools


def says_what_it_found(chart):
    """The heading is a finding: a short sentence with its number; what is drawn stands under it."""
    assert re.search(r"\d", chart.heading) and "?" not in chart.heading and not chart.heading.endswith(".")
    assert len(chart.heading.split()) <= 16, chart.heading
    assert chart.title.partition("? ")[2] in chart.reading and NO_VALUE not in chart.heading


@pytest.mark.parametrize("name", all_charts(district()))
def test_a_chart_is_a_valid_figure_with_words_and_a_table(name):
    chart = all_charts(district())[name]
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(chart.figure, LIGHT), allow_nan=False)), True)
    assert chart.title.count("?") >= 1
    says_what_it_found(chart)
    assert len(chart.table) and len(chart.table.columns) >= 3
    assert re.search(r"\d", chart.alt) and chart.alt.endswith(".") and NO_VALUE not in chart.alt
    assert "nan" not in chart.alt.lower() + chart.note.lower()


@pytest.mark.parametrize("name", all_charts(empty_district()))
def test_an_empty_district_is_told_what_to_do(name):
    chart = all_charts(empty_district())[name]
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(chart.figure, LIGHT))), True)
    assert chart.table.empty
    assert marks(chart) == 0
    assert "Load a roster" in chart.figure["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert "Load a roster" in chart.alt


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 6, 8])
def test_every_chart_can_be_drawn_for_every_district(seed):
    for chart in all_charts(district(seed, students=25, people=seed + 1, schools=seed + 2)).values():
        json.dumps(painted(chart.figure, LIGHT), allow_nan=False)
        assert chart.alt and chart.title


def test_names_from_files_are_text():
    therapists, schools = hostile(district())
    for name, chart in {**charts_of_people(therapists), **charts_of_schools(schools)}.items():
        return_figure_from_figure_or_data(painted(chart.figure, LIGHT), True)
        for text in texts(chart.figure):
            assert "$" not in text and "\x00" not in text and "\u202e" not in text and "\n" not in text, (name, text)
            tags = set(re.findall(r"<[^>]*>", text))
            assert tags <= {"<b>", "</b>", "<i>", "</i>", "<br>"}, (name, text)
            assert "<b onmouseover" not in text and "<br><br>" not in text
            assert len(text) < 170


def test_the_table_keeps_names_as_they_are():
    therapists, schools = hostile(district())
    assert set(charts_of_people(therapists)["shares of people"].table["Therapist"]) == {
        *therapists["therapist"].iloc[:-1],
        "No therapist",
    }
    assert set(charts_of_schools(schools)["rates"].table["School"]) == set(schools["school"])


def test_text_is_shown_letter_by_letter():
    assert for_plotly("a<b>&$") == "a&lt;b&gt;&amp;&#36;"
    assert for_plotly("Little Bluffs Preschool Center", 12) == "Little…nter"


def test_a_name_that_nobody_asked_for_is_nowhere():
    answer = district()
    names = codes_for(answer.therapists)
    for missing in (names, {}):
        for name, chart in charts_of_people(answer.therapists, missing).items():
            if name == "week":
                continue
            whole = [*texts(chart.figure), chart.alt, chart.title, chart.note, chart.table.to_csv()]
            assert not [text for text in whole if "Therapist 0" in text], name


def test_a_click_opens_the_row_that_it_is_on():
    answer = district()
    codes = codes_for(answer.therapists)
    chart = caseload_and_workload(answer.therapists, codes, codes)
    dots = [part for part in chart.figure["data"] if "markers" in part.get("mode", "") and "customdata" in part]
    drawn = [name for name in chart.figure["layout"]["yaxis"]["ticktext"] if name]
    opens = [codes.get(name) for name in answer.therapists["therapist"]]
    assert len(dots) == 2 and all([code for [code] in part["customdata"]] == opens for part in dots)
    assert drawn == [codes.get(name, "No therapist") for name in answer.therapists["therapist"]]  # no order by load
    closed = caseload_and_workload(answer.therapists, codes, {})
    assert not [code for part in closed.figure["data"] for [code] in part.get("customdata", []) if code is not None]


def test_no_chart_draws_more_than_four_hundred_marks():
    for name, chart in all_charts(district(7, students=700, people=57, schools=350)).items():
        assert marks(chart) <= 400, (name, marks(chart))


def test_charts_are_dictionaries_of_plain_values():
    def plain(part):
        if isinstance(part, dict):
            return all(plain(value) for value in part.values())
        if isinstance(part, list | tuple):
            return all(plain(value) for value in part)
        return part is None or isinstance(part, str | int | float)

    for name, chart in all_charts(district()).items():
        assert plain(chart.figure), name


def test_no_chart_names_a_color_that_only_one_theme_shows():
    for chart in all_charts(district()).values():
        layout = chart.figure["layout"]
        assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
        assert layout["separators"] == ".,"


def test_no_mark_is_pale():
    # Plotly draws points of different sizes see-through unless it is told not to.
    for name, chart in all_charts(district()).items():
        for part in chart.figure["data"]:
            pale = 0.7 if isinstance(part.get("marker", {}).get("size"), list) else 1
            assert part.get("marker", {}).get("opacity", pale) == 1, name


def test_an_empty_chart_says_what_is_missing_and_what_to_do():
    chart = empty_chart("Who?", "Nobody <here>.", "Call.", ("A", "B"))
    assert chart.figure["layout"]["annotations"][0]["text"] == "Nobody &lt;here&gt;.<br>Call."
    assert chart.alt == "Nothing to draw. Nobody <here>. Call."
    assert list(chart.table.columns) == ["A", "B"]
