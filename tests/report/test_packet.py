"""The packet: the same numbers everywhere, one page, native charts, INTERNAL where it must say so."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pptx.util import Pt
from pypdf import PdfReader

from tests.report.office import converted
from tests.report.packets import (
    ASKING,
    INSIDE,
    OPTIONS,
    OUTSIDE,
    SETTINGS,
    pdf_text,
    rows_of,
    sample_answer,
    sample_packet,
    slide_texts,
    slides,
    text_of,
    workbook,
)
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.model.roster import roster_of
from workload.model.words import about_words, fte, hours, percent, rounded, shown
from workload.report.answer_json import answer_json
from workload.report.audience import AUDIENCES
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Settings


def part(audience: str, ending: str) -> bytes:
    """The file of a packet whose name ends so."""
    return next(data for name, data in sample_packet(audience).items() if name.endswith(ending))


def shown_numbers(audience: str) -> dict[str, str]:
    """The district's figures of the JSON as they are written for an audience: outside in the steps of the gate."""
    row = answer_json(sample_answer())["district"]
    if audience in OUTSIDE:
        return told_numbers(row)
    return {
        "required": fte(row["required_fte"]),
        "available": fte(row["available_fte"]),
        "short": fte(row["shortfall_fte"]),
        "low": shown(-row["range"]["gap_fte"]["p90"], 1),
        "high": shown(-row["range"]["gap_fte"]["p10"], 1),
        "used": percent(row["utilization"]),
        "planned": fte(row["required_fte"] / 0.8),
        "work": hours(row["workload_hours"]),
        "there": hours(row["available_hours"]),
        "risk": about_words(row["student_minutes_at_risk"]),
        "fits": percent(1 - row["student_minutes_at_risk"] / (60 * row["student_hours"])),
    }


def told_numbers(row) -> dict[str, str]:
    """What is told outside: FTE to 0.1, hours to 5, minutes to 500; the rest from these."""
    required, available = rounded(row["required_fte"], 1), rounded(row["available_fte"], 1)
    low, high = (row["range"]["required_fte"][end] - row["required_fte"] for end in ("p10", "p90"))
    work, there = (5 * rounded(37.5 * value / 5, 0) for value in (required, available))
    risk, owed = 500 * rounded(row["student_minutes_at_risk"] / 500, 0), 5 * rounded(row["student_hours"] / 5, 0) * 60
    return {
        "required": shown(required),
        "available": shown(available),
        "short": shown(required - available),
        "low": shown(required + rounded(low, 1) - available),
        "high": shown(required + rounded(high, 1) - available),
        "used": percent(0.05 * rounded(required / available / 0.05, 0)),
        "planned": shown(required / 0.8),
        "work": shown(work, 0),
        "there": shown(there, 0),
        "risk": shown(risk, 0),
        "fits": percent(1 - 0.05 * rounded(risk / owed / 0.05, 0)),
    }


ANSWERS = ("required", "available", "short", "low", "high", "risk")


@pytest.mark.parametrize("audience", ASKING)
def test_page_one_answers_what_it_costs_by_when_what_if_not_and_how_sure_with_the_numbers_of_the_json(audience):
    text = pdf_text(part(audience, ASKING[audience]), first_page=True)
    for name in ANSWERS:
        assert shown_numbers(audience)[name] in text, name
    for heading in ("What is asked", "What it costs", "By when", "If not", "How sure"):
        assert heading in text
    assert "January 4, 2027" in text and "Checked by R. Lead" in text and "at example rates" in text


@pytest.mark.parametrize("audience", ASKING)
def test_options_stand_beside_doing_nothing_with_what_each_buys(audience):
    text = pdf_text(part(audience, ASKING[audience]))
    assert "$341,000" in text and "$318,000" in text and ("65" if audience in OUTSIDE else "64") in text
    assert "Today, nothing changes" in text and "The ask (recommended)" in text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_is_tagged_titled_and_in_its_language(audience):
    for name, data in make_packet(sample_answer(), audience, replace(SETTINGS, language="en+es")).items():
        if name.endswith(".pdf"):
            root = PdfReader(io.BytesIO(data)).trailer["/Root"]
            wanted = "es" if name.removesuffix(".pdf").endswith("-es") or "-es-" in name else "en"
            assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"].startswith(wanted), name
            assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_page_one_with_long_names_and_every_part_is_still_one_page():
    long = "The Very Long Name of a Consolidated Independent School District of Two Counties and a River " * 2
    settings = replace(SETTINGS, district_name=long, checked_by=long, contact=long, needed_by=long)
    options = tuple(replace(one, name=long, cover=long) for one in (*OPTIONS, OPTIONS[0]))
    data = make_packet(sample_answer(), "superintendent", settings, options)["INTERNAL-cabinet-memo.pdf"]
    first = pdf_text(data, first_page=True)
    assert "How sure" in first and "Risks" in first and "Options, beside" not in first


