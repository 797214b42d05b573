"""The command of `killed_saves`, short, on both databases; and that it sees what it looks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from tests.store.killed_saves import WHEN, look, parts
from workload.store.roles import THIS_COMPUTER

ROOT = Path(__file__).parents[2]


def test_nothing_is_torn_or_lost_by_kill_9_on_both_databases():
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed_saves", "--kills", "12", "--saves", "30"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == ["sqlite", "postgresql"]
    for line in lines:
        said = line.replace(",", "").split()
        assert int(said[1]) >= 12 and int(said[said.index("acknowledged") - 1]) >= 30, line
        assert line.endswith("torn: 0, acknowledged and lost: 0")


def test_a_torn_saving_would_be_seen(store, address):
    district = store.create("Killed", THIS_COMPUTER, WHEN)
    district.save(parts(0), {}, WHEN)
    assert look(*address, district.id) == (0, True)
    district.save({"settings": parts(1)["settings"]}, {"settings": 1}, WHEN)
    assert look(*address, district.id)[1] is False
    district.save({"roster": parts(1)["roster"]}, {"roster": 1}, WHEN)
    assert look(*address, district.id) == (1, True)
    with store.engine.begin() as connection:
        plain = json.dumps({"number": 1, "total": 0.0})
        connection.execute(text("UPDATE parts SET plain = :plain WHERE name = 'settings'"), {"plain": plain})
    assert look(*address, district.id)[1] is False
