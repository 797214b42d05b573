"""What a therapist writes under her own sign-in: her log and her corrections, and how they come to the lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.store.test_packing import sample
from workload.model.parameters import Assumptions
from workload.report.corrections.ledger import Ledger
from workload.report.corrections.returned_sheets import ADDED, NOT_MINE, Corrections, with_corrections
from workload.staffing.time_study.log_edits import LABEL_LIST, joined
from workload.store import months, own_log, people_kept, sent_corrections
from workload.store.database import StoreError
from workload.store.district import ConflictError
from workload.store.months import Month
from workload.store.roles import ADMINISTRATOR, THERAPIST, NotAllowedError, Person
from workload.store.sent_corrections import ACCEPTED, REFUSED, SEEN, TAKEN, WAITING, WITHDRAWN
from workload.store.therapist_week import own_week

DAY, NOW, LATER = date(2026, 10, 1), "2026-10-01T08:00:00", "2026-10-02T08:00:00"
BOSS = Person("boss@district.example", ADMINISTRATOR)
NAMES = sorted(sample().roster.therapists["therapist"])
OWN, COLLEAGUE = NAMES[0], NAMES[1]
ENTRY = {"therapist": OWN, "date": DAY, "activity": LABEL_LIST[0], "start": "08:00", "end": "08:30"}


@pytest.fixture
def two(store):
    """(the lead's side, the therapist's side) of a district with one month."""
    made = store.create("Bluff", BOSS, NOW)
    months.take(made, Month(DAY, sample().roster, Assumptions()), NOW)
    people_kept.give_role(made, "ann@district.example", THERAPIST, OWN, NOW)
    return made, store.district(made.id, Person("ann@district.example", ""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"outside_contract": "Jane Doe cried"},
        {"outside_contract": 1},
        {"outside_contract": None},
        {"minutes": "Jane Doe cried"},
        {"minutes": True},
        {"minutes": ["Jane Doe"]},
        {"date": date(2099, 1, 1)},
        {"date": DAY + timedelta(367)},
    ],
)
def test_an_entry_with_clock_times_has_no_place_for_words_and_no_far_day(two, wrong):
    _, own = two
    with pytest.raises(StoreError):
        own_log.save_log(own, OWN, [{**ENTRY, **wrong}], 0, NOW)
    assert own_log.own_log(own, OWN).entries == ()
    right = [{**ENTRY, "minutes": each, "outside_contract": False} for each in (None, "", 30.0)]
    assert own_log.save_log(own, OWN, [*right, {**ENTRY, "date": DAY + timedelta(366)}], 0, NOW) == 1


def test_a_log_is_saved_by_its_owner_and_joined_to_the_study(two):
    lead, own = two
    assert own_log.save_log(own, OWN, [ENTRY], 0, NOW) == 1
    more = {**ENTRY, "start": "", "end": "", "minutes": 20.0, "outside_contract": True}
    assert own_log.save_log(own, OWN, [ENTRY, more], 1, LATER) == 2
    with pytest.raises(ConflictError):
        own_log.save_log(own, OWN, [], 1, LATER)
    [found] = own_log.all_logs(lead)
    assert found.entries == (ENTRY, more) == own_log.own_log(own, OWN).entries and found.version == 2
    table = joined([], found.entries)
    assert list(table["minutes"].fillna(30)) == [30, 20] and set(table["therapist"]) == {OWN}


@pytest.mark.parametrize(
    "change",
    [
        {"therapist": COLLEAGUE},
        {"therapist": None},
        {"note": "Jane Doe"},
        {"activity": "with Jane Doe"},
        {"date": "2026-10-01"},
        {"date": None},
        {"end": "08:00"},
        {"end": "Jane"},
        {"start": "", "end": ""},
        {"start": "", "end": "", "minutes": True},
        {"start": "", "end": "", "minutes": -3},
        {"start": "", "end": "", "minutes": float("nan")},
        {"start": "", "end": "", "minutes": 1_441},
    ],
    ids=repr,
)
def test_an_entry_of_somebody_else_or_with_free_text_is_refused(two, change):
    with pytest.raises(StoreError):
        own_log.save_log(two[1], OWN, [ENTRY, {**ENTRY, **change}], 0, NOW)
    assert own_log.own_log(two[1], OWN).version == 0


def test_a_correction_goes_to_the_leads_list_and_its_owner_hears_what_became_of_it(two):
    lead, own = two
    week = own_week(own, OWN)
    first, second = week.rows.iloc[0], week.rows.iloc[1]
    sent_corrections.send(own, week, sent_corrections.other_value(week, int(first["line"]), "sessions", "3"), NOW)
    sent_corrections.send(own, week, sent_corrections.not_mine(week, int(second["line"])), NOW)
    sent_corrections.send(own, week, sent_corrections.missing(week, {"school": first["school"], "sessions": 2}), NOW)
    waiting = sent_corrections.sent_by_all(lead)
    assert [each.state for each in waiting] == [WAITING] * 3
    assert waiting[0].change.before == sample().roster.services.at[int(first["line"]), "sessions"]
    assert waiting[2].change.kind == ADDED and str(first["school"]) in waiting[2].change.after
    roster = months.month(lead, DAY).roster
    ledger = Ledger(roster.digest).with_sheet("sent", Corrections("", tuple(each.change for each in waiting)))
    sent_corrections.settle(lead, {each.number: TAKEN for each in waiting}, LATER)
    ledger = ledger.settled({0, 1}, {0}, "R. Lead", DAY)
    news = sent_corrections.states_in(ledger, sent_corrections.sent_by_all(lead))
    assert news == {1: ACCEPTED, 2: REFUSED}
    sent_corrections.settle(lead, news, LATER)
    assert [each.state for each in sent_corrections.own_sent(own, OWN)] == [TAKEN, REFUSED, ACCEPTED]
    back = sent_corrections.states_in(ledger.undone(), sent_corrections.sent_by_all(lead))
    assert back == {1: TAKEN, 2: TAKEN}
    counted = with_corrections(roster, ledger.accepted)
    assert counted.services.at[int(first["line"]), "sessions"] == 3 and counted.digest != roster.digest
    with pytest.raises(ConflictError):
        sent_corrections.withdraw(own, OWN, 1, LATER)


def test_what_waits_can_be_taken_back_and_what_was_taken_back_is_not_settled(two):
    lead, own = two
    week = own_week(own, OWN)
    number = sent_corrections.send(own, week, sent_corrections.other_post(week, "hours_per_week", 30), NOW)
    sent_corrections.withdraw(own, OWN, number, LATER)
    with pytest.raises(ConflictError):
        sent_corrections.settle(lead, {number: SEEN}, LATER)
    assert [each.state for each in sent_corrections.own_sent(own, OWN)] == [WITHDRAWN]


def test_nobody_proposes_anything_of_a_colleague_or_in_free_text(two):
    own = two[1]
    week = own_week(own, OWN)
    services = sample().roster.services
    foreign = int(services.index[services["therapist"] == COLLEAGUE][0])
    line = int(week.rows.iloc[0]["line"])
    cases = [
        sent_corrections.other_value(week, foreign, "sessions", 3),
        sent_corrections.not_mine(week, foreign),
        sent_corrections.not_mine(week, -1),
        sent_corrections.not_mine(week, 10**9),
        sent_corrections.other_value(week, line, "student", "Jane Doe"),
        sent_corrections.other_value(week, line, "therapist", COLLEAGUE),
        sent_corrections.other_value(week, line, "school", "Jane Doe"),
        sent_corrections.other_value(week, line, "sessions", "Jane Doe"),
        sent_corrections.other_value(week, line, "minutes_per_session", 10**9),
        sent_corrections.other_value(week, line, "sessions", services.at[line, "sessions"]),
        sent_corrections.other_post(week, "days", "Mon: Jane Doe"),
        sent_corrections.other_post(week, "therapist", COLLEAGUE),
        sent_corrections.missing(week, {"note": "Jane Doe"}),
        sent_corrections.missing(week, {}),
        replace(sent_corrections.other_post(week, "fte", 0.5), kind="other"),
    ]
    for change in cases:
        with pytest.raises(StoreError):
            sent_corrections.send(own, week, change, NOW)
    for change in (sent_corrections.other_post(week, "fte", 0.5), sent_corrections.not_mine(week, line)):
        with pytest.raises(NotAllowedError):
            sent_corrections.send(own, week, replace(change, therapist=COLLEAGUE), NOW)
        with pytest.raises(NotAllowedError):
            sent_corrections.send(own, replace(week, therapist=COLLEAGUE), change, NOW)
    assert sent_corrections.own_sent(own, OWN) == []
    assert sent_corrections.not_mine(week, line).kind == NOT_MINE


def test_a_correction_of_rows_that_are_no_longer_the_newest_is_told(two):
    lead, own = two
    week = own_week(own, OWN)
    months.take(lead, Month(date(2026, 11, 2), sample("bluff_county_messy.xlsx").roster, Assumptions()), LATER)
    with pytest.raises(ConflictError):
        sent_corrections.send(own, week, sent_corrections.other_post(week, "fte", 0.5), LATER)


def test_a_forgotten_district_leaves_no_log_and_no_correction(two, store):
    lead, own = two
    week = own_week(own, OWN)
    own_log.save_log(own, OWN, [ENTRY], 0, NOW)
    sent_corrections.send(own, week, sent_corrections.other_post(week, "fte", 0.5), NOW)
    lead.forget(LATER)
    with store.engine.connect() as connection:
        for table in ("own_logs", "sent_corrections"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
