"""Many people at work on one district's server at once: how long does each wait, and does the memory come back?

    python -m tests.e2e.busy_district                          # 25 people, 4 seconds of thinking, two minutes
    python -m tests.e2e.busy_district --people 4 --rounds 2 --thinking 0

Everybody signs in at a provider, has a role, and opens one page after the other over a connection of the own, as a
browser does. A wait is the time from a page's being asked for until the last of it has come.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlparse

import numpy as np
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import CHROMIUM, LAUNCH, ROOT
from tests.e2e.district_server import Served, served_district, sign_in
from tests.e2e.screen import WIRE, go, upload
from tests.support.ports import free_port
from tests.support.visitor import Visitor
from workload.store.roles import AUDITOR, LEAD, READER, THERAPIST

PAGES = ("answer", "people", "schools", "decide", "report", "assumptions", "year")
ROLES = (LEAD, LEAD, AUDITOR, THERAPIST, READER)


@dataclass
class Told:
    """What all of them met."""

    waits: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        half, most = (np.percentile(self.waits, each) for each in (50, 95))
        return (
            f"{len(self.waits)} pages after {len(self.first)} first ones; wait in seconds: half within {half:.2f}, "
            f"95 of 100 within {most:.2f}, longest {max(self.waits):.2f}, first page {np.median(self.first):.2f}; "
            f"faults: {len(self.faults)} {sorted(set(self.faults))[:3]}"
        )


def signed_in(served: Served, email: str) -> Visitor:
    """A visitor whom the provider has named to the server, as a browser that follows its redirects would be."""
    visitor, provider = Visitor(served.address), Visitor(served.issuer)
    visitor.fetch("GET", "/", Accept="text/html")
    visitor.fetch("GET", "/_stcore/health")
    visitor.open()
    visitor.press("sign_in")
    visitor.close()
    provider.fetch("GET", f"/next?email={email}")
    onward = visitor.sent_on(visitor.sent_to)
    back = urlparse(provider.sent_on(onward.removeprefix(served.issuer)))
    visitor.sent_on(f"{back.path}?{back.query}")
    return visitor


def at_work(visitor: Visitor, told: Told, rounds: int, thinking: float, seed: int) -> None:
    """Open pages, one after the other, and think in between."""
    random = Random(seed)
    try:
        time.sleep(random.random() * thinking)
        began = time.monotonic()
        visitor.open()
        told.first.append(time.monotonic() - began)
        for _ in range(rounds):
            time.sleep(random.uniform(0.5, 1.5) * thinking)
            began = time.monotonic()
            shown = visitor.run(random.choice(PAGES))
            told.waits.append(time.monotonic() - began)
            if not shown or any("exception {" in each or '"Sign in"' in each for each in shown):
                told.faults.append("a page that should not be")
        visitor.close()
    except (OSError, RuntimeError, TimeoutError) as problem:
        told.faults.append(type(problem).__name__)


def busy(served: Served, people: int, rounds: int, thinking: float) -> Told:
    """So many people at work at once, the roles in turn."""
    told = Told()
    visitors = [signed_in(served, f"{ROLES[at % len(ROLES)]}@district.example") for at in range(people)]
    with ThreadPoolExecutor(people) as at_once:
        for seed, visitor in enumerate(visitors):
            at_once.submit(at_work, visitor, told, rounds, thinking, seed)
    return told


def bring_the_sample(served: Served) -> None:
    """The lead uploads the sample district's workbook in a browser, so that everybody has numbers to look at."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        page = browser.new_page()
        page.add_init_script(WIRE)
        sign_in(page, served, f"{LEAD}@district.example")
        go(page, "Data")
        upload(page, "roster.xlsx", (ROOT / "data" / "sample" / "bluff_county.xlsx").read_bytes())
        page.locator("[data-kept]").first.wait_for()
        browser.close()


def memory(served: Served) -> float:
    """MB that the server's process holds now."""
    status = Path(f"/proc/{served.process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Print what was measured; nothing is asserted, since it depends on the machine."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--people", type=int, default=25)
    wanted.add_argument("--rounds", type=int, default=30, help="pages that each of them opens")
    wanted.add_argument("--thinking", type=float, default=4.0, help="seconds between two pages, on the average")
    wanted.add_argument("--again", type=int, default=3, help="how often, to see whether the memory grows")
    asked, port = wanted.parse_args(), free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        served_district(Path(folder), port, f"http://127.0.0.1:{port}") as served,
    ):
        bring_the_sample(served)
        print(f"the server holds {memory(served):.0f} MB")
        for _ in range(asked.again):
            print(busy(served, asked.people, asked.rounds, asked.thinking))
            print(f"the server holds {memory(served):.0f} MB")


if __name__ == "__main__":
    main()