def test_the_deck_says_the_numbers_of_the_json_and_its_charts_hold_them():
    for audience in ("board", "superintendent"):
        made = slides(part(audience, "slides.pptx"))
        everything = " ".join(text for slide in made for text in slide_texts(slide))
        for name in ANSWERS:
            assert shown_numbers(audience)[name] in everything, name
        charts = [shape.chart for slide in made for shape in slide.shapes if shape.has_chart]
        bridge = next(chart for chart in charts if "Required" in list(chart.plots[0].categories))
        steps = dict(zip(bridge.plots[0].categories, bridge.plots[0].series[1].values, strict=True))
        row = answer_json(sample_answer())["district"]
        assert steps["Required"] == rounded(row["required_fte"], 1)
        assert steps["Available today"] == rounded(row["available_fte"], 1)
        # one person is on leave: contracts less available time would be that contract
        assert ("In post (contracted)" in steps) == (audience in INSIDE)


def test_the_deck_is_wide_native_titled_noted_and_large_enough_to_read():
    from pptx import Presentation

    deck = Presentation(io.BytesIO(part("board", "slides.pptx")))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert (
        len(set(titles)) == len(titles) >= 14
        and all(titles)
        and titles[1] == "35 students take 50 hours of a week of 37.5; 65 others take 35"
    )
    charts = tables = sizes = 0
    for slide in deck.slides:
        assert len(slide.notes_slide.notes_text_frame.text) > 40
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            if shape.has_chart or shape.has_table:
                charts, tables = charts + shape.has_chart, tables + shape.has_table
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 20
        found = [int(size) for size in re.findall(r'\bsz="(\d+)"', text_of("x.pptx", _only_slides(slide)))]
        sizes += len(found)
        assert not found or min(found) >= Pt(12).pt * 100
    assert charts >= 4 and tables >= 5 and sizes > 100


def _only_slides(slide) -> bytes:
    """A zip with the XML of one slide and its charts, to look for sizes of text."""
    import zipfile

    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("slide.xml", etree.tostring(slide._element))
        for at, shape in enumerate(one for one in slide.shapes if one.has_chart):
            made.writestr(f"chart{at}.xml", etree.tostring(shape.chart._chartSpace))
    return out.getvalue()


