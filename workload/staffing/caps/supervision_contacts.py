"""How many contacts with their OTAs the rules in force ask of each OT in a year, band by band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workload.model.school_year import periods_in_year
from workload.model.units import DAYS_PER_CALENDAR_WEEK
from workload.rules.packs import RulePack
from workload.rules.rule import Rule
from workload.staffing.caps.caseload_caps import _packs
from workload.staffing.required import Staffing

PERIODS = {"contacts a week": "week", "contacts a month": "month"}
DAYS_APART = "days between contacts at most"


@dataclass(frozen=True)
class SupervisionContacts:
    """What one rule asks of one OT if all of the OT's assistants belong to its band.

    A roster does not say how long an OTA has been licensed, so each band is shown. `contacts_a_year` is None where
    the text names no number (general or periodic supervision).
    """

    therapist: str
    otas: int
    band: str
    text: str
    contacts_a_year: float | None
    citation: str
    force: str
    evidence: str


def supervision_contacts(staffing: Staffing, pack: RulePack | None | Sequence[RulePack]) -> list[SupervisionContacts]:
    """The contacts of every OT who supervises an OTA in post on the day, by the rules in force for OTs.

    A week and a month are those of the instructional year of the assumptions.
    """
    people, day = staffing.demand.people, staffing.demand.day
    rules = [rule for one in _packs(pack) for rule in one.of_kind("supervision_contact", day) if rule.is_for_ots]
    otas = np.bincount(
        people.supervisor[:-1][(people.supervisor[:-1] >= 0) & people.in_post[:-1]], minlength=len(people.names)
    )
    return [
        SupervisionContacts(
            name,
            int(otas[at]),
            rule.band,
            rule.text,
            None if (contacts := _a_year(rule, staffing)) is None else contacts * int(otas[at]),
            rule.citation,
            rule.force,
            rule.evidence,
        )
        for at, name in enumerate(people.names)
        if otas[at]
        for rule in rules
    ]


def _a_year(rule: Rule, staffing: Staffing) -> float | None:
    """Contacts with one OTA in the instructional year; None where the text names no number of contacts."""
    if rule.value is None:
        return None
    if rule.unit == DAYS_APART:
        return float(staffing.assumptions["instructional_weeks"]) * DAYS_PER_CALENDAR_WEEK / rule.value
    if rule.unit in PERIODS:
        return rule.value * periods_in_year(PERIODS[rule.unit], staffing.assumptions)
    return None
