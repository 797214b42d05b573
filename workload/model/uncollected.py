"""Work that makes many objects and no circles of them, without the search for circles, which costs a tenth of it."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_one = threading.Lock()


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circles until this work is done.

    One work of the process at a time has that: however many people upload at once, the search comes in between.
    """
    mine = _one
    if not gc.isenabled() or not mine.acquire(blocking=False):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        mine.release()


def _in_a_fork() -> None:
    """Another thread's work does not go on in a fork of the process, which would never search again."""
    global _one
    if _one.locked():
        _one = threading.Lock()
        gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_fork)
