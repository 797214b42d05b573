"""What the server answers: security headers, refused hosts."""

import re
import socket
import urllib.request
from urllib.parse import urlparse

import pytest

from dashboard.server import SCRIPT_PATH
from dashboard.shell.quota import MEGABYTE
from tests.e2e.screen import settle
from tests.support.make_icons import ICONS
from tests.support.visitor import BOUNDARY, HEAD, TAIL


def fetch(address: str, **headers: str):
    """(headers, text) of an address."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
        return answer.headers, answer.read().decode("utf-8")


@pytest.mark.parametrize("path", ["/", SCRIPT_PATH, "/_stcore/health", "/answer"])
def test_every_answer_carries_the_security_headers(server, path):
    headers, _ = fetch(server + path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy and "http" not in policy


@pytest.mark.parametrize("path", ["/", "/data"])
def test_the_page_holds_the_script_and_its_length_is_right(server, path):
    headers, text = fetch(server + path, **{"Accept": "text/html", "Accept-Encoding": "gzip, deflate, br"})
    assert text.count(SCRIPT_PATH) == 1 and "</html>" in text
    assert int(headers["content-length"]) == len(text.encode("utf-8"))
    assert "stopImmediatePropagation" in fetch(server + SCRIPT_PATH)[1]


def handshake(server: str, **headers: str) -> str:
    """The status line of a websocket handshake."""
    place = urlparse(server)
    lines = {
        "Host": place.netloc,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **headers,
    }
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        asked = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{asked}\r\n".encode())
        return connection.recv(200).split(b"\r\n")[0].decode()


def test_a_session_opens_for_the_known_host_only(server):
    assert " 101 " in handshake(server)
    assert " 403 " in handshake(server, Host="evil.example")
    assert " 403 " in handshake(server, Origin="http://evil.example")


def test_a_session_that_holds_enough_is_refused_more_and_takes_again_what_is_removed(page, server):
    """Files can be sent on any page, asked for or not, so the server counts and not the page."""
    with page.expect_websocket() as opened:
        page.goto(f"{server}/data")
    assert opened.value
    settle(page)
    with page.expect_request(re.compile("upload_file")) as sent:
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            files=[{"name": "small.csv", "mimeType": "text/csv", "buffer": b"Student ID,School\n1,Oak\n"}]
        )
    address = sent.value.url.rsplit("/", 1)[0]
    token = next(each["value"] for each in page.context.cookies() if "xsrf" in each["name"])
    megabytes = b"x" * (20 * MEGABYTE)

    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())

    def put(name: str) -> int:
        """As the page does, but not through the browser's driver, which takes seconds for each file."""
        told = {"X-Xsrftoken": token, "Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        data = HEAD.format(name=name).encode() + megabytes + TAIL
        asked = urllib.request.Request(f"{address}/{name}", data, told, method="PUT")
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status

    def refused(name: str) -> int:
        return page.request.put(
            f"{address}/{name}",
            headers={"X-Xsrftoken": token},
            multipart={"file": {"name": name, "mimeType": "text/csv", "buffer": megabytes}},
        ).status

    assert [put(f"more-{at}.csv") for at in range(7)] == [204] * 7
    assert refused("more-7.csv") == 413
    assert page.request.delete(f"{address}/more-0.csv", headers={"X-Xsrftoken": token}).status == 204
    assert put("again.csv") == 204


def test_the_address_of_a_file_gives_nothing_to_another_browser(page, browser, server):
    page.goto(server)
    settle(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the empty roster").click()
    assert caught.value.path().read_bytes()[:2] == b"PK"
    address, other = caught.value.url, browser.new_context()
    assert "/media/" in address and page.request.get(address).status == 200
    assert other.request.get(address).status == 404, "without a cookie"
    other.new_page().goto(server)
    assert [each for each in other.cookies() if each["name"] == "ot_staffing_browser"]
    assert other.request.get(address).status == 404, "with the cookie of another browser"
    assert page.request.get(address.rsplit("/", 1)[0] + f"/{'0' * 56}.xlsx").status == 404
    other.close()


WIDTHS = """async (names) => {
    await document.fonts.load('24px "Material Symbols Rounded"');
    const wide = {};
    for (const name of names) {
        const icon = document.createElement("span");
        icon.style.cssText = 'font: 24px "Material Symbols Rounded"; position: absolute; white-space: nowrap; letter-spacing: normal';
        icon.textContent = name;
        document.body.append(icon);
        wide[name] = icon.getBoundingClientRect().width;
        icon.remove();
    }
    return wide;
}"""


def test_each_icon_of_the_short_font_is_drawn_and_no_word_stands_in_its_place(page, server):
    page.goto(server)
    settle(page)
    names = (ICONS / "icons.txt").read_text(encoding="utf-8").split()
    assert {name for name, wide in page.evaluate(WIDTHS, names).items() if round(wide) != 24} == set()
    assert round(page.evaluate(WIDTHS, ["not_an_icon"])["not_an_icon"]) != 24
