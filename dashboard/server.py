"""The server: `streamlit run dashboard/server.py`.

It adds the security headers that Streamlit does not send and a small script for accessibility, and loads the heavy
libraries before the first visitor comes.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import hashlib
import re
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from dashboard.shell import closed_sessions, guard
from dashboard.shell.compressed import Compressed
from dashboard.shell.icon_font import IconFont
from dashboard.shell.own_browser import OwnBrowser, remember_files
from dashboard.shell.quota import Quota, uploads_stay_in_memory

SCRIPT_PATH = "/own/page.js"
SCRIPT = (Path(__file__).parent / "assets" / "page.js").read_bytes()
PRINT_PATH = "/own/print.css"
READY_PATH = "/own/ready"
PRINT = (Path(__file__).parent / "assets" / "print.css").read_bytes()
INDEX = Path(st.__file__).parent / "static" / "index.html"


def inline_script_hashes() -> str:
    """The hashes of the inline scripts of Streamlit's own page, as a Content-Security-Policy names them."""
    scripts = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    return " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() + "'" for each in scripts
    )


POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {inline_script_hashes()}".strip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
]
LINK = f'<script src="{SCRIPT_PATH}"></script><link rel="stylesheet" href="{PRINT_PATH}"></head>'.encode()


class Headers:
    """Middleware: security headers on every answer, and the link to the script in the page itself."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
            # The page itself must come as plain text, so that the link can be put into it.
            scope = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}
        held: list[dict] = []
        page = bytearray()

        async def answer(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
                if message["status"] == 200 and _is_page(message["headers"]):
                    held.append(message)
                    return
            elif held:
                page.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                whole, start = bytes(page).replace(b"</head>", LINK, 1), held.pop()
                kept = [each for each in start["headers"] if each[0].lower() not in (b"content-length", b"etag")]
                start["headers"] = [*kept, (b"content-length", str(len(whole)).encode())]
                await send(start)
                message = {**message, "body": whole}
            await send(message)

        await self.app(scope, receive, answer)


def _is_page(headers) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


async def script(request) -> Response:
    """The script that takes away single-key shortcuts, mends the navigation and measures charts for paper."""
    return Response(SCRIPT, media_type="text/javascript", headers={"cache-control": "public, max-age=3600"})


async def print_style(request) -> Response:
    """How pages look on paper."""
    return Response(PRINT, media_type="text/css", headers={"cache-control": "public, max-age=3600"})


async def ready(request) -> Response:
    """Whether the place where districts are kept answers: for whoever watches the server. Holds nothing of them."""
    from dashboard.shell import keeping

    is_ready = await run_in_threadpool(keeping.is_ready)
    return Response(
        "ready" if is_ready else "the store does not answer", 200 if is_ready else 503, media_type="text/plain"
    )


@asynccontextmanager
async def lifespan(app):
    """Import what every page needs, keep it out of later garbage collections, and say where the dashboard is."""
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pyarrow  # noqa: F401
    import python_calamine  # noqa: F401

    guard.quiet_log()
    uploads_stay_in_memory()
    remember_files()
    gc.collect()
    gc.freeze()
    print(
        f"\n  The dashboard is at http://{st.get_option('server.address')}:{st.get_option('server.port')}\n", flush=True
    )
    forgetting = asyncio.create_task(closed_sessions.forget_in_time())
    yield
    forgetting.cancel()


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=lifespan,
    routes=[Route(SCRIPT_PATH, script), Route(PRINT_PATH, print_style), Route(READY_PATH, ready)],
    middleware=[Middleware(each) for each in (Headers, Compressed, IconFont, OwnBrowser, Quota)],
)
