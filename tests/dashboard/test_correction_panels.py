"""Report: correction sheets, decided one by one."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl

from dashboard.parts import correction_file
from dashboard.screens.report import decided_one_by_one
from dashboard.shell.session import DISTRICT
from tests.dashboard.evidence import widget
from tests.dashboard.report_pages import SHEETS, answer, press, report, said
from tests.dashboard.support import (
    district,
    failed,
    heading,
    short_answer,
    visit,
)
from workload.model.roster import UNASSIGNED
from workload.report.corrections.correction_sheet import LINES, MISSING, correction_sheet
from workload.staffing.tables import codes_for

COUNTED_WITH = "Counted with 1 accepted correction"


def filled(minutes: float = 55, missing: bool = False) -> tuple[str, bytes]:
    """A person's sheet with another number of minutes in its first line."""
    codes = codes_for(answer().therapists)
    name = next(
        each
        for each in answer().people["therapist"]
        if each != UNASSIGNED and (answer().lines["therapist"] == each).any()
    )
    book = openpyxl.load_workbook(io.BytesIO(correction_sheet(answer(), name, codes[name])))
    page = book[LINES]
    page.cell(5, next(cell.column for cell in page[4] if cell.value == "Minutes a session should be")).value = minutes
    if missing:
        book[MISSING].cell(5, 1).value = "School A"
    out = io.BytesIO()
    book.save(out)
    return codes[name], out.getvalue()


def brought(minutes: float = 55, missing: bool = False):
    """The page after a sheet was brought back."""
    at = report(part=SHEETS)
    at.file_uploader[0].upload("sheet.xlsx", filled(minutes, missing)[1]).run()
    assert not failed(at)
    return at


def overview(at) -> str:
    """The headline of Overview, as it is shown."""
    return heading(visit(at, "overview"))


def test_a_sheet_proposes_and_nothing_changes_until_somebody_decides():
    at = brought()
    table = at.data_editor[0].value
    assert len(table) == 1 and table.iloc[0]["Whose"] == filled()[0]
    assert (table.iloc[0]["What"], table.iloc[0]["Should be"]) == ("Minutes a session", "55")
    assert "1 change proposed" in said(at)
    assert short_answer(answer(), "Test County") in overview(at)


def test_an_accepted_change_moves_every_page_is_logged_and_can_be_undone():
    at = brought(480)
    before = short_answer(answer(), "Test County")
    press(at, "Accept all")
    assert "Say who decides" in said(at)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    assert not failed(at) and "1 change accepted, 0 refused" in said(at) and not at.data_editor
    log = at.table[0].value.iloc[0].str.replace("\\", "")
    assert (log["By"], log["Should be"], log["Decision"], log["Now"]) == ("R. Lead", "480", "accepted", "in force")
    assert overview(at) != before and COUNTED_WITH in links(at)
    widget(report_again(at), "button", "correction_undo").click().run()
    assert "taken back" in said(at) and len(at.data_editor) == 1
    assert overview(at) == before and COUNTED_WITH not in links(at)


def links(at) -> list[str]:
    """What the links of a page say."""
    return [link.proto.label for link in at.get("page_link")]


def report_again(at):
    return widget(visit(at, "report"), "radio", "report_part").set_value(SHEETS).run()


def test_single_changes_are_decided_one_by_one_and_a_missing_service_is_added_by_hand():
    at = brought(missing=True)
    editor = at.data_editor[0]
    assert len(editor.value) == 2 and "to be added by hand" in editor.value.iloc[1]["What"]
    at.session_state[editor.proto.id if not editor.key else editor.key] = {
        "edited_rows": {0: {"Decision": decided_one_by_one.REFUSE}},
        "added_rows": [],
        "deleted_rows": [],
    }
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Take these decisions over")
    assert not failed(at) and "0 changes accepted, 1 refused" in said(at) and len(at.data_editor[0].value) == 1


def test_a_sheet_that_was_handed_out_before_a_correction_is_still_read_after_it():
    at = brought(480)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    at.file_uploader[0].upload("again.xlsx", filled(45)[1]).run()
    assert not failed(at) and at.data_editor[0].value.iloc[0]["Should be"] == "45"
    at.file_uploader[0].upload("same.xlsx", filled(480)[1]).run()
    assert "same.xlsx: 0 changes proposed" in re.sub(r"\*", "", said(at))


def test_a_file_that_is_no_sheet_is_refused_in_a_sentence():
    at = report(part=SHEETS)
    at.file_uploader[0].upload("wrong.xlsx", b"%PDF-1.7 nothing").run()
    assert not failed(at) and "0 changes proposed" in said(at) and not at.data_editor


def test_corrections_count_for_no_other_roster():
    at = brought(480)
    widget(at, "text_input", "correction_by").set_value("R. Lead")
    press(at, "Accept all")
    other = at.session_state[DISTRICT]
    at.session_state[DISTRICT] = replace(other, roster=replace(district(), digest="read-again"))
    at = report_again(at)
    assert "1 accepted correction belonged" in said(at)
    assert short_answer(answer(), "Test County") in overview(at)


def test_sheets_carry_codes_until_names_are_shown():
    codes = codes_for(answer().therapists)
    name = next(iter(codes))
    plain = openpyxl.load_workbook(io.BytesIO(correction_file.sheet(answer(), name, codes[name])))
    assert name not in str([list(page.values) for page in plain])
    at = report(part=SHEETS)
    box = widget(at, "selectbox", "correction_who")
    assert set(box.options) == set(codes.values()) - {codes.get(UNASSIGNED)}
    at.session_state["show_names"] = True
    assert name in widget(at.run(), "selectbox", "correction_who").options
