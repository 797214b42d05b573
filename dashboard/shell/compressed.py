"""Streamlit's own scripts and styles, compressed once and kept: they are most of what a first visit carries.

Streamlit leaves them as they are so that no server compresses them again at every request. Kept, each costs its CPU once.
"""

from __future__ import annotations

import asyncio
import gzip
from functools import partial

import brotli

FOLDER = b"/static/"
KINDS = (b"text/", b"application/javascript", b"application/json", b"image/svg")
FEWEST_BYTES = 1_000  # below this a packet is as short either way
CHANGED = (b"content-length", b"content-encoding", b"etag", b"accept-ranges")
Header = tuple[bytes, bytes]
# What a browser takes, the shortest first. Browsers ask for the first one on a secure connection only.
CODINGS = {b"br": partial(brotli.compress, quality=9), b"gzip": partial(gzip.compress, compresslevel=6, mtime=0)}


class Compressed:
    """Middleware: an answer from the folder of static files is compressed at its first request and sent from memory after.

    Only what the application has answered with success is kept, so the store is no larger than the folder.
    """

    def __init__(self, app):
        self.app, self.kept = app, {}

    async def __call__(self, scope, receive, send):
        """One request."""
        coding = _coding(scope)
        if coding is None:
            await self.app(scope, receive, send)
            return
        wanted = scope["path"], coding
        if wanted not in self.kept:
            answer = _Held()
            await self.app(scope, receive, answer)
            if not answer.is_compressible:
                for message in answer.messages:
                    await send(message)
                return
            # Beside the server's own work: the largest script takes most of a second.
            self.kept[wanted] = answer.headers, await asyncio.to_thread(CODINGS[coding], answer.body)
        headers, body = self.kept[wanted]
        own = [(b"content-encoding", coding), (b"vary", b"Accept-Encoding"), (b"content-length", b"%d" % len(body))]
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


def _coding(scope) -> bytes | None:
    """How a plain request for a static file may be answered; None for parts of files, questions for changes and others."""
    if scope["type"] != "http" or scope["method"] != "GET" or FOLDER.decode() not in scope["path"]:
        return None
    asked = {name.lower(): value for name, value in scope["headers"]}
    if asked.keys() & {b"range", b"if-none-match"}:
        return None
    takes = {each.strip() for each in asked.get(b"accept-encoding", b"").split(b",")}
    return next((coding for coding in CODINGS if coding in takes), None)
