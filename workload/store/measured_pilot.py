"""A measured pilot: the schools where something was tried and the others, before and after.

What the plans ask for and who is there comes from two kept months; what was delivered comes from minutes that were
recorded. Nothing here says why something changed: it says by how much more than elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workload.model.roster import NO_SCHOOL
from workload.staffing.delivered.compliance import Delivered
from workload.store.months import Month

STUDENTS, REQUIRED, AVAILABLE, DELIVERED = (
    "students",
    "FTE required",
    "FTE available",
    "share of owed minutes delivered",
)
OF_MONTHS = {STUDENTS: "caseload", REQUIRED: "required_fte", AVAILABLE: "available_fte"}
PILOT, OTHERS = "pilot schools", "other schools"
FEW_SCHOOLS = 5  # of each kind; with fewer, one school decides the figure. A project choice


@dataclass(frozen=True, eq=False)
class MeasuredPilot:
    """table: measure, group, before, after and change, missing where nothing is known; more: measure -> by how much more the pilot schools changed."""

    table: pd.DataFrame
    more: dict[str, float]
    notices: tuple[str, ...]


def measured_pilot(
    before: Month, after: Month, schools: Collection[str], began: date, delivered: Delivered | None = None
) -> MeasuredPilot:
    """Compare the pilot schools with the others.

    schools    those of the pilot, as the roster writes them
    began      the day on which it began: delivered minutes of earlier months are before, of its month and later after
    delivered  minutes owed and delivered, row by row with school and month
    """
    chosen, ends = frozenset(schools), []
    for month in (before, after):
        table = month.answer.schools
        table = table[table["school"] != NO_SCHOOL]
        ends.append(table.assign(group=table["school"].isin(chosen).map({True: PILOT, False: OTHERS})))
    rows = []
    for measure, column in OF_MONTHS.items():
        for group in (PILOT, OTHERS):
            was, now = (float(end.loc[end["group"] == group, column].sum(min_count=1)) for end in ends)
            rows.append((measure, group, was, now))
    shares, untold = _delivered(chosen, began, delivered)
    rows += [(DELIVERED, group, *shares[group]) for group in (PILOT, OTHERS) if group in shares]
    made = pd.DataFrame(rows, columns=["measure", "group", "before", "after"])
    made["change"] = made["after"] - made["before"]
    changes = made.set_index(["measure", "group"])["change"]
    more = {
        name: float(changes[name, PILOT] - changes[name, OTHERS])
        for name in dict.fromkeys(made["measure"])
        if pd.notna(changes.get((name, PILOT))) and pd.notna(changes.get((name, OTHERS)))
    }
    return MeasuredPilot(made, more, tuple(_notices(ends, chosen, shares, untold, delivered)))


def _delivered(
    chosen: frozenset[str], began: date, delivered: Delivered | None
) -> tuple[dict[str, tuple[float, float]], int]:
    """Group -> (share before, share after), where both are known; and the rows without a school or a month."""
    if delivered is None:
        return {}, 0
    rows = delivered.rows
    told = rows[rows["school"].notna() & (rows["school"] != NO_SCHOOL) & rows["month"].notna()]
    first = f"{began:%Y-%m}"
    shares = {}
    for group, here in ((PILOT, told["school"].isin(chosen)), (OTHERS, ~told["school"].isin(chosen))):
        ends = [told[here & (told["month"] < first)], told[here & (told["month"] >= first)]]
        owed = [float(end["required_minutes"].sum()) for end in ends]
        given = [float(end["delivered_minutes"].sum()) for end in ends]
        if all(owed):
            shares[group] = (given[0] / owed[0], given[1] / owed[1])
    return shares, len(rows) - len(told)


def _notices(ends: list[pd.DataFrame], chosen: frozenset[str], shares: dict, untold: int, delivered: Delivered | None):
    missing = sorted(chosen - set(ends[0]["school"]) | chosen - set(ends[1]["school"]))
    if missing:
        yield f"Not in both months: {', '.join(missing)}. Their figures are in one of them only."
    if delivered is None:
        yield "Nothing is measured yet: required and available FTE are plans. Bring in delivered minutes to measure."
    elif set(shares) != {PILOT, OTHERS}:
        yield "Delivered minutes with a school and a month are needed from before and after, of both kinds of schools."
    if untold:
        yield f"{untold:,} rows of delivered minutes name no school or no month and are left out of this comparison."
    sizes = [int((end["group"] == group).sum()) for end in ends for group in (PILOT, OTHERS)]
    if min(sizes) < FEW_SCHOOLS:
        yield (
            f"With fewer than {FEW_SCHOOLS} schools of a kind one school decides the figure. It says what changed, not why."
        )
