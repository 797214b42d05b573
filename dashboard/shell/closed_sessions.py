"""A session whose page was closed is forgotten when its time to come back is over, with its files and all it holds.

Streamlit only says that it is gone from then on. What it holds, a roster with names among it, leaves the memory when the
next session is closed: at a computer that one person uses, perhaps never.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import sys
from contextlib import ExitStack
from typing import Any

from streamlit.runtime import Runtime

LOG = logging.getLogger(__name__)
SECONDS_BETWEEN = 10


def forget() -> int:
    """Shut down every session whose time is over; how many there were."""
    manager: Any = Runtime.instance()._session_mgr  # what we reach into is held by tests/test_upgrades.py
    with manager._storage_lock:
        over = [kept for _, kept in manager._session_storage._cache.expire()]
    with ExitStack() as each:  # one that fails keeps none of the others: the store has let go of all of them
        for kept in over:
            each.callback(kept.session.session_state.clear)  # Streamlit's loop goes on to hold the last session drawn
            each.callback(kept.session.shutdown)  # comes first, and takes the uploaded files away
    found = len(over)
    if over:
        del over, kept
        gc.collect()  # a session is a circle of objects
        give_back()
    return found


def give_back() -> None:
    """Give memory that is free back to the system, which empties it; where the C library knows how. Else what was in it
    stays in this process until something else is written over it.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


async def forget_in_time() -> None:
    """Forget again and again, for as long as the server runs."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN)
        try:
            forget()
        except Exception:  # the next ten seconds try again; the log says no word of what was held (`guard.quiet_log`)
            LOG.exception("Closed sessions could not be forgotten.")
