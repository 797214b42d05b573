"""What we hold of other packages from inside. After an upgrade each of these fails loudly and says what to look at."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from importlib.metadata import requires, version
from inspect import getsource, signature
from pathlib import Path
from types import SimpleNamespace

import streamlit
import xlsxwriter
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pptx import Presentation
from pptx.opc.package import Part
from streamlit.testing.v1 import AppTest

from dashboard.shell.icon_font import FONT, WHOLE
from tests.support import own_loop
from tests.support.make_icons import ICONS, names_in_use

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)$", re.M)


def pins(name: str = "requirements.txt") -> dict[str, str]:
    """{package: version} of a file of pins."""
    return {canonicalize_name(package): version for package, version in PIN.findall((ROOT / name).read_text())}


def test_what_is_installed_is_what_is_pinned():
    assert len(pins()) > 40
    assert {name: version(name) for name in pins()} == pins()


def test_the_pins_are_what_each_pinned_package_asks_for():
    """Streamlit pins some of its own packages; a pin of ours that it does not allow would be found here."""
    checked = 0
    for name in pins():
        for text in requires(name) or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                assert wanted.specifier.contains(version(wanted.name), prereleases=True), f"{name} asks for {text}"
                assert canonicalize_name(wanted.name) in pins(), f"{name} brings {wanted.name}, which is not pinned"
                checked += 1
    assert checked > 50


FIGURE = {"data": [{"type": "bar", "x": ["Oak", "Elm"], "y": [1.5, 2.5]}], "layout": {"height": 300}}


def drawn(kind: str) -> str:
    """What Streamlit sends to the browser for the figure, as ours or as Plotly's own."""

    def page(kind: str, figure: dict) -> None:
        import plotly.graph_objects as go
        import streamlit as st

        from dashboard.parts.ready_figure import ReadyFigure

        st.plotly_chart(ReadyFigure(figure) if kind == "ours" else go.Figure(figure, skip_invalid=False), alt="Bars")

    at = AppTest.from_function(page, kwargs={"kind": kind, "figure": FIGURE}, default_timeout=60).run()
    assert not at.exception
    return at.get("plotly_chart")[0].proto.spec


def test_a_figure_that_is_taken_as_it_is_reaches_the_browser_like_plotlys_own():
    ours, theirs = json.loads(drawn("ours")), json.loads(drawn("plotly"))
    assert ours["data"] == theirs["data"] == FIGURE["data"]
    assert ours["layout"]["height"] == theirs["layout"]["height"] == FIGURE["layout"]["height"]


def test_an_upload_has_the_address_and_the_storage_that_the_quota_counts(monkeypatch):
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec
    from streamlit.web.server.server import UPLOAD_FILE_ENDPOINT

    from dashboard.shell import quota

    manager = MemoryUploadedFileManager(UPLOAD_FILE_ENDPOINT)
    urls = manager.get_upload_urls("a-session", ["one.csv"])[0]
    assert quota.UPLOAD.search(urls.upload_url)[1] == "a-session"
    monkeypatch.setattr(quota.Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert quota.held("a-session") == (0, 0)
    manager.add_file("a-session", UploadedFileRec(urls.file_id, "one.csv", "text/csv", b"12345"))
    assert quota.held("a-session") == (5, 1)
    assert quota.held("another") == (0, 0)


class Scripts(HTMLParser):
    """The text of every script of a page that stands in the page itself."""

    def __init__(self):
        super().__init__()
        self.inline: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data):
        if self.inside:
            self.inline.append(data)
            self.inside = False


def test_every_inline_script_of_the_page_is_named_in_the_security_policy():
    from dashboard.server import INDEX, POLICY

    page = Scripts()
    page.feed(INDEX.read_text(encoding="utf-8"))
    assert page.inline
    for script in page.inline:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in POLICY
    assert POLICY.count("'sha256-") == len(page.inline)
    assert "</head>" in INDEX.read_text(encoding="utf-8")


def test_the_workbook_writer_still_prepares_each_formula_where_we_take_its_place():
    """The saving is lost in silence, and `_plain_formula` is never called, once xlsxwriter renames this method."""
    called: list[str] = []
    sheet = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
    assert sheet._prepare_formula("=A1+1") == "A1+1"
    sheet._prepare_formula = lambda formula, *_: called.append(formula) or formula.removeprefix("=")
    sheet.write_formula(0, 0, "=A1+1", None, 2)
    assert called == ["=A1+1"]


def test_the_deck_library_still_has_what_we_reach_into():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(0, 0, 100, 100)
    assert box._element.nvSpPr.cNvPr.get("id")
    paragraph = box.text_frame.paragraphs[0]
    assert paragraph._p.get_or_add_pPr() is not None
    assert paragraph.add_run()._r.get_or_add_rPr() is not None
    frame = slide.shapes.add_table(1, 1, 0, 0, 100, 100)
    assert frame._element.nvGraphicFramePr.cNvPr.get("id")
    part = next(part for part in deck.part.package.iter_parts() if type(part) is Part)
    part._blob = b"ours"
    assert part.blob == b"ours"


