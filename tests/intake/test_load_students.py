"""Students are pseudonyms, and nothing of a child leaves the loader."""

from __future__ import annotations

import pytest

from tests.intake.rosters import (
    SECRET,
    book,
    loaded,
    only,
)
from workload.model.pseudonyms import pseudonyms

NAMES = ("Student Name", "Min/Wk", "DOB", "Notes")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Doe, Jane", "DOE, JANE M.", True),
        ("Doe, Jane", "Jane Doe", True),
        ("Doe, Jane", "Doe, Jan", False),
        ("Doe, Jane (Janie)", "Doe, Jane", True),
    ],
)
def test_one_child_is_one_pseudonym_however_the_name_is_written(one, other, same):
    result = loaded(book(Caseload=[NAMES, [one, 30, "1/1/2015", "x"], [other, 30, "1/1/2015", "x"]]))
    assert (result.roster.services["student"].nunique() == 1) is same


def test_the_id_rules_over_the_name_and_joins_services_with_evaluations():
    result = loaded(
        book(
            Services=[
                ("student_id", "student_name", "minutes_per_week"),
                ("0012", "Doe, Jane", 30),
                (12, "Doe, Jane", 30),
            ],
            Evaluations=[("student_id", "type", "due"), ("0012", "initial", "10/1/2026")],
        )
    )
    students = result.roster.services["student"].tolist()
    assert students[0] != students[1] and result.roster.evaluations["student"].tolist() == [students[0]]
    assert [students[0]] == pseudonyms(["id:0012"], SECRET) != pseudonyms(["id:0012"], b"another secret")
    assert len(students[0]) == 12 and students[0].startswith("S-")


def test_initials_at_two_schools_are_two_children():
    result = loaded(
        book(Caseload=[("Initials", "School", "Min/Wk"), ("J.D.", "Oak", 30), ("J.D.", "Elm", 30), ("J.D.", "Oak", 15)])
    )
    assert result.roster.services["student"].nunique() == 2 and only(result, "initials-only").severity == "warning"


def test_nothing_of_a_child_leaves_the_loader():
    data = book(
        Caseload=[
            (*NAMES, "SSID"),
            ("Canary, Zzyzx Q.", "abc", "1/1/2015", "sibling of Canary", "987654321"),
            ("Canary, Zzyzx Q.", 30, "1/1/2015", "sibling", "1.0E+11"),
            (None, 30, "Canary", None, None),
        ]
    )
    result = loaded(data)
    text = repr(
        [
            result.roster.issues,
            result.files,
            result.questions,
            result.roster.services.to_dict(),
            [vars(table) for file in result.files for sheet in file.sheets for table in sheet.tables],
        ]
    )
    for secret in ("Canary", "Zzyzx", "987654321", "sibling", "1/1/2015", "1.0E+11"):
        assert secret not in text, secret
