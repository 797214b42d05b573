"""Lines for a terminal. What a file holds may be printed, so nothing in it may steer the terminal."""

from __future__ import annotations

import re
from typing import TextIO

# Control characters but for the line feed and the tab, marks that turn the direction of text, and halves of characters.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print lines: what would steer a terminal, or turn the text around, stands as its number."""
    print(STEERING.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", text), file=stream)
