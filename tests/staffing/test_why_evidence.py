"""Every opened figure of the evidence ends in its own value, and what is added up adds up."""

import pytest

from tests.dashboard.evidence import with_log
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.explain.why_evidence import (
    explain_cap,
    explain_compliance,
    explain_concern,
    explain_difference,
    explain_logged,
    explain_method,
    explain_ratio,
    explain_study,
)
from workload.staffing.caps.caseload_caps import binding
from workload.staffing.concerns.sign_evidence import Evidence
from workload.staffing.concerns.warning_signs import concerns
from workload.staffing.delivered.compliance import compliance, delivered_of
from workload.staffing.method_differences import differences
from workload.staffing.time_study.model_against_log import areas_of_concern
from workload.staffing.time_study.study import LABELS

ANSWER = analyze(with_log(as_roster(random_tables(3))), DAY, state="WI")


def summed(opened) -> float:
    """The signed steps before the last one, added up."""
    signs = {"+": 1, "-": -1}
    return sum(signs[step.sign] * step.value for step in opened.steps[:-1] if step.sign in signs)


def test_a_method_is_the_house_method_and_its_causes():
    causes = differences(ANSWER.staffing, ANSWER.methods)
    house = float(ANSWER.district["required_fte"])
    for method in ANSWER.methods:
        opened = explain_method(method, causes, house, ANSWER.lines, "guidance", "read")
        assert opened.value == pytest.approx(method.middle if method.method != "wisn-itemized" else house)
        if method.method != "wisn-itemized":
            assert summed(opened) == pytest.approx(opened.value)
        assert opened.assumptions[0].source == method.source and len(opened.rows) == len(ANSWER.lines)


def test_a_cap_is_limit_minus_students():
    name, checks = next((name, found) for name, found in ANSWER.caps.items() if found)
    opened = explain_cap(checks[0], name, 1.0, False, binding(checks), ANSWER.lines, "law", "read")
    assert opened.value == opened.steps[1].value - opened.steps[2].value == checks[0].room
    assert "This rule leaves the least room." in " ".join(opened.notes)


def test_logged_hours_add_up_and_name_their_entries():
    study = ANSWER.time_study
    whole, outside = explain_logged(study), explain_logged(study, outside_only=True)
    assert summed(whole) == pytest.approx(whole.value) and summed(outside) == pytest.approx(outside.value)
    assert outside.value > 0
    parts = [explain_study(study, code) for code in LABELS if (study.work["activity"] == code).any()]
    assert sum(part.value for part in parts) == pytest.approx(whole.value)
    assert {"file", "sheet", "row"} <= set(parts[0].rows.columns) and all(summed(part) == part.value for part in parts)
    ratio = explain_ratio(study, ANSWER.assumptions)
    assert ratio.value == pytest.approx(ratio.steps[0].value / ratio.steps[1].value)


def test_a_difference_is_logged_minus_model():
    areas = areas_of_concern(ANSWER.time_study, ANSWER.staffing)
    for _, area in areas.iterrows():
        opened = explain_difference(ANSWER.time_study, area, 3.0)
        assert summed(opened) == pytest.approx(opened.value) == pytest.approx(area["difference_hours"])


def test_every_sign_opens_to_its_figure_and_rows():
    found = concerns(Evidence(ANSWER.staffing, ANSWER.roster.services, ANSWER.roster.evaluations, ANSWER.time_study))
    opened = [explain_concern(concern) for concern in found]
    assert len(opened) == 10
    for concern, one in zip(found, opened, strict=True):
        if concern.indicator is not None:
            assert one.value == concern.indicator.value and len(one.rows) == len(concern.indicator.rows)


def test_compliance_opens_without_students():
    delivered = delivered_of(
        [
            {"student": "S-1", "school": "Oak", "required": 100, "delivered": 60, "refusal": 10},
            {"student": "S-2", "school": "Elm", "required": 300, "delivered": 60},
        ]
    )
    opened = explain_compliance(delivered)
    assert opened.value == compliance(delivered)["compliance"] == pytest.approx(0.3)
    oak = explain_compliance(delivered, "school", "Oak")
    assert oak.value == pytest.approx(0.6) and len(oak.rows) == 1
    assert "student" not in opened.rows.columns and "S-1" not in opened.rows.to_csv()
