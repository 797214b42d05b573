"""The money of the ask as one reader is told it: each position with its months, recurring or not, in rounded dollars.

The dollars are those of the priced ask; outside they follow from the told FTE, so that they are no second grid on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workload.model.words import shown
from workload.report.ask_record import COVER, Part
from workload.report.told_ask import EITHER
from workload.scenarios.priced_ask import PricedAsk, PricedPart, bearable
from workload.staffing.tables import OT


@dataclass(frozen=True)
class Position:
    """One position of the ask with its dollars as told.

    this_year   from its start to June 30, start-up inside; `full_year` a whole year, nothing for cover, which ends
    """

    part: Part
    start: date
    until: date | None
    this_year: float
    full_year: float

    @property
    def recurring(self) -> bool:
        """Whether it comes again each year."""
        return self.part.kind != COVER


def positions(parts: Sequence[Part], asked: PricedAsk) -> list[Position]:
    """The told parts of an ask with the dollars of the priced ask, in proportion to the told FTE.

    Parts told for both roles together are priced as OT time, the dearer: the true mix would tell of one or two people.
    """
    made = []
    for part in parts:
        of_kind = [one for one in asked.parts if one.kind == part.kind]
        same = [one for one in of_kind if _of(one, part)] or of_kind
        fte = sum(one.fte for one in same)
        if not fte:
            continue
        scale = float(part.fte.replace(",", "")) / fte
        this_year, full = (
            bearable(scale * sum(getattr(one.dollars, name) for one in same), bool(asked.example_rates))
            for name in ("this_year", "full_year")
        )
        made.append(Position(part, min(one.start for one in same), part.until, this_year, full))
    return made


def _of(one: PricedPart, part: Part) -> bool:
    """Whether a priced part is inside a told one; outside covers of several ends are told as one."""
    return one.role == (OT if part.role == EITHER else part.role) and (
        part.kind != COVER or part.until is None or one.until is None or one.until <= part.until
    )


def dollars(amount: float | None, example: bool = False) -> str:
    """ "$310,000": to two figures where rates are examples, to thousands where they are the district's; a dash for nothing known."""
    if amount is None:
        return "–"
    told = bearable(amount, example)
    return f"−${shown(-told, 0)}" if told < 0 else f"${shown(told, 0)}"
