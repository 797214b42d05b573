"""One therapist's week, typed in: a roster of one person, so that the same method answers as for a district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workload.answer import Answer, analyze
from workload.model.parameters import Assumptions
from workload.model.roster import Roster, roster_of

ME = "You"
BUILDING, OTHER = "Building 1", "Building 2"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
# Evaluations are typed in, so none are assumed on top.
NO_RATES = {"evaluations_initial_per_student": 0, "reevaluations_per_student": 0}


@dataclass(frozen=True)
class Week:
    """What somebody types in. Minutes are minutes a session; sessions are a week's, consultation a month's."""

    individual: int = 23
    individual_minutes: float = 30
    individual_sessions: float = 1
    grouped: int = 15
    group_size: int = 3
    group_minutes: float = 30
    group_sessions: float = 1
    consult: int = 9
    consult_minutes: float = 30
    without_iep: int = 4
    initial: int = 9
    reevaluations: int = 11
    makeup_minutes: float = 0
    moves: int = 6
    assistants: int = 1
    duty_hours: float = 0.5
    mtss_hours: float = 1
    contract_hours: float = 37.5


def roster(week: Week, day: date) -> Roster:
    """A roster with one OT and the typed caseload. Students are only numbered."""
    lines = [
        *(
            line("individual", week.individual_minutes, week.individual_sessions, "week")
            for _ in range(week.individual)
        ),
        *(line("group", week.group_minutes, week.group_sessions, "week", week.group_size) for _ in range(week.grouped)),
        *(line("consult", week.consult_minutes, 1, "month") for _ in range(week.consult)),
    ]
    for at, each in enumerate(lines):
        each["student"] = f"Student {at + 1}"
        each["plan"] = "504" if at >= len(lines) - week.without_iep else "IEP"
    if lines and week.makeup_minutes:
        lines[0]["compensatory_minutes"] = week.makeup_minutes
    kinds = ["initial"] * week.initial + ["reevaluation"] * week.reevaluations
    evaluations = [
        {"student": f"Evaluation {at + 1}", "school": BUILDING, "type": kind, "due": day, "therapist": ME}
        for at, kind in enumerate(kinds)
    ]
    me = {
        "therapist": ME,
        "role": "OT",
        "hours_per_week": week.contract_hours,
        "base_school": BUILDING,
        "days": day_plan(week.moves),
        "named_duty_hours": week.duty_hours,
        "mtss_hours": week.mtss_hours,
    }
    assistants = [
        {"therapist": f"{ME} and OTA {at + 1}", "role": "OTA", "supervisor": ME, "fte": 0.0}
        for at in range(week.assistants)
    ]
    return roster_of(
        services=_columns(lines), evaluations=_columns(evaluations), therapists=_columns([me, *assistants])
    )


def line(delivery: str, minutes: float, sessions: float, period: str, group_size: int | None = None) -> dict:
    """One service line."""
    return {
        "school": BUILDING,
        "delivery": delivery,
        "minutes_per_session": minutes,
        "sessions": sessions,
        "period": period,
        "group_size": group_size,
        "therapist": ME,
    }


def day_plan(moves: int) -> str:
    """A plan of the week with so many moves between two buildings, spread over the days."""
    each, left = divmod(moves, len(DAYS))
    legs = [each + (at < left) for at in range(len(DAYS))]
    return "; ".join(
        f"{day}: " + ", ".join((BUILDING, OTHER)[at % 2] for at in range(number + 1))
        for day, number in zip(DAYS, legs, strict=True)
    )


def _columns(rows: list[dict]) -> dict[str, list]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def answer(week: Week, day: date, assumptions: Assumptions) -> Answer:
    """The answer of the district's own method for this one week."""
    return analyze(roster(week, day), day, assumptions.changed(NO_RATES, "typed in"))
