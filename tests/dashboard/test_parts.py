"""The parts that pages are made of: safe text, labels, slider spans, the typed-in week, the failure that tells nothing."""

import logging
import re
from datetime import date

import pandas as pd
import pytest

from dashboard.parts import why_panel
from dashboard.parts.assumption_widgets import MONTHS, span
from dashboard.parts.column_labels import LABELS, config, label
from dashboard.parts.safe_text import WORD_JOINER, plain, safe
from dashboard.screens.calculator.calculator_inputs import GROUPS
from dashboard.screens.method import method_tables
from dashboard.shell import guard
from dashboard.shell.therapist_names import NO_THERAPIST, labels_of
from tests.dashboard.support import HOSTILE, district, typed_week_row
from tests.support.rosters import DAY
from workload.answer import analyze
from workload.explain.why import explain
from workload.intake.by_hand.sheet_map import choices
from workload.model.columns import TABLES
from workload.model.parameters import Assumptions, parameters
from workload.one_week import week_roster
from workload.report.indicators import indicators
from workload.work.activities import CODES


@pytest.mark.parametrize("text", HOSTILE)
def test_safe_text_escapes_every_character_with_a_meaning(text):
    made = safe(text)
    assert made.replace("\\", "").replace(WORD_JOINER, "") == plain(text)
    assert not re.search(r"://|www\.|\w@", made.replace("\\", "")), "no program takes it for an address"
    assert all(
        made[at - 1] == "\\" for at, letter in enumerate(made) if letter in "*_[]()<>`#$:!~|{}.@" and letter != "\\"
    )


def test_safe_text_is_one_line_without_hidden_characters_and_not_endless():
    assert plain("a\nb\u202ec\u200bd\x00e") == "a b c d e"
    assert len(plain("x" * 5_000)) == 300 and plain("x" * 5_000).endswith("…")


def test_codes_follow_the_alphabet_and_names_in_sentences_are_replaced():
    answer = analyze(district(), DAY)
    labels = labels_of(answer.therapists, named=False)
    assert [labels.of(f"Therapist {at:02}") for at in range(6)] == ["OT 1", "OT 2", "OT 3", "OT 4", "OTA 1", "OTA 2"]
    assert labels.of("Unassigned") == NO_THERAPIST
    assert labels.sentence("Ask Therapist 03, not Therapist 031.") == "Ask OT 4, not Therapist 031."
    opened = labels.explanation(explain(answer, "shortfall_total_fte"))
    assert "Therapist 0" not in opened.rows.to_csv() + " ".join(step.label for step in opened.steps)
    named = labels_of(answer.therapists, named=True)
    assert named.of("Therapist 03") == "Therapist 03" and named.code("Therapist 03") == "OT 4"
    assert named.of("Unassigned") == NO_THERAPIST


@pytest.mark.parametrize("id", [id for id, parameter in parameters().items() if parameter.is_drawn])
def test_a_slider_reaches_from_the_least_over_the_likely_range_to_any_value_that_is_set(id):
    parameter = parameters()[id]
    for value in (parameter.value, parameter.low, parameter.high, parameter.maximum):
        start, end, step = span(parameter, value)
        assert start <= min(parameter.low, value) and max(parameter.high, value) <= end <= parameter.maximum
        assert 20 <= (end - start) / step <= 101


def test_every_choice_of_a_month_has_words():
    assert set(parameters()["month"].choices) == set(MONTHS)


def test_every_field_of_the_week_is_asked_once_with_a_short_name_of_its_own():
    asks = [ask for group in GROUPS.values() for ask in group]
    assert sorted(ask.field for ask in asks) == sorted(week_roster.Week.__dataclass_fields__)
    assert len({ask.key for ask in asks}) == len(asks)


