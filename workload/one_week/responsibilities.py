"""The tick list of what else fills a therapist's week: each with hours to start from, and what it is counted as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from workload.model.packaged_data import entries_in

WEEK, YEAR = "week", "year"
NAMED_DUTY, MTSS, STAFF_TIME = "named_duty", "mtss", "staff_time"
MOST_STAFF_HOURS = 20.0


@dataclass(frozen=True)
class Responsibility:
    """One thing that a therapist may be asked to do. `hours` a `per` is only where its field starts."""

    id: str
    label: str
    hours: float
    per: str
    counts_as: str
    help: str
    force: str
    source: str
    evidence: str
    by: str


@cache
def responsibilities() -> Mapping[str, Responsibility]:
    """Every entry of `data/responsibilities.toml` by its id."""
    return MappingProxyType(
        {id: Responsibility(id=id, **entry) for id, entry in entries_in("responsibilities").items()}
    )


def weekly(id: str, hours: float, weeks: float) -> float:
    """Hours a week of a responsibility whose `hours` are a week's or a year's. weeks  that the year's are spread over"""
    return hours / weeks if responsibilities()[id].per == YEAR else hours


def hours_by_kind(ticked: Mapping[str, float], weeks: float) -> dict[str, float | None]:
    """Hours a week by what they count as; `staff_time` is None where nothing of the kind is ticked.

    ticked  hours by id, as they are typed: a week's or a year's
    """
    sums = dict.fromkeys((NAMED_DUTY, MTSS), 0.0)
    staff: float | None = None
    for id, hours in ticked.items():
        kind, a_week = responsibilities()[id].counts_as, weekly(id, hours, weeks)
        if kind == STAFF_TIME:
            staff = min((staff or 0.0) + a_week, MOST_STAFF_HOURS)
        else:
            sums[kind] += a_week
    return {**sums, STAFF_TIME: staff}
