"""The worked example of a proxy, run: TLS, websockets, an upload, safe cookies, and a log that says nothing of anybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from ssl import CERT_NONE, create_default_context

import pytest

from tests.e2e.conftest import ROOT
from tests.e2e.district_server import said, served_district, sign_in
from tests.e2e.screen import go, settle, title, upload
from tests.support.ports import free_port
from workload.store.roles import LEAD

AWAY = 150 if os.environ.get("OT_STAFFING_LONG_TESTS") == "1" else 8  # seconds without a connection
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
AROUND = """daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{example}
}}
"""


def example_with(folder, port: int, behind: int) -> str:
    """The committed example with this test's places in it; a place that is not in it any more makes the test fail."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for place, own in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("ot.district.example", "localhost"),
        ("/etc/ssl/ot.crt", f"{folder}/ot.crt"),
        ("/etc/ssl/ot.key", f"{folder}/ot.key"),
        ("/var/log/nginx/ot.log", f"{folder}/ot.log"),
        ("http://127.0.0.1:8501", f"http://127.0.0.1:{behind}"),
    ):
        assert place in text, place
        text = text.replace(place, own)
    return text


def trusting():
    """The test's certificate is its own: nobody has signed it."""
    context = create_default_context()
    context.check_hostname, context.verify_mode = False, CERT_NONE
    return context


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """(served, folder): a district's server behind nginx, and where nginx writes."""
    folder, port, behind = tmp_path_factory.mktemp("proxied"), free_port(), free_port()
    own = ["-subj", "/CN=localhost", "-keyout", f"{folder}/ot.key", "-out", f"{folder}/ot.crt"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *own], check=True)
    settings = folder / "nginx.conf"
    settings.write_text(AROUND.format(folder=folder, example=example_with(folder, port, behind)), encoding="utf-8")
    with served_district(folder, behind, f"https://localhost:{port}") as served:
        proxy = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(settings)])
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{served.address}/own/ready", context=trusting(), timeout=5).close()
                    break
                except OSError:
                    assert proxy.poll() is None, (folder / "error.log").read_text()
                    time.sleep(0.2)
            for kept in ("body", "proxy"):  # a roster that the proxy lays down on its way is refused
                (folder / kept).chmod(0)
            yield served, folder
        finally:
            proxy.terminate()
            proxy.wait(timeout=30)


def test_a_lead_signs_in_uploads_and_works_behind_the_proxy_and_its_log_names_no_session(browser, proxied):
    served, folder = proxied
    context = browser.new_context(ignore_https_errors=True)
    page, sockets = context.new_page(), []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    sign_in(page, served, f"{LEAD}@district.example")
    page.goto(f"{served.address}/data")
    settle(page)
    upload(page, "roster.xlsx", (ROOT / "data" / "sample" / "bluff_county.xlsx").read_bytes())
    page.locator("[data-kept]").first.wait_for()
    go(page, "Answer")
    told = title(page)
    context.set_offline(True)
    time.sleep(AWAY)
    context.set_offline(False)
    page.reload()
    settle(page)
    assert title(page) == told and "Sign in" not in said(page)
    assert sockets and all(each.startswith("wss://") for each in sockets)
    kept = context.cookies()
    assert kept and all(each["secure"] for each in kept), [each["name"] for each in kept if not each["secure"]]
    context.close()
    lines = (folder / "ot.log").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"\S+ (GET|POST|PUT|DELETE|HEAD|OPTIONS) \d{3} \d+ [\d.]+", line), line


def test_what_the_proxy_keeps_in_and_what_it_asks_of_browsers(proxied):
    served, _ = proxied
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served.address}/_stcore/metrics", context=trusting(), timeout=30)
    assert refused.value.code == 404
    with urllib.request.urlopen(served.address, context=trusting(), timeout=30) as answer:
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "content-security-policy" in answer.headers
