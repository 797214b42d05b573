"""Both databases for every test of the store: SQLite in a temporary folder, and a PostgreSQL cluster of our own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

POSTGRES_USER = "postgres"


def programs() -> Path:
    """The folder of PostgreSQL's programs. Missing, the tests fail: `make programs` installs them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    if found:
        return found[0].parent
    if beside := shutil.which("postgres"):
        return Path(beside).parent
    pytest.fail("These tests need PostgreSQL. `make programs` installs it (Debian: apt-get install postgresql).")


def as_other_user() -> list[str]:
    """PostgreSQL refuses to run for root, so root starts it for the user that its package makes."""
    return (
        ["setpriv", "--reuid", POSTGRES_USER, "--regid", POSTGRES_USER, "--clear-groups"] if os.geteuid() == 0 else []
    )


class Cluster:
    """A PostgreSQL server of our own that listens in its folder only, and is stopped by its own process id."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ot-pg-", dir="/tmp"))  # a socket's path must be short
        self.process: subprocess.Popen | None = None
        self.log = self.folder / "log"
        if os.geteuid() == 0:
            shutil.chown(self.folder, POSTGRES_USER, POSTGRES_USER)
        subprocess.run(
            [
                *as_other_user(),
                programs() / "initdb",
                "-D",
                self.folder / "data",
                "-U",
                "ot",
                "-A",
                "trust",
                "-E",
                "UTF8",
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
        )
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [
            "-c",
            "listen_addresses=",
            "-c",
            f"unix_socket_directories={self.folder}",
            "-c",
            "logging_collector=off",
        ]
        self.process = subprocess.Popen(
            [*as_other_user(), programs() / "postgres", "-D", self.folder / "data", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        for _ in range(600):
            try:
                psycopg.connect(self.plain_url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert self.process.poll() is None, "PostgreSQL stopped before it was ready"
                time.sleep(0.1)
        raise AssertionError("PostgreSQL was not ready")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends the connections, SIGQUIT is as a crash."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)

    def close(self) -> None:
        """Stop it at once, as nothing in it is needed any more, and delete its folder."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def plain_url(self, name: str) -> str:
        """The address of one of its databases, as psycopg writes it."""
        return f"postgresql://ot@/{name}?host={self.folder}"

    def new_database(self, name: str) -> str:
        """The address of a new and empty database, as the store takes it."""
        with psycopg.connect(self.plain_url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database, as the store takes it."""
        return f"postgresql+psycopg://ot@/{name}?host={self.folder}"


def running_cluster() -> Iterator[Cluster]:
    """A cluster for as long as somebody looks at it."""
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.close()
