"""The pages of Decide under test: opened, a lever pulled, what they say."""

from __future__ import annotations

import re

from dashboard.screens.decide.scenarios.lever_words import USUAL
from tests.dashboard.support import (
    district,
    heading,
    markdown_texts,
    opened,
    visit,
)
from tests.support.rosters import DAY
from workload.answer import analyze

PAGES = ("scenarios", "rebalance", "year")


def widget(at, kind: str, key: str):
    """The widget whose key begins so."""
    return next(each for each in getattr(at, kind) if (each.key or "").startswith(key))


def said(at) -> str:
    """Everything that the page says, without the escapes."""
    return " ".join(markdown_texts(at)).replace("\\", "")


def answer():
    return analyze(district(), DAY)


def scenarios(at=None):
    return visit((opened(district()) if at is None else at).run(), "scenarios")


def pull(at, kind: str):
    """Pull one lever: by its switch, or from the list."""
    if kind in USUAL:
        next(each for each in at.toggle if (each.key or "").endswith(f"_{kind}")).set_value(True).run()
    else:
        widget(at, "selectbox", "add_lever_").set_value(kind).run()
    return at


def with_lever(kind: str, at=None):
    """The page with one lever pulled."""
    return pull(scenarios(at), kind)


def gap_in(at) -> str:
    """The gap of the open scenario, as the finding of the page says it."""
    found = re.search(r"(short|room for) [0-9.]+", heading(at))
    return found.group() if found else "even"
