"""The ten warning signs of an unmanageable caseload: from data where it exists, else from the team check-in.

A sign is seen, not seen, or unknown; it never names a culprit. Related figures stand beside a sign that data cannot
show, and never decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workload.staffing.concerns.check_in import results
from workload.staffing.concerns.sign_evidence import FROM_CHECK_IN, Evidence, Indicator
from workload.staffing.concerns.sign_figures import INDICATORS

SEEN, NOT_SEEN, UNKNOWN = "seen", "not seen", "unknown"

# key of an action in the Decide pages -> what it does there
ACTIONS: Mapping[str, str] = {
    "add-ot": "Decide: add OT time",
    "add-ota": "Decide: add an OTA",
    "redistribute": "Rebalance: move schools or students between therapists",
    "regroup": "Decide: reduce or regroup services",
    "cover-evaluations": "Decide: cover for evaluations",
    "protect-planning": "Decide: protect planning time",
    "year-ahead": "Year ahead: weeks in which the load breaks",
    "three-to-one": "Decide: 3:1 model, an indirect week for meetings and evaluations",
    "make-up": "Year ahead: minutes owed month by month",
}


@dataclass(frozen=True)
class Sign:
    """One warning sign: its key, its words, and the action that it points to."""

    id: str
    label: str
    action: str


SIGNS = (
    Sign("off-the-clock", "Working off the clock", "add-ot"),
    Sign("no-break", "No lunch or breaks", "redistribute"),
    Sign("partial-meetings", "Partial or missed IEP meetings", "three-to-one"),
    Sign("groups-to-fit", "Groups made only to fit minutes", "regroup"),
    Sign("sessions-for-evaluations", "Sessions cancelled for evaluations", "cover-evaluations"),
    Sign("no-progress", "Students not progressing", "add-ota"),
    Sign("exhaustion", "Exhaustion", "redistribute"),
    Sign("relief", "Relief at cancellations", "make-up"),
    Sign("planning-at-home", "Planning in free time", "protect-planning"),
    Sign("family-time", "Family time lost", "year-ahead"),
)


@dataclass(frozen=True, eq=False)
class Concern:
    """One sign with its state and evidence. `yes` of `answers` is None below five answers."""

    sign: Sign
    state: str
    decided_by: str
    indicator: Indicator | None
    yes: int | None
    answers: int | None

    @property
    def action_label(self) -> str:
        return ACTIONS[self.sign.action]


def concerns(evidence: Evidence) -> list[Concern]:
    """The ten signs in their order.

    Seen where a figure shows it or somebody said so in the check-in. Not seen where a figure shows that it is not there,
    or else nobody said so. Unknown where neither can show it.
    """
    said = results(evidence.check_in) if evidence.check_in else None
    return [_concern(evidence, sign, INDICATORS.get(sign.id), said) for sign in SIGNS]


def _concern(
    evidence: Evidence,
    sign: Sign,
    indicate: Callable[[Evidence], Indicator | None] | None,
    said: Mapping[str, int] | None,
) -> Concern:
    indicator = indicate(evidence) if indicate else None
    yes, answers = (said[sign.id], evidence.check_in.answers) if said and evidence.check_in else (None, None)
    state, decided_by = UNKNOWN, ""
    if indicator and indicator.decides:
        state, decided_by = SEEN if indicator.shows else NOT_SEEN, indicator.source
    if yes is not None and state != SEEN and (yes or state == UNKNOWN):
        state, decided_by = SEEN if yes else NOT_SEEN, FROM_CHECK_IN
    return Concern(sign, state, decided_by, indicator, yes, answers)
