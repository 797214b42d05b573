"""What whoever runs the tool does: migrations with data in them, copies, retention, and a database that is gone a while."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from tests.store.databases import running_cluster
from tests.store.test_packing import DAY, sample
from workload.model.parameters import Assumptions
from workload.model.pseudonyms import local_secret
from workload.store import check_in_rounds, database, months
from workload.store.__main__ import main
from workload.store.backup import FOLDER, backup
from workload.store.database import UnavailableError, engine_of, file_of, make_room, revision, upgrade
from workload.store.district import Saved
from workload.store.kinds import KINDS
from workload.store.months import Month
from workload.store.roles import THIS_COMPUTER
from workload.store.schema import METADATA
from workload.store.store import open_store

NOW, LATER = "2026-10-01T08:00:00+00:00", "2026-10-02T08:00:00+00:00"


def test_a_database_of_the_first_schema_comes_to_the_newest_with_its_data(address):
    folder, url = address
    make_room(folder)
    engine = engine_of(url or file_of(folder))
    upgrade(engine, "0001")
    assert revision(engine) == "0001"
    saved = Saved.of(sample(), KINDS)
    with database.writing(engine) as connection:
        connection.execute(text("INSERT INTO districts VALUES ('d', 'Bluff', :at, :at)"), {"at": NOW})
        row = {"plain": saved.plain, "sheets": saved.sheets, "at": NOW}
        connection.execute(text("INSERT INTO parts VALUES ('d', 'roster', 3, :plain, :sheets, :at, 'me')"), row)
        for digest, content in saved.tables.items():
            connection.execute(
                text("INSERT INTO sheets VALUES ('d', :digest, :content)"), {"digest": digest, "content": content}
            )
    engine.dispose()
    store = open_store(folder, url)
    district = store.district("d", THIS_COMPUTER)
    part = district.load()["roster"]
    assert part.version == 3 and part.value.roster.digest == sample().roster.digest
    assert district.save({"roster": sample(), "settings": 1}, {"roster": 3}, LATER)["settings"] == 1
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == [], "the tables are those that the program declares"
    store.engine.dispose()


def test_an_upgrade_that_was_broken_off_begins_again(address, monkeypatch):
    folder, url = address
    make_room(folder)
    engine = engine_of(url or file_of(folder))
    upgrade(engine, "0001")
    with pytest.raises(RuntimeError), monkeypatch.context() as patch:
        patch.setattr(database.command, "upgrade", _half_done)
        upgrade(engine)
    assert revision(engine) == "0001"
    upgrade(engine)
    assert revision(engine) == "0004"
    engine.dispose()


def _half_done(config, to) -> None:
    config.attributes["connection"].execute(text("CREATE TABLE people (x INTEGER)"))
    raise RuntimeError("killed")


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A data folder with a district and the secret in it."""
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("OT_STAFFING_DATABASE", raising=False)
    local_secret(tmp_path / "home")
    store = open_store(tmp_path / "home" / FOLDER)
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"roster": sample(), "settings": {"x": 1}}, {}, NOW)
    months.take(district, Month(DAY, sample().roster, Assumptions()), NOW)
    return tmp_path / "home"


def test_a_copy_restored_on_an_empty_machine_gives_the_same_answer_to_the_last_digit(
    home, tmp_path, monkeypatch, capsys
):
    assert main(["backup", str(tmp_path / "copy")]) == 0
    assert main(["backup", str(tmp_path / "copy")]) == 1, "an earlier copy is never written over"
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "copy")]) == 0
    assert "1 districts with 3 parts are readable" in capsys.readouterr().out
    assert (tmp_path / "new" / "secret").read_bytes() == (home / "secret").read_bytes()
    assert oct((tmp_path / "new" / "secret").stat().st_mode)[-3:] == "600"
    store = open_store(tmp_path / "new" / FOLDER)
    [kept] = store.districts(THIS_COMPUTER)
    back = months.month(store.district(kept.id, THIS_COMPUTER), DAY)
    want = Month(DAY, sample().roster, Assumptions()).answer.district.map(repr)
    assert back.answer.district.map(repr).equals(want)
    assert main(["restore", str(tmp_path / "copy")]) == 1, "what is there is never written over"
    assert main(["restore", str(tmp_path / "nothing")]) == 1


