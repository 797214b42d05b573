"""A line between a browser and a server that can be cut, as a Wi-Fi is lost: what is open is reset, nobody new is let through."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Line:
    """Takes connections on a port of its own and hands their bytes on to another one."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.is_cut = False
        self.open: set[socket.socket] = set()
        self.own = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.own.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Nothing goes through any more."""
        self.is_cut = True
        for each in list(self.open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """It is there again."""
        self.is_cut = False

    def _take(self) -> None:
        while True:
            try:
                near, _ = self.own.accept()
            except OSError:
                return
            try:
                if self.is_cut:
                    raise OSError("cut")
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            self.open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
            self.open.discard(each)


@contextlib.contextmanager
def line(to: int) -> Iterator[Line]:
    """A line to a port of this computer."""
    made = Line(to)
    try:
        yield made
    finally:
        made.cut()
        made.own.close()
