"""Who may do what, on every path of the library, on both databases."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.store.test_packing import sample
from workload.intake.by_hand.corrected_cells import Edits
from workload.intake.load import load
from workload.model.parameters import Assumptions
from workload.report.corrections.returned_sheets import PERSON, Change
from workload.staffing.tables import codes_for
from workload.staffing.time_study.log_edits import LABEL_LIST
from workload.store import check_in_rounds, months, own_log, people_kept, sent_corrections
from workload.store import therapist_week as own_week
from workload.store.district import District
from workload.store.months import Month
from workload.store.packing import packed
from workload.store.parquet_tables import digest_of
from workload.store.people_kept import PersonError
from workload.store.retold import without_names
from workload.store.roles import (
    ADMINISTRATOR,
    AUDITOR,
    LEAD,
    MAY,
    OWNER,
    READER,
    ROLES_GIVEN,
    THERAPIST,
    NotAllowedError,
    Person,
)
from workload.store.schema import SENT_CORRECTIONS
from workload.store.store import Store
from workload.store.therapist_week import NOT_RIGHT, RIGHT, OwnWeek

DAY, NOW, LATER = date(2026, 10, 1), "2026-10-01T08:00:00", "2026-10-02T08:00:00"
BOSS = Person("boss@district.example", ADMINISTRATOR)
NAMES = sorted(sample().roster.therapists["therapist"])
OWN, COLLEAGUE = NAMES[0], NAMES[1]
SEEN = OwnWeek(OWN, DAY, sample().roster.digest, {}, pd.DataFrame())


@pytest.fixture
def as_role(store: Store):
    """role -> the district as somebody with that role opens it."""
    made = store.create("Bluff", BOSS, NOW)
    made.save({"roster": sample(), "settings": {"x": 1}}, {}, NOW)
    months.take(made, Month(DAY, sample().roster, Assumptions()), NOW)
    for role in ROLES_GIVEN:
        name = OWN if role == THERAPIST else ""
        people_kept.give_role(made, f"{role}@district.example", role, name, NOW)
    change, _ = packed(Change("", PERSON, OWN, "fte", 0.5, 0.45))
    row = {"district": made.id, "day": DAY.isoformat(), "roster_digest": "", "plain": json.dumps(change)}
    row |= {"state": sent_corrections.WAITING, "saved_at": NOW, "saved_by": ""}
    with store.engine.begin() as connection:  # by hand: what checks them is looked at elsewhere
        for number, name in ((1, OWN), (2, COLLEAGUE)):
            connection.execute(SENT_CORRECTIONS.insert().values(number=number, therapist=name, **row))
    return lambda role: store.district(made.id, Person(f"{role}@district.example", ""))


def own(district: District):
    return own_week.own_week(district, OWN)


def _close_a_check_in(district: District) -> None:
    lead = replace(district, person=BOSS)
    check_in_rounds.close_round(district, check_in_rounds.open_round(lead, DAY, DAY, NOW), DAY, LATER)


ACTIONS = {
    "load": lambda district: district.load(),
    "versions": lambda district: district.versions(),
    "save settings": lambda district: district.save({"settings": 2}, {"settings": 1}, LATER),
    "save roster": lambda district: district.save({"roster": 2}, {"roster": 1}, LATER),
    "open": lambda district: district.opened("Other", LATER),
    "history": lambda district: district.history(),
    "forget": lambda district: district.forget(LATER),
    "take a snapshot": lambda district: months.take(district, Month(DAY, sample().roster, Assumptions()), LATER),
    "list snapshots": lambda district: months.heads(district),
    "read a snapshot": lambda district: months.month(district, DAY),
    "list people": lambda district: people_kept.people(district),
    "give a role": lambda district: people_kept.give_role(district, "x@district.example", LEAD, "", LATER),
    "take a role": lambda district: people_kept.take_role(district, f"{READER}@district.example", LATER),
    "see their own week": own,
    "see a colleague's week": lambda district: own_week.own_week(district, COLLEAGUE),
    "say a week is right": lambda district: own_week.say(district, own(district), RIGHT, "", 0, LATER),
    "see what a colleague said": lambda district: own_week.said_of(district, COLLEAGUE, DAY),
    "see the own log": lambda district: own_log.own_log(district, OWN),
    "see a colleague's log": lambda district: own_log.own_log(district, COLLEAGUE),
    "see everybody's log": lambda district: own_log.all_logs(district),
    "log the own time": lambda district: own_log.save_log(district, OWN, [], 0, LATER),
    "log a colleague's time": lambda district: own_log.save_log(district, COLLEAGUE, [], 0, LATER),
    "send a correction": lambda district: sent_corrections.send(
        district, SEEN, sent_corrections.other_post(SEEN, "fte", 0.35), LATER
    ),
    "see the own corrections": lambda district: sent_corrections.own_sent(district, OWN),
    "see a colleague's corrections": lambda district: sent_corrections.own_sent(district, COLLEAGUE),
    "see everybody's corrections": lambda district: sent_corrections.sent_by_all(district),
    "take a correction back": lambda district: sent_corrections.withdraw(district, OWN, 1, LATER),
    "take a colleague's correction back": lambda district: sent_corrections.withdraw(district, COLLEAGUE, 2, LATER),
    "settle corrections": lambda district: sent_corrections.settle(district, {1: sent_corrections.TAKEN}, LATER),
    "see what all have said": lambda district: own_week.said_by_all(district, DAY),
    "open a check-in": lambda district: check_in_rounds.open_round(district, DAY, DAY, LATER),
    "close a check-in": _close_a_check_in,
    "see the check-ins": lambda district: check_in_rounds.rounds(district, DAY),
}
WORK = {"load", "versions", "list snapshots", "read a snapshot", "see their own week", "see a colleague's week"}
WORK |= {"see the own log", "see a colleague's log", "see everybody's log"}
WORK |= {"see the own corrections", "see a colleague's corrections", "see everybody's corrections"}
WORK |= {"see what a colleague said", "see what all have said", "history", "see the check-ins"}
CHANGE = {"save settings", "save roster", "open", "take a snapshot", "settle corrections"}
CHANGE |= {"open a check-in", "close a check-in"}
OWN_WORK = {"see their own week", "say a week is right", "see the own log", "log the own time", "send a correction"}
OWN_WORK |= {"see the own corrections", "take a correction back"}
ALLOWED = {
    ADMINISTRATOR: WORK | CHANGE | {"forget", "list people", "give a role", "take a role"},
    LEAD: WORK | CHANGE,
    AUDITOR: WORK,
    THERAPIST: OWN_WORK,
    READER: set(),
}


@pytest.mark.parametrize("role", ROLES_GIVEN)
def test_each_role_can_do_what_its_row_says_and_nothing_else(as_role, role):
    district = as_role(role)
    for action in ACTIONS.keys() - ALLOWED[role]:
        with pytest.raises(NotAllowedError) as refused:
            ACTIONS[action](district)
        assert not [name for name in NAMES if name in str(refused.value)], "a refusal names nobody"
    for action in sorted(ALLOWED[role], key=lambda action: (action == "forget", action)):
        ACTIONS[action](district)


def test_the_table_of_the_tests_is_the_whole_table():
    assert set(ALLOWED) == set(ROLES_GIVEN) and set(MAY) == {OWNER, *ROLES_GIVEN}


def test_what_somebody_says_of_himself_does_not_count(store, as_role):
    lead = as_role(LEAD)
    claimed = store.district(lead.id, Person(f"{THERAPIST}@district.example", ADMINISTRATOR, COLLEAGUE))
    assert (claimed.person.role, claimed.person.therapist) == (THERAPIST, OWN)
    for nobody in ("stranger@district.example", "", "BOSS@district.example", "boss@district.example' OR '1'='1"):
        with pytest.raises(NotAllowedError, match="Nobody has given you a role"):
            store.district(lead.id, Person(nobody, ADMINISTRATOR))
        assert store.districts(Person(nobody, ADMINISTRATOR)) == []
    with pytest.raises(NotAllowedError, match="Nobody has given you a role"):
        store.district("0" * 32, Person("boss@district.example", ADMINISTRATOR))


def test_an_own_week_holds_nothing_of_a_colleague(as_role):
    week = own(as_role(THERAPIST))
    mine = sample().roster.services
    assert week.figures["workload_hours"] > 0 and len(week.rows) == int((mine["therapist"] == OWN).sum())
    text = repr(week.figures) + week.rows.to_csv()
    assert not [name for name in NAMES if name != OWN and name in text]
    others = set(mine.loc[mine["therapist"] != OWN, "student"]) - set(mine.loc[mine["therapist"] == OWN, "student"])
    assert others and not set(week.rows["student"]) & others


def test_weeks_are_confirmed_once_for_the_rows_that_were_seen_and_counted(as_role):
    therapist, lead = as_role(THERAPIST), as_role(LEAD)
    week = own(therapist)
    with pytest.raises(Exception, match="write what is not right"):
        own_week.say(therapist, week, NOT_RIGHT, "  ", 0, LATER)
    own_week.say(therapist, week, NOT_RIGHT, "Oak is missing", 0, LATER)
    with pytest.raises(Exception, match="Nothing was overwritten"):
        own_week.say(therapist, week, RIGHT, "", 0, LATER)
    own_week.say(therapist, week, RIGHT, "", 1, LATER)
    assert own_week.said_of(therapist, OWN, DAY).said == RIGHT
    found = months.month(lead, DAY)
    people, said = own_week.asked(found), own_week.said_by_all(lead, DAY)
    assert own_week.confirmed(people, found.roster.digest, said) == (1, len(NAMES))
    assert own_week.confirmed(people, "later", said) == (0, len(NAMES)), "said of other rows"
    months.take(lead, Month(date(2026, 11, 2), sample("bluff_county_messy.xlsx").roster, Assumptions()), LATER)
    with pytest.raises(Exception, match="Nothing was overwritten"):
        own_week.say(therapist, week, RIGHT, "", 2, LATER)


def test_a_role_needs_an_address_a_name_where_it_is_a_therapists_and_one_administrator_stays(as_role):
    boss = as_role(ADMINISTRATOR)
    for email, role, name in (
        ("nobody", LEAD, ""),
        ("a@b.example", OWNER, ""),
        ("a@b.example", "king", ""),
        ("a@b.example", THERAPIST, ""),
        ("a@b.example", LEAD, OWN),
    ):
        with pytest.raises(PersonError):
            people_kept.give_role(boss, email, role, name, LATER)
    people_kept.take_role(boss, BOSS.email, LATER)
    for change in (
        lambda: people_kept.take_role(boss, boss.person.email, LATER),
        lambda: people_kept.give_role(boss, boss.person.email, READER, "", LATER),
    ):
        with pytest.raises(PersonError, match="Somebody has to stay administrator"):
            change()
    assert boss.person.email in [each.email for each in people_kept.people(boss)]


def test_a_person_whose_role_was_taken_is_let_in_nowhere(store, as_role):
    boss, reader = as_role(ADMINISTRATOR), as_role(READER)
    people_kept.take_role(boss, reader.person.email, LATER)
    with pytest.raises(NotAllowedError):
        store.district(boss.id, reader.person)


def test_an_auditor_sees_every_figure_and_nobody_by_name_on_any_path(as_role):
    lead, auditor = as_role(LEAD), as_role(AUDITOR)
    people_said = as_role(THERAPIST)
    own_week.say(people_said, own(people_said), NOT_RIGHT, f"{COLLEAGUE} serves Oak", 0, LATER)
    version = lead.load()["settings"].version
    lead.save({"settings": {COLLEAGUE: [f"The week of {COLLEAGUE} is full."]}}, {"settings": version}, LATER)
    parts, found = auditor.load(), months.month(auditor, DAY)
    plain, tables = packed([parts[name].value for name in parts])
    more, also = packed(found.roster)
    told = json.dumps([plain, more]).encode() + b"".join({**tables, **also}.values())
    own_log.save_log(
        people_said, OWN, [{"therapist": OWN, "date": DAY, "activity": LABEL_LIST[0], "minutes": 30.0}], 0, NOW
    )
    lists = (own_week.said_by_all(auditor, DAY), own_log.all_logs(auditor), sent_corrections.sent_by_all(auditor))
    assert all(lists)
    told += repr([parts, lists, auditor.history()]).encode()
    assert not [name for name in NAMES if name.encode() in told]
    assert [name for name in NAMES if name.encode() in repr(lead.load()).encode()], "the test can see what it looks for"
    want, seen = months.month(lead, DAY).answer, found.answer
    assert seen.district.map(repr).equals(want.district.map(repr)), "the same figures to the last digit"
    assert list(codes_for(seen.people).values()) == list(codes_for(want.people).values())
    assert found.roster.digest not in ("", sample().roster.digest), "no cache mixes the two"
    figures = ["workload_hours", "available_hours", "caseload"]
    assert seen.people[figures].equals(want.people[figures]), "everybody under the same code"
    places = ["file", "sheet"]
    schools = parts["roster"].value.roster.schools
    assert schools.drop(columns=places).equals(sample().roster.schools.drop(columns=places))
    assert set(schools["file"]) == {"file 1"}
    again = packed(parts["settings"].value)[0]
    assert parts["settings"].digest == digest_of(json.dumps(again, ensure_ascii=False).encode())


def test_a_school_that_is_called_as_a_person_keeps_its_name():
    words = without_names(["Ann", "Bea Best", "Unassigned"], ["St. Ann", "Oak"], ["Unassigned"])
    assert words("Ann", "therapist") == "therapist 001" and words("Unassigned", "therapist") == "Unassigned"
    assert words("St. Ann", "") == words("St. Ann", "school") == "St. Ann"
    assert words("Mon: St. Ann", "days") == "Mon: St. Ann"
    assert words("Bea Best is on leave, Annex not", "") == "therapist 002 is on leave, Annex not"


@pytest.mark.parametrize("name", ["OTA", "OT", "IEP", "week", "Group", "services", "columns", "warning", "1", "x"])
def test_an_auditor_is_told_the_same_figures_whatever_somebody_is_called(store, name):
    def renamed(table: pd.DataFrame) -> pd.DataFrame:
        people = [each for each in ("therapist", "supervisor") if each in table]
        return table.assign(**{each: table[each].replace({OWN: name}) for each in people})

    was = sample().roster
    tables = {each: renamed(getattr(was, each)) for each in ("services", "therapists", "evaluations", "time_log")}
    loaded = replace(sample(), roster=replace(was, **tables, digest=f"called {name}"))
    district = store.create("Bluff", BOSS, NOW)
    months.take(district, Month(DAY, loaded.roster, Assumptions()), NOW)
    district.save({"roster": loaded}, {}, NOW)
    auditor = replace(district, person=Person("auditor@district.example", AUDITOR))
    want, seen = (months.month(each, DAY).answer for each in (district, auditor))
    assert seen.district.map(repr).equals(want.district.map(repr))
    assert seen.people.drop(columns="therapist").equals(want.people.drop(columns="therapist"))
    assert seen.people["therapist"].str.match("therapist [0-9]{3}|Unassigned").all()
    assert seen.schools.equals(want.schools)
    assert auditor.load()["roster"].value.roster.known == loaded.roster.known


def test_an_auditor_reads_no_short_name_and_no_file_that_is_called_after_somebody(store):
    """Short names that wait for an answer, somebody who is on no list, and three files with names in theirs."""
    written = ["Kim Rivers", "Rivers", "K. Rivers", "ANN VALE", "Jo Zed", "kim river", "Adaeze Okonjo-Reed"]
    heads = "student_id,school,minutes_per_session,sessions,period,delivery,group_id,therapist\n"
    rows = "".join(f"{at},Oak,30,2,week,individual,RIVERS {at},{each}\n" for at, each in enumerate(written))
    people = "therapist,role,fte\nKim Rivers,OT,1\nAnn Vale,OTA,0.5\nAdaeze Okonjo-Reed,OT,1\n"
    files = {
        "Rivers caseload.csv": heads + rows,
        "ANN VALE.csv": people,
        "Adaeze Okonjo-Reed_Oct.csv": heads + "77,Oak,30,1,week,individual,,Ann Vale\n",
    }
    loaded = load([(name, text.encode()) for name, text in files.items()], secret=b"x" * 32)
    district = store.create("Bluff", BOSS, NOW)
    months.take(district, Month(DAY, loaded.roster, Assumptions()), NOW)
    edits = Edits().with_edit("Rivers caseload.csv", "Sheet1", 2, "sessions", "3")
    district.save({"roster": loaded, "edits": edits, "notes": ["KIM RIVERS_Oct is full"]}, {}, NOW)
    auditor = replace(district, person=Person("auditor@district.example", AUDITOR))
    parts, month = auditor.load(), months.month(auditor, DAY)
    plain, tables = packed([[each.value for each in parts.values()], month.roster])
    texts = [json.dumps(plain), *(pd.read_parquet(io.BytesIO(each)).to_csv() for each in tables.values())]
    for name in ("river", "vale", "okonjo", "adaeze", "kim", "jo zed"):
        assert not [text for text in texts if name in text.casefold()], name
    asked = parts["roster"].value.questions
    assert (
        asked and asked[0].rows[0][0] == "file 3" and {place[0] for place in parts["edits"].value.cells} == {"file 3"}
    )
    assert month.answer.district.map(repr).equals(months.month(district, DAY).answer.district.map(repr))


def test_the_documented_table_is_the_one_that_is_tried():
    text = (Path(__file__).parents[2] / "docs" / "ROLES.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.partition("| call |")[2].splitlines()[2:] if line]
    roles = text.partition("| call |")[2].splitlines()[0].strip("| ").split(" | ")
    told = {role: {row[0] for row in rows if row[1 + at] == "yes"} for at, role in enumerate(roles)}
    assert told == ALLOWED and [row[0] for row in rows] == list(ACTIONS)
