"""Corrections that wait on the lead's page: taken once, by somebody who may, and only from the work of today."""

from __future__ import annotations

from dataclasses import replace

from dashboard.parts.correction_ledger import CorrectionRecord
from dashboard.shell.session import KEEPING
from tests.dashboard.support import html_of, record
from tests.dashboard.test_own_work_pages import DAY, NOW, OWN, open_store_of, pressed, served, text
from tests.store.test_packing import sample
from workload.intake.answers.import_map import ImportMap
from workload.model.parameters import Assumptions
from workload.store import months, sent_corrections
from workload.store.months import Month
from workload.store.roles import AUDITOR, LEAD, THERAPIST
from workload.store.sent_corrections import TAKEN, WAITING, WITHDRAWN
from workload.store.therapist_week import own_week

__all__ = ["served"]  # a fixture
DECIDED = {"map": ImportMap(), "posts": (), "looked": ""}


def sent_one(boss) -> int:
    own = open_store_of(boss, f"{THERAPIST}@d.example")
    week = own_week(own, OWN)
    change = sent_corrections.other_value(week, int(week.rows["line"].iloc[0]), "sessions", 7)
    return sent_corrections.send(own, week, change, NOW)


def on_sheets(at):
    at.switch_page("screens/report/report.py")
    at.session_state["report_part"] = "Correction sheets"
    at.run()
    assert not at.exception
    return at


def offered(at) -> list[str]:
    return [each.key for each in at.button if each.key in ("take_sent", "seen_sent")]


def states(boss) -> list[str]:
    return [each.state for each in sent_corrections.sent_by_all(boss)]


def on_list(at) -> int:
    kept = record(at, CorrectionRecord).ledger
    return 0 if kept is None else len(kept.proposed)


def test_nothing_is_taken_while_an_older_month_is_open_and_it_waits_for_today(served):
    boss, as_person = served
    months.take(boss, Month(DAY, sample().roster, Assumptions(), decided=DECIDED), NOW)
    sent_one(boss)
    lead = on_sheets(as_person(f"{LEAD}@d.example"))
    lead.switch_page("screens/decide/year_ahead/year.py").run()
    pressed(lead, "look")
    assert lead.session_state[KEEPING].looking == DAY
    on_sheets(lead)
    assert not offered(lead) and "Go back to today to decide" in " ".join(each.value for each in lead.caption)
    pressed(lead, "back_to_today")
    assert states(boss) == [WAITING]
    pressed(on_sheets(lead), "take_sent")
    assert states(boss) == [TAKEN] and on_list(lead) == 1


def test_a_button_that_stood_there_before_the_older_month_was_opened_takes_nothing(served):
    boss, as_person = served
    sent_one(boss)
    lead = on_sheets(as_person(f"{LEAD}@d.example"))
    lead.session_state[KEEPING] = replace(lead.session_state[KEEPING], looking=DAY)
    pressed(lead, "take_sent")
    assert states(boss) == [WAITING] and on_list(lead) == 0
    assert "An older month is open" in text(lead)


def test_what_was_taken_back_meanwhile_does_not_come_to_the_list(served):
    boss, as_person = served
    number = sent_one(boss)
    lead = on_sheets(as_person(f"{LEAD}@d.example"))
    sent_corrections.withdraw(open_store_of(boss, f"{THERAPIST}@d.example"), OWN, number, NOW)
    pressed(lead, "take_sent")
    assert states(boss) == [WITHDRAWN] and on_list(lead) == 0 and lead.warning


def test_an_auditor_reads_what_waits_and_decides_nothing(served):
    boss, as_person = served
    sent_one(boss)
    at = on_sheets(as_person(f"{AUDITOR}@d.example"))
    assert "Sent " in " ".join(each.value for each in at.header) and not offered(at)
    assert "Not kept" not in text(at) and "To look at" in str(html_of(at)) and not at.session_state[KEEPING].problem


def test_a_list_that_went_with_its_roster_leaves_nothing_taken_for_ever(served):
    boss, as_person = served
    sent_one(boss)
    lead = on_sheets(as_person(f"{LEAD}@d.example"))
    pressed(lead, "take_sent")
    assert states(boss) == [TAKEN] and not offered(lead)
    kept = record(lead, CorrectionRecord)
    kept.ledger = replace(kept.ledger, read="rows as they were read before")
    lead.run()
    assert "1 correction that waited belonged to the roster as it was" in text(lead)
    pressed(lead, "take_sent")
    assert states(boss) == [TAKEN] and on_list(lead) == 1 and not offered(lead)
    assert "belonged to the roster as it was" not in text(lead)
