"""What a resignation costs, who is new and already overfull, and what would keep a person.

cost = leaving_cost(answer, post, Rates())             # lines in dollars, with the hours behind them
newcomers(answer)                                      # new posts, how far their ramp is, and how full their weeks are
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.packaged_data import entries_in
from workload.model.units import DAYS_PER_CALENDAR_WEEK
from workload.scenarios.cost import CostLine, Rate, Rates, total
from workload.staffing.required import capacity

SIZES = ((10_000, "replacement_small"), (50_000, "replacement_medium"), (float("inf"), "replacement_large"))
OVERFULL = 1.2  # project choice, an example: of the contract's hours
NEW_WEEKS = 40  # project choice, an example: about a school year
HELP_FTE = 0.2  # one day a week of somebody else


@cache
def turnover_values() -> Mapping[str, Rate]:
    """Every value of `data/turnover.toml` by its id."""
    return MappingProxyType({id: Rate(id=id, **entry) for id, entry in entries_in("turnover").items()})


@dataclass(frozen=True)
class LeavingCost:
    """What it costs when one post falls vacant and is filled again. The lines are in dollars, once."""

    lines: tuple[CostLine, ...]
    replacement: str  # id of the published figure that was taken
    vacant_hours: float
    ramp_hours: float
    mentor_hours: float
    full_year: float  # dollars a year of a full-time post of this role

    @property
    def dollars(self) -> float:
        return total(self.lines)[0]

    @property
    def weeks_of_help(self) -> float:
        """Weeks for which the same money pays one day a week of somebody else, of a year of 52."""
        a_week = HELP_FTE * self.full_year / 52
        return self.dollars / a_week if a_week > 0 else float("nan")


def size_of(answer: Answer) -> str:
    """The published figure for a district of this enrollment; the smallest where the enrollment is not known."""
    known = answer.schools["enrollment"]
    students = float(known.sum()) if len(known) and known.notna().all() else 0.0
    return next(id for most, id in SIZES if students < most)


def ramp_hours(week: float, weeks: float, start: float) -> float:
    """Hours that a new therapist does not give yet: the share rises evenly from `start` to 1 over the weeks.

    week  hours a week of the contract
    """
    return week * weeks * (1 - start) / 2


def leaving_cost(answer: Answer, post: int, rates: Rates, values: Mapping[str, float] | None = None) -> LeavingCost:
    """The cost of one resignation: bought cover less the pay that is saved, replacing, settling in, and the mentor.

    post    the place of the person in `answer.demand.people`
    values  own values over those of `data/turnover.toml`

    Hours of settling in and of the mentor are priced at what an hour of such a post costs, benefits included.
    """
    told = {id: one.value for id, one in turnover_values().items()} | dict(values or {})
    people, weeks_of_year = answer.demand.people, float(answer.assumptions["contract_weeks"])
    fte, week = float(capacity(answer.demand, answer.assumptions)[0][post]), answer.staffing.full_week
    own, is_ota = fte * week, bool(people.is_ota[post])
    full_year = rates.full_cost(is_ota)
    an_hour = full_year / (week * weeks_of_year)
    vacant = own * told["weeks_vacant"]
    settling, mentor = (
        ramp_hours(own, told["ramp_weeks"], told["ramp_start"]),
        told["mentor_hours"] * told["ramp_weeks"],
    )
    size, pay = size_of(answer), ("salary_ota" if is_ota else "salary_ot", "benefits_share")
    lines = (
        CostLine("Agency cover while the post is vacant", vacant * rates.hourly("agency", is_ota), 0, ("agency",)),
        CostLine("Pay that is saved meanwhile", -vacant * an_hour, 0, pay),
        CostLine("Replacing: separation, recruiting, training", told[size], 0, (size,)),
        CostLine("Hours that the new one does not give yet", settling * an_hour, 0, (*pay, "ramp_weeks", "ramp_start")),
        CostLine("Mentor's time", mentor * an_hour, 0, (*pay, "mentor_hours", "ramp_weeks")),
    )
    return LeavingCost(lines, size, vacant, settling, mentor, full_year)


def newcomers(answer: Answer, values: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Everybody in post who began in the last weeks, in the order of the roster.

    Columns: code, weeks_in_post, utilization, overfull (above `OVERFULL`), in_ramp, gives (share of a full week that the
    ramp says). Without first days on the Therapists sheet nobody is known to be new.
    """
    told = {id: one.value for id, one in turnover_values().items()} | dict(values or {})
    people = answer.demand.people
    starts = answer.roster.therapists.dropna(subset=["start"]).groupby("therapist")["start"].max()
    used = dict(zip(answer.people["therapist"], answer.people["utilization"], strict=True))
    rows = []
    for code in np.flatnonzero(people.in_post[:-1]):
        if people.names[code] not in starts.index:
            continue
        weeks = (pd.Timestamp(answer.day) - starts[people.names[code]]).days / DAYS_PER_CALENDAR_WEEK
        if not 0 <= weeks < NEW_WEEKS:
            continue
        utilization = float(used.get(people.names[code], float("nan")))
        reached = min(1.0, weeks / told["ramp_weeks"]) if told["ramp_weeks"] else 1.0
        rows.append(
            {
                "code": int(code),
                "weeks_in_post": weeks,
                "utilization": utilization,
                "overfull": utilization > OVERFULL,
                "in_ramp": reached < 1,
                "gives": told["ramp_start"] + (1 - told["ramp_start"]) * reached,
            }
        )
    return pd.DataFrame(rows, columns=["code", "weeks_in_post", "utilization", "overfull", "in_ramp", "gives"])
