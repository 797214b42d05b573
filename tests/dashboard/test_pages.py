"""Every page, with and without a district, with an error, and with names that attack."""

import re

import pytest

from dashboard.shell import navigation
from tests.dashboard.support import (
    HOSTILE,
    NAMES,
    NEED_ANSWER,
    app,
    district,
    everything,
    failed,
    heading,
    hostile,
    html_of,
    markdown_texts,
    opened,
    short_answer,
    stopped,
    visit,
)
from workload.model.issues import ERROR


def test_seven_places_stand_at_the_top_and_every_page_is_reached_from_a_place_or_the_foot():
    assert [view.name for view in navigation.PLACES] == [
        "home", "data", "answer", "people", "schools", "decide", "report",
    ]  # fmt: skip
    linked = {view for place in navigation.PLACES for view in navigation.within(place.place)} | set(navigation.FOOT)
    assert linked | set(navigation.PLACES) == set(navigation.ALL)


def test_addresses_of_earlier_versions_are_still_there_and_hide_no_page():
    assert set(navigation.EARLIER) == {"home", "start", "upload", "overview", "therapists", "scenarios"}
    assert not set(navigation.EARLIER) & {view.name for view in navigation.ALL if view is not navigation.HOME}


@pytest.mark.parametrize("name", NAMES)
def test_every_page_works_without_a_district(name):
    at = visit(app().run(), name)
    assert not failed(at)
    assert heading(at)


@pytest.mark.parametrize("name", ["check", *NEED_ANSWER])
def test_an_empty_page_says_what_to_do_next(name):
    at = visit(app().run(), name)
    assert "No roster is open yet" in at.info[0].value
    assert [button.label for button in at.button] == ["Open the sample district"]
    assert {link.proto.label for link in at.get("page_link")} >= {"Upload a roster"}
    assert not at.metric


@pytest.mark.always
@pytest.mark.parametrize("name", NAMES)
def test_every_page_works_with_a_district(name):
    at = visit(opened(district()).run(), name)
    assert not failed(at)
    assert heading(at)


@pytest.mark.parametrize("name", NEED_ANSWER)
def test_an_error_stops_every_staffing_page_with_a_way_to_check(name):
    at = visit(opened(stopped()).run(), name)
    assert not failed(at)
    assert "must be settled" in at.error[0].value
    assert not at.metric and not at.get("plotly_chart")
    assert "See what to correct" in {link.proto.label for link in at.get("page_link")}


def test_check_names_the_error_its_place_and_its_remedy():
    at = visit(opened(stopped()).run(), "check")
    said = " ".join(markdown_texts(at))
    assert "No row says how many minutes" in said and "Add a column with minutes" in said
    assert "a\\.xlsx, sheet Services, row 4, column Minutes" in said
    assert stopped().issues[0].severity == ERROR


def test_the_answer_says_the_numbers_of_the_library():
    at = opened(district(), "Test County").run()
    visit(at, "overview")
    answer = current_answer(at)
    assert heading(at) == short_answer(answer, "Test County")


def current_answer(at):
    """The library's own answer for what the app shows."""
    from tests.support.rosters import DAY
    from workload.answer import analyze

    return analyze(district(), DAY)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_file_reaches_markdown_unescaped(name):
    at = visit(opened(hostile(), HOSTILE[0]).run(), name)
    if name in ("people", "schools"):
        box = next(each for each in at.selectbox if each.key == ("therapist" if name == "people" else "school"))
        box.select_index(0).run()
    at.session_state["show_names"] = True
    at.run()
    assert not failed(at)
    dangerous = [text for text in HOSTILE if text[0] not in "=+@" and not text.startswith(("www", "a@"))]
    live = [re.sub(r"\\.", "", text) for text in markdown_texts(at)]  # what is escaped has no meaning left
    found = [(bad, text) for text in live for bad in dangerous if bad in text]
    assert len(dangerous) >= 10 and not found


@pytest.mark.parametrize("name", NAMES)
def test_no_therapist_is_named_until_names_are_asked_for(name):
    roster = district()
    at = visit(opened(roster).run(), name)
    people = list(roster.therapists["therapist"])
    shown = everything(at)
    assert len(people) == 6 and not [person for person in people if person in shown]


def test_names_appear_when_they_are_asked_for_and_go_again():
    at = visit(opened(district()).run(), "therapists")
    toggle = next(each for each in at.toggle if each.key == "show_names")
    toggle.set_value(True).run()
    assert "Therapist 00" in everything(at)
    next(each for each in at.toggle if each.key == "show_names").set_value(False).run()
    assert "Therapist 00" not in everything(at)


@pytest.mark.parametrize("name", NAMES)
def test_no_address_holds_the_name_of_a_person(name):
    """What a choice is called stands in the address while it is bound to it; a code may, a name may not."""
    roster = district()
    at = opened(roster).run()
    at.session_state["show_names"] = True
    visit(at.run(), name)
    people = set(roster.therapists["therapist"])
    for box in [*at.selectbox, *at.radio, *at.multiselect]:
        assert not (box.proto.query_param_key and people & set(box.proto.options)), box.key


def test_the_therapist_stands_in_the_address_under_the_code():
    at = visit(opened(district()).run(), "therapists")
    next(each for each in at.selectbox if each.key == "therapist").set_value("OT 1").run()
    assert at.query_params["therapist"] == "OT 1"
    next(each for each in at.toggle if each.key == "show_names").set_value(True).run()
    box = next(each for each in at.selectbox if each.key == "therapist")
    box.set_value("Therapist 00").run()
    assert "Therapist 00" in box.proto.options and "Therapist 00" not in str(at.query_params)


def test_a_persons_week_and_a_schools_figures_name_nobody_either():
    at = visit(opened(district()).run(), "therapists")
    next(each for each in at.selectbox if each.key == "therapist").set_value("OT 1").run()
    assert not failed(at) and heading(at).startswith("OT 1 ")
    visit(at, "schools")
    next(each for each in at.selectbox if each.key == "school").set_value("School A").run()
    assert not failed(at)
    assert not [person for person in district().therapists["therapist"] if person in everything(at)]


def test_text_from_files_is_escaped_in_everything_that_is_written_as_html():
    at = opened(hostile()).run()
    for name in ("home", "answer", "premises", "people", "schools"):
        for body in html_of(visit(at, name)):
            assert "<img" not in body and "<b>bold" not in body and "<script" not in body, (name, body[:200])
