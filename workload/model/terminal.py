"""Lines for a terminal. What a file holds may be printed, so nothing in it may steer the terminal."""

from __future__ import annotations

import errno
import os
import re
import sys
from typing import TextIO

# Control characters but for the line feed and the tab, marks that turn the direction of text, and halves of characters.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print lines: what would steer a terminal, or turn the text around, stands as its number."""
    print(STEERING.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", text), file=stream)


def end_of_output(fault: Exception) -> str | None:
    """Why nothing more can be printed, where that is the fault: empty when the reader has had enough, as `| head` does,
    and a sentence when the disk behind `> answer.json` is full. What is still to be printed goes nowhere then.
    """
    why = {errno.EPIPE: "", errno.ENOSPC: "the disk is full", errno.EDQUOT: "no more may be stored there"}
    if not isinstance(fault, OSError) or fault.errno not in why or fault.filename is not None:
        return None
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return why[fault.errno] and f"cannot write the output: {why[fault.errno]}."
