"""What one reader may be told of people: two weeks without codes, counts of weeks that do not fit, counts over a cap, one's own week.

A room of the gate: nobody is named, and a count of one or two people is not told outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workload.model.roster import UNASSIGNED
from workload.model.units import hours
from workload.report.gate import FEWEST_PEOPLE, HOURS_STEP, stepped
from workload.report.reader_view import View

FEWEST_OF_A_ROLE = 5  # people of a role, so that nobody is found behind two weeks of it


@dataclass(frozen=True)
class TwoWeeks:
    """Two weeks of one role as told: `few` students with `more` hours of work, `many` with `less`, of a contract of `week` hours."""

    role: str
    few: float
    many: float
    more: float
    less: float
    week: float


def two_weeks(view: View) -> TwoWeeks | None:
    """The pair of Home without codes. Outside it is rounded, and told only where the role has people enough; None without one."""
    people = view.answer.people
    if not view.answer.posts_known or (two := view.answer.two_weeks) is None:
        return None
    rows, gate = people.set_index("therapist"), view.gate
    fuller, lighter = rows.loc[two.fuller], rows.loc[two.lighter]
    of_role = people[(people["role"] == fuller["role"]) & (people["available_hours"] > 0)]
    crowd = int((of_role["therapist"] != UNASSIGNED).sum())
    if not gate.open and (crowd < FEWEST_OF_A_ROLE or gate.hides(int(fuller["caseload"]))):
        return None
    few, many = (float(gate.whole(one["caseload"])) for one in (fuller, lighter))
    more, less = (gate.hours(one["workload_hours"]) for one in (fuller, lighter))
    week = view.answer.staffing.full_week if not gate.open else float(fuller["available_hours"])
    if not gate.open and abs(week - fuller["available_hours"]) > HOURS_STEP / 2:
        week = stepped(fuller["available_hours"], HOURS_STEP)  # another contract than the full week
    if few >= many or not more > week >= less:  # rounding has taken the point away
        return None
    return TwoWeeks(fuller["role"], few, many, more, less, week)


def _there(view: View) -> pd.DataFrame:
    table = view.answer.people
    return table[(table["therapist"] != UNASSIGNED) & (table["available_fte"] > 0)]


def weeks_too_full(view: View) -> tuple[int | None, int, float | None]:
    """(people whose week does not fit, people with time, FTE above contracts together); None for what few people would tell."""
    there = _there(view)
    over = (there["workload_hours"] > there["available_hours"] + 1e-9).to_numpy()
    if view.gate.of_few(over):
        return None, len(there), None
    beyond = (there["workload_hours"] - there["available_hours"]).clip(lower=0).sum() / view.answer.staffing.full_week
    return int(over.sum()), len(there), view.gate.fte(float(beyond))


@dataclass(frozen=True)
class OverCap:
    """A cap with how many people are over it: the number as told, None where it is one or two people and may not be."""

    id: str
    rule: str
    label: str
    force: str
    over: int | None
    held: int


def over_caps(view: View) -> list[OverCap]:
    """Each cap that is held against people, with counts and nobody's name."""
    checks: Mapping[tuple, list[bool]] = defaultdict(list)
    for person, held in view.answer.caps.items():
        if person != UNASSIGNED:
            for one in held:
                checks[one.id, one.rule, one.label, one.force].append(one.is_outside)
    found = []
    for key, outside in checks.items():
        over = sum(outside)
        hidden = not view.gate.open and 0 < over < FEWEST_PEOPLE
        rule, text, label, force = key
        found.append(OverCap(rule, text, label, force, None if hidden else over, len(outside)))
    return found


def outside_hours(view: View) -> tuple[int, float, int] | None:
    """(people who logged, hours outside the contract, days logged); None without a log of such hours."""
    work = view.answer.time_study.work
    if work.empty or "outside_contract" not in work:
        return None
    rows = work[work["outside_contract"].fillna(False).astype(bool)]
    people = work["therapist"].nunique()
    return people, float(hours(rows["minutes"].sum())), int(work.groupby("therapist")["date"].nunique().sum())


@dataclass(frozen=True)
class OwnWeek:
    """A person's own week in hours, for that person: nothing of it is anybody else's. `low` to `high` is the likely work."""

    label: str
    students: int
    schools: int
    work: float
    contract: float
    low: float
    high: float
    on_leave: bool
    kinds: tuple[tuple[str, float], ...]


def own_week(view: View, name: str) -> OwnWeek:
    """The week of one person as the file has it, exact: it goes to that person."""
    from workload.report.kinds_of_work import INSIDE

    row = view.answer.therapists.set_index("therapist").loc[name]
    full, on_leave = view.answer.staffing.full_week, bool(row["contracted_fte"] > 0 and row["available_fte"] == 0)
    kinds = [(one.code, float(sum(row[f"{code}_hours"] for code in one.activities))) for one in INSIDE]
    return OwnWeek(
        view.labels[name],
        int(row["caseload"]),
        int(row["schools"]),
        float(row["workload_hours"]),
        float(row["contracted_fte"]) * full if on_leave else float(row["available_hours"]),
        float(row["required_fte_p10"]) * full,
        float(row["required_fte_p90"]) * full,
        on_leave,
        tuple((code, taken) for code, taken in kinds if taken > 0),
    )


def people_of_view(view: View) -> list[str]:
    """The therapists of the roster who get a letter, in the order of their codes."""
    return [name for name in view.answer.people["therapist"] if name != UNASSIGNED]
