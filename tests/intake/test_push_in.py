"""Push-in and pull-out are two places of one individual service: a line in one does not end the line in the other."""

from datetime import date

import pytest

from tests.intake.rosters import loaded
from workload.answer import analyze

ROWS = (
    ("101", "Oak", "30", "2x weekly", "{in}", "Ann Able", "2026-08-20"),
    ("101", "Oak", "30", "1x weekly", "{out}", "Ann Able", "2026-09-01"),
    *(
        (f"10{at}", "Elm", "20", "1x weekly", "{out}" if at % 2 else "{in}", "Ann Able", "2026-08-20")
        for at in range(2, 8)
    ),
)


def csv(heading: str, words: tuple[str, str]) -> bytes:
    head = f"Student ID,School,Minutes,Frequency,{heading},Therapist,Start Date"
    return "\n".join([head, *(",".join(row).format(**{"in": words[0], "out": words[1]}) for row in ROWS)]).encode()


@pytest.mark.parametrize(
    "heading", ("Setting", "Service Setting", "Location", "Delivery", "Service Delivery", "Delivery Model")
)
@pytest.mark.parametrize("words", (("push-in", "pull-out"), ("Push In", "Pull Out"), ("PI", "PO")))
def test_both_lines_of_a_student_count(heading, words):
    result = loaded(csv(heading, words), name="roster.csv")
    answer = analyze(result.roster, date(2026, 10, 1))
    counted = result.roster.services
    if result.questions:  # two letters may be a person's or a place's: asked, and nothing is lost in silence
        assert words == ("PI", "PO")
    else:
        assert answer.district["service_lines"] == 8
        assert answer.lines["student_minutes_per_week"].sum() == pytest.approx(90 + 6 * 20)
        assert set(counted["delivery"]) == {"individual"}


def test_a_newer_line_in_the_same_place_still_replaces_the_older_one():
    result = loaded(csv("Setting", ("pull-out", "pull-out")), name="roster.csv")
    assert analyze(result.roster, date(2026, 10, 1)).district["service_lines"] == 7
