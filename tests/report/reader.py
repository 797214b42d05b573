"""A reader outside who computes: what the packets of small random districts say, and what must then be true.

The reader has the program and the assumptions, so knows what each kind of plan adds to each figure; and has every file of
a packet. Unknown is how many children have which plan. `possible` asks the solver for all that fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from random import Random

import numpy as np
from scipy.optimize import LinearConstraint, milp

from tests.report.packets import rows_of
from tests.support.rosters import DAY
from workload.answer import Answer, analyze
from workload.model.roster import roster_of
from workload.report.gate import COUNT_STEP, FTE_STEP, HOURS_STEP
from workload.report.kinds_of_work import OUTSIDE
from workload.staffing.published_methods import HEADS

# (plan, delivery, minutes, sessions, period); None is a child with an evaluation only
KINDS = (
    ("IEP", "individual", 30.0, 1.0, "week"),
    ("IEP", "individual", 30.0, 2.0, "week"),
    ("IEP", "individual", 45.0, 1.0, "week"),
    ("504", "individual", 30.0, 1.0, "week"),
    ("IEP", "consult", 15.0, 1.0, "month"),
    ("504", "consult", 30.0, 1.0, "month"),
    None,
)
NOT_IEP, EVALUATION_ONLY = (3, 5), (6,)
# A child who comes new: weekly minutes of plans that are usual somewhere
PLANS = tuple((minutes, sessions) for minutes in (15.0, 30.0, 45.0, 60.0, 90.0) for sessions in (1.0, 2.0))
LINE = ("plan", "delivery", "minutes_per_session", "sessions", "period")


@dataclass(frozen=True)
class Small:
    """A small district: how many children of each kind, and people.

    newcomer  minutes and sessions a week of one more child
    longer    how many of the first kind's children have 31 minutes instead of 30
    teams     who serves which school; without it everybody serves one school in turn
    leave     whether the first person is on leave
    """

    counts: tuple[int, ...]
    people: int
    newcomer: tuple[float, float] | None = None
    longer: int = 0
    teams: tuple[tuple[int, ...], ...] = ()
    leave: bool = False


def small_district(seed: int) -> Small:
    """A district of some twenty to sixty children in one school with four people."""
    random = Random(seed)
    counts = [random.randint(3, 16) for _ in KINDS[:4]] + [random.randint(1, 9) for _ in KINDS[4:]]
    return Small(tuple(counts), 4)


def with_leave(seed: int) -> Small:
    """Eight people, of whom the first is on leave, and twelve schools with one to three of them each."""
    random = Random(seed)
    teams = tuple(tuple(random.sample(range(8), random.choice([1, 2, 2, 3]))) for _ in range(12))
    return Small((16 * 12, 0, 0, 0, 0, 0, 0), 8, teams=teams, leave=True)


@cache
def answer_of(district: Small) -> Answer:
    """The district as the product answers it."""
    lines, evaluations = [], []
    people = [f"Person {at}" for at in range(district.people)]
    for at, (kind, count) in enumerate(zip(KINDS, district.counts, strict=True)):
        students = [f"S{at}-{number}" for number in range(count)]
        if kind is None:
            evaluations += students
        else:
            lines += [(student, *kind) for student in students]
    if district.newcomer:
        lines.append(("New", "IEP", "individual", *district.newcomer, "week"))
    lines = [(*line[:3], 31.0, *line[4:]) if at < district.longer else line for at, line in enumerate(lines)]
    columns = list(zip(*lines, strict=True))
    schools, therapists = ["Oak"] * len(lines), [people[at % len(people)] for at in range(len(lines))]
    if district.teams:
        at_school = [at % len(district.teams) for at in range(len(lines))]
        schools = [f"School {at}" for at in at_school]
        teams = [district.teams[at] for at in at_school]
        therapists = [people[team[at // len(district.teams) % len(team)]] for at, team in enumerate(teams)]
    leave = [DAY - timedelta(20), *[None] * (len(people) - 1)] if district.leave else [None] * len(people)
    services = {
        "student": list(columns[0]),
        **{name: list(values) for name, values in zip(LINE, columns[1:], strict=True)},
    }
    return analyze(
        roster_of(
            services={
                **services,
                "school": schools,
                "therapist": therapists,
            },
            therapists={
                "therapist": people,
                "role": ["OT"] * len(people),
                "fte": [0.5] * len(people),
                "leave_start": leave,
                "leave_end": [day and DAY + timedelta(60) for day in leave],
            },
            evaluations={
                "student": evaluations or [None],
                "school": ["Oak"] * max(1, len(evaluations)),
                "therapist": [people[0]] * max(1, len(evaluations)),
                "type": ["initial"] * max(1, len(evaluations)),
                "due": [DAY] * max(1, len(evaluations)),
            },
        ),
        DAY,
    )


def exact(answer: Answer) -> dict[str, float]:
    """Every figure that a packet is made of, unrounded, under the name that `said_by` gives it."""
    row = answer.district
    names = ("caseload", "service_lines", "student_hours", "therapist_hours", "workload_hours", "required_fte")
    return {
        **{name: float(row[name]) for name in names},
        "required_fte_p10": float(answer.range.p10),
        "required_fte_p90": float(answer.range.p90),
        **{f"work {one.code}": float(sum(row[f"{code}_hours"] for code in one.activities)) for one in OUTSIDE},
        **{
            f"{end} {one.label}": getattr(one, end)
            for one in answer.methods
            if one.counts != HEADS
            for end in ("low", "high")
        },
    }


def said_by(files: Mapping[str, bytes]) -> dict[str, float]:
    """The same figures as the tables of a packet give them; what is not in them is left out."""
    found = {row["figure"]: float(row["value"]) for row in rows_of(files["tables-district.csv"]) if row["value"]}
    found |= {f"work {row['code']}": float(row["hours_per_week"]) for row in rows_of(files["tables-work.csv"])}
    for row in rows_of(files["tables-methods.csv"]):
        found |= {f"{end} {row['method']}": float(row[f"{end}_fte"]) for end in ("low", "high")}
    return found


def halves(name: str, rounded: bool = True) -> float:
    """Half of the step in which a figure is told: the reader's whole uncertainty about it."""
    if not rounded:
        return 1e-6
    if name in ("caseload", "service_lines"):
        return COUNT_STEP / 2
    if name.startswith("work ") or name in ("student_hours", "therapist_hours"):
        return HOURS_STEP / 2
    if name == "workload_hours":
        return HOURS_STEP / 2 + FTE_STEP / 2 * 37.5  # from a told FTE, then rounded
    if name.startswith(("required_fte_p", "low ", "high ")):
        return 2 * FTE_STEP  # worked out from a told figure
    return FTE_STEP / 2


