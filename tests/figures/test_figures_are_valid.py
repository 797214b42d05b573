"""Plotly itself checks every figure here once, because the pages hand them on unchecked."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.figures import caseload_charts, fte_charts, school_hours, school_rates
from workload.figures.tones import LIGHT, painted

ANSWER = analyze(as_roster(random_tables(4, students=80, people=9, schools=8)), DAY)
CHARTS = {
    "required_by_activity": lambda: fte_charts.required_by_activity(ANSWER),
    "what_moves_the_answer": lambda: fte_charts.what_moves_the_answer(
        ANSWER.influences, ANSWER.district["required_fte"]
    ),
    "dumbbell": lambda: caseload_charts.caseload_and_workload(ANSWER.therapists, {}, {}),
    "heat map": lambda: school_hours.hours_by_school_and_activity(ANSWER.schools),
    "fte_per_1000": lambda: school_rates.fte_per_1000(ANSWER.schools),
}


@pytest.mark.parametrize("name", CHARTS)
def test_plotly_accepts_the_figure(name):
    figure = painted(CHARTS[name]().figure, LIGHT)
    assert go.Figure(**figure).to_dict()["data"]


def test_a_wrong_property_would_be_seen():
    figure = painted(CHARTS["dumbbell"]().figure, LIGHT)
    with pytest.raises(ValueError):
        go.Figure(data=figure["data"], layout={**figure["layout"], "no_such_property": 1})
