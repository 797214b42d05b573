"""The same district by other published methods: each a plain formula with its source and what it leaves out.

The results answer different questions; differences come from groups, overhead and travel, and a multiplier
that already holds meetings must never be added to itemized time. `method_differences` says what each cause is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from workload.rules.packs import RulePack
from workload.rules.rule import Rule
from workload.staffing import method_formulas
from workload.staffing.caps.caseload_caps import heads_of
from workload.staffing.likely_range import Range
from workload.staffing.required import AT, Staffing

HOUSE = "wisn-itemized"  # this tool's own method
# What a method starts from: students' or therapists' hours a week, of all lines or of direct lines only.
STUDENT_HOURS, DIRECT_HOURS, HEADS, UNITS, ITEMS = "student hours", "direct therapist hours", "heads", "units", "items"


@dataclass(frozen=True)
class MethodResult:
    """One method's required FTE for the district, low to high, with its force, source and limits.

    counts, hours, multiplier   what it starts from, hours a week of that, and the factor put on them
    """

    method: str
    label: str
    low: float
    high: float
    force: str
    evidence: str
    source: str
    inputs: str
    leaves_out: str
    not_with: str = ""
    counts: str = ITEMS
    hours: float | None = None
    multiplier: float = 1.0

    @property
    def middle(self) -> float:
        """Halfway between low and high, FTE."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that a method may ask for.

    flynn           hours worked for each hour of IEP intervention, from a time study; None without one
    flynn_words     which time study, in words
    delaware        pupil units by name (k3, grades_4_12, basic, intensive, complex_); None without them
    """

    staffing: Staffing
    spread: Range
    packs: tuple[RulePack, ...] = ()
    services: object = None
    flynn: float | None = None
    flynn_words: str = ""
    delaware: Mapping[str, float] | None = None

    @property
    def week(self) -> float:
        return self.staffing.full_week

    @property
    def required_fte(self) -> float:
        return float(self.staffing.workload.sum() / self.week)

    @property
    def student_hours(self) -> float:
        return method_formulas.nc_iep_hours(self.staffing.demand.student_minutes / self.staffing.demand.weeks)

    @property
    def direct_hours(self) -> float:
        return float(self.staffing.person_hours[:, AT["direct"]].sum())


def itemized(given: Inputs) -> MethodResult:
    """The house method with its range."""
    return MethodResult(
        HOUSE,
        "Itemized workload (this tool's method)",
        min(given.spread.p10, given.required_fte),
        max(given.spread.p90, given.required_fte),
        "guidance",
        "V",
        "World Health Organization, Workload Indicators of Staffing Need; the standards are the district's",
        "every line, evaluation, meeting and trip",
        "nothing that the district has given",
        "do not add a multiplier to it",
    )


def nc_hours(given: Inputs) -> MethodResult:
    """Students' IEP hours over 40 to 35 hours."""
    total = given.student_hours
    return MethodResult(
        "nc-iep-hours",
        "IEP hours (SLP benchmark)",
        method_formulas.fte_of_hours(total, method_formulas.NC_HOURS_LOW),
        method_formulas.fte_of_hours(total, method_formulas.NC_HOURS_HIGH),
        "guidance",
        "V-part",
        "North Carolina Workload Assessment for SLPs, a small sample",
        f"{total:.1f} student hours a week; 40 to 35 hours are one FTE",
        "groups are not collapsed; evaluations, meetings, travel are not counted apart",
        "the hours of one FTE already leave room for other work: never add itemized time",
        STUDENT_HOURS,
        total,
    )


def nc_direct(given: Inputs) -> MethodResult:
    """Direct therapist hours times 1.5 over the full week."""
    fte = method_formulas.fte_of_hours(method_formulas.NC_MULTIPLIER * given.direct_hours, given.week)
    return MethodResult(
        "nc-direct-1.5",
        "Direct hours × 1.5",
        fte,
        fte,
        "reported",
        "R",
        "North Carolina Workload Assessment; the division by the full week is ours",
        f"{given.direct_hours:.1f} direct therapist hours a week, groups collapsed",
        "the district's own evaluations, travel and supervision",
        "the 1.5 already holds IEPs, conferences and Medicaid: never add itemized time",
        DIRECT_HOURS,
        given.direct_hours,
        method_formulas.NC_MULTIPLIER,
    )


def flynn(given: Inputs) -> MethodResult | None:
    """Direct therapist hours times the measured ratio over the full week; None without a time study."""
    if given.flynn is None or not np.isfinite(given.flynn):
        return None
    fte = method_formulas.flynn_fte(given.direct_hours, given.flynn, given.week)
    return MethodResult(
        "flynn-ratio",
        "Measured ratio of all work to IEP sessions (Flynn)",
        fte,
        fte,
        "reported",
        "R",
        "UNC Greensboro / Easterseals 2023: the label was read, the ratio is rebuilt from it",
        f"{given.direct_hours:.1f} direct therapist hours a week × {given.flynn:.2f}{given.flynn_words}",
        "work that the study's weeks did not hold, such as evaluations at the end of the year",
        "the ratio already holds everything that was logged: never add itemized time",
        DIRECT_HOURS,
        given.direct_hours,
        given.flynn,
    )


