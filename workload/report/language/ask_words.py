"""The sentences of the ask, phrased by a module of each language, with the names that a district's own wording may use.

A further language is one file in `data/language` and one module like `spanish`, named in `PHRASES` and `languages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEADLINE, ASK, SCHOOLS = "ask.headline", "ask.ask", "ask.schools"
NUMBERS = frozenset({"name", "required", "available", "fte", "short", "low", "high", "by"})
NAMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{
            f"{sentence}_{branch}": NUMBERS
            for sentence in (HEADLINE, ASK)
            for branch in ("add", "none", "wait", "need")
        },
        f"{SCHOOLS}_add": frozenset(
            {"name", *(f"school_{letter}" for letter in "abcdef"), *(f"missing_{letter}" for letter in "abcdef")}
        ),
    }
)


def branch_of(ask) -> str:
    """Which sentence it is: to add, nothing to add, a thing that waits, or the need alone. A wording holds for one of them."""
    if not ask.posts_known or ask.withheld:
        return "need"
    if ask.waits:
        return "wait"
    return "add" if ask.fte else "none"


def numbers_of(ask, name: str) -> dict[str, str]:
    return {
        "name": name,
        "required": ask.required,
        "available": ask.available,
        "fte": ask.fte,
        "short": ask.short,
        "low": ask.low,
        "high": ask.high,
        "by": ask.by,
    }


def schools_named(ask, name: str) -> dict[str, str]:
    """The schools of an ask with what is missing, by letter."""
    letters = dict(zip("abcdef", [*ask.schools, *[("", "")] * 6], strict=False))
    return {
        "name": name,
        **{f"school_{letter}": one[0] for letter, one in letters.items()},
        **{f"missing_{letter}": one[1] for letter, one in letters.items()},
    }
