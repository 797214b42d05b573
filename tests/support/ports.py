"""A port of this computer for a server of a test.

Not one that the system gives to connections that leave: between the choice and the start of the server, seconds later,
such a port may be taken by a browser that runs beside. Each process begins elsewhere, so that workers do not meet.
"""

from __future__ import annotations

import os
import socket
from itertools import cycle

LOWEST, HOW_MANY, APART = 20_000, 12_000, 101
_places = cycle((os.getpid() * APART + step) % HOW_MANY for step in range(HOW_MANY))


def free_port() -> int:
    """A port that nobody listens on and that this process has not been given before."""
    for place in _places:
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", LOWEST + place))
            except OSError:
                continue
            return LOWEST + place
    raise AssertionError("unreachable: there is always a next place")
