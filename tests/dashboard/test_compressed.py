"""Static files leave compressed, once, and everything else as the application answers it."""

import gzip

import brotli
import pytest

from dashboard.shell.compressed import Compressed
from tests.support import own_loop

SCRIPT = b"const answer = 42;\n" * 500


class Application:
    """Answers with one file, in two parts, and counts its requests."""

    def __init__(self, status=200, kind=b"text/javascript; charset=utf-8", body=SCRIPT):
        self.status, self.kind, self.body, self.asked = status, kind, body, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        headers = [(b"content-type", self.kind), (b"cache-control", b"immutable"), (b"etag", b'"1"'),
                   (b"content-length", b"%d" % len(self.body))]  # fmt: skip
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body[:100], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[100:]})


def ask(served, path="/static/js/index.123.js", method="GET", **headers):
    """(status, headers, body) of one request."""
    got = []

    async def send(message):
        got.append(message)

    asked = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": asked}
    own_loop.run(served(scope, None, send))
    return got[0]["status"], dict(got[0]["headers"]), b"".join(each.get("body", b"") for each in got[1:])


@pytest.mark.parametrize(
    ("takes", "coding", "unpacked"),
    [(b"gzip, deflate", b"gzip", gzip.decompress), (b"gzip, deflate, br, zstd", b"br", brotli.decompress)],
)
def test_a_script_is_compressed_once_and_sent_from_memory(takes, coding, unpacked):
    application = Application()
    served = Compressed(application)
    for _ in range(3):
        status, headers, body = ask(served, accept_encoding=takes)
        assert status == 200 and unpacked(body) == SCRIPT and len(body) < len(SCRIPT) / 10
        assert headers[b"content-encoding"] == coding and headers[b"content-length"] == b"%d" % len(body)
        assert headers[b"vary"] == b"Accept-Encoding" and headers[b"cache-control"] == b"immutable"
        assert b"etag" not in headers
    assert application.asked == 1


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"accept_encoding": b"deflate"},
        {"accept_encoding": b"brown, gzip;q=0"},
        {"accept_encoding": b"gzip", "range": b"bytes=0-9"},
        {"accept_encoding": b"gzip", "if_none_match": b'"1"'},
        {"accept_encoding": b"gzip", "path": "/_stcore/health"},
        {"accept_encoding": b"gzip", "method": "HEAD"},
    ],
)
def test_other_requests_are_answered_by_the_application(request_):
    status, headers, body = ask(Compressed(Application()), **request_)
    assert status == 200 and body == SCRIPT and b"content-encoding" not in headers and headers[b"etag"]


@pytest.mark.parametrize(
    "answer", [{"status": 404}, {"kind": b"font/woff2"}, {"body": b"short"}], ids=["missing", "font", "short"]
)
def test_what_gains_nothing_or_is_not_there_is_not_kept(answer):
    served = Compressed(Application(**answer))
    status, headers, _ = ask(served, accept_encoding=b"gzip")
    assert b"content-encoding" not in headers and not served.kept and status == answer.get("status", 200)
