"""Renewed or left, on the page: the table asks, the answer follows, and the file of answers brings it back."""

from __future__ import annotations

import tomllib

import pandas as pd

from dashboard.screens.answer.premises.students_table import HEADINGS, said_in
from dashboard.shell.beside_roster import BesideRoster
from tests.dashboard.evidence import widget
from tests.dashboard.support import failed, html_of, opened, record, visit
from tests.premises.test_renewed_or_left import past_their_review
from workload.premises.renewed_or_left import RENEWALS


def test_what_is_chosen_in_the_table_is_read_by_pseudonym():
    table = pd.DataFrame({"student": ["S1", "S3", "S5"]})
    edited = pd.DataFrame({HEADINGS["said"]: ["left", None, "renewed"]})
    assert said_in(table, edited) == {"S1": "left", "S5": "renewed"}


def test_the_rest_can_be_called_renewed_at_once_and_taken_back():
    at = visit(opened(past_their_review().roster).run(), "premises")
    assert not failed(at)
    assert "2 students of 2 not answered" in " ".join(html_of(at))
    assert at.data_editor[0].value["Student"].tolist() == ["S1", "S3"]
    widget(at, "text_input", "who_students").set_value("OT lead")
    widget(at, "button", "students_rest_renewed").click().run()
    said = record(at, BesideRoster).confirmed[RENEWALS]
    assert (said.who, said.renewed, said.value) == ("OT lead", ("S1", "S3"), ())
    assert not failed(at) and "0 students of 2 not answered" in " ".join(html_of(at))
    assert "confirmed by OT lead" in " ".join(html_of(at))
    save = next(one for one in at.get("download_button") if one.key == "students_save")
    assert not save.proto.disabled
    widget(at, "button", "students_forget").click().run()
    assert RENEWALS not in record(at, BesideRoster).confirmed


def test_the_saved_file_holds_what_was_said_and_is_taken_over_again():
    from workload.intake.answers.import_map import ImportMap, map_of, map_text

    text = map_text(ImportMap(renewals={"S1": "left"}, said_by={"who": "lead", "when": "2026-10-01"}))
    taken = map_of(tomllib.loads(text))
    assert taken.renewals == {"S1": "left"} and taken.said_by["who"] == "lead"
