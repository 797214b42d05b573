"""One number, one place: what pages, charts, cards, packets, the terminal and the JSON say of one thing is the same as written.

Each place is read back from what a person gets, and every statement of the kind that is found there is compared.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from dashboard.screens.decide.scenarios.open_scenarios import Board, ScenarioRecord
from dashboard.shell import cached
from dashboard.shell.therapist_names import labels_of, people_of
from tests.dashboard.gap_words import charts, plain
from tests.dashboard.support import bring, failed, heading, html_of, markdown_texts, opened, visit
from tests.figures.charts import texts
from tests.report.packets import SETTINGS, pdf_text, rows_of, slide_texts, slides, workbook
from tests.support.rosters import as_roster, random_tables
from workload.answer import Answer, analyze
from workload.figures.states import gap_alone, gap_words, state_texts
from workload.model.words import fte, hours, shown
from workload.report.answer_json import answer_json
from workload.report.audience import AUDIENCES
from workload.report.packet import make_packet
from workload.report.terminal_lines import answer_lines, scenario_lines
from workload.scenarios.cost import Rates
from workload.scenarios.outcome import outcome_of
from workload.scenarios.post_levers import AddPost
from workload.scenarios.priced_words import about_more, added_cost
from workload.scenarios.scenario import Scenario

DISTRICTS = ("the sample", "another")
N = r"([\d,.]*\d)"
SENTENCE = rf"needs {N} FTE.{{0,120}}? and has {N}\. (?:Provisionally, it|It) is short {N} FTE"
MAY = r"(?: ?, provisionally)?"  # the second district stands on something open
# page -> what it says of the district as a whole, with the order of (needs, has, short) in the pattern
SAID = {
    "home": [(rf"Short {N} FTE", "s")],
    "answer": [
        (rf"Test County is short {N} FTE", "s"), (rf"needs {N} ?, has {N}", "nh"), (rf"Together {N} {N} short {N}", "nhs"),
        (rf"(?i:on balance) the district is short {N} FTE", "s"),
    ],
    "decide": [(rf": short {N} FTE{MAY} needs {N} ?, has {N}", "snh"), (rf"short {N}{MAY} needs {N}, has {N} posts as they are", "snh")],
    "assumptions": [(rf"set by you .{{0,40}}?the district needs {N} FTE", "n")],
    "report": [(rf"County needs {N} FTE", "n")],
}  # fmt: skip


@cache
def case(which: str) -> tuple:
    """(roster, answer) of the sample, and of a random district that is short."""
    if which == "the sample":
        return cached.sample().roster, cached.sample_answer()
    rosters = (as_roster(random_tables(seed)) for seed in range(1, 60))
    found = next(one for one in rosters if analyze(one, cached.SAMPLE_DAY).district["gap_fte"] < -0.4)
    return found, analyze(found, cached.SAMPLE_DAY)


@cache
def page(which: str, name: str):
    at = visit(opened(case(which)[0]).run(), name)
    assert not failed(at)
    return at


def text_of(at) -> str:
    bodies = [body for body in html_of(at) if "<style" not in body]
    return " ".join([*(plain([one]) for one in bodies), *(plain([str(one)]) for one in markdown_texts(at))])


def drawn(at, key: str) -> tuple[list[str], str]:
    """(texts in the picture without marks of type, words) of a chart."""
    spec, words = next((spec, words) for name, spec, words in charts(at) if f"-{key}" in name)
    return [re.sub(r"<[^>]+>", "", one) for one in texts(spec)], words


def district(answer: Answer) -> dict[str, str]:
    """What every place must write: what the district needs, has and is short."""
    needs, has, gap = state_texts(answer.district["required_fte"], answer.district["available_fte"])
    assert gap.startswith("−")
    return {"n": needs, "h": has, "s": gap.removeprefix("−")}


def holds(text: str, pattern: str, order: str, expected: dict[str, str], where: object) -> None:
    """Every statement of the kind that is found says the same, and there is one."""
    found = [one if isinstance(one, tuple) else (one,) for one in re.findall(pattern, text, re.S)]
    assert found, (where, pattern)
    for one in found:
        assert one == tuple(expected[letter] for letter in order), (where, pattern)


@pytest.mark.parametrize("which", DISTRICTS)
@pytest.mark.parametrize("name", SAID)
def test_a_page_says_of_the_district_what_every_other_page_says(name, which):
    said, expected = text_of(page(which, name)), district(case(which)[1])
    for pattern, order in SAID[name]:
        holds(said, pattern, order, expected, name)


@pytest.mark.parametrize("which", DISTRICTS)
def test_charts_terminal_and_json_say_it_too(which):
    answer = case(which)[1]
    expected = district(answer)
    marks, words = drawn(page(which, "answer"), "bridge")
    assert f"short {expected['s']}" in marks and expected["n"] in marks and f"to {expected['n']} FTE needed" in words
    assert [one for one in marks if one.startswith(f"Available today: {expected['h']} FTE")] or expected["h"] in marks
    holds(
        drawn(page(which, "decide"), "scenario_gap")[1],
        rf"(?:Short today|Still short): {N} FTE",
        "s",
        expected,
        "steps",
    )
    holds(drawn(page(which, "answer"), "by_activity")[1], rf"The required {N} FTE", "n", expected, "by activity")
    holds("\n".join(answer_lines(answer)), SENTENCE, "nhs", expected, "terminal")
    told = answer_json(answer)["district"]
    assert state_texts(told["required_fte"], told["available_fte"])[2] == f"−{expected['s']}"
    assert told["gap_fte"] == pytest.approx(told["available_fte"] - told["required_fte"])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_file_of_every_reader_says_it_too(audience):
    answer = case("the sample")[1]
    expected, found = district(answer), 0
    for name, data in make_packet(answer, audience, SETTINGS).items():
        said = (
            pdf_text(data) if name.endswith(".pdf")
            else " ".join(text for slide in slides(data) for text in slide_texts(slide) if text) if name.endswith(".pptx") else ""
        )  # fmt: skip
        for pattern, order in ((SENTENCE, "nhs"), (rf"is short {N} FTE of OT time", "s"), (rf"Required: {N} FTE", "n")):
            if re.search(pattern, said, re.S):
                holds(said, pattern, order, expected, name)
                found += 1
        if name.endswith("tables-district.csv"):
            row = {each["figure"]: float(each["value"]) for each in rows_of(data) if each["value"]}
            assert (shown(row["required_fte"], 1), shown(-row["gap_fte"], 1)) == (expected["n"], expected["s"])
            found += 1
        if name.endswith(".xlsx") and "audit" in name:
            cells = {row[0].value: row[1].value for row in workbook(data)["District"].iter_rows() if len(row) > 1}
            values = [one for key, one in cells.items() if key and "equired" in str(key) and isinstance(one, float)]
            assert any(fte(one) == expected["n"] for one in values)
            found += 1
    assert found or audience in ("union", "therapist", "families", "business"), audience


def test_a_scenario_says_the_same_on_its_card_in_its_effect_in_its_chart_and_on_the_terminal():
    roster, answer = case("the sample")
    at = visit(opened(roster).run(), "decide")
    bring(at, ScenarioRecord(board=Board((Scenario("A", (AddPost(fte=1),)),))))
    said = text_of(at.run())
    assert not failed(at)
    then, now = (outcome_of(answer, Scenario("A"), levers, Rates()).figures for levers in ((), (AddPost(fte=1),)))
    needs, has, _ = state_texts(now["required_fte"], now["available_fte"])
    short, before = (gap_words(one["required_fte"], one["available_fte"]) for one in (now, then))
    cost = about_more(added_cost(then, now)[0])
    assert f"With these changes: {short} FTE" in said and f"needs {needs} , has {has}" in said  # the heading
    assert f"A {short} needs {needs}, has {has} {cost}" in said  # the card
    assert f"Gap {before} → {short}" in said  # the effect
    assert f"Still short: {short.removeprefix('short ')} FTE." in drawn(at, "scenario_gap")[1]
    terminal = "\n".join(scenario_lines(then, "A", now))
    assert f"{needs} FTE needed, {has} there, {short};" in terminal and f"{cost} in the first year" in terminal


@pytest.mark.parametrize("which", DISTRICTS)
def test_a_week_says_the_same_hours_in_the_list_the_chart_the_terminal_and_on_its_own_page(which):
    roster, answer = case(which)
    labels = labels_of(people_of(roster), False)
    at = page(which, "people")
    marks, words = drawn(at, "weeks")
    terminal = "\n".join(answer_lines(answer))
    for row in answer.people[answer.people["workload_hours"] > 0].to_dict("records"):
        name, work = row["therapist"], hours(row["workload_hours"])
        label = labels.of(name)
        assert re.search(rf"(?:^|[ ;]){re.escape(label)} {work} hours", words), name
        assert [one for one in marks if one.startswith(f"{work} h")], name
        assert re.search(
            rf"^{re.escape(name)} .* {work} of +{hours(row['available_hours'])} hours a week", terminal, re.M
        ), name
    own = visit(opened(roster).run(), "people")
    first = answer.people.iloc[0]
    next(one for one in own.selectbox if one.key == "therapist").set_value(labels.code(first["therapist"])).run()
    assert hours(first["workload_hours"]) in heading(own)
    (table,) = (each.value for each in at.dataframe if "workload_hours" in each.value)
    listed = dict(zip(table["therapist"], table["workload_hours"], strict=True))
    assert hours(listed[labels.of(first["therapist"])]) == hours(first["workload_hours"])


@pytest.mark.parametrize("which", DISTRICTS)
def test_a_school_says_the_same_gap_on_both_pictures_in_the_list_and_on_its_own_page(which):
    roster, answer = case(which)
    at = page(which, "schools")
    gaps = {
        row["school"]: gap_alone(row["required_fte"], row["available_fte"])
        for row in answer.schools.to_dict("records")
        if row["caseload"] >= 10
    }
    (table,) = (each.value for each in at.dataframe if "FTE short or room" in each.value)
    listed = {
        row["School"]: row["FTE short or room"].removeprefix("provisionally ")
        for row in table.to_dict("records")
        if row["FTE short or room"]
    }
    assert listed and all(gaps[name] == said for name, said in listed.items())
    seen = [
        one
        for key in ("scatter", "map")
        if any(f"-{key}" in name for name, *_ in charts(at))
        for one in drawn(at, key)[0]
    ]
    told = re.findall(
        r"^(.+?): \d+ students?, [\d.]+ h a week,(?: provisionally)? (.+?)(?: FTE)?$", "\n".join(seen), re.M
    )
    assert len(told) >= len(listed)
    whole = {name: said for name, said in told if name in listed}
    assert whole and all(listed[name] == said for name, said in whole.items())
    own, name = (
        visit(opened(roster).run(), "schools"),
        max(whole, key=lambda one: (whole[one].startswith("short"), one)),
    )
    next(one for one in own.selectbox if one.key == "school").set_value(name).run()
    assert not failed(own) and whole[name].split()[-1] in heading(own)
