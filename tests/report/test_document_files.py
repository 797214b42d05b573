"""The files of a packet: slides and their look, the command that makes them, letters of other scripts."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from functools import cache

import pytest

from tests.report.packets import (
    DAY,
    OPTIONS,
    SAMPLE,
    SETTINGS,
    pdf_text,
    said,
    sample_answer,
    sample_packet,
    slide_texts,
    slides,
    text_of,
)
from tests.report.tellings import DOCUMENTS, strings, telling
from workload.__main__ import main
from workload.model.parameters import parameters
from workload.report.audience import AUDIENCES, LETTERS
from workload.report.brief.page_file import page_data
from workload.report.deck.canvas import height_of
from workload.report.language.languages import ENGLISH, SPANISH
from workload.report.language.wording import (
    WordingError,
    catalog,
    places_of,
)
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Option, SettingError
from workload.report.scenario_options import option_of, outcomes
from workload.report.screen_chart import screen_chart
from workload.report.sections import case_sections
from workload.report.sections.page_blocks import Chart
from workload.scenarios.cost import Rates
from workload.scenarios.post_levers import AddPost
from workload.scenarios.scenario import Scenario, to_toml


@cache
def parts_of_the_deck() -> dict[str, bytes]:
    import zipfile

    deck = zipfile.ZipFile(io.BytesIO(sample_packet("board")["slides.pptx"]))
    return {name: deck.read(name) for name in deck.namelist()}


def test_the_outline_shows_the_text_and_page_numbers_are_fields():
    for slide in slides(sample_packet("board")["slides.pptx"]):
        kinds = [one.placeholder_format.type.name for one in slide.placeholders]
        assert kinds[0] == "TITLE" and "SLIDE_NUMBER" in kinds and "FOOTER" in kinds
        has_text = any(kind in ("BODY", "OBJECT") for kind in kinds)
        assert has_text or any(shape.has_table for shape in slide.shapes)
        order = [shape.placeholder_format.type.name if shape.is_placeholder else "" for shape in slide.shapes]
        assert order[0] == "TITLE" and set(order[-2:]) == {"FOOTER", "SLIDE_NUMBER"}  # what is read last
    assert all(
        b'type="slidenum"' in data for name, data in parts_of_the_deck().items() if name.startswith("ppt/slides/s")
    )


@pytest.mark.parametrize("language", [ENGLISH, SPANISH])
@pytest.mark.parametrize("audience", ["board", "superintendent"])
def test_every_slide_has_its_finding_as_title_and_its_topic_small_above_it(audience, language):
    heads = {text for key, text in catalog(language).items() if key.startswith("head.")}
    made = make_packet(sample_answer(), audience, replace(SETTINGS, language=language), OPTIONS)
    for slide in slides(next(data for name, data in made.items() if name.endswith(".pptx"))):
        title, topic = slide.shapes.title, next(shape for shape in slide.shapes if shape.name == "Topic")
        assert topic.text_frame.text in heads and title.text_frame.text not in heads
        assert topic.top + topic.height <= title.top + title.height / 4
        assert slide.shapes[1].name == "Topic"  # read after the title
        assert ". " in title.text_frame.text or not title.text_frame.text.endswith(".")


def test_no_number_of_the_two_weeks_stands_on_the_line_of_the_contract():
    pair = case_sections.pair(telling("board"))
    chart = next(block for block in pair.blocks if isinstance(block, Chart))
    (lengths,), (written,) = chart.series.values(), chart.shown.values()
    assert lengths[1] < chart.line[1] < 1.15 * lengths[1]  # so that the number would stand on it
    figure = screen_chart(chart, "Two weeks", SETTINGS.brand).figure
    assert figure["data"][0]["textposition"] == ["outside", "none"]
    (behind,) = figure["layout"]["annotations"]
    assert (behind["x"], behind["y"], behind["text"]) == (chart.line[1], 1, written[1])


def test_sources_of_assumptions_are_told_whole_on_slides_and_pages():
    answer, deck = sample_answer(), sample_packet("board")["slides.pptx"]
    cells = {said(text) for slide in slides(deck) for text in slide_texts(slide) if text}
    page = " ".join(strings(page_data(telling("auditor"), AUDIENCES["auditor"].documents[0])))
    for id in parameters():
        source = said(answer.assumptions.source(id)[1])
        assert source in cells and source in page, id


def test_nothing_of_a_template_is_left_over_and_colors_are_the_themes():
    parts = parts_of_the_deck()
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]
    everything = b" ".join(data for name, data in parts.items() if name.endswith(".xml"))
    assert b"python-pptx" not in everything and b"screen4x3" not in everything and b"On-screen" not in everything
    drawn = [data for name, data in parts.items() if re.match(r"ppt/(slides|charts)/[^/]+\.xml$", name)]
    assert len(drawn) > 20 and not any(b"srgbClr" in data for data in drawn)
    assert sum(data.count(b"schemeClr") for data in drawn) > 50


def test_a_theme_has_the_districts_colors():
    brand = replace(SETTINGS.brand, primary="#5A0F2E", accent="#0A6B3B")
    data = make_packet(sample_answer(), "board", replace(SETTINGS, brand=brand))["slides.pptx"]
    text = text_of("x.pptx", data)
    assert 'accent1><a:srgbClr val="5A0F2E"' in re.sub(r">\s+<", "><", text)


def test_a_template_of_the_district_gives_its_look_and_none_of_its_slides():
    from pptx import Presentation
    from pptx.util import Inches

    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(5.625)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Old news"
    out = io.BytesIO()
    own.save(out)
    data = make_packet(sample_answer(), "board", replace(SETTINGS, template=out.getvalue()))["slides.pptx"]
    made = Presentation(io.BytesIO(data))
    assert (made.slide_width, made.slide_height) == (own.slide_width, own.slide_height)
    assert "Old news" not in text_of("x.pptx", data)
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= made.slide_width + 2
            kind = shape.placeholder_format.type.name if shape.is_placeholder else ""
            assert kind in ("FOOTER", "SLIDE_NUMBER") or shape.top + shape.height <= made.slide_height + 2
            if kind in ("BODY", "OBJECT"):
                texts = [paragraph.text for paragraph in shape.text_frame.paragraphs]
                points = shape.text_frame.paragraphs[0].runs[0].font.size.pt
                assert points >= 12  # on smaller slides fewer words, and no smaller ones
                assert height_of(texts, shape.width.inches, int(points)) <= shape.height.inches * 1.1, texts
    with pytest.raises(SettingError, match="cannot be read as a pptx"):
        make_packet(sample_answer(), "board", replace(SETTINGS, template=b"no zip"))


def test_alt_texts_tell_numbers():
    deck = slides(sample_packet("board")["slides.pptx"])
    charts = [shape for slide in deck for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 3
    for shape in charts:
        assert re.search(r"\d", shape._element.nvGraphicFramePr.cNvPr.get("descr"))


# --- the command ----------------------------------------------------------------------------------------------


def test_the_command_makes_what_the_library_makes(tmp_path):
    scenario = Scenario("Two more OTs", (AddPost(fte=2.0),))
    (tmp_path / "one.toml").write_text(to_toml(scenario), encoding="utf-8")
    (tmp_path / "own.toml").write_text('"limits.day" = "One day."\n', encoding="utf-8")
    (tmp_path / "set.toml").write_text('district_name = "Elm"\nchecked_by = "R. Lead"\n', encoding="utf-8")
    arguments = ["report", str(SAMPLE), "--day", DAY.isoformat(), "--state", "WI", "--audience", "board"]
    arguments += ["--settings", str(tmp_path / "set.toml"), "--scenario", str(tmp_path / "one.toml")]
    arguments += ["--wording", str(tmp_path / "own.toml"), "--recommend", "Two more OTs", "--language", "en+es"]
    for folder in ("a", "b"):
        assert main([*arguments, "--out", str(tmp_path / folder)]) == 0
    files = [{path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("a", "b")]
    assert files[0] == files[1]
    text = pdf_text(files[0]["decision-memo.pdf"])
    assert "Two more OTs (recommended)" in text and "One day." in text and "would be owed" in text
    option = option_of(outcomes(sample_answer(), scenario, Rates()), Rates())
    assert isinstance(option, Option) and option.examples and option.gap_after is not None


@pytest.mark.parametrize(
    "arguments,words",
    [
        (["--recommend", "Nothing"], "no option called Nothing"),
        (["--wording", "wrong.toml"], "wrong.toml"),
        (["--scenario", "wrong.toml"], "wrong.toml"),
    ],
)
def test_what_the_command_cannot_use_is_told_in_a_sentence(arguments, words, tmp_path, capsys):
    base = ["report", str(SAMPLE), "--day", DAY.isoformat(), "--audience", "families", "--out", str(tmp_path / "out")]
    assert main([*base, *arguments]) == 64 and words in capsys.readouterr().err


def test_the_catalogs_are_read_as_they_are_written():
    with pytest.raises(WordingError):
        places_of("{")
    assert tomllib.loads('a = "b"') == {"a": "b"} and LETTERS in {one.kind for _, one in DOCUMENTS}


# --- names in other scripts -----------------------------------------------------------------------------------


def test_a_letter_that_no_font_has_is_said_on_the_page():
    text = pdf_text(
        make_packet(sample_answer(), "families", replace(SETTINGS, district_name="学区 北"))["families.pdf"]
    )
    assert "A question mark stands for a letter" in text
    assert "question mark" not in pdf_text(sample_packet("families")["families.pdf"])


def test_the_districts_own_font_shows_the_letters_that_ours_lacks():
    from pathlib import Path

    import playwright

    from workload.report.brief.brief_letters import letters

    own = next(Path(playwright.__file__).parent.rglob("codicon*.ttf")).read_bytes()  # a font of signs that is at hand
    sign = chr(min(letters(own) - letters()))
    assert "question mark" in pdf_text(
        make_packet(sample_answer(), "families", replace(SETTINGS, contact=sign))["families.pdf"]
    )
    files = make_packet(sample_answer(), "families", replace(SETTINGS, contact=sign, font=own))
    assert "question mark" not in pdf_text(files["families.pdf"])
    with pytest.raises(PacketError, match="TTF or OTF"):
        make_packet(sample_answer(), "families", replace(SETTINGS, font=b"no font"))
