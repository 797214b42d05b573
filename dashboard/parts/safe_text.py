"""Text from a file, made harmless for every place where the screen would read it as Markdown or HTML."""

from __future__ import annotations

import re
import unicodedata

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@=^\"'])")
ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
WORD_JOINER = "\u2060"  # no width and no break, but no program takes the text for an address any more
LONGEST = 300
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def plain(text: object, longest: int = LONGEST) -> str:
    """One line without control characters or characters that turn the direction of writing; cut when very long."""
    shown = str(text)
    if not (shown.isascii() and shown.isprintable()):  # in plain ASCII nothing printable is invisible
        shown = "".join(" " if unicodedata.category(each) in INVISIBLE else each for each in shown)
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def safe(text: object, longest: int = LONGEST) -> str:
    """The same text for Markdown: every character with a meaning there is escaped, addresses are no links."""
    return MARKDOWN.sub(r"\\\1", ADDRESS.sub(WORD_JOINER, plain(text, longest)))
