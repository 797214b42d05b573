"""Report: the language of the ask, its schools, the sentences to copy, and people in what is typed."""

from __future__ import annotations

from dataclasses import replace

from dashboard.screens.report import packet_saved
from tests.dashboard.evidence import widget
from tests.dashboard.report_pages import answer, downloads, made, press, report, said
from tests.dashboard.support import district, failed, opened, visit
from tests.report.packets import pdf_text
from tests.support.rosters import DAY, as_roster, random_tables
from workload.answer import analyze
from workload.report.ask import schools_of
from workload.report.audience import AUDIENCES
from workload.report.language.languages import NOT_CERTIFIED
from workload.report.packet_choices import Settings
from workload.report.reader_view import View
from workload.report.sections.passages import passages


def copying():
    """The app with the sentences to copy unfolded."""
    at = opened(district())
    at.session_state["packet_copy_panel"] = True
    return at


def passage(language: str, audience: str = "board") -> list[dict[str, str]]:
    """The passages of the page's own district for a reader."""
    return passages(View(answer(), AUDIENCES[audience], Settings("Test County", language=language)))


def test_the_sentences_are_said_in_the_chosen_language_and_stay_so():
    at = report(copying())
    assert widget(at, "radio", "packet_language").value == "en" and NOT_CERTIFIED not in said(at)
    for language in ("es", "en+es", "en"):
        widget(at, "radio", "packet_language").set_value(language).run()
        assert not failed(at) and (NOT_CERTIFIED in said(at)) == ("es" in language)
        for one in passage("en+es"):
            wanted = one["lang"] in language.split("+")
            assert (one["ask"] in at.code[0].value) == wanted
    widget(at, "radio", "packet_language").set_value("es").run()
    visit(at, "overview")
    assert widget(visit(at, "report"), "radio", "packet_language").value == "es"


def test_a_packet_is_made_in_the_chosen_language_and_again_after_another_choice():
    at = report(copying())
    widget(at, "radio", "packet_audience").set_value("team").run()
    widget(at, "radio", "packet_language").set_value("en+es").run()
    press(at, "Make the packet")
    files = made(at)
    texts = [pdf_text(files[f"INTERNAL-team-sheet{end}.pdf"]) for end in ("", "-es")]
    assert all(one["headline"] in text for one, text in zip(passage("en+es", "team"), texts, strict=True))
    assert at.code[0].value.startswith("INTERNAL") and "An agenda is public" in said(at)
    widget(at, "radio", "packet_language").set_value("en").run()
    assert "Something has changed" in said(at)


def test_the_schools_of_the_ask_are_chosen_from_the_roster():
    short = replace(as_roster(random_tables(3, students=90, people=5)), digest="short")
    opening = opened(short)
    opening.session_state["packet_copy_panel"] = True
    at, names = report(opening), schools_of(analyze(short, DAY))
    box = widget(at, "multiselect", "packet_schools")
    assert box.options == names and "The time is for" not in at.code[0].value
    box.set_value(names[:2])
    press(at, "Use these settings")
    view = View(analyze(short, DAY), AUDIENCES["board"], Settings("Test County", schools=tuple(names[:2])))
    sentence = passages(view)[0]["schools"]
    assert not failed(at) and sentence.startswith("The time is for") and sentence in at.code[0].value
    assert widget(visit(visit(at, "overview"), "report"), "multiselect", "packet_schools").value == names[:2]


def test_a_name_of_the_roster_in_a_typed_text_stops_a_packet_that_leaves():
    name = answer().people["therapist"].iloc[0]
    at = report()
    widget(at, "text_area", "packet_next_steps").set_value(f"{name} tells the board.")
    press(at, "Use these settings")
    press(at, "Make the packet")
    assert not failed(at) and f'under "Next steps" names {name}' in said(at) and not downloads(at)


def test_what_a_packet_should_not_go_without_is_said_until_it_is_there():
    at = report()
    assert "Still empty: by when, who checked the numbers." in said(at)
    widget(at, "text_input", "packet_needed_by").set_value("January 4, 2027")
    widget(at, "text_input", "packet_checked_by").set_value("R. Lead")
    press(at, "Use these settings")
    assert "Still empty" not in said(at)


def test_settings_are_saved_as_a_file_and_brought_back():
    at = report()
    widget(at, "text_input", "packet_needed_by").set_value("January 4, 2027")
    widget(at, "text_input", "packet_checked_by").set_value("R. Lead")
    press(at, "Use these settings")
    kept = packet_saved.as_file(Settings("Elm", needed_by="May 2027", language="es", smallest_count=12), ())
    bring(at, kept)
    assert not failed(at)
    assert (
        widget(at, "text_input", "packet_needed_by").value,
        widget(at, "text_input", "packet_checked_by").value,
    ) == ("May 2027", "")
    assert (
        widget(at, "number_input", "packet_smallest_count").value == 12
        and widget(at, "radio", "packet_language").value == "es"
    )
    assert "Elm" in said(at) and "Qué se solicita" in said(at)
    bring(at, b"smallest_count = 'many'")
    assert not failed(at) and "could not be used" in said(at)
    assert widget(at, "text_input", "packet_needed_by").value == "May 2027"
    bring(at, b"\xff\xfe\x00")
    assert not failed(at) and "no text file" in said(at)


def test_settings_of_another_roster_come_back_without_its_schools():
    at = report()
    bring(
        at,
        packet_saved.as_file(
            Settings("Elm", schools=("A school that closed", schools_of(answer())[0]), needed_by="x" * 300), ()
        ),
    )
    assert not failed(at)
    assert widget(at, "multiselect", "packet_schools").value == [schools_of(answer())[0]]
    press(at, "Use these settings")
    assert not failed(at)


def bring(at, data: bytes) -> None:
    """Upload saved settings."""
    next(each for each in at.file_uploader if each.label == "Bring saved settings back").upload(
        "saved.toml", data
    ).run()