def test_a_copy_of_either_database_comes_back_in_an_empty_cluster_with_the_same_answer(
    home, cluster, tmp_path, monkeypatch, capsys
):
    """From SQLite to PostgreSQL, from there to another cluster, and from there to SQLite again: the way to move, too."""
    want = Month(DAY, sample().roster, Assumptions()).answer.district.map(repr)
    assert main(["backup", str(tmp_path / "copy0")]) == 0
    others = running_cluster()
    try:
        for at, place in enumerate((cluster, next(others), None)):
            monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / f"home{at}"))
            monkeypatch.setenv("OT_STAFFING_DATABASE", place.new_database(f"moved{at}") if place else "")
            assert main(["restore", str(tmp_path / f"copy{at}")]) == 0
            assert "1 districts with 3 parts are readable; the record of changes is whole" in capsys.readouterr().out
            assert (tmp_path / f"home{at}" / "secret").read_bytes() == (home / "secret").read_bytes()
            store = open_store(tmp_path / f"home{at}" / FOLDER, os.environ["OT_STAFFING_DATABASE"])
            [kept] = store.districts(THIS_COMPUTER)
            district = store.district(kept.id, THIS_COMPUTER)
            assert months.month(district, DAY).answer.district.map(repr).equals(want)
            assert district.save({"settings": {"x": f"again {at}"}}, district.versions(), LATER)["settings"] > at
            if place:
                assert main(["restore", str(tmp_path / f"copy{at}")]) == 1, "what is there is never written over"
            assert main(["backup", str(tmp_path / f"copy{at + 1}")]) == 0
            assert main(["backup", str(tmp_path / f"copy{at + 1}")]) == 1
            store.engine.dispose()
    finally:
        others.close()


@pytest.mark.parametrize("name", ["no #1", "why?", "100%25"])
def test_a_copy_is_whole_whatever_the_folder_is_called(tmp_path, name, monkeypatch, capsys):
    home = tmp_path / name
    monkeypatch.delenv("OT_STAFFING_DATABASE", raising=False)
    monkeypatch.setenv("OT_STAFFING_HOME", str(home))
    open_store(home / FOLDER).create("Bluff", THIS_COMPUTER, NOW)
    assert main(["backup", str(tmp_path / f"copy {name}")]) == 0
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / f"copy {name}")]) == 0
    assert "1 districts" in capsys.readouterr().out
    (tmp_path / "empty").mkdir()
    sqlite3.connect(tmp_path / "empty" / database.FILE).execute("CREATE TABLE other (x)").connection.close()
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path / "newer"))
    assert main(["restore", str(tmp_path / "empty")]) == 1 and "holds no districts" in capsys.readouterr().err
    assert not (tmp_path / "newer" / FOLDER / database.FILE).exists()


def test_a_copy_holds_no_ended_check_in_of_few(home, tmp_path):
    store = open_store(home / FOLDER)
    [kept] = store.districts(THIS_COMPUTER)
    token = check_in_rounds.open_round(store.district(kept.id, THIS_COMPUTER), DAY, DAY, NOW)
    check_in_rounds.add_answer(store, token, ["relief"], DAY)
    assert backup(home, tmp_path / "during", DAY) and backup(home, tmp_path / "after", DAY + timedelta(1))
    for name, answers in (("during", 1), ("after", 0)):
        with closing(sqlite3.connect(tmp_path / name / database.FILE)) as copy:
            assert copy.execute("SELECT answers FROM check_ins").fetchone() == (answers,)
        assert sorted(each.name for each in (tmp_path / name).iterdir()) == [database.FILE, "secret"]


def test_a_copy_made_while_somebody_saves_is_whole(home, tmp_path):
    store = open_store(home / FOLDER)
    [kept] = store.districts(THIS_COMPUTER)
    district = store.district(kept.id, THIS_COMPUTER)
    version = 1
    for at in range(5):
        version = district.save({"settings": {"x": at + 2}}, {"settings": version}, LATER)["settings"]
        assert main(["backup", str(tmp_path / f"copy{at}")]) == 0
    copied = open_store(tmp_path / "copy4")
    assert copied.district(kept.id, THIS_COMPUTER).load()["settings"].value == {"x": 6}


def test_a_part_whose_table_is_damaged_is_found(home, capsys):
    store = open_store(home / FOLDER)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE sheets SET content = x'00' WHERE digest = (SELECT min(digest) FROM sheets)"))
    assert main(["check"]) == 1 and "damaged" in capsys.readouterr().err


def test_what_nobody_opened_for_long_is_forgotten_and_the_rest_stays(home, capsys):
    assert main(["retain", "0"]) == 1
    store = open_store(home / FOLDER)
    store.create("Fresh", THIS_COMPUTER, "2999-01-01T00:00:00+00:00")
    assert main(["retain", "1"]) == 0 and "forgot Bluff" in capsys.readouterr().out
    assert [each.name for each in store.all_districts()] == ["Fresh"]
    left = b"".join(file.read_bytes() for file in (home / FOLDER).iterdir())
    assert b"Bluff" not in left and sample().roster.services["student"].iloc[0].encode() not in left


