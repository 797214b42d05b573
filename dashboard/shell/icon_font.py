"""Streamlit's font of icons without the 3,900 that nothing here can ask for: 13 kB in place of 375 kB of a first visit.

The font is made by `make icons`; a test says when Streamlit or a page asks for one that it has not.
"""

from __future__ import annotations

import re
from pathlib import Path

from starlette.responses import Response

FONT = (Path(__file__).parents[1] / "assets" / "icons" / "icons.woff2").read_bytes()
WHOLE = re.compile(r"/static/media/MaterialSymbols-Rounded\.[\w-]+\.woff2$")
# The address stays when our font is made anew, so that it is not kept for good as Streamlit's own is.
HEADERS = {"cache-control": "public, max-age=3600"}


class IconFont:
    """Middleware: the short font in place of the whole one."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """One request."""
        is_font = scope["type"] == "http" and scope["method"] == "GET" and WHOLE.search(scope["path"])
        answer = Response(FONT, media_type="font/woff2", headers=HEADERS) if is_font else self.app
        await answer(scope, receive, send)
