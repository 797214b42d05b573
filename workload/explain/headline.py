"""What a district needs, has and lacks in two sentences, and the written numbers that every language phrases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Protocol, cast

import pandas as pd

from workload.answer import Answer
from workload.model.words import EVEN_FTE, agreeing_digits, count, fte, fte_digits, in_words, rounded, shown
from workload.premises.premise_list import answer_status, gap_ends, open_premises
from workload.premises.records import FINAL, NEED_ONLY, PROVISIONAL
from workload.staffing.likely_range import Range

SHORT, EVEN, ROOM = "short", "even", "room"
TIME_WITHHELD = "Available time and the gap are not shown: they would speak of fewer than three people."


@dataclass(frozen=True)
class Side:
    """Which side of even a gap is on, and by how many FTE, as written."""

    kind: str
    fte: str


@dataclass(frozen=True)
class Standing:
    """What the headline says with every number already rounded and written, so that a language only phrases it.

    required, available  FTE, empty for none
    on_leave             whether somebody has a post but nobody is there on the day
    spread               the ends of the likely gap; `across` says that they may lie on different sides of even
    unfitted             FTE of work that has no place although the district as a whole is not short; empty for none
    status               final, provisional or need-only
    waits                premises that are open
    time_withheld        available time and gap are not told to this reader; `needed` are the ends of the required FTE
    """

    day: date
    otas: bool
    required: str = ""
    available: str = ""
    on_leave: bool = False
    gap: Side = Side(EVEN, "")
    spread: tuple[Side, Side] | None = None
    across: bool = False
    unfitted: str = ""
    status: str = FINAL
    waits: int = 0
    time_withheld: bool = False
    needed: tuple[str, str] | None = None


class HasStanding(Protocol):
    """What a headline is said from: an answer, or what a reader outside the district may see of one."""

    @property
    def day(self) -> date: ...
    @property
    def district(self) -> pd.Series: ...
    @property
    def by_role(self) -> pd.DataFrame: ...
    @property
    def range(self) -> Range: ...


def standing_of(answer: HasStanding) -> Standing:
    """The one place that decides which numbers a headline has and with how many decimals.

    The three numbers agree as they stand: where one decimal would make needed minus had differ from the gap
    by rounding, all three get more decimals. An available FTE that is NaN is withheld, and the gap with it.
    """
    premised = cast(Answer, getattr(answer, "whole", answer))  # premises are the whole answer's, whoever reads
    row, ota = answer.district, answer.by_role.loc["OTA"]
    required, available, gap = row["required_fte"], row["available_fte"], row["gap_fte"]
    otas = bool(ota["required_fte"] or ota["available_fte"] > 0)
    if not required:
        return Standing(answer.day, otas, available=fte(available) if available > 0 else "")
    status, waits = answer_status(premised), len(open_premises(premised))
    if isnan(available):
        digits = fte_digits(required)
        likely = shown(answer.range.p10, digits), shown(answer.range.p90, digits)
        needed = None if likely[0] == likely[1] else likely
        withheld = status != NEED_ONLY
        return Standing(
            answer.day, otas, shown(required, digits), time_withheld=withheld, needed=needed, status=status, waits=waits
        )
    digits = agreeing_digits(required, available)
    even = bool(abs(gap) < EVEN_FTE and available)
    span = gap_ends(premised, answer)
    low, high = (_side(end, digits) for end in (span.low, span.high))
    across = bool(abs(gap) < EVEN_FTE) or (low.kind, high.kind) == (SHORT, ROOM)
    if not across:
        low, high = sorted((low, high), key=lambda side: float(side.fte.replace(",", "")))
    short = row["shortfall_total_fte"]
    return Standing(
        answer.day,
        otas,
        shown(required, digits),
        shown(available, digits) if available else "",
        bool(not available and row["contracted_fte"]),
        Side(EVEN if even else SHORT if gap < 0 else ROOM, shown(abs(gap), digits)),
        None if low == high else (low, high),
        across,
        fte(short) if available and gap >= -EVEN_FTE and short >= EVEN_FTE else "",  # one that is withheld is NaN
        status,
        waits,
    )


def _side(gap: float, digits: int) -> Side:
    written = rounded(gap, digits)
    return Side(EVEN if written == 0 else SHORT if written < 0 else ROOM, shown(abs(written), digits))


def headline(answer: HasStanding, district_name: str = "") -> str:
    """What the district needs, has and lacks in two sentences, as plain text."""
    name, said = district_name.strip() or "The district", standing_of(answer)
    who, day = "OT and OTA" if said.otas else "OT", in_words(said.day)
    if not said.required and not said.available:
        return (
            f"{name}: there is nothing to count on {day}. No service is in force and nobody is in post; "
            "check the day, or load a roster."
        )
    if not said.required:
        return f"{name} has {said.available} FTE of {who} time, and no service is in force on {day}."
    needs = f"{name} needs {said.required} FTE of {who} time for the services on its plans of {day}"
    if said.status == NEED_ONLY or said.time_withheld:
        likely = f" (likely between {said.needed[0]} and {said.needed[1]})" if said.needed else ""
        why = TIME_WITHHELD if said.time_withheld else "Nobody has said yet who is in post, so no gap can be given."
        return f"{needs}{likely}. {why}"
    if not said.available:
        nobody = "everyone in post is on leave" if said.on_leave else "nobody is in post"
        return f"{needs}, and {nobody}. {_gap(said)}."
    so_far = "provisionally, " if said.status == PROVISIONAL else ""
    even_so = f" Even so, {so_far}{said.unfitted} FTE of work does not fit the week of those who have it, or has no therapist."
    return f"{needs} and has {said.available}. {_gap(said)}.{even_so if said.unfitted else ''}"


def _gap(said: Standing) -> str:
    gap = {
        SHORT: f"it is short {said.gap.fte} FTE",
        ROOM: f"it has room for {said.gap.fte} FTE",
        EVEN: "that is about even",
    }[said.gap.kind]
    waits = ""
    if said.status == PROVISIONAL:
        gap, waits = (
            f"provisionally, {gap}",
            f" until {count(said.waits, 'open premise is', 'open premises are')} settled",
        )
    gap = gap[:1].upper() + gap[1:]
    if said.spread is None:
        return f"{gap}{waits}"
    low, high = (_end(side) if said.across else side.fte for side in said.spread)
    return f"{gap} ({'' if waits else 'likely '}between {low} and {high}{waits})"


def _end(side: Side) -> str:
    return {SHORT: f"short {side.fte} FTE", ROOM: f"room for {side.fte} FTE", EVEN: "even"}[side.kind]
