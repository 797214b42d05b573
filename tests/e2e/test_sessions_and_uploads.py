"""A session belongs to its browser, and a file that is uploaded never stands on the disk."""

from __future__ import annotations

import os
import socket
import stat
import struct
import urllib.request
from pathlib import Path

import pytest

from dashboard.shell.own_browser import COOKIE, HEADER
from tests.e2e.conftest import started
from tests.support.visitor import Visitor

CANARY = b"CANARY Zzyzx"
FILE = b"student_id,student_name,school,minutes,therapist\n" + b"1," + CANARY + b" Student,Oak,30,Ann\n" * 120_000


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """(address, process, log) of a server that writes its log to a file."""
    log = tmp_path_factory.mktemp("server") / "log"
    with open(log, "wb") as file:
        yield from ((address, process, log) for address, process in started(file, OT_STAFFING_SAMPLE="0"))


def visitor(address: str) -> Visitor:
    """A browser that has opened the page, so that it has its cookies."""
    made = Visitor(address)
    made.fetch("GET", "/", Accept="text/html")
    made.fetch("GET", "/_stcore/health")
    return made


def test_the_cookie_cannot_be_read_by_scripts_and_is_given_once(running):
    address, *_ = running
    asked = urllib.request.Request(address, headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        [line] = [line for line in answer.headers.get_all("set-cookie") if line.startswith(COOKIE)]
    assert "HttpOnly" in line and "SameSite=Lax" in line and "Max-Age" not in line
    own = visitor(address)
    first = own.cookies[COOKIE]
    own.fetch("GET", "/data", Accept="text/html")
    assert own.cookies[COOKIE] == first


def test_a_browser_that_was_closed_and_has_the_page_in_its_cache_gets_a_cookie_again(running):
    """Without one it could upload nothing, and signing out would not end what it has open in other tabs."""
    address, *_ = running
    html = {"Accept": "text/html"}
    with urllib.request.urlopen(urllib.request.Request(address, headers=html), timeout=30) as answer:
        seen = answer.headers["last-modified"] or answer.headers["date"]
    back = Visitor(address)
    status, text = back.fetch("GET", "/", **html, **{"If-Modified-Since": seen})
    assert status == 200 and b"</html>" in text and COOKIE in back.cookies
    assert (
        back.fetch("GET", "/", **html, **{"If-Modified-Since": seen})[0] == 304
    )  # with its cookie it need not be sent


def test_a_session_opens_again_for_its_own_browser_only(running):
    address, *_ = running
    owner = visitor(address)
    session = owner.open()
    bare = Visitor(address)
    bare.fetch("GET", "/_stcore/health")
    claimed = Visitor(address, cookies={"_streamlit_xsrf": "x"}, headers={HEADER.decode(): "anything"})
    for other in (visitor(address), bare, claimed):
        assert other.open(session) != session
        other.close()
    owner.close()
    assert owner.open(session) == session
    owner.close()


def test_a_file_goes_into_a_session_and_out_of_it_by_its_own_browser_only(running):
    address, *_ = running
    owner, other = visitor(address), visitor(address)
    owner.open()
    path = owner.upload_address("roster.csv")
    for who, status in ((other, 403), (owner, 204)):
        connection, _ = who.begin_upload(path, "roster.csv", b"a,b\n1,2\n", 10_000)
        assert connection.getresponse().status == status
    for who, status in ((other, 403), (owner, 204)):
        assert who.fetch("DELETE", path, **{"X-Xsrftoken": who.cookies["_streamlit_xsrf"]})[0] == status
    owner.close()


def test_the_metrics_of_the_server_are_closed(running):
    assert visitor(running[0]).fetch("GET", "/_stcore/metrics")[0] == 404


def regular_files(process: int) -> list[bytes]:
    """The content of every regular file that a process has open."""
    found = []
    for handle in os.listdir(f"/proc/{process}/fd"):
        path = Path(f"/proc/{process}/fd/{handle}")
        try:
            if stat.S_ISREG(path.stat().st_mode):
                found.append(path.read_bytes())
        except OSError:
            continue
    return found


def test_a_file_of_four_megabytes_never_stands_on_the_disk(running):
    address, process, log = running
    own = visitor(address)
    own.open()
    path = own.upload_address("big.csv")
    connection, rest = own.begin_upload(path, "big.csv", FILE, 3_000_000)
    own.fetch("GET", "/_stcore/health")  # the server has turned to what came before
    opened = regular_files(process.pid)
    assert opened and not any(CANARY in content for content in opened)
    connection.send(rest)
    assert connection.getresponse().status == 204
    assert not any(CANARY in content for content in regular_files(process.pid))
    own.close()


def test_an_upload_that_is_broken_off_leaves_no_failure_in_the_log(running):
    address, _, log = running
    own = visitor(address)
    own.open()
    for _ in range(5):
        connection, _ = own.begin_upload(own.upload_address("big.csv"), "big.csv", FILE, 2_000_000)
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert own.fetch("GET", "/_stcore/health")[0] == 200
    own.close()
    said = log.read_text()
    assert "Traceback" not in said and "ClientDisconnect" not in said and CANARY.decode() not in said
