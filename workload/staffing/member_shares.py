"""A cooperative's work and posts by member district: what each member uses, and what of the cost is its part.

Service hours belong to the member of the student. What belongs to a person as a whole (travel, planning, duties, the post
itself) is shared by the person's service hours for each member. Sums over the members are the district's own figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.model.coding import MISSING, Coded, distinct_pairs
from workload.model.roster import Roster
from workload.model.units import hours
from workload.staffing.required import AT, Staffing, capacity
from workload.work.activities import CODES, FROM_FEATURES, coefficients
from workload.work.demand import makeup_minutes
from workload.work.pair_sums import EVENT_FEATURES
from workload.work.travel import TravelTimes, legs

NOT_NAMED = "No member named"  # students of rows that do not say their district
SHARED = "Shared by all members"  # time and posts of people who serve no student


@dataclass(frozen=True, eq=False)
class MemberShares:
    """Hours a week by person, member and activity. Shapes: P people with Unassigned, M members and the two others."""

    staffing: Staffing
    roster: Roster
    members: tuple[str, ...]  # with `NOT_NAMED` and `SHARED` at the end
    hours: np.ndarray  # (P, M, 15)
    caseload: np.ndarray  # (M,) distinct students with a line in force

    @cached_property
    def part(self) -> np.ndarray:
        """(P, M) of each person's workload, the part that is each member's; rows add up to one."""
        return _parts(self.hours.sum(axis=2), _at_home(self.staffing, self.roster, self.members))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a member with what it uses and its part of the cost; those without work, posts and students left out.

        Columns: member, caseload, the 15 activity hours, workload_hours, required_fte, available_fte, gap_fte,
        share_of_work, share_of_students, annual_cost (of the posts whose cost the roster gives), posts_without_cost.
        """
        of_member, week = self.hours.sum(axis=0), self.staffing.full_week
        table = pd.DataFrame({"member": pd.Series(self.members, dtype=object), "caseload": self.caseload})
        for code, values in zip(CODES, of_member.T, strict=True):
            table[f"{code}_hours"] = values
        table["workload_hours"] = of_member.sum(axis=1)
        table["required_fte"] = table["workload_hours"] / week
        table["available_fte"] = (self.part * (self.staffing.available_hours / week)[:, None]).sum(axis=0)
        table["gap_fte"] = table["available_fte"] - table["required_fte"]
        table["share_of_work"] = _share(table["workload_hours"].to_numpy())
        table["share_of_students"] = _share(table["caseload"].to_numpy(dtype=float))
        known = np.nan_to_num(self.costs)[:, None] * self.part
        there, unpriced = self.staffing.demand.people.in_post, np.isnan(self.costs)
        table["annual_cost"] = known.sum(axis=0) if (there & ~unpriced).any() else np.nan
        table["posts_without_cost"] = ((self.part > 0) & (there & unpriced)[:, None]).sum(axis=0)
        used = (table["workload_hours"] > 0) | (table["available_fte"] > 0) | (table["caseload"] > 0)
        named = np.arange(len(table)) < len(self.members) - 2
        return table[used | named].reset_index(drop=True)

    @cached_property
    def allocation(self) -> pd.DataFrame:
        """One row for each person and member served: hours, the part of the person's week, FTE used, part of the cost."""
        somebody = (
            (self.hours.sum(axis=(1, 2)) > 0) | (self.staffing.available_hours > 0) | (np.nan_to_num(self.costs) > 0)
        )
        person, member = np.nonzero((self.part > 0) & somebody[:, None])
        part, names = self.part[person, member], self.staffing.demand.therapists
        return pd.DataFrame(
            {
                "member": pd.Series([self.members[at] for at in member], dtype=object),
                "therapist": pd.Series([names[at] for at in person], dtype=object),
                "workload_hours": self.hours.sum(axis=2)[person, member],
                "share_of_person": part,
                "available_fte": part * self.staffing.available_hours[person] / self.staffing.full_week,
                "annual_cost": part * self.costs[person],
            }
        ).sort_values(["member", "therapist"], kind="stable", ignore_index=True)

    @cached_property
    def costs(self) -> np.ndarray:
        """(P,) dollars a year of each post as the roster gives them: its cost, else its rate for the paid hours.

        NaN where the roster gives neither. Nobody not in post costs.
        """
        demand, assumptions = self.staffing.demand, self.staffing.assumptions
        table = self.roster.therapists.drop_duplicates("therapist").set_index("therapist")
        table = table.reindex(list(demand.people.names))
        annual, rate = (table[name].to_numpy(dtype=float) for name in ("annual_cost", "hourly_rate"))
        fte, _ = capacity(demand, assumptions)
        own = demand.people.hours_per_week[:-1]
        paid = np.where(np.isnan(own), fte[:-1] * self.staffing.full_week, own)
        made = np.where(np.isnan(annual), rate * paid * assumptions["contract_weeks"], annual)
        return np.append(np.where(demand.people.in_post[:-1], made, 0.0), 0.0)

    @cached_property
    def travel_between(self) -> tuple[float, float]:
        """(hours a week between schools of two members, by the day plans; travel hours of people without a day plan)."""
        people, values = self.staffing.demand.people, self.staffing.assumptions
        move, member = values["travel_minutes_per_move"], _member_of_school(self.roster)
        times = TravelTimes.of(self.roster.travel, self.roster.schools, values["travel_arrival_minutes"])
        between = 0.0
        for there, plan in zip(people.in_post, people.plans, strict=True):
            for origin, to in legs(plan) if there else ():
                one, other = member.get(origin), member.get(to)
                known = times.leg(origin, to)[0]
                between += (move if known is None else known) if one and other and one != other else 0.0
        unplanned = np.array([not plan for plan in people.plans])
        return hours(between), float(self.staffing.person_hours[unplanned, AT["travel"]].sum())


