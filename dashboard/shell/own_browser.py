"""A session belongs to the browser that opened it.

Streamlit takes a session up again for whoever names its id, and the id stands in the address of each upload and so in
the access log of a proxy. Here each browser gets a cookie that scripts cannot read, and its digest becomes the owner
of the sessions that the browser opens. Without the cookie an id opens nothing, and the address of a file to download
gives nothing: a file goes to the browsers whose sessions were offered it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.responses import PlainTextResponse
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.shell.quota import UPLOAD

COOKIE, HEADER, OWNER = "ot_staffing_browser", b"x-ot-staffing-browser", "browser"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes as text
FILE = re.compile(r"/media/([0-9a-f]+)(?:\.\w+)?/?$")
CLOSED = re.compile(r"/_stcore/metrics/?$")
OFFERED: dict[str, set[str]] = {}  # id of a file -> the sessions that it was offered to
SIGN_OUT = re.compile(r"/auth/logout/?$")
ENDED: set[str] = set()  # sessions of a browser that has signed out: a tab that was left open is nobody's any more
MOST_OFFERED = 5_000  # ids, before those of files that are gone are forgotten
ONLY_IF_CHANGED = (b"if-none-match", b"if-modified-since")
NOT_YOURS = "There is no such file for this browser."
REFUSED = "This session was opened in another browser. Reload the page."


def token_of(headers) -> str:
    """The token of a browser by the cookie that it sent; empty for none and for one that was not made here."""
    for name, value in headers:
        if name.lower() == b"cookie":
            try:
                sent = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if sent is not None and TOKEN.fullmatch(sent.value):
                return sent.value
    return ""


def owner_of(token: str) -> str:
    """Who a session belongs to: a digest, so that the token itself is held nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def owns(session: str, token: str) -> bool:
    """Whether a session that is open was opened by this browser."""
    found = Runtime.instance()._session_mgr.get_active_session_info(session)
    return found is None or bool(token) and found.session._user_info.get(OWNER) == owner_of(token)


def end_sessions(token: str) -> None:
    """Somebody signs out in this browser. Streamlit takes its cookie away, and a page that is open in another tab would
    go on as whoever opened it: from now on it is nobody's."""
    open_now = {found.session.id: found.session for found in Runtime.instance()._session_mgr.list_sessions()}
    ENDED.intersection_update(open_now)
    ENDED.update(id for id, found in open_now.items() if found._user_info.get(OWNER) == owner_of(token))


def is_ended() -> bool:
    """Whether the session that runs is of a browser that has signed out since it was opened."""
    context = get_script_run_ctx()
    return context is not None and context.session_id in ENDED


def remember_files() -> None:
    """From now on, note to which session each file is offered: at once, or when its button is pressed."""
    add, execute = MediaFileManager.add, MediaFileManager.execute_deferred
    if getattr(add, "notes", False):
        return

    def noting_add(self, *arguments, **more):
        url = add(self, *arguments, **more)
        context = get_script_run_ctx()
        return _noted(self, url, context.session_id if context is not None else "")

    def noting_execute(self, file_id):
        entry = self._deferred_callables.get(file_id)
        return _noted(self, execute(self, file_id), entry["session_id"] if entry else "")

    noting_add.notes = True  # type: ignore[attr-defined]
    MediaFileManager.add, MediaFileManager.execute_deferred = noting_add, noting_execute  # type: ignore[method-assign]


def _noted(manager: MediaFileManager, url: str, session: str) -> str:
    found = FILE.search(url)
    if found and session:
        if len(OFFERED) >= MOST_OFFERED:
            there = set(manager._storage._files_by_id)  # type: ignore[attr-defined]
            for id in OFFERED.keys() - there:
                del OFFERED[id]
        OFFERED.setdefault(found[1], set()).add(session)
    return url


def was_offered(file: str, token: str) -> bool:
    """Whether a file was offered to a session of this browser that is open."""
    sessions = [
        Runtime.instance()._session_mgr.get_active_session_info(each) for each in OFFERED.get(file, set()) - ENDED
    ]
    owners = {found.session._user_info.get(OWNER) for found in sessions if found is not None}
    return bool(token) and owner_of(token) in owners


class OwnBrowser:
    """Middleware: gives a browser its cookie, names the owner of a new session, and keeps others out of it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """One request or one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        token = token_of(scope["headers"])
        if scope["type"] == "websocket":
            await self.app({**scope, "headers": _named(scope["headers"], token)}, receive, send)
            return
        if CLOSED.search(scope["path"]):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        if token and SIGN_OUT.search(scope["path"]):
            end_sessions(token)
        upload = UPLOAD.search(scope["path"])
        if upload and not owns(upload[1], token):
            await PlainTextResponse(REFUSED, 403)(scope, receive, send)
            return
        file = FILE.search(scope["path"])
        if file and not was_offered(file[1], token):
            await PlainTextResponse(NOT_YOURS, 404)(scope, receive, send)
            return
        if token:
            await self.app(scope, receive, send)
        else:
            await self.app({**scope, "headers": _whole(scope["headers"])}, receive, _with_cookie(scope, send))


def _named(headers, token: str) -> list[tuple[bytes, bytes]]:
    """The headers with the owner that the cookie proves; what a client claims by itself goes. Without a cookie the
    owner is one that nobody can ever be again."""
    owner = owner_of(token or secrets.token_urlsafe(32))
    return [*((name, value) for name, value in headers if name.lower() != HEADER), (HEADER, owner.encode())]


def _whole(headers) -> list[tuple[bytes, bytes]]:
    """The headers without what asks for a page only if it has changed. A browser that was closed has lost its cookie and
    not its cache: "not changed" would bring no cookie, and its sessions would belong to nobody."""
    return [(name, value) for name, value in headers if name.lower() not in ONLY_IF_CHANGED]


def _with_cookie(scope, send):
    """`send` that puts a new cookie on the page itself; it lasts until the browser is closed."""
    forwarded = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    secure = "; Secure" if scope.get("scheme") == "https" or forwarded == b"https" else ""

    async def answer(message):
        if message["type"] == "http.response.start" and any(
            name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"]
        ):
            cookie = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax{secure}"
            message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie.encode())]}
        await send(message)

    return answer
