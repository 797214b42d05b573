"""One server for a district as a process: sign-in at a real provider, and a district with somebody in each role."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.e2e.conftest import ROOT, _wait_until_healthy, end
from tests.e2e.screen import settle
from tests.store.test_packing import sample
from tests.support.ports import free_port
from tests.support.sign_in_provider import CLIENT, SECRET
from workload.model.parameters import Assumptions
from workload.store import months, people_kept
from workload.store.months import Month
from workload.store.roles import ADMINISTRATOR, AUDITOR, LEAD, READER, THERAPIST, Person
from workload.store.store import District, open_store

DAY, NOW = date(2026, 10, 1), "2026-10-01T08:00:00+00:00"
BOSS = Person("boss@district.example", ADMINISTRATOR)
NAMES = sorted(sample().roster.therapists["therapist"])
OWN = NAMES[0]
SECRETS = """[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


class Served(NamedTuple):
    """Where people go, where they sign in, the district that they find, and the server's process."""

    address: str
    issuer: str
    district: District
    process: int


@contextmanager
def served_district(folder: Path, port: int, address: str) -> Iterator[Served]:
    """A server on a port of this computer that people reach at an address: its own, or a proxy's."""
    made = open_store(folder / "districts").create("Bluff", BOSS, NOW)
    months.take(made, Month(DAY, sample().roster, Assumptions()), NOW)
    for role, name in ((LEAD, ""), (THERAPIST, OWN), (READER, ""), (AUDITOR, "")):
        people_kept.give_role(made, f"{role}@district.example", role, name, NOW)
    other = free_port()
    issuer, told = f"http://127.0.0.1:{other}", folder / "secrets.toml"
    told.write_text(SECRETS.format(address=address, issuer=issuer, client=CLIENT, secret=SECRET))
    environment = {**os.environ, "OT_STAFFING_HOME": str(folder), "OT_STAFFING_SAMPLE": "0"}
    provider = subprocess.Popen([sys.executable, "-m", "tests.support.sign_in_provider", str(other)], cwd=ROOT)
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", str(port)]
        + ["--secrets.files", str(told)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", server)
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{issuer}/keys", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield Served(address, issuer, made, server.pid)
    finally:
        end(server)
        end(provider)


def sign_in(page: Any, served: Served, email: str) -> None:
    """Come in as the person of an address: the provider says it is that person who sits here."""
    urllib.request.urlopen(f"{served.issuer}/next?email={email}", timeout=60).close()
    page.goto(served.address)
    settle(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign in").wait_for(state="detached")
    settle(page)


def said(page: Any) -> str:
    """Every word on the screen."""
    return page.locator("body").inner_text()
