"""The people, schools and ways that a roster's small tables tell, whatever the day: worked out once, kept with it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from workload.model.coding import MISSING, Codes
from workload.model.roster import Roster, typed
from workload.work.travel import Plan, TravelTimes, legs, parse_day_plan

SEVERAL = ";"  # between the supervisors of one OTA


class Posts:
    """The Therapists table in code order, and every school that the file names anywhere.

    Without a Therapists sheet each person who is named on a service line has a post, with a role and hours that
    nobody has given yet; who of them counts, the lines in force on the day tell (`assumed`). Shapes: (people,).
    """

    def __init__(self, roster: Roster):
        self.assumed = not (len(roster.therapists) or roster.known.nobody_in_post)
        named = sorted(roster.coded["therapist"].names)
        table = typed("therapists", {"therapist": named}, len(named)) if self.assumed else roster.therapists
        self.codes = Codes.of(table["therapist"])
        self.table = table.set_index("therapist").reindex(list(self.codes.names))
        self.plans: tuple[Plan, ...] = tuple(_plan(text) for text in self.table["days"])
        planned = [name for text in table["days"] for part in _plan(text) for name in part]
        when = roster.evaluations["completed"].fillna(roster.evaluations["due"]).fillna(roster.evaluations["consent"])
        self.evaluated = when.to_numpy()  # (evaluations,) done, else due, else agreed to
        always = Codes.of(roster.schools["school"], table["base_school"], planned)
        self.schools = Codes.of(always.names, roster.coded["school"].names, roster.evaluations["school"])
        self.always = np.array([name in always.place for name in self.schools.names], dtype=bool)  # (schools,)
        self.evaluated_at = self.schools.column(roster.evaluations["school"].to_numpy())
        self._travel, self._places = roster.travel, roster.schools
        self._week: tuple[float, np.ndarray, np.ndarray] | None = None

    def column(self, name: str) -> np.ndarray:
        """A column of the Therapists table."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {str(name): self.table[name].to_numpy() for name in self.table.columns}

    def number(self, name: str) -> np.ndarray:
        """A column of numbers, NaN where nobody has given one."""
        return self.column(name).astype(float)

    @cached_property
    def is_ota(self) -> np.ndarray:
        return np.asarray(self.column("role") == "OTA", dtype=bool)

    @cached_property
    def employment(self) -> tuple[str, ...]:
        return tuple(value if isinstance(value, str) else "employee" for value in self.column("employment"))

    @cached_property
    def has_leave(self) -> np.ndarray:
        return ~(np.isnat(self.column("leave_start")) & np.isnat(self.column("leave_end")))

    @cached_property
    def base_school(self) -> np.ndarray:
        """Code of the base school, `MISSING` where none is given."""
        return self.schools.column(self.column("base_school"))

    @cached_property
    def supervisors(self) -> tuple[tuple[int, ...], ...]:
        """Codes of the OTs who are said to supervise each OTA, in post or not. An OTA can supervise nobody."""
        found = []
        for text, ota in zip(self.column("supervisor"), self.is_ota, strict=True):
            names = text.split(SEVERAL) if ota and isinstance(text, str) else ()
            them = dict.fromkeys(self.codes.code(name.strip()) for name in names)
            found.append(tuple(code for code in them if code != MISSING and not self.is_ota[code]))
        return tuple(found)

    @cached_property
    def has_plan(self) -> np.ndarray:
        return np.array([bool(plan) for plan in self.plans], dtype=bool)

    @cached_property
    def planned(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(person, school, share of the person's day plan there) of each school in somebody's plan."""
        shares: dict[tuple[int, int], float] = {}
        for person, plan in enumerate(self.plans):
            for day in plan:
                for name in day:
                    key = (person, self.schools.code(name))
                    shares[key] = shares.get(key, 0.0) + 1 / len(day) / len(plan)
        where = np.array(list(shares), dtype=np.int64).reshape(-1, 2)
        return where[:, 0], where[:, 1], np.fromiter(shares.values(), dtype=float, count=len(shares))

    def week(self, arrival: float) -> tuple[np.ndarray, np.ndarray]:
        """(minutes of the legs that are known, legs that count as one move) in the week of each day plan.

        arrival  minutes after each known drive
        """
        kept = self._week  # looked at once: sessions that share a roster ask for different minutes at the same time
        if kept is None or kept[0] != arrival:
            times = TravelTimes.of(self._travel, self._places, arrival)
            weeks = np.array([_week(plan, times) for plan in self.plans], dtype=float).reshape(-1, 2)
            self._week = kept = (arrival, weeks[:, 0], weeks[:, 1])
        return kept[1:]


def _plan(text: object) -> Plan:
    return parse_day_plan(text if isinstance(text, str) else None)


def _week(plan: Plan, times: TravelTimes) -> tuple[float, float]:
    known = [times.leg(*leg)[0] for leg in legs(plan)]
    return float(sum(minutes for minutes in known if minutes is not None)), float(known.count(None))
