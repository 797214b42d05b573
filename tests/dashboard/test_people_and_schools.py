"""People and schools as a reader finds them: the finding on top, a click that opens, a line that no filter moves."""

import json
import re
from dataclasses import replace
from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import live_chart
from dashboard.parts.own_word import OwnWordRecord
from dashboard.screens.people import all_weeks, one_therapist
from dashboard.screens.people.time_study.study_log import StudyRecord
from dashboard.screens.schools import all_schools
from dashboard.shell import cached
from dashboard.shell.session import DISTRICT, District
from tests.dashboard.support import (
    app,
    bring,
    district,
    everything,
    failed,
    heading,
    html_of,
    opened,
    record,
    unfold,
    visit,
)
from tests.intake.rosters import book
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.figures.school_marks import hours_a_student, schools_shown
from workload.intake.load import load
from workload.model.words import hours
from workload.staffing.fitting_weeks import bands
from workload.staffing.pair import telling_schools


def answer():
    return analyze(district(), DAY)


def need_only():
    """The same services without a list of therapists."""
    roster = district()
    return replace(roster, therapists=roster.therapists.iloc[:0], digest="need-only")


def box(at, key):
    return next(each for each in at.selectbox if each.key == key)


def charts(at):
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def primary(at):
    return [each.label for each in at.button if each.proto.type == "primary"]


def test_people_say_how_many_weeks_do_not_fit_whatever_is_listed():
    at = visit(opened(district()).run(), "people")
    before = heading(at)
    assert before == " ".join(" ".join(all_weeks.finding_of(answer(), bands(answer().people))).split())
    assert primary(at) == ["See who could share work"]
    box(unfold(at, "narrow_therapist"), "role").set_value("OTA").run()
    assert heading(at) == before
    assert len(charts(at)[0]["data"][0]["y"]) == 1 and "A filter is on" in everything(at)


def test_the_bands_of_the_list_are_those_of_the_library_and_rank_nobody():
    at = visit(opened(district()).run(), "people")
    table = next(body for body in html_of(at) if "<table" in body)
    for words, number in all_weeks.band_rows(bands(answer().people)):
        assert words in table and f">{number}<" in table
    codes = [code for (code,) in charts(at)[0]["data"][0]["customdata"]]
    assert codes[:2] == ["OT 1", "OT 2"] and codes[:-1] == sorted(codes[:-1]) and codes[-1] == "No therapist"


def test_without_posts_the_weeks_have_hours_and_no_contract():
    at = visit(opened(need_only()).run(), "people")
    assert not failed(at)
    assert heading(at).endswith("hours a week. Nobody has said yet what the contracts are")
    assert primary(at) == ["Say who is in post"]
    assert not charts(at)[0]["layout"]["shapes"] and "beyond the contract" not in "".join(html_of(at))
    box(at, "therapist").select_index(0).run()
    assert not failed(at) and "in a week of" not in heading(at) and not charts(at)[0]["layout"]["shapes"]


def test_a_person_opens_with_the_hours_of_the_week_and_goes_back():
    at = visit(opened(district()).run(), "people")
    box(at, "therapist").set_value("OT 2").run()
    labels = {code: name for name, code in zip(answer().people["therapist"], codes(), strict=True)}
    row = answer().people.set_index("therapist").loc[labels["OT 2"]]
    assert (
        heading(at) == f"OT 2 has {hours(row['workload_hours'])} hours of work in a week of {row['available_hours']:g}"
    )
    assert f"likely <b>{one_therapist.likely(answer(), labels['OT 2'])}</b>" in "".join(html_of(at))
    next(each for each in at.button if each.label == "All weeks").click().run()
    assert heading(at).endswith("contracts, provisionally") and box(at, "therapist").value is None


def codes():
    from dashboard.shell.therapist_names import labels_of

    people = answer().people
    known = labels_of(people, named=False)
    return [known.of(name) for name in people["therapist"]]


