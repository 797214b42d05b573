"""What is typed into a number field is what is calculated with: half a session stays half a session."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.proto.NumberInput_pb2 import NumberInput

from dashboard.screens.calculator.calculator_inputs import GROUPS, WHOLE
from dashboard.screens.data.posts_table import frame, posts_of
from dashboard.screens.people.time_study import bring_in_a_log
from tests.dashboard.support import NAMES, app, district, opened, typed_week_row
from tests.dashboard.test_journeys import visit, widget
from workload.intake.typed_posts import POSTS_FILE, Post, as_csv, read_posts
from workload.model.words import percent
from workload.one_week import week_roster

ROOT = Path(__file__).parents[2]
ASKS = [ask for asks in GROUPS.values() for ask in asks]
COUNTED = {"individual", "grouped", "group_size", "consult", "without_iep", "initial", "reevaluations", "moves",
           "assistants"}  # fmt: skip
# Amounts that may be any number; a label that names one must not stand over a field of whole numbers.
AMOUNTS = re.compile(r"\b(minutes|hours|sessions a|FTE|share|weight of the work|percent|a month)\b|%", re.IGNORECASE)


def calculator(at=None):
    """The calculator where a week is typed in round numbers."""
    at = at or app()
    at.query_params["way"] = "Round numbers"
    return visit(at.run(), "calculator")


def test_only_what_is_counted_is_whole():
    assert WHOLE == COUNTED


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.key)
def test_a_typed_amount_is_calculated_with_as_typed(ask):
    at = calculator()
    value = ask.least + (3 if ask.field in COUNTED else 1.5)
    at = widget(at, "number_input", ask.key).set_value(value).run()
    assert widget(at, "number_input", ask.key).value == value
    week = replace(week_roster.Week(), **{ask.field: value})
    row = typed_week_row(week, date.today())
    assert at.metric[0].value == percent(row["utilization"])


@pytest.mark.parametrize("ask", [ask for ask in ASKS if ask.field not in COUNTED], ids=lambda ask: ask.key)
def test_an_amount_has_a_field_for_any_number(ask):
    """A browser cuts the fraction off where the field is one for whole numbers, whatever the server would take."""
    field = widget(calculator(), "number_input", ask.key)
    assert field.proto.data_type == NumberInput.FLOAT


@pytest.mark.parametrize("typed,moved", [("one_wk", "0.5"), ("one_wk", "1.5"), ("grp_wk", "0.5"), ("mtss", "2.5")])
def test_a_link_with_half_of_something_is_read_as_half(typed, moved):
    at = app()
    at.query_params[typed] = moved
    at = visit(at.run(), "calculator")  # a link of before says no way
    assert widget(at, "number_input", typed).value == float(moved)
    name = next(ask.field for ask in ASKS if ask.key == typed)
    week = replace(week_roster.Week(), **{name: float(moved)})
    row = typed_week_row(week, date.today())
    assert at.metric[0].value == percent(row["utilization"])


@pytest.mark.parametrize("name", NAMES)
def test_no_page_asks_for_an_amount_in_whole_numbers(name):
    at = visit(opened(district()).run(), name)
    whole = [field.label for field in at.number_input if field.proto.data_type == NumberInput.INT]
    assert [label for label in whole if AMOUNTS.search(label)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_typed_is_shown_as_typed(name):
    """Without a form of its own a field shows 0.125 as 0.13."""
    at = visit(opened(district()).run(), name)
    parts = [field for field in at.number_input if field.proto.data_type == NumberInput.FLOAT]
    assert [field.label for field in parts if field.proto.format != "%g"] == []


def test_no_table_that_is_typed_into_cuts_a_number():
    """A step of a column makes the browser cut 0.625 to 0.62, and a greatest value takes the place of a greater one."""
    sources = {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / "dashboard").rglob("*.py")}
    columns = [
        (path.name, {given.arg: given.value for given in call.keywords})
        for path, tree in sources.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "NumberColumn"
    ]
    assert len(columns) > 4
    assert [(file, sorted(given)) for file, given in columns if {"step", "max_value"} & set(given)] == []


@pytest.mark.parametrize(
    "typed,lacks",
    [
        ({"fte": 0.625}, ""),
        ({"hours_per_week": 18.125, "mtss_hours": 0.125}, ""),
        ({"fte": 1.125}, ""),
        ({"fte": 1.5, "hours_per_week": 60.0, "named_duty_hours": 60.0, "mtss_hours": 0.0}, ""),
        ({"fte": 3.5, "vacant": True}, ""),
        ({"fte": 0.0, "vacant": True}, "FTE above 0"),
        ({"hours_per_week": 20.0, "vacant": True}, "FTE"),
        ({"fte": 1.6}, "FTE above 0 and at most 1.5"),
        ({"hours_per_week": 60.5}, "hours a week above 0 and at most 60"),
        ({"fte": 37.5}, "FTE above 0 and at most 1.5"),
        ({"fte": 1.0, "named_duty_hours": 120.0}, "duty hours from 0 and at most 60"),
    ],
)
def test_a_post_is_taken_as_typed_or_refused_in_a_sentence(typed, lacks):
    post = Post("A. Long", "OT", **typed)
    assert posts_of(frame((post,))) == (post,)
    assert post.lacks == lacks
    if not lacks:
        (read,), why = read_posts(POSTS_FILE, as_csv((post,)))
        assert not why and {name: getattr(read, name) for name in typed} == typed


def test_more_minutes_than_a_day_has_are_refused_in_the_log():
    assert bring_in_a_log._problem("minutes", 1441.0) == "1441 minutes are more than a day has."
    assert not any(bring_in_a_log._problem("minutes", minutes) for minutes in (None, 0, 7.25, 1440))
