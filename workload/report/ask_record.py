"""The ask of a packet as it is written: what every language phrases, and nothing of how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PERMANENT, FILL, COVER = "permanent", "fill", "cover"


@dataclass(frozen=True)
class Part:
    """One part of the ask as written: added for good, budgeted and vacant, or cover until somebody is back."""

    kind: str
    role: str
    fte: str
    start: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Ask:
    """The ask of one packet.

    required, available  FTE as written
    fte        all parts of the ask together; empty when nothing is asked for
    short      what the district as a whole is short; room of one role counts against the other in it, never in `fte`
    low, high  the span of `short`; empty without one. `low_is_room` says that its low end is room and not short
    by         the date or words that somebody typed
    schools    (name, FTE that is missing or empty), the largest first
    chosen     whether the district named the schools; otherwise they are those where most is missing
    unnamed    schools that the district named and that this reader may not see by themselves
    partly     whether the gap of some schools is withheld, so that more may be missing there
    withheld   whether the gap, and with it the ask, would speak of one or two people: only the need is said
    parts      posts to add, posts to fill, cover: each by role, as written
    waits      open premises; with any of them the ask is provisional
    posts_known  whether somebody has said who is in post; without it nothing can be asked for
    """

    required: str
    available: str
    fte: str = ""
    short: str = ""
    low: str = ""
    high: str = ""
    low_is_room: bool = False
    by: str = ""
    schools: tuple[tuple[str, str], ...] = ()
    chosen: bool = False
    unnamed: int = 0
    partly: bool = False
    withheld: bool = False
    parts: tuple[Part, ...] = ()
    waits: int = 0
    posts_known: bool = True
