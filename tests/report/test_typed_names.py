"""A packet that leaves names no therapist in what somebody typed: every form of a name, and no ordinary word."""

from __future__ import annotations

import pytest

from tests.report.packets import sample_answer
from workload.report.packet import PacketError, make_packet
from workload.report.packet_choices import Option, Settings
from workload.report.typed_names import named

PEOPLE = (
    "Tobias Renfrow",
    "Amara Okonjo-Reed",
    "Rivers, Dana",
    "June May",
    "Grant Long",
    "Wei Ng",
    "Maria de la Cruz, OTR/L",
    "Sean O'Brien",
    "Hope Winters",
    "Lincoln, Abe",
    "Rivera, Ana M.",
    "José Núñez",
    "Kim",
    "Agency",
    "—",
)
SCHOOLS = ("Rivers Elementary", "Long Valley School", "Lincoln", "Grant")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cover Tobias Renfrow", "Tobias Renfrow"),
        ("Cover T. Renfrow until December 18", "T. Renfrow"),
        ("Cover Renfrow's leave", "Renfrow"),
        ("Cover Renfrow’s students", "Renfrow"),
        ("Cover for Tobias", "Tobias"),
        ("Cover Mr Renfrow", "Mr Renfrow"),
        ("cover renfrow, t.", "renfrow, t"),
        ("RENFROW, TOBIAS", "RENFROW, TOBIAS"),
        ("Cover Okonjo-Reed", "Okonjo-Reed"),
        ("Cover for Ms. Okonjo Reed", "Ms. Okonjo Reed"),
        ("cover for ms. reed", "ms. reed"),
        ("write to trenfrow@bluff.example", "trenfrow"),
        ("g.long@bluff.example", "long"),
        ("Móre for Tobías", "Tobías"),
        ("Cover G. Long", "G. Long"),
        ("long, g.", "long, g"),
        ("Cover Ms. Long", "Ms. Long"),
        ("Grant Long steps in", "Grant Long"),
        ("Grant's leave ends", "Grant"),
        ("while Long is on leave", "Long"),
        ("Cover May", "May"),
        ("Cover for Rivers", "Rivers"),
        ("Cover Ng", "Ng"),
        ("de la Cruz returns", "de la Cruz"),
        ("Cover O'Brien", "O'Brien"),
        ("by Ana Rivera", "Ana Rivera"),
        ("Ana M. Rivera", "Ana M. Rivera"),
        ("jose nunez is out", "jose nunez"),
        ("Dr. Núñez", "Dr. Núñez"),
        ("Kim covers", "Kim"),
        ("Cover Ren\u00adfrow until May", "Ren\u00adfrow"),
        ("Cover Ren\u200bfrow", "Ren\u200bfrow"),
        ("Cover Nun\u0303ez", "Nun\u0303ez"),
        ("renfrows leave", "renfrows"),
        ("for Tobiass students", "Tobiass"),
        ("write to trenfrow2@bluff.example", "trenfrow2"),
        ("Cover OkonjoReed", "OkonjoReed"),
        ("DelaCruz returns", "DelaCruz"),
    ],
)
def test_every_form_of_a_name_is_found(text, found):
    who = named(text, PEOPLE, SCHOOLS)
    assert (who.text if who else "") == found


@pytest.mark.parametrize(
    "text",
    [
        "Grant writing for two posts",
        "Apply for a Title I grant",
        "A long term plan",
        "A Long week",
        "as long as it takes, a post",
        "we miss long sessions",
        "Rivers Elementary gets one day",
        "Rivera Elementary",
        "Renfrow Street office",
        "Rivers County Schools",
        "Long Valley School and Lincoln",
        "Needed by May 4, 2027",
        "Hire in May or June",
        "Hire in June. May is late.",
        "Cover May and June absences",
        "OT may be hired",
        "by the end of May",
        "We hope for two",
        "winter break",
        "kimono",
        "Rivers and riversides",
        "two Mays, three Augusts",
        "the reeds at the lake, hopes and winters",
        "an agency sends somebody",
        "Agency sends somebody within five days",
        "",
        "=1+1",
    ],
)
def test_an_ordinary_word_a_month_and_a_school_are_no_person(text):
    assert named(text, PEOPLE, SCHOOLS) is None


def test_the_refusal_names_the_field_and_says_what_to_write_instead():
    last = "Renfrow"
    assert any(last in name for name in sample_answer().therapists["therapist"])
    with pytest.raises(PacketError) as refused:
        make_packet(sample_answer(), "board", Settings(), (Option(f"Cover {last}'s leave"),))
    said = str(refused.value)
    assert 'under "Name of an option"' in said and last in said and "write the post or the school instead" in said
    assert f'"{last} Elementary"' in said
    assert make_packet(sample_answer(), "team", Settings(), (Option(f"Cover {last}'s leave"),))
