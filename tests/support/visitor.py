"""A browser without a screen: it talks to a running server as Streamlit's own page does."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

SECONDS = 180  # until a server that does not answer is at fault, also on a busy machine
BOUNDARY = "part"
HEAD = (
    '--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
)
TAIL = b"\r\n--part--\r\n"


@dataclass
class Visitor:
    """One browser: its cookies, its session, and what it was shown last."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    session: str = ""
    shown: list[str] = field(default_factory=list)
    sent_to: str = ""
    _socket: object = None

    @property
    def place(self) -> tuple[str, int]:
        """Host and port of the server."""
        parts = urlparse(self.address)
        return parts.hostname, parts.port

    def fetch(self, method: str, path: str, **headers: str) -> tuple[int, bytes]:
        """One request without a body, with the cookies so far; those that come back are kept."""
        answer, body = self._ask(method, path, headers)
        return answer.status, body

    def sent_on(self, path: str) -> str:
        """Where a request is sent on to; empty if it is answered."""
        return self._ask("GET", path, {})[0].headers.get("location", "")

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(*self.place, timeout=SECONDS)
        connection.request(method, path, headers={**self._cookie(), **headers})
        answer = connection.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("set-cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, body

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

    def open(self, session: str = "") -> str:
        """Open a session, or ask for one by its id; the id that the server gave."""
        offered = ["streamlit", self.cookies.get("_streamlit_xsrf", "none"), *([session] if session else [])]
        self._socket = connect(
            f"ws://{self.place[0]}:{self.place[1]}/_stcore/stream",
            subprotocols=offered,
            origin=self.address,
            additional_headers={**self._cookie(), **self.headers},
            max_size=None,
            ping_interval=None,
            open_timeout=SECONDS,
        )
        self.run()
        return self.session

    def close(self) -> None:
        """Close the connection; the server keeps the session for a while."""
        self._socket.close()

    def run(self, page: str = "") -> list[str]:
        """Run a page once, the first one if none is named; every text that was shown."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_name = page
        return self._until_finished(message)

    def press(self, button: str) -> list[str]:
        """Press a button that is shown, by the end of its key; every text that was shown then."""
        message = BackMsg()
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id = next(found.group(1) for each in self.shown if (found := re.search(rf'id: "(\S+-{button})"', each)))
        pressed.trigger_value = True
        return self._until_finished(message)

    def _until_finished(self, message: BackMsg) -> list[str]:
        self._socket.send(message.SerializeToString())
        self.shown = []
        while True:
            back = ForwardMsg()
            back.ParseFromString(self._socket.recv(timeout=SECONDS))
            kind = back.WhichOneof("type")
            if kind == "new_session":
                self.session = back.new_session.initialize.session_id or self.session
            elif kind == "delta":
                self.shown.append(str(back.delta))
            elif kind == "auth_redirect":
                self.sent_to = back.auth_redirect.url
            elif kind == "script_finished":
                return self.shown

    def upload_address(self, name: str) -> str:
        """Where a file of this session is to be sent."""
        message = BackMsg()
        message.file_urls_request.request_id = "asked"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        self._socket.send(message.SerializeToString())
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            back = ForwardMsg()
            back.ParseFromString(self._socket.recv(timeout=SECONDS))
            if back.WhichOneof("type") == "file_urls_response":
                return "/" + back.file_urls_response.file_urls[0].upload_url.lstrip("/")
        raise TimeoutError("no address for the upload")

    def begin_upload(self, path: str, name: str, data: bytes, sent: int) -> tuple[http.client.HTTPConnection, bytes]:
        """Send the first bytes of a file; the open connection and what is still to be sent."""
        body = HEAD.format(name=name).encode() + data + TAIL
        connection = http.client.HTTPConnection(*self.place, timeout=SECONDS)
        connection.putrequest("PUT", path)
        for header, value in {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(body)),
            "X-Xsrftoken": self.cookies.get("_streamlit_xsrf", ""),
            **self._cookie(),
        }.items():
            connection.putheader(header, value)
        connection.endheaders()
        connection.send(body[:sent])
        return connection, body[sent:]
