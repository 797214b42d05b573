"""The ledger of corrections: proposals wait, decisions are batches, the last one is taken back whole, nothing is lost."""

from dataclasses import dataclass
from datetime import date

from workload.model.issues import ERROR, Issue
from workload.report.corrections.ledger import Ledger, place, read_sheet
from workload.report.corrections.returned_sheets import ADDED, NOT_MINE, Change, Corrections

ON = date(2026, 10, 5)
LABELS = {"Ann": "OT 1", "Bob": "OT 2"}


@dataclass
class Given:
    """An answer of which only the roster is looked at."""

    roster: str


def minutes(line: int, after: int, therapist: str = "Ann") -> Change:
    return Change("", "service", therapist, "minutes_per_session", 30, after, line)


def sheet(*changes: Change) -> Corrections:
    return Corrections("OT 1", changes)


def test_a_later_sheet_goes_before_an_earlier_one_and_what_is_in_force_is_not_proposed_again():
    first = Ledger("r").with_sheet("a.xlsx", sheet(minutes(1, 45), minutes(2, 60)))
    second = first.with_sheet("b.xlsx", sheet(minutes(1, 50)))
    assert [change.after for change in second.proposed] == [60, 50]
    decided = second.settled({0, 1}, {0, 1}, "R. Lead", ON)
    again = decided.with_sheet("c.xlsx", sheet(minutes(1, 50), minutes(2, 61)))
    assert [change.after for change in again.proposed] == [61]
    assert [(name, number) for name, number, _ in again.said] == [("a.xlsx", 2), ("b.xlsx", 1), ("c.xlsx", 1)]


def test_decisions_are_logged_and_the_last_batch_is_taken_back_whole():
    waiting = Ledger("r").with_sheet("a.xlsx", sheet(minutes(1, 45), minutes(2, 60), minutes(3, 20)))
    once = waiting.settled({0}, {0}, "R. Lead", ON)
    twice = once.settled({0, 1}, {1}, "R. Lead", ON)
    assert [change.after for change in twice.accepted] == [45, 20] and not twice.proposed
    back = twice.undone()
    assert [change.after for change in back.proposed] == [60, 20] and back.batches == once.batches
    log = back.log(LABELS)
    assert log["status"].tolist() == ["in force", "taken back", "taken back"]
    assert log["decision"].tolist() == ["accepted", "refused", "accepted"] and set(log["therapist"]) == {"OT 1"}
    assert back.undone().undone().undone().accepted == [] and len(Ledger("r").log(LABELS)) == 0


def test_deciding_about_nothing_changes_nothing():
    waiting = Ledger("r").with_sheet("a.xlsx", sheet(minutes(1, 45)))
    assert waiting.settled((), (), "R. Lead", ON) is waiting and waiting.undone() is waiting


def test_changes_of_one_line_exclude_each_other_and_two_missing_services_do_not():
    assert place(minutes(1, 45)) == place(minutes(1, 50)) != place(minutes(2, 45))
    one, other = (Change("", ADDED, "Ann", "row 5", None, text) for text in ("Oak, 30", "Elm, 30"))
    assert place(one) != place(other)


def test_a_sheet_is_read_against_the_roster_that_it_was_made_from(monkeypatch):
    """Handed out before a correction, brought back after it, once with codes and once with names."""
    from workload.report.corrections import ledger

    def read(opened, answer, labels):
        if answer.roster != "before":
            return Corrections("", issues=(Issue(ledger.OTHER_ROSTER, ERROR, "", ""),))
        if labels["Ann"] != "Ann":
            return Corrections("", issues=(Issue(ledger.NOT_A_SHEET, ERROR, "", ""),))
        return Corrections("Ann", (Change("", NOT_MINE, "Ann", "therapist", "Ann", None, 1),))

    monkeypatch.setattr(ledger.returned_sheets, "read_corrections", read)
    found = read_sheet(None, Given("now"), LABELS, ["now", "before"], Given)
    assert [change.before for change in found.changes] == ["OT 1"]
