"""Open, save, load, conflict, forget and the record, on both databases."""

from __future__ import annotations

import stat
from datetime import date

import pytest
from sqlalchemy import text

from tests.store.test_packing import sample
from workload.answer import analyze
from workload.store import database
from workload.store.database import MENDED, StoreError, UnavailableError, journal
from workload.store.district import ConflictError
from workload.store.roles import OWNER, THIS_COMPUTER, Person
from workload.store.store import Store, open_store

DAY, NOW, LATER = date(2026, 10, 1), "2026-10-01T08:00:00", "2026-10-01T09:30:00"
OTHER = Person("other computer", OWNER)


def test_a_district_that_was_kept_gives_the_same_answer_after_the_store_was_closed(address):
    store = open_store(*address)
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"roster": sample(), "settings": {"day": DAY, "assumptions": {"x": 1.5}}}, {}, NOW)
    store.engine.dispose()
    again = open_store(*address)
    [kept] = again.districts(THIS_COMPUTER)
    assert (kept.id, kept.name) == (district.id, "Bluff")
    parts = again.district(kept.id, THIS_COMPUTER).load()
    assert parts["settings"].value == {"day": DAY, "assumptions": {"x": 1.5}} and parts["settings"].version == 1
    was, now = (analyze(each.roster, DAY).district.map(repr) for each in (sample(), parts["roster"].value))
    assert was.equals(now)
    again.engine.dispose()


def test_a_table_is_kept_once_and_goes_with_the_last_part_that_has_it(store):
    district = store.create("Bluff", THIS_COMPUTER, NOW)

    def tables() -> int:
        with store.engine.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM sheets")).scalar_one()

    district.save({"roster": sample()}, {}, NOW)
    number = tables()
    district.save({"again": sample()}, {}, NOW)
    assert tables() == number > 0
    district.save({"roster": None}, {"roster": 1}, NOW)
    assert tables() == number
    district.save({"again": None}, {"again": 1}, NOW)
    assert tables() == 0


def test_two_people_who_change_the_same_are_told_and_nothing_is_overwritten(store):
    one = store.create("Bluff", THIS_COMPUTER, NOW)
    other = store.district(one.id, OTHER)
    one.save({"settings": 1, "scenarios": 1}, {}, NOW)
    seen = other.versions()
    assert one.save({"settings": 2}, {"settings": 1}, LATER) == {"settings": 2}
    with pytest.raises(ConflictError, match="this computer has changed it at 09:30 UTC") as told:
        other.save({"scenarios": 3, "settings": 3}, seen, LATER)
    assert told.value.part == "settings"
    values = {name: part.value for name, part in one.load().items()}
    assert values == {"settings": 2, "scenarios": 1}, "together or not at all"
    assert other.save({"scenarios": 3}, seen, LATER) == {"scenarios": 2}, "another part is no conflict"
    for versions in ({}, {"settings": 1}, {"settings": 7}):
        with pytest.raises(ConflictError):
            other.save({"settings": 4}, versions, LATER)
    assert one.load(["settings"])["settings"].value == 2


def test_a_district_that_is_gone_is_not_made_again_by_saving(store):
    one = store.create("Bluff", THIS_COMPUTER, NOW)
    other = store.district(one.id, OTHER)
    one.save({"settings": 1}, {}, NOW)
    one.forget(LATER)
    assert store.districts(THIS_COMPUTER) == []
    for name, seen in (("settings", {"settings": 1}), ("new", {})):
        with pytest.raises(ConflictError, match="not there any more"):
            other.save({name: 2}, seen, LATER)
    with pytest.raises(ConflictError):
        store.district(one.id, OTHER)


def test_every_change_stands_in_the_record_and_the_record_cannot_be_changed(store):
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"settings": 1}, {}, NOW)
    with pytest.raises(ConflictError):
        district.save({"settings": 2}, {}, LATER)
    district.save({"settings": 2, "scenarios": 1}, {"settings": 1}, LATER)
    told = [(each.what, each.about, each.at, each.by) for each in district.history()]
    by = THIS_COMPUTER.email
    assert told == [
        ("saved", "scenarios", LATER, by),
        ("saved", "settings", LATER, by),
        ("saved", "settings", NOW, by),
        ("began", "", NOW, by),
    ]
    assert store.record_is_whole() is None
    for statement in ("UPDATE changes SET by = 'x'", "DELETE FROM changes"):
        with pytest.raises(Exception, match="only added to"), store.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE changes SET \"by\" = 'x' WHERE number = 2", "DELETE FROM changes WHERE number = 2"]
)
def test_a_row_that_was_changed_behind_the_trigger_is_found(store, statement):
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"settings": 1, "scenarios": 1}, {}, NOW)
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER changes_no_update"))
            connection.execute(text("DROP TRIGGER changes_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER changes_stay ON changes"))
        connection.execute(text(statement))
    assert store.record_is_whole() == 2


def test_several_districts_do_not_see_each_other(store):
    one, two = (store.create(name, THIS_COMPUTER, NOW) for name in ("One", "Two"))
    one.save({"roster": sample(), "settings": 1}, {}, NOW)
    two.save({"roster": sample(), "settings": 2}, {}, NOW)
    two.opened("Two, renamed", LATER)
    assert [each.name for each in store.districts(THIS_COMPUTER)] == ["Two, renamed", "One"]
    one.forget(LATER)
    assert two.load()["settings"].value == 2 and len(two.load()["roster"].value.roster.services)


def test_the_files_are_for_their_owner_only(tmp_path):
    open_store(tmp_path / "kept").create("Bluff", THIS_COMPUTER, NOW)
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    for file in (tmp_path / "kept").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_database_is_as_safe_as_it_is_said_to_be(tmp_path):
    store = open_store(tmp_path)
    with store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "secure_delete", "foreign_keys", "busy_timeout", "journal_mode")
        }
    assert found == {
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": database.WAITS_MS,
        "journal_mode": journal(),
    }


def test_the_write_ahead_log_is_kept_where_its_fault_is_mended():
    assert [journal(version) for version in MENDED] == ["wal", "wal", "wal"]
    assert journal((3, 53, 0)) == "wal"
    for version in ((3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2)):
        assert journal(version) == "delete"


@pytest.mark.parametrize("url", ["nonsense", "nosuch://x/y", "postgresql+nosuch://x/y"])
def test_an_address_that_is_none_is_refused_in_a_sentence(tmp_path, url):
    with pytest.raises(StoreError, match="looks like"):
        open_store(tmp_path, url)


def test_a_damaged_file_is_told_and_not_written_over(tmp_path):
    (tmp_path / database.FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(UnavailableError, match="Restore a backup"):
        open_store(tmp_path)
    assert (tmp_path / database.FILE).read_bytes().startswith(b"not a database")


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UnavailableError):
        open_store(tmp_path / "file" / "kept")


def test_what_may_not_be_kept_is_refused_before_anything_is_written(store):
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    with pytest.raises(TypeError):
        district.save({"settings": 1, "odd": object()}, {}, NOW)
    assert district.load() == {}


def test_a_store_is_told_apart_from_a_newer_one(store: Store, address):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        open_store(*address)
