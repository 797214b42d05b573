"""First and last days in one cell end a service only under a heading that speaks of the service."""

import pytest

from tests.intake.rosters import book, loaded
from tests.intake.test_reading_cases import figures

SPANS = ["8/20/2026 - 5/28/2027", "8/20/2025 - 5/28/2026"]


def read(heading, cells):
    rows = [[at, "Birch", 30, cell] for at, cell in enumerate(cells)]
    result = loaded(book(Sheet1=[["Student ID", "School", "Min/wk", heading], *rows]))
    return round(figures(result.roster)["direct"]), {each.column for each in result.questions}


@pytest.mark.parametrize(
    "heading", ["IEP Dates", "Suspension", "Consent dates", "Reporting Period", "Old Service Dates"]
)
def test_days_of_something_else_end_no_service_and_are_asked_about(heading):
    assert read(heading, SPANS) == (60, {heading})


@pytest.mark.parametrize("heading", ["Evaluation Dates", "ESY Dates"])
def test_days_that_are_known_to_be_of_something_else_are_not_asked_about(heading):
    assert read(heading, SPANS) == (60, set())


@pytest.mark.parametrize("heading", ["Duration", "Dates of Service (OT)", "OT Dates", "Timeline", "Start/End Dates"])
def test_days_of_the_service_end_it(heading):
    assert read(heading, SPANS) == (30, set())


@pytest.mark.parametrize("heading", ["From/To", "Start/End"])
def test_times_and_places_are_no_days_of_a_service(heading):
    assert read(heading, ["9:00-9:30", "10:00-10:30"])[0] == 60
    assert read(heading, ["Oak to Elm", ""])[0] == 60
