"""The worked example of a proxy, run: nginx with TLS and websockets in front of a server with sign-in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT
from tests.e2e.screen import go, settle, title, upload
from tests.e2e.signed_in import free_port, sign_in, with_sign_in
from tests.e2e.test_keeping import ROSTER
from workload.store.roles import LEAD

AWAY = 150 if os.environ.get("OT_STAFFING_LONG_TESTS") == "1" else 8  # seconds without connection
MAIN = """pid {folder}/pid;
error_log {folder}/error.log;
daemon off;
{user}
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        pytest.fail("This test needs nginx. `make programs` installs it (Debian: apt-get install nginx-light).")
    return found


def site(folder: Path, port: int, server: int) -> str:
    """The shipped example with the ports, certificate and log of this test in the place of a district's."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    changes = (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("server_name ot.district.example", "server_name localhost"),
        ("/etc/ssl/ot.crt", f"{folder}/ot.crt"),
        ("/etc/ssl/ot.key", f"{folder}/ot.key"),
        ("/var/log/nginx/ot.log", f"{folder}/access.log"),
        ("127.0.0.1:8501", f"127.0.0.1:{server}"),
    )
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """(address by TLS, provider, district, folder of the proxy)."""
    folder, port, server = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made, "-keyout", folder / "ot.key", "-out", folder / "ot.crt"], check=True, capture_output=True)
    (folder / "site.conf").write_text(site(folder, port, server))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    process = subprocess.Popen([nginx(), "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        with with_sign_in(tmp_path_factory.mktemp("served"), server, f"https://localhost:{port}") as (address, *rest):
            assert process.poll() is None, (folder / "error.log").read_text()
            yield address, *rest, folder
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)


@pytest.fixture
def browser_context_args(browser_context_args):
    """The certificate of this test is signed by nobody."""
    return {**browser_context_args, "ignore_https_errors": True}


def fetch(address: str) -> tuple[int, dict[str, str]]:
    """(status, headers)."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(address, timeout=30, context=trusting) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as refused:
        return refused.code, {}


def test_the_proxy_carries_sign_in_websocket_and_upload_and_its_log_holds_no_session(page, proxied):
    address, issuer, _, folder = proxied
    sign_in(page, (address, issuer, None), f"{LEAD}@district.example")
    with page.expect_request(re.compile("upload_file")) as sent:
        page.goto(f"{address}/data")
        settle(page)
        upload(page, "roster.csv", ROSTER, "text/csv")
    session = sent.value.url.split("/upload_file/")[1].split("/")[0]
    page.locator("[data-kept]").first.wait_for()
    go(page, "Answer")
    before = title(page)
    cookies = {each["name"]: each for each in page.context.cookies()}
    assert cookies and all(each["secure"] for each in cookies.values()), cookies
    page.context.set_offline(True)
    time.sleep(AWAY)
    page.context.set_offline(False)
    page.reload()
    settle(page)
    assert title(page) == before
    log = (folder / "access.log").read_text()
    assert " 101 " in log and "PUT 204" in log, "websocket and upload went through the proxy"
    assert session not in log and "?" not in log and "@" not in log


def test_the_proxy_sends_strict_headers_and_closes_the_metrics(proxied):
    address = proxied[0]
    status, headers = fetch(address)
    assert status == 200 and headers["strict-transport-security"].startswith("max-age=")
    assert headers["content-security-policy"] and headers["x-frame-options"] == "DENY"
    assert fetch(f"{address}/_stcore/metrics")[0] == 404
    assert fetch(f"{address}/own/ready")[0] == 200
