"""kill -9 at random moments while a district is saved: is anything torn, is anything lost that was acknowledged?

    python -m tests.store.killed_saves                    # 200 kills and at least 2,000 savings on each database
    python -m tests.store.killed_saves --kills 20 --saves 100 --on sqlite

Each saving writes two parts that belong together, one with a table: a number, and rows that add up to it. The writer
acknowledges a number once the saving has returned, and is killed. Then the store is opened: its rows must add up, its
number be the last one acknowledged or the one that was on its way, and its record be whole. Of PostgreSQL the server
itself is stopped as by a crash, too, every tenth time.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pandas as pd
from sqlalchemy import text

from tests.store.databases import Cluster, running_cluster
from workload.store.roles import THIS_COMPUTER
from workload.store.store import open_store

WHEN = "2026-10-01T08:00:00"
EVERY = 10  # how often the database server itself is stopped
LONGEST_ROWS = 400
MOST_SAVINGS = 20  # of one writer before it is killed


@dataclass
class Count:
    """What was tried and what was found."""

    kills: int = 0
    acknowledged: int = 0
    on_the_way: int = 0
    stops: int = 0
    torn: int = 0
    lost: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.stops} stops of the database server, {self.acknowledged} acknowledged savings, "
            f"{self.on_the_way} that were on their way and arrived whole; torn: {self.torn}, acknowledged and lost: {self.lost}"
        )


def parts(number: int) -> dict[str, object]:
    """Two parts that belong together: rows, and what they add up to."""
    length = number * 7919 % LONGEST_ROWS + 1
    rows = pd.DataFrame({"minutes": [float(number + at) for at in range(length)], "student": [f"S-{number}"] * length})
    return {"roster": {"rows": rows}, "settings": {"number": number, "total": float(rows["minutes"].sum())}}


def writer(folder: Path, url: str, id: str, out: int) -> None:
    """Save one number after the other, and acknowledge each once it has been saved; until it is killed."""
    district = open_store(folder, url).district(id, THIS_COMPUTER)
    versions = district.versions()
    number = district.load(["settings"])["settings"].value["number"]
    while True:
        number += 1
        versions |= district.save(parts(number), versions, WHEN)
        os.write(out, f"{number}\n".encode())


def killed_after(folder: Path, url: str, id: str, savings: int, seconds: float) -> int:
    """Start a writer, and kill it so many savings and so long after its start; the last number that it acknowledged, or 0.

    Counting savings first makes the number of tries the same on a busy machine; the seconds make the moment random.
    """
    come, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(come)
            writer(folder, url, id, out)
        finally:
            os._exit(1)
    os.close(out)
    said = b""
    while said.count(b"\n") < savings and (piece := os.read(come, 65_536)):
        said += piece
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself, so nothing was tried"
    while piece := os.read(come, 65_536):
        said += piece
    os.close(come)
    whole = said[: said.rfind(b"\n") + 1].split()
    return int(whole[-1]) if whole else 0


def look(folder: Path, url: str, id: str) -> tuple[int, bool]:
    """The number that stands in the store, and whether everything in it fits together."""
    store = open_store(folder, url)
    try:
        found = store.district(id, THIS_COMPUTER).load()
        settings, rows = found["settings"].value, found["roster"].value["rows"]
        wanted = parts(settings["number"])["roster"]["rows"]
        whole = rows.equals(wanted) and float(rows["minutes"].sum()) == settings["total"]
        whole &= found["settings"].version == found["roster"].version == settings["number"] + 1
        whole &= store.record_is_whole() is None
        with store.engine.connect() as connection:
            whole &= connection.execute(text("SELECT count(*) FROM sheets")).scalar_one() == 1
            if store.engine.dialect.name == "sqlite":
                whole &= connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
                whole &= not connection.execute(text("PRAGMA foreign_key_check")).all()
        return settings["number"], bool(whole)
    finally:
        store.engine.dispose()


def tried(folder: Path, url: str, kills: int, saves: int, seed: int, cluster: Cluster | None = None) -> Iterator[Count]:
    """Kill until there were so many kills and so many acknowledged savings; the count after each kill."""
    random, count = Random(seed), Count()
    store = open_store(folder, url)
    district = store.create("Killed", THIS_COMPUTER, WHEN)
    district.save(parts(0), {}, WHEN)
    store.engine.dispose()
    last = 0
    while count.kills < kills or count.acknowledged < saves:
        seen = killed_after(folder, url, district.id, random.randint(0, MOST_SAVINGS), random.uniform(0.0, 0.1))
        count.kills += 1
        if cluster is not None and count.kills % EVERY == 0:
            cluster.stop(signal.SIGQUIT)
            cluster.start()
            count.stops += 1
        seen = max(seen, last)
        number, whole = look(folder, url, district.id)
        count.acknowledged += seen - last
        count.on_the_way += number == seen + 1
        count.torn += not whole
        count.lost += number < seen or number > seen + 1
        last = number
        yield count


def main() -> int:
    """Both databases; 1 where anything was torn or lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.store.killed_saves", description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--saves", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=20261001)
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    failed = False
    for name in ("sqlite", "postgresql") if options.on == "both" else (options.on,):
        with tempfile.TemporaryDirectory(prefix="ot-killed-") as folder:
            clusters = running_cluster() if name == "postgresql" else iter([None])
            cluster = next(clusters)
            url = cluster.new_database("killed") if cluster else ""
            for count in tried(Path(folder), url, options.kills, options.saves, options.seed, cluster):
                if count.kills % 25 == 0:
                    print(f"{name}: {count}", file=sys.stderr, flush=True)
            next(clusters, None)
            print(f"{name}: {count}", flush=True)
            failed |= bool(count.torn or count.lost)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
