"""Notes under a list of people or schools are nobody: told with their rows, never counted or offered as an answer."""

from __future__ import annotations

import pytest

from tests.intake import rosters
from workload.intake.rows.footnotes import is_note

LISTS = {
    "Therapists": [["Name", "Role", "FTE"], ["Kim", "OT", 1], ["Lee", "COTA", 0.5]],
    "Schools": [["School", "Enrollment"], ["Oak", 300], ["Pine", 200]],
}
LINES = [
    ["Student ID", "School", "Therapist", "Minutes per week"],
    *([f"S{at}", "Oak", "K. Im", 30] for at in range(6)),
]
NOTES = (
    "* students in italics are pending",
    "Note: Kim out on leave starting 11/30, sub not found yet.",
    "KR on FMLA 11/2 - 1/8; cover by agency 0.5",
    "Updated 10/30 by K. Reyes",
    "Nota: Ana de baja desde noviembre",
    "Please update your FTE by Friday",
    "Staff assignments are subject to change without notice.",
)
NAMES = (
    "Rivera, Ana",
    "Ana María López de la Cruz",
    "P.S. 123 The Academy of Arts & Letters",
    "St. Mary: Upper",
    "Dr. Martin Luther King, Jr. Elementary School",
    "OT #2 (vacant)",
    "See, Amy",
    "Nota, Bea",
    "Note, Paul",
    "Beth Okoro, OTR/L, MS, BCP",
    "1st Ave. Elementary, North Campus",
    "Van der Berg, Anna Maria, OTR/L",
    "See Moua",
    "See Yang Vang",
    "See Elementary",
    "Nb Lee",
    "* Dana Fox",
    "Mary Smith 9/1",
    "Mary Smith starts 9/1",
    "Kim Lee (M/W) 1/2 time",
    "OT position 3/4 time",
    "Open position posted 9/15",
    "Vacant posted 9/15 by HR",
    "New hire begins 11/2",
    "Long-term sub starts 1/5",
    "Sub for KR 11/2",
    "Long-term agency sub from 1/5",
    "COTA starts 1/5, name to come",
    "P.S. 9/10 Lower Campus",
    "St. John's at 4/5 Main",
    "Key West Elementary 2",
    "Source Academy: Grade 5",
    "Cesar Chavez Academy for Arts; Upper",
    "The Bronx School for Law and Government.",
)


@pytest.mark.parametrize("gap", [0, 2])
@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize("note", NOTES)
def test_a_note_under_a_list_is_told_and_is_nobody(note, table, gap):
    rows = [*LISTS[table], *[[]] * gap, [note]]
    found = rosters.loaded(rosters.book(**{"Services": LINES, table: rows}))
    assert len(getattr(found.roster, table.lower())) == 2
    told = rosters.only(found, "note-row")
    assert told.row == 4 + gap and told.severity == "warning" and note not in str(told)
    assert not [each for each in found.questions if note in str(each)]
    assert rosters.rows_add_up(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_stands_alone_in_its_row_is_a_name(name):
    assert not is_note(name)


@pytest.mark.parametrize(("text", "notes"), [("Kim Lee on leave 11/2 - 1/8", 1), ("Mary Smith starts 9/1", 0)])
def test_a_dated_remark_is_a_note_only_of_somebody_on_another_row(text, notes):
    """Somebody without an FTE leaves the gap open; a row taken for a note would close it without that person."""
    rows = [["Name", "Role", "FTE"], ["Lee, Kim", "OT", 1], ["Ana Ruiz", "OT", 0.5], [text]]
    found = rosters.loaded(rosters.book(Services=LINES, Therapists=rows))
    assert len(rosters.found(found, "note-row")) == notes and len(found.roster.therapists) == 3 - notes
    assert len(rosters.found(found, "fte-missing")) == 1 - notes


def test_a_note_in_a_row_that_says_more_is_left_to_the_reader_of_the_row():
    rows = [*LISTS["Therapists"], ["Note: Kim's cover", "OT", 0.5]]
    found = rosters.loaded(rosters.book(Services=LINES, Therapists=rows))
    assert len(found.roster.therapists) == 3
