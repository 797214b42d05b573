"""Rules, Time study, Concerns, Delivered minutes: every part with and without data, and with hostile names."""

import re

import pytest

from dashboard.parts.contract_rules import AgreementRecord
from tests.dashboard.evidence import PAGES, hostile_clause, open_part, parts, widget, with_log, with_minutes
from tests.dashboard.support import (
    HOSTILE,
    app,
    bring,
    district,
    everything,
    failed,
    hostile,
    markdown_texts,
    opened,
    stopped,
    visit,
)


def loaded(name: str = "Test County"):
    """The app on a district with a time log and delivered minutes."""
    roster = with_log(district())
    at = opened(roster, name)
    with_minutes(at, list(roster.schools["school"]), list(roster.therapists["therapist"]))
    at.session_state["state"] = "WI"
    return at.run()


@pytest.mark.parametrize("page_name", PAGES)
def test_every_part_works_with_a_district_that_has_evidence(page_name):
    at = loaded()
    seen = []
    for name in parts(at, page_name):
        assert not failed(at), name
        seen.append(name)
    assert len(seen) >= 4


@pytest.mark.parametrize("page_name", PAGES)
def test_every_part_works_with_a_district_that_has_none(page_name):
    at = opened(district()).run()
    for name in parts(at, page_name):
        assert not failed(at), name


@pytest.mark.parametrize("page_name", ["rules", "delivered"])
def test_these_pages_work_without_a_roster(page_name):
    at = app().run()
    for name in parts(at, page_name):
        assert not failed(at), name


@pytest.mark.parametrize("page_name", ["time_study", "concerns"])
def test_these_pages_say_what_to_do_without_a_roster(page_name):
    at = visit(app().run(), page_name)
    assert not failed(at)
    assert "No roster is open yet" in at.info[0].value and len(at.title) == 1
    assert "Open the sample district" in [button.label for button in at.button]


@pytest.mark.parametrize("page_name", ["time_study", "concerns"])
def test_an_error_in_the_file_stops_these_pages(page_name):
    at = visit(opened(stopped()).run(), page_name)
    assert not failed(at) and "must be settled" in at.error[0].value


def test_an_error_in_the_file_stops_the_parts_that_need_an_answer_only():
    at = opened(stopped()).run()
    open_part(at, "rules", "Methods")
    assert not failed(at) and "must be settled" in at.error[0].value
    open_part(at, "rules", "All states")
    assert not failed(at) and not at.error


@pytest.mark.parametrize("page_name", PAGES)
def test_nobody_is_named_on_any_part_until_names_are_asked_for(page_name):
    at = loaded()
    people = list(district().therapists["therapist"])
    for name in parts(at, page_name):
        shown = everything(at)
        assert len(people) == 6 and not [person for person in people if person in shown], name


@pytest.mark.parametrize("page_name", PAGES)
def test_no_hostile_text_reaches_markdown_on_any_part(page_name):
    roster = with_log(hostile(), HOSTILE[4])
    at = opened(roster, HOSTILE[0])
    with_minutes(at, list(HOSTILE[:8]), list(HOSTILE[8:]))
    bring(at, AgreementRecord((hostile_clause(),)))
    at.session_state["show_names"] = True
    at.session_state["state"] = "WI"
    at.run()
    dangerous = [text for text in HOSTILE if text[0] not in "=+@" and not text.startswith(("www", "a@"))]
    for name in parts(at, page_name):
        assert not failed(at), name
        live = [re.sub(r"\\.", "", text) for text in [*markdown_texts(at), *table_cells(at)]]
        assert not [(bad, text) for text in live for bad in dangerous if bad in text], name
    assert len(dangerous) >= 10


def table_cells(at):
    """Every cell of the tables whose cells are read as Markdown."""
    for table in at.table:
        for column in table.value:
            yield from map(str, table.value[column])


@pytest.mark.parametrize("page_name", PAGES)
def test_no_page_accuses_anybody(page_name):
    at = loaded()
    for name in parts(at, page_name):
        said = everything(at).casefold()
        assert "violation" not in said and "violates" not in said and "illegal" not in said, name


def test_a_part_that_is_named_in_the_address_is_the_one_that_opens():
    at = opened(district())
    at.query_params["rules_part"] = "Methods"
    visit(at.run(), "rules")
    assert widget(at, "radio", "rules_part").value == "Methods" and at.get("plotly_chart")