def test_the_typed_week_is_counted_by_the_same_method():
    week = week_roster.Week(
        individual=10,
        individual_minutes=30,
        individual_sessions=2,
        grouped=6,
        group_size=3,
        group_minutes=30,
        group_sessions=1,
        consult=4,
        consult_minutes=60,
        without_iep=2,
        initial=3,
        reevaluations=5,
        makeup_minutes=0,
        moves=7,
        assistants=2,
        duty_hours=1,
        mtss_hours=0.5,
        contract_hours=30,
    )
    row = typed_week_row(week, date(2026, 10, 1))
    assert row["direct_hours"] == pytest.approx(10 * 1.0 + 6 / 3 * 0.5)
    assert row["consult_hours"] == pytest.approx(4 * 60 / 4 / 60)
    assert row["evaluation_initial_hours"] == pytest.approx(3 * 6.0 / 36)
    assert row["reevaluation_hours"] == pytest.approx(5 * 4.5 / 36)
    assert row["meeting_hours"] == pytest.approx(((18 + 3) * 1.5 + 2 * 0.5) / 36)  # annual and initial; 504
    assert row["progress_report_hours"] == pytest.approx(18 * 4 * 0.25 / 36)
    assert row["travel_hours"] == pytest.approx(7 * 15 / 60)
    assert row["supervision_hours"] == pytest.approx(2.0)
    assert (row["named_duty_hours"], row["mtss_hours"], row["available_hours"], row["caseload"]) == (1, 0.5, 30, 20)


def test_an_empty_week_has_no_work():
    nothing = week_roster.Week(
        **{name: 0 for name in week_roster.Week.__dataclass_fields__ if name not in ("contract_hours", "group_size")}
    )
    row = typed_week_row(nothing, DAY)
    assert row["workload_hours"] == 0 and row["utilization"] == 0


def test_the_indicators_are_the_answers_own_figures():
    answer = analyze(district(), DAY)
    used, fits, required, planned = found = indicators(answer)
    assert [one.value for one in found] == pytest.approx([one.opened.value for one in found])
    assert [one.unit for one in found] == [one.opened.unit for one in found]
    assert used.value == pytest.approx(answer.district["utilization"])
    assert fits.value == pytest.approx(
        1 - answer.district["student_minutes_at_risk"] / answer.district["student_hours"] / 60
    )
    assert required.value == pytest.approx(answer.district["required_fte"])
    assert planned.value == pytest.approx(answer.district["required_fte"] / 0.8)
    for one in (used, fits, required, planned):
        assert one.opened.steps[-1].value == pytest.approx(one.value)


def test_the_method_page_tells_every_activity_and_parameter_with_its_source():
    assert len(method_tables.activities()) == len(CODES)
    told = method_tables.assumptions(Assumptions())
    assert len(told) == len(parameters()) and (told["Source"] != "").all() and (told["Force"] != "").all()
    assert len(method_tables.methods(analyze(district(), DAY))) >= 5


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_that_a_heading_can_be_taken_for_have_different_words(table):
    words = [label for _, label in choices(table.name)]
    assert len(set(words)) == len(words) > len(table.names)


def test_the_screen_has_words_for_every_column():
    assert label("required_fte") == "FTE required" and label("some_thing") == "Some thing"
    assert not [name for name, (words, _) in LABELS.items() if "_" in words or words.lower() in ("null", "schema")]


def test_a_failure_leaves_a_reference_and_its_place_and_never_its_words(caplog):
    def body():
        raise ValueError("Zzyzx Q. Canary, born 2017-03-04")

    with caplog.at_level(logging.ERROR):
        guard.run(body)
    assert "Canary" not in caplog.text and "ValueError" in caplog.text and "test_parts.py" in caplog.text


def test_the_sources_of_a_figure_can_be_opened_while_they_are_the_defaults():
    answer = analyze(district(), DAY)
    links = why_panel.source_links(explain(answer, "reevaluation_hours"))
    assert "](https://www.law.cornell.edu/cfr/text/34/300.303)" in links
    own = analyze(district(), DAY, assumptions=answer.assumptions.changed({"reevaluations_per_student": 0.3}, "typed"))
    assert "300.303" not in why_panel.source_links(explain(own, "reevaluation_hours"))


def test_numbers_of_a_column_without_a_label_have_a_comma_between_the_thousands_but_not_a_year():
    table = pd.DataFrame({"Students": [108_142], "Mean wage": [94_680.0], "Rate": [1.25], "School year": [2026]})
    written = {name: one["type_config"].get("format") for name, one in config(table).items() if "type_config" in one}
    assert written == {"Students": "%,.0f", "Mean wage": "%,.0f", "Rate": "%,.2f"}