def member_shares(staffing: Staffing, roster: Roster) -> MemberShares | None:
    """The shares of the members of a cooperative; None for one district alone."""
    named = Coded.of(roster.services["district"])
    names = tuple(sorted(map(str, named.names)))
    if len(names) < 2:
        return None
    rank = np.array([names.index(str(name)) for name in named.names] + [len(names)])
    of_row, members = rank[named.codes], (*names, NOT_NAMED, SHARED)
    demand, count, people = staffing.demand, len(members), len(staffing.demand.therapists)
    lines, events = demand.lines, demand.events
    person = np.where(lines.therapist == MISSING, people - 1, lines.therapist)
    of_line = person * count + of_row[lines.row]
    of_event = events.therapist * count + _of_events(roster, staffing, of_row, names)
    direct = ~lines.is_consult
    sums = {
        "direct_minutes": lines.therapist_minutes * direct,
        "consult_minutes": lines.therapist_minutes * lines.is_consult,
        "makeup_minutes": makeup_minutes(lines, demand.day, demand.calendar, demand.overdue_weeks),
        "sessions": lines.sessions,
        **{name: getattr(events, name) for name in EVENT_FEATURES},
    }
    features = {
        name: np.bincount(of_event if name in EVENT_FEATURES else of_line, values, minlength=people * count)
        for name, values in sums.items()
    }
    summed = np.zeros((people * count, len(CODES)))
    for activity, costs in coefficients(staffing.assumptions.values).items():
        for feature, each in costs.items():
            summed[:, AT[activity]] += features[feature] * each
    made = summed.reshape(people, count, len(CODES))
    parts = _parts(made.sum(axis=2), _at_home(staffing, roster, members))
    for code in CODES[len(FROM_FEATURES) :]:
        made[:, :, AT[code]] = parts * staffing.person_hours[:, AT[code], None]
    served = distinct_pairs(of_row[lines.row], lines.student, max(len(lines.students), 1))[0]
    return MemberShares(staffing, roster, members, made, np.bincount(served, minlength=count))


def _of_events(roster: Roster, staffing: Staffing, of_row: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The member of each event: its own row's, else that of the student's line."""
    demand = staffing.demand
    events, lines = demand.events, demand.lines
    by_line = np.append(of_row[lines.row], len(names))[events.line]
    place = {name: at for at, name in enumerate(names)}
    listed = np.array([place.get(name, -1) for name in roster.evaluations["district"]] or [-1])
    own = np.where(events.from_sheet, listed[np.where(events.from_sheet, events.row, 0)], -1)
    return np.where(own >= 0, own, by_line)


def _parts(amount: np.ndarray, home: np.ndarray) -> np.ndarray:
    """(P, M) each member's part of a person's amount; all of it at home where there is none."""
    total = amount.sum(axis=1, keepdims=True)
    alone = np.zeros_like(amount)
    alone[np.arange(len(home)), home] = 1.0
    return np.divide(amount, total, out=alone, where=total > 0)


def _at_home(staffing: Staffing, roster: Roster, members: tuple[str, ...]) -> np.ndarray:
    """(P,) where the time of somebody who serves no student belongs: the person's own member, else to all."""
    own: dict[str, str] = dict(zip(roster.therapists["therapist"], roster.therapists["district"], strict=True))
    place = {name: at for at, name in enumerate(members)}
    return np.array([place.get(own.get(name, ""), len(members) - 1) for name in staffing.demand.therapists])


def _member_of_school(roster: Roster) -> dict[str, str]:
    """School -> the member whose school it is: as the Schools sheet says, else the only one whose students it has."""
    found: dict[str, set[str]] = {}
    pairs = roster.services[["school", "district"]].dropna().drop_duplicates()
    for school, district in pairs.itertuples(index=False):
        found.setdefault(school, set()).add(district)
    only = {school: next(iter(them)) for school, them in found.items() if len(them) == 1}
    listed = roster.schools[["school", "district"]].dropna()
    return {**only, **dict(zip(listed["school"], listed["district"], strict=True))}


def _share(values: np.ndarray) -> np.ndarray:
    total = values.sum()
    return values / total if total > 0 else np.zeros(len(values))