def test_streamlit_has_every_name_and_keyword_that_the_pages_use():
    seen = 0
    for file in (ROOT / "dashboard").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = re.fullmatch(r"st\.(\w+)", ast.unparse(call.func)) if isinstance(call, ast.Call) else None
            if not name:
                continue
            used = getattr(streamlit, name[1])
            known = signature(used).parameters
            unknown = {keyword.arg for keyword in call.keywords if keyword.arg} - set(known)
            takes_any = any(each.kind is each.VAR_KEYWORD for each in known.values())
            assert takes_any or not unknown, f"{file.name}, line {call.lineno}: {name[0]} has no {unknown}"
            seen += 1
    assert seen > 300


HOOK = re.compile(r"\.(st[A-Z]\w+)|data-testid=\"?(\w+)")


def test_every_element_that_our_style_and_script_reach_for_is_made_by_streamlit():
    """A renamed class or test id switches a rule for paper, contrast or the keyboard off in silence."""
    made = "\n".join(
        file.read_text(encoding="utf-8") for file in Path(streamlit.__file__).parent.glob("static/**/*.js")
    )
    assets = [file for file in (ROOT / "dashboard" / "assets").iterdir() if file.suffix in (".css", ".js")]
    hooks = {"".join(found) for file in assets for found in HOOK.findall(file.read_text(encoding="utf-8"))}
    assert len(hooks) > 25
    assert not sorted(hook for hook in hooks if not re.search(rf"\b{hook}\b", made))


def test_a_page_that_comes_in_pieces_is_sent_whole_with_our_script_in_it():
    from dashboard.server import LINK, Headers

    pieces = [b"<html><he", b"ad></he", b"ad><body></body></html>"]

    async def streamlit_page(scope, receive, send):
        headers = [(b"content-type", b"text/html"), (b"content-length", b"1"), (b"etag", b"old")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for at, piece in enumerate(pieces):
            await send({"type": "http.response.body", "body": piece, "more_body": at < len(pieces) - 1})

    sent = []

    async def keep(message):
        sent.append(message)

    own_loop.run(Headers(streamlit_page)({"type": "http", "headers": []}, None, keep))
    start, body = sent
    assert body["body"] == b"".join(pieces).replace(b"</head>", LINK) and not body.get("more_body")
    headers = dict(start["headers"])
    assert headers[b"content-length"] == str(len(body["body"])).encode() and b"etag" not in headers


def test_a_session_and_a_file_on_offer_say_whose_they_are_where_we_look():
    """Keeping a browser out of another's session reads what Streamlit keeps for itself of sessions and files."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.media_file_manager import MediaFileManager
    from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
    from streamlit.runtime.session_manager import SessionInfo, SessionManager

    assert "self._session_mgr = " in getsource(Runtime.__init__)
    assert list(signature(SessionManager.get_active_session_info).parameters) == ["self", "session_id"]
    assert "session" in signature(SessionInfo).parameters
    assert "self._user_info = " in getsource(AppSession.__init__)
    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    assert files._deferred_callables == {}
    assert list(signature(files.execute_deferred).parameters) == ["file_id"]
    assert '"session_id"' in getsource(MediaFileManager.add_deferred)


def test_closed_sessions_are_kept_where_we_take_them_away():
    """Forgetting a session whose page was closed reaches into Streamlit's store of such sessions."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.memory_session_storage import MemorySessionStorage
    from streamlit.runtime.state.session_state import SessionState
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
    from streamlit.web.server.starlette import starlette_app

    made = getsource(WebsocketSessionManager.__init__)
    assert "self._session_storage = " in made and "self._storage_lock = " in made
    assert MemorySessionStorage(ttl_seconds=1)._cache.expire() == []
    assert "remove_session_files" in getsource(AppSession.shutdown)
    assert hasattr(AppSession, "session_state") and "_new_session_state.clear()" in getsource(SessionState.clear)
    assert "self._session_mgr = " in getsource(Runtime.__init__)
    assert "session_storage=MemorySessionStorage(" in getsource(starlette_app)


NOT_DRAWN = {"icon_name", "star_filled"}  # a word of documentation, and one that Streamlit draws with "star"


def test_the_short_font_of_icons_knows_each_that_can_be_asked_for():
    """After an upgrade that asks for others: `make icons`."""
    assert names_in_use() - set((ICONS / "icons.txt").read_text(encoding="utf-8").split()) == NOT_DRAWN
    fonts = [path.name for path in (Path(streamlit.__file__).parent / "static" / "static" / "media").iterdir()]
    assert [name for name in fonts if "Symbols" in name] == [
        name for name in fonts if WHOLE.search(f"/static/media/{name}")
    ]
    assert len(FONT) < 40_000
