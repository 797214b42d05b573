"""Scenarios are small data: files and links bring them back, hold no names, and refuse what cannot be."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.scenarios import SCHOOLS, answer_of, random_lever, seeds
from workload.scenarios.demand_levers import Regroup
from workload.scenarios.lever_fields import LeverError
from workload.scenarios.outcome import apply
from workload.scenarios.people_levers import Convert, LosePost, Redistribute
from workload.scenarios.post_levers import AddPost, PartTimePost
from workload.scenarios.scenario import Scenario, from_link, from_toml, mismatch, roster_mark, to_link, to_toml


def random_scenario(seed, count):
    random = Random(seed)
    pilot = tuple(random.sample(SCHOOLS, random.choice([0, 2])))
    return Scenario("Ours, “next” year", tuple(random_lever(random) for _ in range(count)), pilot, "ab12cd34")


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(0, 8))
def test_a_file_and_a_link_bring_the_same_scenario_back(seed, count):
    scenario = random_scenario(seed, count)
    assert from_toml(to_toml(scenario)) == scenario
    assert from_link(to_link(scenario, SCHOOLS), SCHOOLS) == scenario


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_neither_file_nor_link_holds_the_name_of_a_person_and_a_link_no_school(seed):
    scenario = random_scenario(seed, 8)
    assert "Therapist" not in to_toml(scenario)
    link = to_link(scenario, SCHOOLS)
    assert "Therapist" not in link and "School" not in link
    assert len(link) < 900


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.hex()), seeds)
def test_a_broken_link_is_refused_in_words(junk, seed):
    whole = to_link(random_scenario(seed, 3), SCHOOLS)
    for text in (junk, whole[: len(whole) // 2], whole[::-1]):
        try:
            assert isinstance(from_link(text, SCHOOLS), Scenario)
        except LeverError as refusal:
            assert str(refusal).endswith(".")


def test_a_link_for_other_schools_is_refused():
    link = to_link(Scenario("Far", (AddPost(fte=1, schools=("School E",)),)), SCHOOLS)
    with pytest.raises(LeverError, match="another roster"):
        from_link(link, SCHOOLS[:2])


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: AddPost(fte=-1), "Add a post, fte: -1 FTE was given; possible is 0 to 500."),
        (lambda: AddPost(fte=float("nan")), "a number was expected"),
        (lambda: AddPost(fte=True), "a number was expected"),
        (lambda: AddPost(role="COTA"), "COTA was given; it must be one of OT, OTA."),
        (lambda: PartTimePost(days=2.5), "a whole number was expected, 2.5 was given."),
        (lambda: Regroup(schools="Oak"), "a list of school names was expected"),
        (lambda: Redistribute((("Oak", 0, 1, 1.5),)), "a share of 1.5 was given; possible is 0 to 1."),
        (lambda: Scenario(" "), "1 to 80 characters; this one has 0."),
        (lambda: from_toml("lever = 3"), "no list of levers"),
        (lambda: from_toml("[[["), "not a scenario file"),
        (lambda: from_toml('name = "x"\n[[lever]]\nkind = "magic"'), "no lever called magic"),
        (lambda: from_toml('name = "x"\n[[lever]]\nkind = "add"\nftee = 2'), "has no value called ftee"),
        (lambda: from_toml('name = "x"\n[[lever]]\nkind = "add"\nschools = 2'), "wrong form"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_both_numbers(made, words):
    with pytest.raises(LeverError) as refusal:
        made()
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("lever", "words"),
    [
        (AddPost(fte=1, schools=("Hogwarts",)), "no school called Hogwarts"),
        (LosePost(40), "therapist number 41 was chosen; the roster has 6"),
        (AddPost("OTA", 1, supervisor=5), "an OTA cannot supervise"),
        (Convert(1, "OTA", 1), "cannot supervise itself"),
        (Redistribute((("School A", 0, 1, 0.7), ("School A", 0, 2, 0.7))), "at most 100 % can be"),
    ],
)
def test_what_the_roster_does_not_have_is_refused(lever, words):
    answer = next(
        made
        for made in map(answer_of, range(50))
        if ((made.demand.therapist == 0) & (made.demand.school == made.demand.schools.index("School A"))).any()
    )
    with pytest.raises(LeverError, match=words.replace("(", r"\(")):
        apply(answer, Scenario("Wrong", (lever,)))


def test_a_link_does_not_count_schools_from_the_end():
    packed = ["Back", [], "", [{"kind": "add", "fte": 1.0, "schools": [-1]}]]
    text = base64.urlsafe_b64encode(zlib.compress(json.dumps(packed).encode())).decode()
    with pytest.raises(LeverError, match="another roster"):
        from_link(text, SCHOOLS)
    huge = base64.urlsafe_b64encode(zlib.compress(b"[" * 5_000_000)).decode()
    with pytest.raises(LeverError, match="does not hold a scenario"):
        from_link(huge, SCHOOLS)


def test_a_scenario_of_another_roster_says_so():
    answer = answer_of(1)
    answer = replace(answer, roster=replace(answer.roster, digest="abcdef0123456789"))
    assert mismatch(answer, Scenario("Mine", made_for=roster_mark(answer))) is None
    assert mismatch(answer, Scenario("Unmarked")) is None
    assert "another version" in mismatch(answer, Scenario("Other", made_for="00000000"))


def test_undo_is_the_scenario_before():
    first = Scenario("A", (AddPost(fte=1),))
    second = first.with_changed(0, fte=2.0)
    assert first.levers[0].fte == 1 and second.levers[0].fte == 2
    assert second.with_lever(Regroup(3)).without_lever(1) == second
    assert first.renamed("B").levers == first.levers
