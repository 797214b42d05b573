"""A running server and a browser for the journeys. Without a browser these tests fail: they are never left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.screen import WIRE
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# The same browser without the frame that nobody sees takes a third less of the processor for each page.
CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",  # the shell would space letters for a coarse screen, on paper as well
    "--renderer-process-limit=1",  # for `context`: a page in a process of its own would compile every script anew
]
SECONDS_TO_START = 180
PATIENCE = 60_000  # milliseconds until something on a page that does not come is a fault, also on a busy machine
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The installed Chromium, never a downloaded one."""
    if not CHROMIUM or not Path(CHROMIUM).exists():
        pytest.fail(
            "These tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH "
            "to its program."
        )
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": LAUNCH}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A district laptop in Chicago."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 720},
        "locale": "en-US",
        "timezone_id": "America/Chicago",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def browser(browser):
    """Every page of it can be asked whether it has settled: `tests.e2e.screen.settle`."""
    plain = browser.new_context

    def new_context(**options):
        context = plain(**options)
        context.add_init_script(WIRE)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = new_context
    return browser


@pytest.fixture(scope="session")
def one_context(browser, browser_context_args):
    """The browser of all tests that need no second one. Its first page stays empty and keeps the process of the others."""
    context = browser.new_context(**browser_context_args)
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def context(one_context):
    """A browser as new, without a page, cookie or storage of the test before; scripts it has compiled halve a page's time."""
    yield one_context
    as_new(one_context)


def as_new(context: BrowserContext) -> None:
    """Only its first, empty page stays, and nothing of what the others have left: their storage goes after they have gone,
    as a page may write while it is left, and that of every address, as a page may have been at several."""
    first, *others = context.pages
    for page in others:
        page.close()
    storage = context.new_cdp_session(first)
    storage.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    storage.detach()
    context.clear_cookies()
    context.clear_permissions()
    context.set_offline(False)


def serve(**environment: str) -> Iterator[str]:
    """The address of a server on a free port of this computer."""
    yield from (address for address, _ in started(subprocess.DEVNULL, **environment))


def started(log: object, **environment: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server on a free port that writes to `log`: its address and process. It is stopped by its own process id."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield address, process
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Stop a process by its own id: asked to, and after a minute without asking."""
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_healthy(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The server stopped with status {process.returncode} before it was ready.")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"The server was not ready after {SECONDS_TO_START} seconds.")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the running tool."""
    yield from serve(OT_STAFFING_SAMPLE="0")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One server for a district with somebody in each role: `tests.e2e.district_server.Served`."""
    from tests.e2e.district_server import served_district  # which stands on this file

    port = free_port()
    with served_district(tmp_path_factory.mktemp("served"), port, f"http://127.0.0.1:{port}") as served:
        yield served


@pytest.fixture(scope="session")
def sample_server() -> Iterator[str]:
    """The address of the tool as `make run` starts it: open on the sample."""
    yield from serve(OT_STAFFING_SAMPLE="1")
