"""The ask with its money: each part with the month it starts, dollars in this school year and in a full year.

One record for pages, packets and JSON; none of them works out dollars of its own.

priced_ask(answer, rates)                         # the ask of the answer's day
ask_on_both_days(answer, date(2027, 1, 4), rates) # beside it the ask of the day that it is needed by
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workload.answer import Answer
from workload.model.units import NOTHING_FTE
from workload.model.words import fte_number, month_and_year, rounded, significant
from workload.premises.premise_list import answer_status
from workload.scenarios.cost import EMPLOYEE, Rates
from workload.staffing.ask_parts import AskParts
from workload.staffing.required import presence
from workload.staffing.tables import OTA

PERMANENT, FILL, COVER = "permanent", "fill", "cover"
DOLLAR_DIGITS = 2  # an FTE of one decimal and an example rate bear no more
OWN_STEP = 1000.0  # dollars; of the district's own rates


@dataclass(frozen=True)
class Dollars:
    """Dollars of a part or of several.

    this_year  in the school year in which it starts, start-up included
    full_year  in each full year after that; temporary cover has none
    """

    this_year: float
    full_year: float

    def __add__(self, other: Dollars) -> Dollars:
        return Dollars(self.this_year + other.this_year, self.full_year + other.full_year)


NOTHING = Dollars(0.0, 0.0)


def bearable(amount: float, example: bool) -> float:
    """An amount to the digits that its rates bear: two where one is an example, thousands where all are the district's."""
    return significant(amount, DOLLAR_DIGITS) if example else rounded(amount / OWN_STEP, 0) * OWN_STEP


@dataclass(frozen=True)
class PricedPart:
    """One part of the ask.

    kind    permanent, fill (already budgeted) or cover (temporary)
    fte     FTE that are there when it is filled; `contract_fte` is what is paid for, more by the days of absence
    start   the day from which it is paid; `until` is the last day of cover, None where no end is given
    rates   the ids of the rates behind its dollars
    """

    kind: str
    role: str
    fte: float
    contract_fte: float
    start: date
    until: date | None
    dollars: Dollars
    rates: tuple[str, ...]

    @property
    def start_month(self) -> str:
        """ "October 2026"."""
        return month_and_year(self.start)


@dataclass(frozen=True)
class PricedAsk:
    """The ask of one day. `required_fte`, `available_fte` and `gap_fte` are those of `day`; `status` says how sure."""

    day: date
    status: str
    required_fte: float
    available_fte: float
    gap_fte: float
    ask: AskParts
    parts: tuple[PricedPart, ...]
    rates: Rates

    def dollars(self, *kinds: str) -> Dollars:
        """The dollars of all parts of some kinds; of every kind where none is named."""
        return total(part.dollars for part in self.parts if not kinds or part.kind in kinds)

    def told(self, *kinds: str) -> Dollars:
        """`dollars` as the sum of the parts as they are told, so that what is read adds up."""
        return total(self.told_of(part) for part in self.parts if not kinds or part.kind in kinds)

    def told_of(self, part: PricedPart) -> Dollars:
        """The dollars of the FTE of a part as it is shown, as far as its rates bear them: the same on page and packet."""
        shown = fte_number(part.fte) / part.fte if part.fte else 1.0
        of, example = part.dollars, bool(self.example_rates)
        return Dollars(bearable(shown * of.this_year, example), bearable(shown * of.full_year, example))

    @property
    def example_rates(self) -> tuple[str, ...]:
        """The rates behind the dollars that are examples and not the district's own."""
        used = dict.fromkeys(id for part in self.parts for id in part.rates)
        return tuple(id for id in used if self.rates.source(id)[0] == "example")


def total(dollars: Iterable[Dollars]) -> Dollars:
    return sum(dollars, NOTHING)


def priced_ask(answer: Answer, rates: Rates | None = None, start: date | None = None) -> PricedAsk | None:
    """The ask of the answer's day; None while nobody has said who is in post.

    start  the day from which posts are paid; the answer's day where none is given. Cover has its own dates: it begins
           with the answer's day or the leave, whatever day the posts wait for
    """
    ask, prices, row = answer.ask, rates or Rates(), answer.district
    if ask is None:
        return None
    first = max(start or answer.day, answer.day)
    posts = [
        (kind, role, fte) for kind in (PERMANENT, FILL) for role, fte in getattr(ask, kind).items() if fte > NOTHING_FTE
    ]
    parts = [_post(answer, prices, kind, role, fte, first) for kind, role, fte in posts]
    for one in ask.cover:
        begins = max(answer.day, one.start)
        dollars = _cover_dollars(answer, prices, one.role, one.fte, begins, one.until)
        parts.append(PricedPart(COVER, one.role, one.fte, one.fte, begins, one.until, dollars, (_agency(one.role),)))
    required, available, gap = (float(row[name]) for name in ("required_fte", "available_fte", "gap_fte"))
    return PricedAsk(answer.day, answer_status(answer), required, available, gap, ask, tuple(parts), prices)


def ask_on_both_days(
    answer: Answer, needed_by: date | None = None, rates: Rates | None = None
) -> tuple[PricedAsk | None, PricedAsk | None]:
    """(the ask of the answer's day, the ask of the day it is needed by); without such a later day the second is None.

    What is only missing until then, as somebody on leave is, is not in the second.
    """
    now = priced_ask(answer, rates, needed_by)
    if needed_by is None or needed_by <= answer.day:
        return now, None
    return now, priced_ask(answer.on(needed_by), rates)


def _post(answer: Answer, prices: Rates, kind: str, role: str, fte: float, start: date) -> PricedPart:
    """A post of the district's own. Its contract is larger than the time that it gives by the days of absence."""
    contract = fte / presence(answer.assumptions)
    yearly = contract * prices.full_cost(role == OTA)
    share = answer.demand.school_weeks(start) / answer.demand.school_weeks(answer.calendar.first_of(start))
    rates = ("salary_ota" if role == OTA else "salary_ot", "benefits_share", "start_up_post")
    return PricedPart(
        kind,
        role,
        fte,
        contract,
        start,
        None,
        Dollars(yearly * share + contract * prices["start_up_post"], yearly),
        rates,
    )


def _agency(role: str) -> str:
    return "agency_ota" if role == OTA else "agency"


def _cover_dollars(answer: Answer, prices: Rates, role: str, fte: float, start: date, until: date | None) -> Dollars:
    """Agency hours in the weeks with school from `start` to `until`, to the last day of school where no end is given."""
    weeks = answer.demand.school_weeks(start, until)
    return Dollars(fte * answer.staffing.full_week * weeks * prices.hourly(EMPLOYEE, role == OTA), 0.0)