@pytest.mark.parametrize("page, key, code", [("people", "therapist", "OT 3"), ("schools", "school", "School B")])
def test_a_click_on_a_mark_opens_what_it_stands_for(page, key, code, monkeypatch):
    at = visit(opened(district()).run(), page)
    once = [code]
    monkeypatch.setattr(live_chart, "clicked", lambda *args: once.pop() if once else None)
    at.run()
    assert not failed(at) and box(at, key).value == code and heading(at).startswith(code)


def test_students_stand_by_row_grade_and_school_and_the_sheet_is_at_hand():
    at = visit(opened(district()).run(), "people")
    box(at, "therapist").set_value("OT 1").run()
    lines = next(frame.value for frame in at.dataframe if "grade" in frame.value)
    assert list(lines.columns)[:2] == ["grade", "school"]  # these lines come from no file, so they have no row
    assert "Get the correction sheet" in {each.proto.label for each in at.get("download_button")}
    assert one_therapist.LINE_COLUMNS[0] == "row"


def slope(at):
    line = charts(at)[0]["data"][0]
    return line["y"][1] / line["x"][1]


@pytest.mark.parametrize("key, value", [("role", "OTA"), ("region", "North"), ("therapist", "OT 2")])
def test_no_filter_moves_the_line_of_the_district_or_the_finding(key, value):
    at = visit(opened(district()).run(), "schools")
    expected, before = hours_a_student(answer().schools), heading(at)
    assert slope(at) == pytest.approx(expected)
    box(unfold(at, "narrow_school"), key).set_value(value).run()
    assert slope(at) == pytest.approx(expected) and heading(at) == before


def test_a_school_that_is_open_takes_the_heading_and_stands_beside_the_district():
    at = visit(opened(district()).run(), "schools")
    box(at, "school").set_value("School A").run()
    assert not failed(at) and heading(at).startswith("School A ")
    assert f"the district <b>{hours_a_student(answer().schools):.2f}</b>" in "".join(html_of(at))
    next(each for each in at.button if each.label == "All schools").click().run()
    assert not heading(at).startswith("School A is") and box(at, "school").value is None


def test_a_school_with_few_students_is_never_the_finding():
    for seed in range(1, 9):
        found = analyze(as_roster(random_tables(seed)), DAY)
        small = found.schools.loc[found.schools["caseload"] < 10, "school"]
        said = " ".join(all_schools.finding_of(found, schools_shown(found.schools, 10)))
        assert not [name for name in small if name in said]


def test_schools_without_posts_are_neither_short_nor_covered():
    at = visit(opened(need_only()).run(), "schools")
    assert not failed(at) and "short" not in heading(at)
    assert "Filled: short" not in "".join(html_of(at))


def test_schools_without_places_have_no_map_and_say_what_is_missing():
    roster = district()
    schools = roster.schools.assign(latitude=float("nan"), longitude=float("nan"))
    at = visit(opened(replace(roster, schools=schools, digest="no-places")).run(), "schools")
    assert not failed(at) and "Fill in latitude and longitude" in "".join(html_of(at))


@pytest.mark.parametrize(
    "hours_of_work, said",
    [
        ((50, 30, 20), "2 of 3 weeks do not fit their contract"),
        ((50, 10, 20), "1 of 3 weeks does not fit its contract"),
        ((20, 10, 20), "All 3 weeks fit their contracts"),
    ],
)
def test_the_sentence_counts_the_weeks(hours_of_work, said):
    people = answer().people.iloc[:3].assign(workload_hours=hours_of_work, available_hours=25.0, on_leave=False)
    found = answer()
    vars(found)["people"] = people  # as the answer keeps a table that was asked for
    told = " ".join(" ".join(all_weeks.finding_of(found, bands(found.people))).split())
    assert told == f"{said}, provisionally"  # a random district stands on open premises


