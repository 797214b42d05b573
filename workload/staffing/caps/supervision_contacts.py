"""How many contacts with their OTAs the rules in force ask of each OT in a year, band by band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workload.model.school_year import periods_in_year
from workload.rules.packs import RulePack
from workload.staffing.caps.caseload_caps import _packs
from workload.staffing.required import Staffing

PERIODS = {"contacts a week": "week", "contacts a month": "month"}


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
            None
            if rule.value is None or rule.unit not in PERIODS
            else rule.value * periods_in_year(PERIODS[rule.unit], staffing.assumptions) * int(otas[at]),
            rule.citation,
            rule.force,
            rule.evidence,
        )
        for at, name in enumerate(people.names)
        if otas[at]
        for rule in rules
    ]
