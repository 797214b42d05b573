"""Caseload caps: a head-count limit, pro-rated for part-time, other with an assistant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.roster import UNASSIGNED
from workload.rules.packs import Rule, RulePack
from workload.staffing.wisn import Staffing


@dataclass(frozen=True)
class CapCheck:
    """One cap held against one person: the limit for this contract, the count, and how far over it is."""

    rule: str
    limit: float
    value: float
    over: float


def cap_limit(rule: Rule, fte: float, has_assistant: bool) -> float:
    """The limit for a contract, in the rule's unit. Wisconsin: 30, or 45 with an assistant, times the FTE."""
    limit = rule.with_assistant if has_assistant and rule.with_assistant is not None else rule.value
    return limit * fte if rule.prorated else limit


def caps_for(staffing: Staffing, pack: RulePack | None) -> dict[str, list[CapCheck]]:
    """The caps that apply to each OT in post on the day, by name.

    The count is of distinct students of the OT and of the OTAs whom the OT supervises: an assistant has no
    caseload apart from the supervising OT's.
    """
    demand, people = staffing.demand, staffing.demand.people
    rules = pack.of_kind("caseload_cap", demand.day) if pack else ()
    checks: dict[str, list[CapCheck]] = {name: [] for name in (*people.names, UNASSIGNED)}
    for person, name in enumerate(people.names):
        if people.is_ota[person] or not people.in_post[person]:
            continue
        team = np.flatnonzero(people.supervisor[:-1] == person)
        served = np.isin(demand.lines.therapist, np.append(team, person))
        count = len(np.unique(demand.lines.student[served]))
        for rule in rules:
            limit = cap_limit(rule, float(staffing.contracted_fte[person]), bool(people.otas_supervised[person]))
            checks[name].append(CapCheck(rule.citation, limit, float(count), max(0.0, count - limit)))
    return checks
