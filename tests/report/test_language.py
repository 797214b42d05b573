"""The language of the ask in the files of a packet, its settings and the command line; schools and people in what is typed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from tests.report.packets import (
    DAY,
    OPTIONS,
    SAMPLE,
    SETTINGS,
    pdf_text,
    said,
    sample_answer,
    slides,
    text_of,
)
from tests.report.test_injection import ATTACKS, small_hostile
from workload.__main__ import main
from workload.report.audience import AUDIENCES
from workload.report.brief.page_file import page
from workload.report.deck.deck_file import deck
from workload.report.language.languages import BOTH, ENGLISH, LABELS, SPANISH, TAGS
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import NotActing, Option, SettingError, Settings, default_brand
from workload.report.packet_choices_file import read_settings, settings_of, settings_text
from workload.report.reader_view import View
from workload.report.sections.passages import passages, to_copy
from workload.report.sections.telling import Telling

SMALL = "Quill Fork High School"  # 5 students: not shown by itself outside


def view(language: str = BOTH, audience: str = "board", **changed) -> View:
    return View(sample_answer(), AUDIENCES[audience], replace(SETTINGS, language=language, **changed))


def document(code: str, audience: str = "board"):
    return next(one for one in AUDIENCES[audience].documents if one.file == code)


def spoken(data: bytes, part: str) -> set[str]:
    """The languages of the runs of one XML part of a deck; empty where one is not said."""
    xml = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    runs = re.findall(r"<a:r>.*?</a:r>", xml, re.S)
    return {(re.search(r'lang="([\w-]+)"', run) or [None, ""])[1] for run in runs}


@pytest.mark.parametrize("language", [ENGLISH, SPANISH])
def test_every_text_of_the_slides_is_marked_with_its_language(language):
    data = deck(Telling(view(language), language, OPTIONS), document("slides"))
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    parts = [name for name in names if re.fullmatch(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml", name)]
    assert len(parts) > 20
    for part in parts:
        assert spoken(data, part) == {TAGS[language]}, part


@pytest.mark.parametrize("language", LABELS)
def test_each_language_is_a_document_of_its_own(language):
    names = set(make_packet(sample_answer(), "board", view(language).settings))
    assert ("decision-memo.pdf" in names) == (ENGLISH in language.split("+")) == ("slides.pptx" in names)
    assert ("decision-memo-es.pdf" in names) == (SPANISH in language.split("+")) == ("slides-es.pptx" in names)


def test_hostile_names_stay_text_in_both_languages():
    for attack in ATTACKS:
        made = View(small_hostile(attack), AUDIENCES["board"], Settings(attack, needed_by=attack, language=BOTH))
        for language in (ENGLISH, SPANISH):
            assert page(Telling(made, language), document("families", "families"))
        data = deck(Telling(made), document("slides"))
        parts = zipfile.ZipFile(io.BytesIO(data))
        assert not any(b"External" in parts.read(part) for part in parts.namelist() if part.endswith(".rels"))
        bare = said(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", attack))
        assert bare in said(slides(data)[0].notes_slide.notes_text_frame.text), attack


def test_the_text_to_copy_has_a_paragraph_for_each_language_under_the_mark_of_an_internal_packet():
    outside = to_copy(passages(view()), view().audience.mark).split("\n\n")
    assert [part.split("\n")[0] for part in outside] == [
        "OT staffing: Bluff County School District",
        "Personal de terapia ocupacional: Bluff County School District",
    ]
    inside = view(audience="team")
    assert to_copy(passages(inside), inside.audience.mark).startswith("INTERNAL: ")


# --- settings and command line -------------------------------------------------------------------------------


def written(folder, text: str):
    place = folder / "settings.toml"
    place.write_text(text, encoding="utf-8")
    return place


def test_the_settings_file_names_the_language_and_the_schools(tmp_path):
    read, _ = read_settings(
        written(tmp_path, 'language = "en+es"\nschools = ["Lincoln Elementary"]\nnext_steps = ["One"]\n')
    )
    assert (read.language, read.schools, read.next_steps) == (BOTH, ("Lincoln Elementary",), ("One",))
    assert Settings().language == ENGLISH and Settings().schools == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('language = "fr"', "The language is en, es or en\\+es, got fr."),
        ("language = 1", "wrong form"),
        ('schools = "Oak"', "wrong form"),
        ("schools = [1]", "wrong form"),
        (f"schools = {['Oak'] * 7}", "at most 6 schools"),
        ('lenguage = "es"', "no setting called lenguage"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(tmp_path, text, words):
    with pytest.raises(SettingError, match=words):
        read_settings(written(tmp_path, text))


def run(tmp_path, *arguments: str) -> int:
    return main(
        [
            "report",
            str(SAMPLE),
            "--day",
            DAY.isoformat(),
            "--audience",
            "board",
            "--out",
            str(tmp_path / "out"),
            *arguments,
        ]
    )


def test_the_command_line_goes_over_the_settings(tmp_path):
    settings = written(tmp_path, 'language = "en+es"\ndistrict_name = "Elm County"\n')
    assert run(tmp_path, "--settings", str(settings)) == 0
    both = pdf_text((tmp_path / "out" / "decision-memo.pdf").read_bytes())
    both += pdf_text((tmp_path / "out" / "decision-memo-es.pdf").read_bytes())
    assert run(tmp_path, "--settings", str(settings), "--language", "es") == 0
    only = pdf_text((tmp_path / "out" / "decision-memo-es.pdf").read_bytes())
    assert "Elm County needs 14.1 FTE" in both and "Elm County necesita 14.1 FTE" in both
    assert "Elm County needs" not in only and "Elm County necesita 14.1 FTE" in only


def test_an_unknown_language_or_school_on_the_command_line_is_said_in_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(tmp_path, "--language", "fr")
    assert stopped.value.code == 64 and "The language is en, es or en+es, got fr." in capsys.readouterr().err
    assert run(tmp_path, "--settings", str(written(tmp_path, 'schools = ["Hogwarts"]'))) == 64
    assert "the school Hogwarts, which is not on the roster" in capsys.readouterr().err


# --- the schools of the ask ----------------------------------------------------------------------------------


def test_the_district_names_the_schools_of_its_ask():
    chosen = ("Cedar Ridge Elementary", "Lincoln Elementary", "Sunset Hills Elementary")
    one, other = passages(view(schools=chosen))
    assert one["schools"] == (
        "The time is for Sunset Hills Elementary (short 0.8 FTE), Lincoln Elementary (short 0.3 FTE) and "
        "Cedar Ridge Elementary."
    )
    assert other["schools"] == (
        "El tiempo es para las siguientes escuelas: Sunset Hills Elementary (faltan 0.8 FTE), Lincoln "
        "Elementary (faltan 0.3 FTE), Cedar Ridge Elementary."
    )


def test_a_school_that_may_not_be_shown_is_counted_and_not_named_outside():
    chosen = ("Lincoln Elementary", SMALL)
    assert passages(view(schools=chosen))[0]["schools"] == (
        "The time is for Lincoln Elementary (short 0.3 FTE) and 1 school not shown by itself."
    )
    assert SMALL in passages(view(audience="superintendent", schools=chosen))[0]["schools"]
    for name, data in make_packet(sample_answer(), "board", view(schools=chosen).settings, OPTIONS).items():
        assert SMALL not in text_of(name, data), name


def test_a_school_that_is_not_on_the_roster_is_refused_by_name():
    with pytest.raises(PacketError, match="the school Hogwarts, which is not on the roster"):
        make_packet(sample_answer(), "superintendent", replace(SETTINGS, schools=("Lincoln Elementary", "Hogwarts")))


# --- people in what is typed ---------------------------------------------------------------------------------

PERSON = "Marisol Tennant"
TYPED = {
    "Needed by": (replace(SETTINGS, needed_by=f"when {PERSON} is back"), ()),
    "Next steps": (replace(SETTINGS, next_steps=("Thank you.", f"{PERSON.upper()} meets the board.")), ()),
    "If nothing changes": (replace(SETTINGS, not_acting=NotActing(words="Ms. Tennant will leave.")), ()),
    "Name of the district": (replace(SETTINGS, district_name=f"District of {PERSON}"), ()),
    "Name of an option": (SETTINGS, (Option("Relieve Tennant, Marisol", 1.0),)),
    "Who steps in when somebody is absent": (SETTINGS, (Option("Hire", 1.0, cover=f"{PERSON} covers"),)),
}


@pytest.mark.parametrize("field", TYPED)
def test_a_packet_that_leaves_names_no_therapist_in_what_somebody_typed(field):
    typed, options = TYPED[field]
    for audience in ("board", "union"):
        with pytest.raises(PacketError, match=f'under "{field}" .*(?i:Tennant|Quinn).* on the roster') as refused:
            make_packet(sample_answer(), audience, typed, options)
        assert "names no therapist" in str(refused.value)
    assert make_packet(sample_answer(), "superintendent", typed, options)


def test_a_person_who_signs_may_be_on_the_roster():
    signed = replace(SETTINGS, checked_by=PERSON, contact=f"{PERSON}, OT lead")
    assert f"Checked by {PERSON}." in pdf_text(make_packet(sample_answer(), "board", signed)["decision-memo.pdf"])


def test_settings_come_back_from_their_file_as_they_were():
    brand = replace(default_brand(), primary="#123456")
    settings = Settings(
        'Elm County "North"',
        brand,
        None,
        12,
        "May 2027",
        "R. Lead",
        "office",
        NotActing(dollars=5.0, words="No = more"),
        ("One", "Two"),
        True,
        BOTH,
        ("Oak",),
        None,
        None,
        "General fund",
        True,
        (("salary_ot", 90000.0),),
        (("en", "limits.day", "One day."), ("es", "limits.day", "Un día.")),
    )
    options = (Option("Hire", 1.5, 100.0, None, "", 3, 0, -0.5, 740.0, True, True, "Fast"), Option("Wait"))
    assert settings_of(settings_text(settings, options)) == (settings, options)
    assert settings_text(Settings()) == ""