def test_the_sentence_of_the_schools_is_the_pair_or_the_largest_gap():
    found = analyze(as_roster(random_tables(4, students=80, people=9, schools=8)), DAY)
    pair = telling_schools(found.schools)
    assert pair is not None and all(
        name in " ".join(all_schools.finding_of(found, schools_shown(found.schools, 0))) for name in pair
    )
    alike = found.schools.assign(caseload=found.schools["workload_hours"].round().astype(int) * 2)
    vars(found)["schools"] = alike
    said = all_schools.finding_of(found, schools_shown(alike, 0))
    most_short = alike.loc[alike["gap_fte"].idxmin(), "school"]
    assert said[0] == f"{most_short} is short" and "schools are short" in said[3]


def person(at, code="OT 1"):
    at = visit(at.run(), "people")
    box(at, "therapist").set_value(code).run()
    return at


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    return at


def test_a_week_is_confirmed_by_her_and_the_word_is_taken_back():
    at = person(opened(district()))
    assert primary(at) == ["Confirm my week"]
    press(at, "Confirm my week")
    assert not failed(at) and "Confirmed " in str(html_of(at)) and primary(at) == ["See who could share work"]
    press(at, "All weeks")
    assert "1 week</b> confirmed" in str(html_of(at))
    box(at, "therapist").set_value("OT 1").run()
    press(at, "Not right after all")
    assert "Confirmed " not in str(html_of(at)) and primary(at) == ["Confirm my week"]


def test_a_confirmation_speaks_of_the_lines_that_were_there():
    at = press(person(opened(district())), "Confirm my week")
    said = record(at, OwnWordRecord).confirmed
    (name,) = said
    bring(at, OwnWordRecord(confirmed={name: replace(said[name], lines="other lines")}))
    at.run()
    assert "Changed since it was confirmed" in str(html_of(at)) and primary(at) == ["Confirm my week"]


def test_something_wrong_leads_to_the_correction_sheet():
    at = press(person(opened(district())), "Something is wrong")
    assert not failed(at) and "correction sheet" in str(html_of(at))
    assert [each.label for each in at.get("download_button")].count("Get the correction sheet") == 2


def test_a_line_of_the_log_fills_the_week_moves_the_start_on_and_is_undone():
    at = person(opened(district()))
    times = {each.key: each for each in at.time_input}
    times["log_line_start"].set_value(time(8, 0))
    times["log_line_end"].set_value(time(9, 0))
    press(at, "Add")
    assert not failed(at) and "Log a week: 1.0 hours so far" in str(html_of(at))
    times = {each.key: each.value for each in at.time_input}
    assert (times["log_line_start"], times["log_line_end"]) == (time(9, 0), time(9, 30))
    press(at, "Add")
    assert "Log a week: 1.5 hours so far" in str(html_of(at))
    (one,) = record(at, StudyRecord).typed.entries
    assert (one["start"], one["end"]) == ("08:00", "09:30")
    assert "The log of" in str(html_of(at))  # beside the plans at once
    press(at, "Undo the last change")
    assert "Log a week: 1.0 hours so far" in str(html_of(at))


def keep_what_was_sent():
    """A page of the log alone: it keeps what the grid has sent, as often as the page runs."""
    from datetime import date

    import streamlit as st

    from dashboard.screens.people import week_log

    for state in st.session_state["sent"]:
        week_log.take(state, "Lee Ames", date(2026, 9, 28), None)


