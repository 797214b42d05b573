"""How much one session may hold in uploads, whether or not a page asked for it.

Streamlit limits one file, and takes any number of them on any page. A session that holds enough is refused more, with
the same answer as a file that is too large.
"""

from __future__ import annotations

import re
from collections import Counter

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from workload.intake.open.limits import MEGABYTE

MOST_BYTES = 150 * MEGABYTE  # six of the largest files; a project choice
MOST_FILES = 60
UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")
REFUSED = "This session holds as many uploads as it may. Remove a file on the page first, or reload the page."


def held(session: str) -> tuple[int, int]:
    """(bytes, files) that a session's uploads hold on the server."""
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager), "where this version of the framework keeps uploads"
    files = manager.file_storage.get(session, {})
    return sum(len(each.data) for each in list(files.values())), len(files)


def is_enough(session: str, arriving: int) -> bool:
    """Whether a file of so many bytes would be too much."""
    size, files = held(session)
    return files >= MOST_FILES or size + arriving > MOST_BYTES


def uploads_stay_in_memory() -> None:
    """Keep a file in memory while it arrives, whatever its size. Without this its bytes stand in a temporary file in
    clear from the first megabyte on, and where no folder for such files can be written an upload fails."""
    MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 2) * MEGABYTE  # a file and what frames it


class Quota:
    """Middleware: refuses an upload beyond what a session may hold, those that are still arriving included."""

    def __init__(self, app):
        self.app = app
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope, receive, send):
        """One request."""
        found = UPLOAD.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        session, size = found[1], _length(scope["headers"])
        if is_enough(session, self.arriving[session] + size):
            await PlainTextResponse(REFUSED, 413)(scope, receive, send)
            return
        self.arriving[session] += size
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:
            return  # an upload that was broken off, by a closed page or a lost connection, is no fault of the server
        finally:
            self.arriving[session] -= size
            if not self.arriving[session]:
                del self.arriving[session]


def _length(headers) -> int:
    """The announced size of a request; 0 where none is given, as Streamlit counts while it reads."""
    said = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0
