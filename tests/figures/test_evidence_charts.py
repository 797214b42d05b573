"""The charts of rules, time study, concerns and delivered minutes: valid, worded, safe, and with the right numbers."""

import json
import re

import pytest
from plotly.tools import return_figure_from_figure_or_data

from tests.dashboard.evidence import with_log
from tests.figures.charts import texts
from tests.figures.test_charts_in_common import HOSTILE, says_what_it_found
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.figures.concern_charts import differences_ranked, team_said
from workload.figures.delivered_charts import delivered_and_not, shares_by_year
from workload.figures.group_size_chart import group_size_readings
from workload.figures.rule_charts import by_every_method, students_against_limits
from workload.figures.study_charts import model_beside_study, paid_and_unpaid, shares_of_moments
from workload.figures.tones import LIGHT, painted
from workload.staffing.concerns.check_in import QUESTIONS
from workload.staffing.delivered.compliance import chicago_minutes, compliance_by, delivered_of
from workload.staffing.larger_groups import group_size_table
from workload.staffing.tables import codes_for
from workload.staffing.time_study.model_against_log import areas_of_concern
from workload.staffing.time_study.random_moments import moments_table
from workload.staffing.time_study.study import plain_entries, study_of
from workload.staffing.time_study.study_tables import activity_table


def answer():
    """A random district with a time log, in a state with a cap."""
    return analyze(with_log(as_roster(random_tables(3))), DAY, state="WI")


def minutes(school: str = "Oak"):
    """Delivered minutes with every reason."""
    return delivered_of(
        [
            {
                "school": school,
                "therapist": "A",
                "month": f"2026-{at:02}",
                "required": 100,
                "delivered": 40,
                "provider absence": 10,
                "student absence": 10,
                "school event": 5,
                "refusal": 5,
                "other": 10,
            }
            for at in (9, 10)
        ]
    )


def all_charts() -> dict:
    """Every chart of the evidence pages."""
    found, caps = answer(), codes_for(answer().therapists)
    areas = areas_of_concern(found.time_study, found.staffing)
    return {
        "caps": students_against_limits(found.caps, caps),
        "methods": by_every_method(found.methods, float(found.district["available_fte"])),
        "groups": group_size_readings(group_size_table()),
        "hours": paid_and_unpaid(activity_table(found.time_study)),
        "model": model_beside_study(areas),
        "moments": shares_of_moments(
            moments_table(
                [{"therapist": "A", "activity": "direct"}] * 9 + [{"therapist": "A", "activity": "planning"}] * 11
            )
        ),
        "ranked": differences_ranked(areas),
        "said": team_said({**dict.fromkeys(QUESTIONS, 1), "relief": 4}, 6),
        "delivered": delivered_and_not(compliance_by(minutes(), "month"), "month"),
        "years": shares_by_year(
            compliance_by(minutes(), "school_year"), compliance_by(chicago_minutes(), "school_year"), "Chicago"
        ),
    }


CHARTS = all_charts()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_valid_figure_with_words_and_a_table(name):
    chart = CHARTS[name]
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(chart.figure, LIGHT), allow_nan=False)), True)
    says_what_it_found(chart)
    assert "?" in chart.title and len(chart.table) and len(chart.table.columns) >= 3
    assert re.search(r"\d", chart.alt) and chart.alt.endswith(".")
    assert "nan" not in (chart.alt + chart.note).lower()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_clear_on_both_themes_and_no_mark_is_red_for_a_person(name):
    layout = CHARTS[name].figure["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    if name != "delivered":
        assert "#D62728" not in set(texts(CHARTS[name].figure))


@pytest.mark.parametrize(
    "made",
    [
        lambda: students_against_limits({}, {}),
        lambda: by_every_method([], 0.0),
        lambda: paid_and_unpaid(activity_table(study_of(plain_entries([])))),
        lambda: differences_ranked(areas_of_concern(study_of(plain_entries([])), answer().staffing).iloc[:0]),
        lambda: delivered_and_not(compliance_by(delivered_of([]), "month"), "month"),
    ],
)
def test_without_data_a_chart_says_what_is_missing(made):
    chart = made()
    return_figure_from_figure_or_data(json.loads(json.dumps(painted(chart.figure, LIGHT))), True)
    assert chart.alt.startswith("Nothing to draw.") and chart.table.empty and len(chart.table.columns) >= 3


def test_names_of_schools_are_shown_as_text():
    for name in HOSTILE:
        chart = delivered_and_not(compliance_by(minutes(name), "school"), "school")
        return_figure_from_figure_or_data(painted(chart.figure, LIGHT), True)
        for text in texts(chart.figure):
            assert "$" not in text and "\n" not in text
            assert set(re.findall(r"<[^>]*>", text)) <= {"<b>", "</b>", "<br>"}, text


def test_the_table_of_the_caps_has_every_check_and_marks_the_one_that_binds():
    found = answer()
    table = CHARTS["caps"].table
    assert len(table) == sum(map(len, found.caps.values()))
    assert list(table["Binds"]).count("yes") == sum(bool(checks) for checks in found.caps.values())
    assert not set(table["Therapist"]) & set(found.therapists["therapist"])


def test_the_parts_of_delivered_minutes_add_up_to_the_required():
    table = CHARTS["delivered"].table
    parts = list(table.columns[2:-1])
    assert (table[parts].sum(axis=1) == table["Required, minutes"]).all()
    assert list(table["Delivered of required, %"]) == [40.0, 40.0] and list(table["Month"]) == ["Sep 2026", "Oct 2026"]


def test_paid_and_unpaid_hours_add_up_to_all_hours():
    table = CHARTS["hours"].table
    assert (abs(table["Paid hours"] + table["Hours outside the contract"] - table["All hours"]) < 0.11).all()
    assert table["Hours outside the contract"].sum() > 0


def test_the_methods_chart_draws_heads_open_and_hours_filled():
    symbols = {
        trace["marker"]["symbol"]: len(trace["x"])
        for trace in CHARTS["methods"].figure["data"]
        if trace.get("mode") == "markers" and trace.get("hovertext")
    }
    assert symbols["diamond"] in (1, 2) and symbols["circle"] >= 6


def test_the_published_group_sizes_come_out():
    table = CHARTS["groups"].table
    assert list(table["FTE, published"]) == [19.1, 15.9, 14.4, 12.7, 10.6]
    assert list(table["FTE, 45% direct"])[1:] == [17.8, 17.1, 16.3, 15.4]
    assert list(table["FTE, 60% direct"])[1:] == [17.4, 16.5, 15.4, 14.1]
    assert table["Saved, published, $"].iloc[-1] == 637_500
