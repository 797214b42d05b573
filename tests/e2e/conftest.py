"""A running server and a browser for the journeys. Without a browser these tests fail: they are never left out."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SECONDS_TO_START = 90


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


def serve(**environment: str) -> Iterator[str]:
    """The address of a server on a free port of this computer."""
    yield from (address for address, _ in started(subprocess.DEVNULL, **environment))


def started(log: object, **environment: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server on a free port that writes to `log`: its address and process. It is stopped by its own process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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
        process.terminate()
        process.wait(timeout=30)


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


@pytest.fixture(scope="session")
def sample_server() -> Iterator[str]:
    """The address of the tool as `make run` starts it: open on the sample."""
    yield from serve(OT_STAFFING_SAMPLE="1")
