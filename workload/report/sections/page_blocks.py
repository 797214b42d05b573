"""The blocks of a section as plain data. A page, a slide and the screen each draw the same blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BARS, BRIDGE, CHANGE, COLUMNS = "bars", "bridge", "change", "columns"


@dataclass(frozen=True)
class Words:
    """A paragraph; `lead` is larger, `small` is a note."""

    text: str
    lead: bool = False
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """Sentences of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Questions with their answers, to be found in seconds."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table of texts as written. `right` are the columns of numbers, `words` the alt text, `strong` rows in bold."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: str
    widths: tuple[float, ...] = ()
    right: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Bars of told numbers. `shown` are the numbers as written, `words` the alt text with all of them.

    kind    bars (each category its series), columns, bridge (sums, and changes that hang between them), change (left and
            right of zero)
    kinds   of a bridge: sum, capacity, need or spare of each step
    line    a level that runs through all columns, with its name
    mark    the status, drawn in the picture where its bars rest on an open premise
    """

    kind: str
    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    shown: Mapping[str, tuple[str, ...]]
    words: str
    kinds: tuple[str, ...] = ()
    digits: int = 1
    line: tuple[str, float, str] | None = None
    mark: str = ""


Block = Words | Bullets | Facts | Table | Chart


@dataclass(frozen=True)
class Section:
    """A heading with its blocks.

    title    its topic, the heading on a page; `finding` is what it says in a line, the title of its slide
    notes    what to say, on a slide; `on_page` stands first, on a page alone
    thin     has nothing to show on a slide of its own
    """

    code: str
    title: str
    blocks: tuple[Block, ...]
    notes: str = ""
    on_page: tuple[Block, ...] = field(default=())
    thin: bool = False
    finding: str = ""
