"""One therapist's week as a roster of one person, so that the same method answers as for a district.

answer_of((Entry(14, (Service(minutes=30, sessions=2),)),), Duties(), day, Assumptions())
answer(Week(individual=14), day, Assumptions())        # the same from round numbers
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workload.answer import Answer, analyze
from workload.intake.cells.day_plan import DAYS
from workload.model.parameters import Assumptions, parameters
from workload.model.roster import Roster, roster_of

ME, OWN_OTA = "You", "An OTA with you"
BUILDING, OTHER = "Building 1", "Building 2"
INDIVIDUAL, GROUP, CONSULT = "individual", "group", "consult"
IEP, PLAN_504 = "IEP", "504"
PLANS = (IEP, PLAN_504, "IFSP", "MTSS")
# the assumption that stands in for evaluations that nobody has counted
RATE_OF = {"initial": "evaluations_initial_per_student", "reevaluations": "reevaluations_per_student"}


@dataclass(frozen=True)
class Service:
    """One service of a plan. minutes a session and sessions a period, or only `total` minutes a period."""

    minutes: float | None = None
    sessions: float | None = None
    period: str = "week"
    total: float | None = None
    delivery: str = INDIVIDUAL
    group_size: int | None = None


@dataclass(frozen=True)
class Entry:
    """Students who all have the same services."""

    students: int
    services: tuple[Service, ...]
    plan: str = IEP


@dataclass(frozen=True)
class Duties:
    """What fills a week beside the services. Hours are a week's, evaluations a year's; None was not said.

    evaluations that were not said come from the assumed rates; staff_hours from the assumed share of the week
    """

    contract_hours: float = 37.5
    initial: float | None = None
    reevaluations: float | None = None
    makeup_minutes: float = 0
    moves: int = 0
    assistants: int = 0
    duty_hours: float = 0
    mtss_hours: float = 0
    staff_hours: float | None = None


@dataclass(frozen=True)
class Week:
    """A week in round numbers. Minutes are minutes a session; sessions are a week's, consultation a month's."""

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

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The students, each with a line of their own; the last ones are those on a 504 plan."""
        alone = Service(self.individual_minutes, self.individual_sessions)
        group = Service(self.group_minutes, self.group_sessions, delivery=GROUP, group_size=self.group_size)
        consult = Service(self.consult_minutes, 1, "month", delivery=CONSULT)
        each = [alone] * self.individual + [group] * self.grouped + [consult] * self.consult
        first_504 = len(each) - self.without_iep
        return tuple(Entry(1, (one,), PLAN_504 if at >= first_504 else IEP) for at, one in enumerate(each))

    @property
    def duties(self) -> Duties:
        return Duties(
            self.contract_hours,
            self.initial,
            self.reevaluations,
            self.makeup_minutes,
            self.moves,
            self.assistants,
            self.duty_hours,
            self.mtss_hours,
        )


def roster(entries: Sequence[Entry], duties: Duties, day: date, with_ota: int = 0) -> Roster:
    """A roster with one OT and this caseload. Students are only numbered.

    with_ota  students whose sessions an OTA gives whom this OT supervises; their evaluations and meetings stay
    """
    return roster_of(
        services=_columns(service_rows(entries, duties, with_ota)),
        evaluations=_columns(evaluation_rows(duties, day)),
        therapists=_columns(therapist_rows(duties, bool(with_ota))),
    )


def service_rows(entries: Sequence[Entry], duties: Duties, with_ota: int = 0) -> list[dict]:
    """One row for each service of each student, with the columns of the Services sheet."""
    rows, student = [], 0
    for entry in entries:
        for _ in range(entry.students):
            student += 1
            rows += [
                {
                    "student": f"Student {student}",
                    "school": BUILDING,
                    "plan": entry.plan,
                    "delivery": one.delivery,
                    "minutes_per_session": one.minutes,
                    "sessions": one.sessions,
                    "period": one.period,
                    "total_minutes": one.total,
                    "group_size": one.group_size,
                    "therapist": OWN_OTA if student <= with_ota and one.delivery != CONSULT else ME,
                }
                for one in entry.services
            ]
    if rows and duties.makeup_minutes:
        rows[0]["compensatory_minutes"] = duties.makeup_minutes
    return rows


def evaluation_rows(duties: Duties, day: date) -> list[dict]:
    """One row for each evaluation of the year, where both kinds were counted; else none, and rates stand in."""
    if duties.initial is None or duties.reevaluations is None:
        return []
    kinds = ["initial"] * round(duties.initial) + ["reevaluation"] * round(duties.reevaluations)
    return [
        {"student": f"Evaluation {at}", "school": BUILDING, "type": kind, "due": day, "therapist": ME}
        for at, kind in enumerate(kinds, 1)
    ]


def therapist_rows(duties: Duties, own_ota: bool = False) -> list[dict]:
    """The therapist, and the OTAs whom she supervises without hours of their own in this week."""
    me = {
        "therapist": ME,
        "role": "OT",
        "hours_per_week": duties.contract_hours,
        "base_school": BUILDING,
        "days": day_plan(duties.moves),
        "named_duty_hours": duties.duty_hours,
        "mtss_hours": duties.mtss_hours,
    }
    assistants = [
        {"therapist": f"{ME} and OTA {at + 1}", "role": "OTA", "supervisor": ME, "fte": 0.0}
        for at in range(duties.assistants)
    ]
    if own_ota:
        assistants.append({"therapist": OWN_OTA, "role": "OTA", "supervisor": ME, "fte": 0.0})
    return [me, *assistants]


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


def own_assumptions(entries: Sequence[Entry], duties: Duties, assumptions: Assumptions) -> Assumptions:
    """The assumptions for this week: what was counted takes the place of a rate or of a share.

    Where both kinds of evaluations were counted they are rows and no rate is added. Where only one was, its rate is the
    count for each student, as rows of one kind would say that there are none of the other.
    """
    made: dict[str, float] = {}
    students = sum(entry.students for entry in entries)
    with_iep = sum(entry.students for entry in entries if entry.plan == IEP)
    counted = {"initial": (duties.initial, students), "reevaluations": (duties.reevaluations, with_iep)}
    both = all(number is not None for number, _ in counted.values())
    for kind, (number, of) in counted.items():
        if both:
            made[RATE_OF[kind]] = 0
        elif number is not None:
            made[RATE_OF[kind]] = min(number / of, parameters()[RATE_OF[kind]].maximum or 0) if of else 0
    if duties.staff_hours is not None:
        made |= {"staff_time_share": 0, "staff_time_hours_per_person": duties.staff_hours}
    return assumptions.changed(made, "typed in") if made else assumptions


def answer_of(
    entries: Sequence[Entry], duties: Duties, day: date, assumptions: Assumptions, with_ota: int = 0
) -> Answer:
    """The answer of the district's own method for this one week."""
    return analyze(roster(entries, duties, day, with_ota), day, own_assumptions(entries, duties, assumptions))
