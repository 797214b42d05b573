"""A sentence in the district's own words keeps its numbers and stands in every document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.report.packets import (
    SETTINGS,
    pdf_text,
    sample_answer,
    slide_texts,
    slides,
)
from tests.report.tellings import DOCUMENTS, telling
from workload.report.audience import PAGE, SLIDES
from workload.report.language.wording import (
    HEADINGS,
    bound,
    checked,
    filled,
    loose_numbers,
)
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import SettingError, Settings
from workload.report.packet_choices_file import settings_of, settings_text
from workload.report.sections.every import sections_of


def test_a_typed_sentence_keeps_its_numbers_bound():
    values = {"fte": "3.2", "required": "14.2", "low": "2"}
    template = bound("We ask for 3.2 of 14.2 posts, 2 at once, by 2027 (13.2).", values)
    assert template == "We ask for {fte} of {required} posts, {low} at once, by 2027 (13.2)."
    assert filled(template, {**values, "fte": "9.9"}).startswith("We ask for 9.9 of")
    assert loose_numbers(template) == ("2027", "13.2")
    assert bound("{fte} and 3.2", {"fte": "3.2"}) == "(fte) and {fte}"


@pytest.mark.parametrize(
    "own,words",
    [
        ({"limits.nothing": "x"}, "no sentence called"),
        ({"head.motion": "x"}, "no sentence called"),
        ({"limits.day": ""}, "1 to 600"),
        ({"limits.day": "{n}"}, "no number {n}"),
        ({"limits.day": "{"}, "brace"),
        ({"limits.day": "{0.__class__}"}, "name of a number"),
        ({"ask.ask_add": "{dollars}"}, "no number {dollars}"),
    ],
)
def test_a_sentence_that_cannot_be_used_is_refused(own, words):
    with pytest.raises(SettingError, match=re.escape(words)):
        Settings(wording=tuple(("en", key, text) for key, text in own.items()))


def test_own_words_stand_in_every_document_and_in_no_other_language():
    own = (("en", "limits.performance", "No word about {n}".replace(" about {n}", " on people.")),)
    settings = replace(SETTINGS, wording=own, language="en+es")
    files = make_packet(sample_answer(), "board", settings)
    assert "No word on people." in pdf_text(files["decision-memo.pdf"])
    assert "No word on people." in " ".join(
        text for slide in slides(files["slides.pptx"]) for text in slide_texts(slide)
    )
    assert "No word on people." not in pdf_text(files["decision-memo-es.pdf"])
    assert settings_of(settings_text(settings))[0] == settings


def test_own_words_that_name_a_therapist_stop_a_packet_that_leaves():
    own = (("en", "limits.performance", "Nothing about Marisol Tennant."),)
    with pytest.raises(PacketError, match="Sentences in your own words"):
        make_packet(sample_answer(), "board", replace(SETTINGS, wording=own))


def test_every_sentence_of_the_ask_findings_and_steps_can_be_worded():
    tell = telling("board")
    for _, document in DOCUMENTS:
        if document.kind in (PAGE, SLIDES):
            sections_of(tell, document.sections)
    keys = {key.split(".")[0] for key in tell.spoken}
    assert {"ask", "decision", "waiting", "steps", "schools", "limits", "motion", "pair", "bridge", "options"} <= keys
    for key, one in tell.spoken.items():
        if key.split(".")[0] not in HEADINGS:
            assert checked({key: bound(one.text, one.values) or one.text}, {key: frozenset(one.values)})