def nysed(given: Inputs) -> MethodResult:
    """Mandated half-hours over the half-hours of the year, at 100 % and 80 % use."""
    demand = given.staffing.demand
    sessions = float(demand.student_minutes.sum() / method_formulas.HALF_HOUR_MINUTES)
    half_hours, days = given.week / 5 * 2, demand.weeks * 5
    staff = [method_formulas.nysed_staff(sessions, days, half_hours, use) for use in method_formulas.NYSED_USES]
    return MethodResult(
        "nysed-sessions",
        "Half-hour sessions (New York), 100 % and 80 % of the day",
        min(staff),
        max(staff),
        "reported",
        "R",
        "New York State Education Department, Rate Setting Unit, 2007; equation rebuilt from its outputs",
        f"{sessions:,.0f} half-hour student sessions a year; {days:g} days of {half_hours:g} half-hours",
        "groups, evaluations, meetings, travel",
        "the 20 % that is not delivered already stands for other work",
        STUDENT_HOURS,
        given.student_hours,
    )


def direct_24(given: Inputs) -> MethodResult:
    """Direct therapist hours over 24."""
    fte = method_formulas.fte_of_hours(given.direct_hours, method_formulas.DIRECT_THRESHOLD_HOURS)
    return MethodResult(
        "direct-24",
        "24 direct hours a week",
        fte,
        fte,
        "reported",
        "S",
        "OT Schoolhouse Podcast 168, 2025 (the phrase was read; its reasoning was not readable)",
        f"{given.direct_hours:.1f} direct therapist hours a week",
        "everything but direct time; a rule of thumb",
        "the hours beside the 24 already stand for other work: never add itemized time",
        DIRECT_HOURS,
        given.direct_hours,
    )


def three_to_one(given: Inputs) -> MethodResult:
    """The direct week of the 3:1 model when no minutes are given up.

    From: all other work that can moves to the fourth week. To: other work stays in every week.
    """
    extra = given.direct_hours * (method_formulas.CYCLE_WEEKS / method_formulas.DIRECT_WEEKS - 1)
    share = given.staffing.assumptions.category_share
    peak = given.required_fte + method_formulas.fte_of_hours(extra / (1 - share), given.week)
    floor = max(given.required_fte, method_formulas.fte_of_hours(given.direct_hours + extra, given.week))
    direct_weeks, indirect_weeks = method_formulas.three_to_one_weeks(given.staffing.demand.weeks)
    return MethodResult(
        "three-to-one",
        "3:1 model, the direct week",
        floor,
        peak,
        "reported",
        "R",
        "3:1 service model: minutes written for a four-week cycle, three direct weeks, one indirect",
        f"{given.direct_hours:.1f} direct hours a week become {given.direct_hours + extra:.1f} in each of "
        f"{direct_weeks:g} direct weeks; {indirect_weeks:g} weeks are indirect",
        "leaving the sessions as they are instead gives up a quarter of the minutes",
        "it is the itemized workload of a week with sessions: never add the two",
    )


def caseload_cap(given: Inputs) -> MethodResult | None:
    """Students over the state's cap, band by band; None without a cap for OTs in force."""
    day = given.staffing.demand.day
    pack = next((one for one in given.packs if _caps(one, day)), None)
    if pack is None:
        return None
    caps, heads = _caps(pack, day), heads_of(given.staffing, given.services)
    lines = given.staffing.demand.lines
    low = high = 0.0
    counts = []
    for rule in caps:
        rows = ~lines.is_consult if rule.counts == "direct students" else np.ones(len(lines.student), bool)
        students = len(heads.of_band(np.unique(lines.student[rows]), rule.band))
        limits = [limit for limit in (rule.value, rule.with_assistant) if limit]
        low, high = (
            low + method_formulas.fte_of_caseload(students, max(limits)),
            high + method_formulas.fte_of_caseload(students, min(limits)),
        )
        counts.append(
            f"{students} {rule.unit}{f', {rule.band}' if rule.band else ''}, at most "
            + " or ".join(f"{limit:g}" for limit in sorted(limits))
        )
    first = caps[0]
    return MethodResult(
        "caseload-cap",
        f"Caseload cap ({pack.name})",
        low,
        high,
        first.force if first.force in ("law", "guidance", "contract", "reported") else "example",
        first.evidence,
        first.citation,
        "; ".join(counts),
        "everything but heads: minutes, groups, evaluations, travel",
        "a cap is a limit and no measure of need: never add time to it",
        HEADS,
    )


def _caps(pack: RulePack, day: date) -> list[Rule]:
    return [rule for rule in pack.of_kind("caseload_cap", day) if rule.is_for_ots and rule.scope == "person"]


def delaware(given: Inputs) -> MethodResult | None:
    """Delaware's funding units; None without the pupil units."""
    if given.delaware is None:
        return None
    units = method_formulas.delaware_units(**given.delaware)
    return MethodResult(
        "delaware-units",
        "Funding units for all related services (Delaware)",
        units,
        units,
        "law",
        "V",
        "14 Del. C. §1716A",
        "pupil units: " + ", ".join(f"{name.strip('_')} {count:g}" for name, count in given.delaware.items()),
        "minutes, evaluations, travel; OT's own part of the units",
        "units for all related services together, not OT FTE",
        UNITS,
    )


METHODS: tuple[Callable[[Inputs], MethodResult | None], ...] = (
    itemized,
    nc_hours,
    nc_direct,
    flynn,
    nysed,
    direct_24,
    three_to_one,
    caseload_cap,
    delaware,
)


def methods_side_by_side(
    staffing: Staffing, spread: Range, pack: RulePack | None = None, **more: Any
) -> list[MethodResult]:
    """Every method that what is known can feed, the house method first. `more` are further fields of `Inputs`."""
    given = Inputs(staffing, spread, (pack,) if pack else (), **more)
    return [result for result in (method(given) for method in METHODS) if result is not None]