def test_a_district_of_a_server_begins_with_an_administrator_who_lets_others_in(home, capsys):
    assert main(["begin", "Served", "Boss@District.example"]) == 0
    id = re.search(r"as (\w{32})", capsys.readouterr().out)[1]
    assert main(["person", id, "ot@district.example", "therapist"]) == 1
    assert main(["person", id, "ot@district.example", "therapist", "--therapist", "Ann"]) == 0
    assert main(["people", id]) == 0
    assert "boss@district.example administrator\not@district.example therapist Ann" in capsys.readouterr().out
    assert main(["person", id, "OT@district.example", "none"]) == 0
    assert main(["person", id, "boss@district.example", "none"]) == 1, "somebody stays administrator"


def test_nobody_reads_a_name_a_birth_date_or_a_number_of_a_student_in_any_byte_of_the_store(store, address):
    from workload.intake.load import load

    rows = "".join(
        f"98765{at:04},Zzyzx Canary{at},2014-07-1{at % 10},Oak,30,2,week,note{at} Zzyzx,Ann\n" for at in range(50)
    )
    data = f"student_id,student_name,birth_date,school,minutes_per_session,sessions,period,notes,therapist\n{rows}".encode()
    loaded = load([("roster.csv", data)], secret=b"x" * 32)
    assert len(loaded.roster.services) == 50
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"roster": loaded}, {}, NOW)
    months.take(district, Month(DAY, loaded.roster, Assumptions()), NOW)
    if store.engine.dialect.name == "sqlite":
        written = b"".join(file.read_bytes() for file in address[0].iterdir())
    else:
        with store.engine.connect() as connection:
            names = (
                connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
            )
            rows = [list(connection.execute(text(f'SELECT * FROM "{name}"')).mappings()) for name in names]
        plain = json.dumps(
            [[dict(row) for row in table] for table in rows], default=lambda value: bytes(value).decode("latin-1")
        )
        written = plain.encode()
    assert loaded.roster.services["student"].iloc[0].encode() in written, "the test can see what it looks for"
    for canary in (b"Zzyzx", b"Canary", b"2014-07-1", b"98765000"):
        assert canary not in written, canary


@pytest.mark.parametrize("why", ["gone", "read-only"])
def test_a_database_that_is_gone_or_cannot_be_written_is_told_and_goes_on_when_it_is_back(address, request, why):
    folder, url = address
    store = open_store(folder, url)
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"settings": 1}, {}, NOW)
    cluster = request.getfixturevalue("cluster") if url else None
    if cluster is not None:
        cluster.stop()
    elif why == "gone":
        folder.rename(folder.with_name("away"))
    else:
        _only_readable(folder)
    with pytest.raises(UnavailableError) as told:
        district.save({"settings": 2}, {"settings": 1}, LATER)
    assert str(told.value).endswith(".") and "settings" not in str(told.value)
    if cluster is not None:
        cluster.start()
    elif why == "gone":
        folder.with_name("away").rename(folder)
    else:
        (folder / "districts.db-journal").rmdir()
    assert district.load()["settings"].value == 1
    assert district.save({"settings": 2}, {"settings": 1}, LATER) == {"settings": 2}
    store.engine.dispose()


def _only_readable(folder: Path) -> None:
    """What a folder without the right to write does to SQLite, also for root: no journal can be begun."""
    (folder / "districts.db-journal").mkdir()


def test_a_full_disk_is_told_and_what_was_kept_is_whole(tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    if os.geteuid() == 0 and shutil.which("mount"):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(full)], capture_output=True)
        if done.returncode == 0:
            try:
                _fill(full)
            finally:
                subprocess.run(["umount", str(full)], check=True)
            return
    _fill(full, limited=True)


def _fill(folder: Path, limited: bool = False) -> None:
    """Save more than there is room for. limited  the database itself is told how large it may become."""
    store = open_store(folder)
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    district.save({"settings": {"x": 1}}, {}, NOW)
    if limited:
        from sqlalchemy import event

        event.listen(store.engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count=60"))
    with pytest.raises(UnavailableError, match="no room left"):
        district.save({"settings": {"x": "y" * 2_000_000}}, {"settings": 1}, LATER)
    assert district.load()["settings"].value == {"x": 1} and store.record_is_whole() is None
    assert district.save({"settings": {"x": 2}}, {"settings": 1}, LATER) == {"settings": 2}
