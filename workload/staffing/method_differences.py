"""Why two methods differ: by groups, consultation, overhead, travel and the hours of a post, in FTE that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workload.model.units import hours
from workload.staffing.published_methods import HEADS, HOUSE, STUDENT_HOURS, UNITS, MethodResult
from workload.staffing.required import AT, Staffing

GROUPS, CONSULT, OVERHEAD, FACTOR, TRAVEL, WEEK, PEAK, NOT_HOURS = (
    "groups",
    "consultation",
    "overhead",
    "factor",
    "travel",
    "hours of a post",
    "week with sessions",
    "not hours",
)
WORDS = {
    GROUPS: "It counts a shared session once for every student in it; the therapist gives the time once.",
    CONSULT: "It leaves out consultation that plans promise.",
    OVERHEAD: "It leaves out evaluations, meetings, reports, notes, work on behalf, planning, supervision and other duties.",
    FACTOR: "A flat factor on the hours stands for that other work.",
    TRAVEL: "It leaves out travel between schools.",
    WEEK: "It holds one post to another number of hours than the full week used here.",
    PEAK: "It asks what a week with sessions takes, not the average week.",
    NOT_HOURS: "It counts heads or units, not hours, so the difference has no parts.",
}


@dataclass(frozen=True)
class Difference:
    """One cause of the difference between a method and the house method; negative makes the method smaller.

    The `fte` of a method's causes add up to `method's middle - house's required FTE`.
    """

    method: str
    label: str
    cause: str
    fte: float
    words: str


def differences(staffing: Staffing, methods: Sequence[MethodResult]) -> list[Difference]:
    """Each other method's difference from the house method by cause, in the order of the methods.

    A method with a low and a high is taken halfway between. Causes that are worth nothing are left out.
    """
    return [
        Difference(method.method, method.label, cause, fte, WORDS[cause])
        for method in methods
        if method.method != HOUSE
        for cause, fte in _causes(staffing, method).items()
        if abs(fte) > 1e-12
    ]


def _causes(staffing: Staffing, method: MethodResult) -> dict[str, float]:
    week = staffing.full_week
    required = float(staffing.workload.sum()) / week
    if method.counts in (HEADS, UNITS):
        return {NOT_HOURS: method.middle - required}
    if method.hours is None:
        return {PEAK: method.middle - required}
    of = dict(zip(AT, staffing.person_hours.sum(axis=0).tolist(), strict=True))
    rest = sum(of.values()) - of["direct"] - of["consult"] - of["travel"]
    therapist_minutes = float(staffing.demand.therapist_minutes.sum())
    saved = hours(float(staffing.demand.student_minutes.sum()) - therapist_minutes) / staffing.demand.weeks
    students = method.counts == STUDENT_HOURS
    counted = method.multiplier * method.hours / week
    return {
        GROUPS: saved / week if students else 0.0,
        CONSULT: 0.0 if students else -of["consult"] / week,
        OVERHEAD: -rest / week,
        FACTOR: (method.multiplier - 1) * method.hours / week,
        TRAVEL: -of["travel"] / week,
        WEEK: method.middle - counted,
    }
