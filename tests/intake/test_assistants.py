"""Somebody's assistant is an OTA only where the words say occupational therapy, or nothing of another profession."""

from __future__ import annotations

import pytest

from tests.intake import rosters

LINES = [["Student ID", "School", "Therapist", "Minutes per week"], *([f"S{at}", "Oak", "Kim", 60] for at in range(9))]


def roles(title):
    rows = [["Name", "Title", "FTE"], ["Kim", "OT", 1], ["Lee", title, 1]]
    found = rosters.loaded(rosters.book(Services=LINES, Therapists=rows))
    people = found.roster.therapists
    return dict(zip(people["therapist"], people["role"], strict=True)).get("Lee"), found


@pytest.mark.parametrize(
    "title",
    [
        "COTA",
        "Assistant",
        "Therapy Assistant",
        "OT Assistant",
        "OT/PT Assistant",
        "Asistente",
        "Auxiliar de terapia ocupacional",
    ],
)
def test_an_assistant_of_occupational_therapy_is_an_ota(title):
    assert roles(title)[0] == "OTA"


@pytest.mark.parametrize(
    "title", ["Assistant Principal", "Teacher Assistant", "Physical Therapy Assistant", "Speech Assistant"]
)
def test_an_assistant_of_another_profession_is_left_out(title):
    role, found = roles(title)
    assert role is None and len(rosters.found(found, "other-roles")) == 1


@pytest.mark.parametrize("title", ["Administrative Assistant", "Asistente administrativa", "Auxiliar de cocina"])
def test_an_assistant_of_nobody_knows_what_is_asked_about_and_not_counted(title):
    role, found = roles(title)
    assert role is None and [each for each in found.questions if title in each.message]
