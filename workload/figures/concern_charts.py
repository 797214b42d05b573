"""Concerns: where log and model lie farthest apart, and what a team said in its check-in."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workload.figures import chart
from workload.figures.row_marks import upright
from workload.figures.tones import NAMED
from workload.model.words import count, hours, numbers, rounded, within
from workload.staffing.concerns.check_in import QUESTIONS
from workload.staffing.concerns.warning_signs import SIGNS

RANKED_TITLE = "Where do log and model differ most? Logged minus model, hours a week"
SAID_TITLE = "What did the team say? Yes answers to each question of the check-in"
LETTERS = 44


def differences_ranked(areas: pd.DataFrame) -> chart.Chart:
    """Bars from zero: to the right where more was logged than the model expects.

    areas  `model_against_log.areas_of_concern`, largest difference first
    """
    columns = (
        "Activity",
        "Logged minus model, hours a week",
        "Model, hours a week",
        "Logged, hours a week",
        "Of that outside the contract",
        "What it says",
    )
    if areas.empty:
        return chart.empty_chart(
            RANKED_TITLE,
            "There is no time study to hold against the model.",
            "Log a week or two on the Time study page.",
            columns,
        )
    values, labels, places = areas["difference_hours"].tolist(), areas["label"].tolist(), list(range(len(areas)))
    right = [_signed(value) for value in values]
    bars = chart.row_bars(
        values,
        places,
        [f"{label}: {text} hours a week" for label, text in zip(labels, right, strict=True)],
        width=0.66,
        marker={
            "color": [NAMED.about if value > 0 else NAMED.soft for value in values],
            "pattern": {**chart.HATCH, "shape": ["" if value > 0 else "/" for value in values]},
        },
    )
    span = max(abs(value) for value in values) * 1.08 or 1
    figure = chart.rows_figure(
        [upright(0, len(areas)), bars],
        [chart.for_plotly(label, LETTERS) for label in labels],
        right,
        chart.value_axis("hours a week more (right) or less (left) than the model", range=[-span, span]),
    )
    table = chart.table_of(
        columns,
        labels,
        numbers(values, 1),
        numbers(areas["model_hours"], 1),
        numbers(areas["study_hours"], 1),
        numbers(areas["outside_hours"], 1),
        areas["sign"].tolist(),
    )
    alt = (
        f"Logged hours a week minus the model for {count(len(areas), 'activity', 'activities')}, largest difference "
        "first. "
        + "; ".join(f"{within(label)} {text}" for label, text in list(zip(labels, right, strict=True))[:3])
        + "."
    )
    return chart.Chart(
        chart.opening(figure, areas["activity"].tolist()),
        RANKED_TITLE,
        alt,
        table,
        "Solid bars: more was logged than the model expects. Hatched bars: less, which in a study of a week or "
        "two may only mean that it comes at another time of the year.",
        f"{labels[0]} differs most: {right[0]} hours a week against the model",
    )


def _signed(value: float) -> str:
    if rounded(value, 1) == 0:
        return "0.0"
    return f"+{hours(value)}" if value > 0 else f"−{hours(-value)}"


def team_said(yes: Mapping[str, int], answers: int) -> chart.Chart:
    """Yes answers to each question, of all answers.

    yes  `check_in.results` of a check-in that is closed and has answers enough
    """
    labels = {sign.id: sign.label for sign in SIGNS}
    places, values = list(range(len(labels))), [yes[id] for id in labels]
    right = [f"{value} of {answers}" for value in values]
    bars = chart.row_bars(
        values,
        places,
        [f"{label}: {text} said yes" for label, text in zip(labels.values(), right, strict=True)],
        width=0.66,
        marker={"color": NAMED.accent},
    )
    figure = chart.rows_figure(
        [bars],
        [chart.for_plotly(label, LETTERS) for label in labels.values()],
        right,
        chart.value_axis("people who said yes", range=[0, answers], dtick=max(1, answers // 8)),
    )
    table = pd.DataFrame(
        {
            "Sign": list(labels.values()),
            "Question": [QUESTIONS[id] for id in labels],
            "Yes": values,
            "Answers": [answers] * len(labels),
        }
    )
    most = max(labels, key=lambda id: yes[id])
    alt = f"{count(answers, 'person', 'people')} answered. Most said yes to {within(labels[most])}: {yes[most]} of {answers}."
    found = f"{yes[most]} of {answers} said yes to {within(labels[most])}"
    return chart.Chart(figure, SAID_TITLE, alt, table, "Counts only; who said what was never kept.", found)