def test_the_deck_opens_in_libreoffice_with_every_slide_and_number():
    data = part("board", "slides.pptx")
    text = pdf_text(converted(data, "pptx", "pdf"))
    for name in ANSWERS:
        assert shown_numbers("board")[name] in text
    for slide in slides(data):
        assert re.sub(r"\W", "", slide.shapes.title.text_frame.text) in re.sub(r"\W", "", text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_internal_packets_say_so_on_each_page_and_the_others_never(audience):
    inside = audience in INSIDE
    for name, data in sample_packet(audience).items():
        assert name.startswith("INTERNAL-") == inside
        if name.endswith(".pdf"):
            assert all(("INTERNAL" in page.extract_text()) == inside for page in PdfReader(io.BytesIO(data)).pages)
        elif name.endswith(".pptx"):
            for slide in slides(data):
                assert any("INTERNAL" in text for text in slide_texts(slide)[:-1]) == inside
        elif name.endswith(".xlsx"):
            for sheet in workbook(data):
                first = [cell.value for row in sheet.iter_rows(max_row=2) for cell in row]
                assert any("INTERNAL" in str(value) for value in first) == inside, (name, sheet.title)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_name_of_a_therapist_is_in_a_packet(audience):
    for name, data in sample_packet(audience).items():
        text = text_of(name, data)
        for therapist in sample_answer().therapists["therapist"]:
            assert therapist == "Unassigned" or therapist not in text, f"{name} holds a name"


def cells_of(name: str, data: bytes) -> list[str]:
    """Every cell and label of a file, each by itself."""
    if name.endswith(".pptx"):
        return [text for slide in slides(data) for text in slide_texts(slide)]
    if name.endswith(".xlsx"):
        return [str(cell.value) for sheet in workbook(data) for row in sheet.iter_rows() for cell in row]
    return [value for row in rows_of(data) for value in row.values()] if name.endswith(".csv") else []


@pytest.mark.parametrize("audience", OUTSIDE)
def test_what_leaves_the_district_has_no_row_about_a_student_or_a_post(audience):
    students = sample_answer().roster.services["student"].dropna().unique()[:200]
    for name, data in sample_packet(audience).items():
        text = text_of(name, data)
        assert not any(student in text for student in students), name
        assert not [cell for cell in cells_of(name, data) if re.fullmatch(r"OTA? \d+", cell)], name


def test_names_of_therapists_are_written_only_inside_and_when_asked_for():
    named = replace(SETTINGS, name_therapists=True)
    name = sample_answer().therapists["therapist"].iloc[0]
    inside = make_packet(sample_answer(), "team", named)
    assert any(name in text_of(file, data) for file, data in inside.items())
    assert not any(name in file for file in inside)
    for file, data in make_packet(sample_answer(), "board", named).items():
        assert name not in text_of(file, data)


def test_the_same_packet_is_the_same_bytes():
    assert make_packet(sample_answer(), "board", SETTINGS, OPTIONS) == sample_packet("board")


@pytest.mark.parametrize("audience,close", [("auditor", 1e-9), ("board", 0.05), ("union", 0.05)])
def test_the_tables_of_a_packet_add_up_to_the_json(audience, close):
    """Outside, every number is rounded, so that no exact sum tells how many of which plan a school has."""
    row = answer_json(sample_answer())["district"]
    schools = rows_of(part(audience, "tables-schools.csv"))
    for name, digits in (("required_fte", 1), ("available_fte", 1), ("workload_hours", 90)):
        if audience != "auditor" and name == "available_fte":
            assert [each for each in schools if each[name] == ""]  # what one person has at a school is not told
            continue
        assert sum(float(each[name]) for each in schools) == pytest.approx(row[name], abs=close * digits * len(schools))
    work = rows_of(part(audience, "tables-work.csv"))
    assert sum(float(each["hours_per_week"]) for each in work) == pytest.approx(
        row["workload_hours"], abs=close * 50 * len(work)
    )
    district = {each["figure"]: each["value"] for each in rows_of(part(audience, "tables-district.csv"))}
    if audience == "auditor":
        assert float(district["required_fte"]) == row["required_fte"]
    else:
        assert float(district["required_fte"]) == rounded(row["required_fte"], 1)


def test_what_nobody_gave_is_not_made_up():
    text = pdf_text(make_packet(sample_answer(), "board", Settings())["decision-memo.pdf"])
    assert "No date has been named" in text and "Checked by" not in text and "would be owed" not in text
    assert "(amount from the business office)" in text and "(fund)" in text


def test_progress_goes_from_nothing_to_done():
    told = []
    make_packet(sample_answer(), "union", progress=lambda share, words: told.append((share, words)))
    assert told[0][0] == 0 and told[-1] == (1.0, "Done") and [one[0] for one in told] == sorted(one[0] for one in told)


def test_a_district_smaller_than_the_smallest_count_gets_no_packet_for_outside():
    services = {
        "student": [f"S{at}" for at in range(8)],
        "school": ["Oak"] * 8,
        "plan": ["IEP"] * 8,
        "delivery": ["individual"] * 8,
        "minutes_per_session": [30.0] * 8,
        "sessions": [2.0] * 8,
        "period": ["week"] * 8,
        "therapist": ["Kim"] * 8,
    }
    posts = {"therapist": ["Kim"], "role": ["OT"], "fte": [0.2]}
    answer = analyze(roster_of(services=services, therapists=posts), DAY)
    with pytest.raises(PacketError, match="8 students"):
        make_packet(answer, "board")
    assert "INTERNAL-cabinet-memo.pdf" in make_packet(answer, "superintendent")
    with pytest.raises(PacketError, match="nothing to present"):
        make_packet(analyze(roster_of(), DAY), "superintendent")
    with pytest.raises(PacketError, match="no audience"):
        make_packet(answer, "everybody")


@pytest.mark.parametrize("seed", range(20, 26))
@pytest.mark.parametrize("audience", ["board", "auditor"])
def test_any_roster_makes_a_packet(seed, audience):
    answer = analyze(as_roster(random_tables(seed, students=30 + seed, people=3 + seed % 4)), DAY)
    files = make_packet(answer, audience)
    assert len(files) >= 10