@cache
def weights(district: Small) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """(names, what one more child of each kind adds to each figure, what is there without children) of a district."""
    base = exact(answer_of(district))
    names = tuple(base)
    columns = []
    for at in range(len(KINDS)):
        counts = tuple(count + (at == other) for other, count in enumerate(district.counts))
        more = exact(answer_of(replace(district, counts=counts)))
        columns.append([more[name] - base[name] for name in names])
    adds = np.array(columns).T
    return names, adds, np.array([base[name] for name in names]) - adds @ np.array(district.counts, float)


def possible(
    district: Small,
    told: Mapping[str, float],
    wanted: Sequence[int],
    rounded: bool = True,
    known: Mapping[int, tuple[float, float]] | None = None,
) -> tuple[int, int]:
    """The smallest and the largest number of children of the wanted kinds that fits all that is told, whole children only.

    known  kinds of which the reader knows bounds, such as 1 to 9 for "fewer than 10"
    """
    names, adds, fixed = weights(district)
    rows = [at for at, name in enumerate(names) if name in told]
    middle = np.array([told[names[at]] for at in rows]) - fixed[rows]
    room = np.array([halves(names[at], rounded) for at in rows]) + 1e-9
    limits = np.array([(known or {}).get(at, (0, 200)) for at in range(len(KINDS))], float)
    goal = np.zeros(len(KINDS))
    goal[list(wanted)] = 1
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * goal,
            constraints=LinearConstraint(adds[rows], middle - room, middle + room),
            integrality=np.ones(len(KINDS)),
            bounds=(limits[:, 0], limits[:, 1]),
        )
        assert found.success, "what is told must fit the truth"
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def plans_that_fit(
    district: Small, first: Mapping[str, float], second: Mapping[str, float], rounded: bool = True
) -> list[tuple[float, float]]:
    """The plans that the one new child of the second packet can have, for a reader of both packets."""
    names, adds, fixed = weights(district)
    base = exact(answer_of(district))
    rows = [at for at, name in enumerate(names) if name in first and name in second]
    room = np.array([halves(names[at], rounded) for at in rows]) + 1e-9
    one, two = (np.array([told[names[at]] for at in rows]) - fixed[rows] for told in (first, second))
    fitting = []
    for plan in PLANS:
        more = exact(answer_of(replace(district, newcomer=plan)))
        child = np.array([more[names[at]] - base[names[at]] for at in rows])
        low, high = np.maximum(one - room, two - room - child), np.minimum(one + room, two + room - child)
        found = (
            milp(np.zeros(len(KINDS)), constraints=LinearConstraint(adds[rows], low, high), bounds=(0, 200))
            if (low <= high).all()
            else None
        )
        if found is not None and found.success:
            fitting.append(plan)
    return fitting
