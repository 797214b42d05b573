"""The languages of documents. A further one is a line here, a file in `data/language` and a module of phrases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ENGLISH, SPANISH, BOTH = "en", "es", "en+es"
LABELS: Mapping[str, str] = MappingProxyType({ENGLISH: "English", SPANISH: "Spanish", BOTH: "Both"})
TAGS: Mapping[str, str] = MappingProxyType({ENGLISH: "en-US", SPANISH: "es-US"})  # BCP 47, for screen readers
TRANSLATED = (
    "In Spanish: every page, letter and slide, whole. Names stay as they are written, citations of law and the source of an "
    "assumption are in English, and so are workbooks and tables. Both makes each document twice."
)
NOT_CERTIFIED = (
    "The Spanish is the wording of this tool, not a certified translation. Let a fluent speaker of your district "
    "read it before you hand it out."
)


def each(language: str) -> tuple[str, ...]:
    """The single languages of a choice, in the order in which they are written."""
    return tuple(language.split("+"))


def refusal(language: object) -> str:
    """Why a value is no choice of language; empty for one that is."""
    known = [*LABELS][:-1]
    return "" if language in LABELS else f"The language is {', '.join(known)} or {BOTH}, got {str(language)[:20]}."
