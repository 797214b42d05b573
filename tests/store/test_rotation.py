"""Another secret: other pseudonyms everywhere, the same answers, and next month's roster still meets them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from workload.intake.load import load
from workload.model.later_keys import PSEUDONYM
from workload.model.packaged_data import sample_file
from workload.model.parameters import Assumptions
from workload.model.pseudonyms import NEXT_FILE, SecretError, keys_of, local_secret, pseudonyms, secret_of, with_key
from workload.store import months, rotation
from workload.store.__main__ import main
from workload.store.between_months import between
from workload.store.district import OtherSecretError
from workload.store.months import Month
from workload.store.roles import THIS_COMPUTER

DAY, NOW, LATER = date(2026, 10, 1), "2026-10-01T08:00:00+00:00", "2026-10-02T08:00:00+00:00"
MESSY = "bluff_county_messy.xlsx"


def everything(store, folder) -> bytes:
    if store.engine.dialect.name == "sqlite":
        return b"".join(file.read_bytes() for file in folder.iterdir())
    with store.engine.connect() as connection:
        names = ("districts", "parts", "sheets", "snapshots", "weeks", "people", "changes")
        rows = [list(connection.execute(text(f"SELECT * FROM {name}")).mappings()) for name in names]
    plain = [[dict(row) for row in table] for table in rows]
    return json.dumps(plain, default=lambda value: bytes(value).decode("latin-1")).encode()


@pytest.fixture
def kept(store, address, tmp_path):
    """(store, folder, district, home): a district with two months whose students have the pseudonyms of this folder."""
    secret = local_secret(tmp_path)
    district = store.create("Bluff", THIS_COMPUTER, NOW)
    for day, name in ((DAY, sample_file().name), (date(2026, 11, 2), MESSY)):
        loaded = load([(name, sample_file().with_name(name).read_bytes())], secret=secret)
        months.take(district, Month(day, loaded.roster, Assumptions()), NOW)
    district.save({"roster": loaded, "settings": {loaded.roster.services["student"].iloc[0]: 1}}, {}, NOW)
    return store, address[0], district, tmp_path


def test_every_pseudonym_in_the_files_is_another_one_and_every_answer_the_same_to_the_last_digit(kept):
    store, folder, district, home = kept
    heads = months.heads(district)
    before = {head.day: months.month(district, head.day) for head in heads}
    answers = {day: month.answer for day, month in before.items()}
    change = between(*before.values())
    old = {each for month in before.values() for each in month.roster.services["student"]}
    assert rotation.rotate(store, home, LATER) == 1
    left = everything(store, folder)
    assert len(old) > 100 and not [each for each in old if each.encode() in left]
    assert len(keys_of(local_secret(home))) == 2 and not (home / NEXT_FILE).exists()
    for day, was in answers.items():
        now = months.month(district, day).answer
        assert now.district.map(repr).equals(was.district.map(repr))
        assert now.people.drop(columns="therapist").equals(was.people.drop(columns="therapist"))
    again = between(*(months.month(district, head.day) for head in heads))
    assert again.reasons.equals(change.reasons) and again.total == change.total
    assert set(district.load()["settings"].value) < {*months.month(district, heads[1].day).roster.services["student"]}
    assert store.record_is_whole() is None and store.readable_parts(district.id) == 4
    assert [each.what for each in district.history(1)] == ["changed the pseudonyms"]


def test_the_same_file_read_after_the_change_gives_the_students_that_are_kept(kept):
    store, _, district, home = kept
    for _ in range(2):
        rotation.rotate(store, home, LATER)
        secret = local_secret(home)
        for day, name in ((DAY, sample_file().name), (date(2026, 11, 2), MESSY)):
            loaded = load([(name, sample_file().with_name(name).read_bytes())], secret=secret)
            found = months.month(district, day).roster
            assert loaded.roster.services.equals(found.services) and loaded.roster.evaluations.equals(found.evaluations)
            assert loaded.roster.issues == found.issues
    assert len(keys_of(secret)) == 3
    assert not [each.key for each in loaded.questions if PSEUDONYM.search(each.key)], "answers are found again by keys"


def test_who_has_the_earlier_secret_cannot_work_out_a_new_pseudonym_and_one_alone_is_as_before():
    one, two = b"1" * 32, b"2" * 32
    first = pseudonyms(["id:1", None, "id:2"], one)
    assert pseudonyms(["id:1", None, "id:2"], with_key(one, two)) != first
    assert pseudonyms(["id:1"], with_key(one, two)) != pseudonyms(["id:1"], two)
    assert keys_of(one) == [one] and keys_of(with_key(with_key(one, two), one)) == [one, two, one]


def test_a_change_that_was_broken_off_is_finished_by_the_next_call(kept, monkeypatch):
    store, folder, district, home = kept
    real, old = rotation.os.replace, months.month(district, DAY).roster.services["student"]

    def broken(source, target):
        if target.name == "secret":
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(rotation.os, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(store, home, LATER)
    assert len(keys_of((home / "secret").read_bytes())) == 1
    for reader in (local_secret, secret_of):  # whoever reads a roster now would give it the earlier pseudonyms
        with pytest.raises(SecretError, match="Finish the change first"):
            reader(home)
    monkeypatch.setattr(rotation.os, "replace", real)
    told = months.month(district, DAY).roster.services["student"]
    assert rotation.rotate(store, home, LATER) == 0, "what was told already is not told twice"
    now = months.month(district, DAY).roster.services["student"]
    assert now.equals(told) and not set(now) & set(old)
    loaded = load([(sample_file().name, sample_file().read_bytes())], secret=local_secret(home))
    assert loaded.roster.services["student"].equals(now)


def test_the_command_says_what_it_did(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OT_STAFFING_HOME", str(tmp_path))
    assert main(["begin", "Bluff", "boss@district.example"]) == 0
    assert main(["rotate"]) == 0
    assert "1 districts have new pseudonyms" in capsys.readouterr().out
    assert oct((tmp_path / "secret").stat().st_mode)[-3:] == "600"


def test_whoever_had_a_district_open_meanwhile_brings_no_earlier_pseudonym_back(kept):
    store, folder, district, home = kept
    held = replace(district, mark=district.secret_mark)
    part, month = held.load()["roster"], months.month(held, DAY)
    rotation.rotate(store, home, LATER)
    for bring_back in (
        lambda: held.save(
            {"roster": part.value}, held.versions(), LATER
        ),  # "Keep mine instead" takes the newest version
        lambda: months.take(held, month, LATER),
    ):
        with pytest.raises(OtherSecretError, match="Load the page again"):
            bring_back()
    old = set(month.roster.services["student"])
    assert not [each for each in old if each.encode() in everything(store, folder)]
    again = replace(district, mark=district.secret_mark)
    again.save({"settings": {"smallest": 11}}, again.versions(), LATER)
