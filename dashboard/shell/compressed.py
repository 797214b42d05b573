"""Streamlit's own scripts and styles, compressed once and kept: they are most of what a first visit carries.

Streamlit leaves them as they are so that no server compresses them again at every request. Kept, each costs its CPU once.
"""

from __future__ import annotations

import gzip

FOLDER = b"/static/"
KINDS = (b"text/", b"application/javascript", b"application/json", b"image/svg")
FEWEST_BYTES = 1_000  # below this a packet is as short either way
CHANGED = (b"content-length", b"content-encoding", b"etag", b"accept-ranges")
Header = tuple[bytes, bytes]


class Compressed:
    """Middleware: an answer from the folder of static files is compressed at its first request and sent from memory after.

    Only what the application has answered with success is kept, so the store is no larger than the folder.
    """

    def __init__(self, app):
        self.app, self.kept = app, {}

    async def __call__(self, scope, receive, send):
        """One request."""
        if not _may_be_compressed(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            answer = _Held()
            await self.app(scope, receive, answer)
            if not answer.is_compressible:
                for message in answer.messages:
                    await send(message)
                return
            self.kept[path] = answer.headers, gzip.compress(answer.body, 6, mtime=0)
        headers, body = self.kept[path]
        own = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, *own]})
        await send({"type": "http.response.body", "body": body})


class _Held:
    """An answer of the application, held back until it is whole."""

    def __init__(self) -> None:
        self.messages: list[dict] = []

    async def __call__(self, message: dict) -> None:
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def headers(self) -> list[Header]:
        return [each for each in self.messages[0]["headers"] if each[0].lower() not in CHANGED]

    @property
    def is_compressible(self) -> bool:
        start = self.messages[0] if self.messages else {}
        if start.get("status") != 200 or any(name.lower() == b"content-encoding" for name, _ in start["headers"]):
            return False
        kind = next((value for name, value in start["headers"] if name.lower() == b"content-type"), b"")
        return kind.startswith(KINDS) and len(self.body) >= FEWEST_BYTES


def _may_be_compressed(scope) -> bool:
    """A plain request for a static file by a browser that takes gzip; parts of files and questions for changes are not."""
    if scope["type"] != "http" or scope["method"] != "GET" or FOLDER.decode() not in scope["path"]:
        return False
    asked = {name.lower(): value for name, value in scope["headers"]}
    return b"gzip" in asked.get(b"accept-encoding", b"") and not asked.keys() & {b"range", b"if-none-match"}
