"""The one place where a failure is caught: the screen gets a reference number, the log gets type and place only.

What an exception says may hold a name from a file, so its text goes nowhere.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

FAVICON = str(Path(__file__).parents[1] / "assets" / "favicon.png")
LOG = logging.getLogger("dashboard")


class PageEnds(Exception):
    """There is nothing more to show on a page; the frame around it goes on, which `st.stop` would end too."""


def run(body: Callable[[], object]) -> None:
    """Run a page or a part of one. A failure leaves a sentence with a reference number."""
    try:
        body()
    except PageEnds:
        return
    except Exception as failure:
        reference = secrets.token_hex(3).upper()
        LOG.error("%s %s at %s", reference, type(failure).__name__, place(failure))
        st.error(
            f"Something on our side did not work. Your file is not changed. Reference: {reference}. "
            "Load the page again; if it happens again, tell the people who run this tool the reference."
        )


def place(failure: BaseException) -> str:
    """File and line of the failure, innermost line of the project first, without any text of it."""
    frames = traceback.extract_tb(failure.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(own[-4:])) or "unknown"


_QUIET: set[Callable[..., logging.LogRecord]] = set()  # what this process writes its log lines by


def quiet_log() -> None:
    """From here on no log line of this process holds what an exception says, whoever writes it: the server and the
    framework log failures, too, that never reach `run`, such as a crafted upload's."""
    make = logging.getLogRecordFactory()
    if make in _QUIET:
        return

    def record(*arguments: Any, **named: Any) -> logging.LogRecord:
        made = make(*arguments, **named)
        failure = made.exc_info[1] if made.exc_info else None
        if failure is not None:
            where = f"{type(failure).__name__} at {place(failure)}".replace("%", "%%" if made.args else "%")
            made.msg = f"{made.msg} ({where})"
            made.exc_info = None
        return made

    _QUIET.add(record)
    logging.setLogRecordFactory(record)


def guarded(part: Callable[..., object]) -> Callable[..., None]:
    """The part, caught like a page: for fragments and dialogs, which run by themselves."""

    @wraps(part)
    def safely(*arguments, **named):
        if _runs_by_itself() and any(changed() for changed in CHANGED):
            st.rerun()
        run(lambda: part(*arguments, **named))

    return safely


CHANGED: list[Callable[[], bool]] = []  # what a part that runs by itself must not go on under: the whole page decides
AFTER: list[Callable[[], object]] = []  # what the frame does after a page, and after a part that runs by itself


def after() -> None:
    """What follows a page or a part of one: what was changed is kept, and unsaved work is marked."""
    for step in AFTER:
        run(step)


def live(part: Callable[..., object]) -> Callable[..., None]:
    """A part of a page that runs again by itself when one of its own widgets changes; what changed is kept then, too."""

    @wraps(part)
    def then_kept(*arguments, **named):
        guarded(part)(*arguments, **named)
        after_a_part()

    return st.fragment(then_kept)


def after_a_part() -> None:
    """What follows a part that has run by itself; after a whole page the frame does it."""
    if _runs_by_itself():
        after()


def _runs_by_itself() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)
