"""Every chart of a district at once, and what can be read from a figure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd

from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import Answer, analyze
from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.chart import Chart
from workload.figures.fte_charts import required_by_activity, what_moves_the_answer
from workload.figures.school_hours import hours_by_school_and_activity
from workload.figures.school_rates import fte_per_1000


@cache
def district(seed: int = 3, students: int = 60, people: int = 8, schools: int = 9) -> Answer:
    return analyze(as_roster(random_tables(seed, students=students, people=people, schools=schools)), DAY)


def empty_district() -> Answer:
    return analyze(as_roster({"services": [], "therapists": []}), DAY)


def own_names(therapists: pd.DataFrame) -> dict[str, str]:
    return {name: name for name in therapists["therapist"]}


def charts_of_people(therapists: pd.DataFrame, names=None) -> dict[str, Chart]:
    return {
        "shares of people": caseload_and_workload(therapists, own_names(therapists) if names is None else names, {})
    }


def charts_of_schools(schools: pd.DataFrame, smallest: int = 0) -> dict[str, Chart]:
    return {
        "heat map": hours_by_school_and_activity(schools, smallest),
        "rates": fte_per_1000(schools, smallest),
    }


def charts_of_district(answer: Answer) -> dict[str, Chart]:
    return {
        "parts": required_by_activity(answer),
        "tornado": what_moves_the_answer(answer.influences, answer.district["required_fte"]),
    }


def all_charts(answer: Answer) -> dict[str, Chart]:
    return {**charts_of_people(answer.therapists), **charts_of_schools(answer.schools), **charts_of_district(answer)}


def texts(part: object) -> Iterator[str]:
    """Every string in a figure."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            if name != "customdata":  # what a click hands back; it is drawn nowhere
                yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


def trace(chart: Chart, name: str) -> dict:
    return next(each for each in chart.figure["data"] if each.get("name") == name)


def marks(chart: Chart) -> int:
    """Bars, points and cells that are drawn; labels and lines are not counted."""
    count = 0
    for each in chart.figure["data"]:
        if each["type"] == "heatmap":
            count += sum(value is not None for row in each["z"] for value in row)
        elif each["type"] == "bar" or "markers" in each.get("mode", ""):
            count += len(each["x"])
    return count