def test_what_the_week_grid_sends_is_kept_once_in_its_order_and_each_stretch_is_a_step_for_undo():
    direct = {"number": 1, "days": [0, 0], "slots": [6, 9], "what": "Direct service"}
    lunch = {"number": 2, "days": [0, 4], "slots": [8, 9], "what": "Lunch and breaks"}
    foreign = [{"number": 3, "days": [0, 9], "slots": [0, 1], "what": "Planning"}, "no stretch", {"number": "4"}]
    foreign += [{**direct, "number": each} for each in (float("inf"), float("nan"), 3.5)]
    at = AppTest.from_function(keep_what_was_sent)
    at.session_state["sent"] = [{"stretches": [direct]}, {"stretches": [direct, lunch]}, {"stretches": foreign}, None]
    at.run()
    assert not failed(at)
    log = record(at, StudyRecord).typed
    kept = {(one["date"].day, one["start"], one["end"], one["activity"]) for one in log.entries}
    lunches = {(day, "08:30", "09:00", "Lunch and breaks") for day in (28, 29, 30, 1, 2)}
    assert kept == {(28, "08:00", "08:30", "Direct service"), *lunches}
    assert len(log.steps) == 2 and record(at, StudyRecord).grid_seen == 3
    assert [one["end"] for one in log.undone().entries] == ["09:00"]
    before = log.entries
    at.session_state["sent"] = [{"stretches": [{**lunch, "number": 4, "what": ""}]}]
    at.run()
    after = record(at, StudyRecord).typed.entries
    assert [one["activity"] for one in after] == ["Direct service"] and len(before) == 6


def test_with_names_shown_the_address_holds_the_code():
    at = opened(district())
    at.session_state["show_names"] = True
    at = person(at)
    assert at.query_params["therapist"] in ("OT 1", ["OT 1"])
    assert not [name for name in district().therapists["therapist"] if name in str(dict(at.query_params))]
    assert district().therapists["therapist"].iloc[0] in everything(at)
    again = opened(district())
    again.session_state["show_names"] = True
    again.query_params["therapist"] = "OT 2"
    visit(again.run(), "people")
    again.query_params["therapist"] = "OT 2"  # changing the page forgets the address
    again.run()
    assert box(again, "therapist").value == "OT 2" and "OT 2" not in heading(again)


def cooperative():
    """Two members with the same numbers, one of them with few students, served by one person."""
    columns = ("student_id", "school", "frequency", "therapist", "district")
    rows = [(str(at), "Oak", "2 x 30 weekly", "Kim Vale", name) for name, many in (("East", 12), ("North", 40), ("South", 14), ("West", 3))
            for at in range(many)]  # fmt: skip
    people = [("therapist", "role", "fte", "annual_cost"), ("Kim Vale", "OT", 1, 90_000)]
    return load(
        [("all.xlsx", book(Services=[columns, *rows], Therapists=people))], secret=b"a secret of the tests"
    ).roster


def test_members_of_a_cooperative_see_what_they_use_and_few_students_are_left_out():
    at = visit(opened(cooperative()).run(), "schools")
    panel = next(each for each in at.expander if "4 member districts" in each.label)
    assert not failed(at) and panel is not None
    at.session_state["members"] = True
    at.run()
    assert not failed(at)
    tables = [frame.value for frame in at.dataframe if "Member" in frame.value.columns]
    assert len(tables) == 2
    use = tables[0].set_index("Member")
    # West is small, and further members go with it, as the sum of all is known.
    assert use["Students"].isna().tolist() == [True, False, True, True] and use.loc["North", "Students"] == 40
    assert set(tables[1]["Member"]) == {"North"} and set(tables[1]["Therapist"]) == {"OT 1"}


def test_a_week_that_holds_overdue_minutes_says_so_beside_its_hours_and_beside_what_would_make_it_fit():
    day = date(2027, 1, 15)
    at = app()
    at.session_state[DISTRICT] = District(cached.sample().roster, None, day)
    at.session_state["day"] = day
    at = visit(at.run(), "people")
    box(at, "therapist").set_value("OT 7").run()
    text = " ".join(re.sub(r"<[^>]+>", "", " ".join(html_of(at))).split())
    owed = 1470 / 60
    assert f"{hours(owed)} of the hours make up minutes that are overdue, as if within one week" in text
    assert (
        "24.5 hours of it are overdue minutes, as if made up within one week: set the weeks under Assumptions" in text
    )
    assert "overdue" not in str(html_of(person(opened(cached.sample().roster), "OT 7")))  # nothing is late on October 1
