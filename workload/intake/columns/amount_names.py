"""One column of amounts: what it measures, of which kind, in which period."""

from __future__ import annotations

from dataclasses import dataclass

from workload.intake.cells.values import read_period
from workload.intake.columns.mapped_column import MappedColumn
from workload.model.columns import SERVICES

TOTALS = {
    "minutes_per_week": "week",
    "minutes_per_month": "month",
    "minutes_per_year": "year",
    "hours_per_week": "week",
}
ALL_TOTALS = (*TOTALS, "minutes_per_period")

# Names of presets and templates for what is a kind of minutes: (amount, kind).
OF_A_KIND = {
    "direct_minutes": ("minutes_per_session", "direct"),
    "direct_outside_minutes": ("minutes_per_session", "outside"),
    "indirect_minutes": ("minutes_per_session", "consult"),
    "direct_period": ("period", "direct"),
    "direct_outside_period": ("period", "outside"),
    "indirect_period": ("period", "consult"),
}
ALSO = "also"  # a second column of minutes that adds to the first, such as the assistant's beside the OT's
KINDS_IN_ORDER = ("", ALSO, "individual", "direct", "group", "outside", "consult")
SHARED = ("sessions", "period", "frequency_text", "time_unit")
AMOUNT_NAMES = frozenset({"minutes_per_session", *SHARED, *ALL_TOTALS, *OF_A_KIND})


@dataclass(frozen=True)
class AmountColumn:
    """One column of amounts: what it measures, of which kind, in which period and unit by its heading."""

    key: str
    name: str
    kind: str
    period: str
    unit: str
    heading: str

    @classmethod
    def of(cls, column: MappedColumn) -> AmountColumn:
        name, kind = OF_A_KIND.get(column.name, (column.name, column.kind))
        period = column.period or TOTALS.get(name, "") or (_period_in_heading(column.heading) or "")
        if name == "minutes_per_session" and period == "day":
            period = ""  # "Minutes per day" beside "Days per week": how often is said there, whichever stands first
        return cls(column.key, name, kind, period, column.unit, column.heading)


def _period_in_heading(heading: str) -> str | None:
    """The period that a heading states after "per" or a slash: "Sessions per 6-day cycle"."""
    words = heading.replace("/", " per ").split(" per ")
    period = read_period(words[-1].strip(" )"), SERVICES.column("period")) if len(words) > 1 else None
    return period if isinstance(period, str) else None
