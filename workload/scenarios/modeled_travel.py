"""What a school adds to a person's travel where no day plan exists for it yet: as levers and Rebalance count it."""

from __future__ import annotations

import numpy as np

from workload.answer import Answer
from workload.model.coding import MISSING
from workload.model.units import hours
from workload.work.travel import TravelTimes


def modeled_travel_hours(answer: Answer) -> np.ndarray:
    """(P, S) hours a week that a school adds: one leg from the base school, a move where it is not known.

    Nothing at the base school and for telepractice; a person without a base is at home in the busiest school.
    """
    demand, roster = answer.demand, answer.roster
    move, arrival = (answer.assumptions[f"travel_{name}"] for name in ("minutes_per_move", "arrival_minutes"))
    times = TravelTimes.of(roster.travel, roster.schools, arrival)
    people, names = demand.people, demand.schools
    made = np.zeros((len(people.names), len(names)))
    legs: dict[int, np.ndarray] = {}
    for person in range(len(people.names)):
        if people.employment[person] == "telepractice":
            continue
        home = _home(answer, person)
        if home not in legs:
            known = [times.leg(names[home], name)[0] for name in names]
            legs[home] = np.array([move if minutes is None else minutes for minutes in known])
            legs[home][-1] = 0.0
        made[person] = hours(legs[home])
    return made


def _home(answer: Answer, person: int) -> int:
    demand = answer.demand
    base = demand.people.base_school[person]
    if base != MISSING:
        return int(base)
    mine = np.flatnonzero(demand.therapist == person)
    return int(demand.school[mine[np.argmax(demand.therapist_minutes[mine])]])
