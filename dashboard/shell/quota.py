"""How much one session may hold in uploads, whether or not a page asked for it.

Streamlit limits one file, and takes any number of them on any page. A session that holds enough is refused more, with
the same answer as a file that is too large.
"""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse
from streamlit.runtime import Runtime

MEGABYTE = 1024 * 1024
MOST_BYTES = 150 * MEGABYTE  # six of the largest files; a project choice
MOST_FILES = 60
UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")
REFUSED = "This session holds as many uploads as it may. Remove a file on the page first, or reload the page."


def held(session: str) -> tuple[int, int]:
    """(bytes, files) that a session's uploads hold on the server."""
    files = Runtime.instance().uploaded_file_mgr.file_storage.get(session, {})
    return sum(len(each.data) for each in list(files.values())), len(files)


def is_enough(session: str, arriving: int) -> bool:
    """Whether a file of so many bytes would be too much."""
    size, files = held(session)
    return files >= MOST_FILES or size + arriving > MOST_BYTES


class Quota:
    """Middleware: refuses an upload beyond what a session may hold."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """One request."""
        found = UPLOAD.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found and is_enough(found[1], _length(scope["headers"])):
            await PlainTextResponse(REFUSED, 413)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _length(headers) -> int:
    """The announced size of a request; 0 where none is given, as Streamlit counts while it reads."""
    said = next((value for name, value in headers if name == b"content-length"), b"0")
    return int(said) if said.isdigit() else 0
