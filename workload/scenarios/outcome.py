"""What comes of a scenario: the same calculation again, its figures, people, schools, pilot and money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.units import hours
from workload.scenarios.cost import CostLine, Rates, cost_lines, total
from workload.scenarios.demand_levers import CYCLE_WEEKS
from workload.scenarios.lever_fields import Lever
from workload.scenarios.levers import Trail, checked_against, trail_under
from workload.scenarios.scenario import Scenario
from workload.scenarios.scenario_state import Situation, today
from workload.staffing.ratios import ratio
from workload.staffing.tables import roles, table_of_arrays
from workload.work.activities import CODES

MEASURES = (
    "required_fte",
    "available_fte",
    "gap_fte",
    "utilization",
    "shortfall_total_fte",
    "peak_week_fte",
    "student_minutes_at_risk",
    "schools_covered",
    "students_changing_therapist",
    "students_gaining_therapist",
    "cost_first_year_dollars",
    "cost_yearly_dollars",
)
WITH_STUDENTS = [CODES.index(code) for code in ("direct", "makeup")]
FIXED = [CODES.index(code) for code in ("staff_time", "travel", "supervision", "named_duty")]
SLACK_FTE = 1e-9


@dataclass(frozen=True, eq=False)
class Outcome:
    """A scenario's result. `figures` holds `MEASURES`; tables are made when first asked for.

    trail  the situation after each lever, so that the next scenario need not begin again
    """

    scenario: Scenario
    situation: Situation
    rates: Rates
    trail: Trail = ()

    @cached_property
    def costs(self) -> tuple[CostLine, ...]:
        return cost_lines(self.situation, self.rates)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that belong beside the figures."""
        return self.situation.notes

    @cached_property
    def peak_hours(self) -> np.ndarray:
        """(P,) hours of the fullest week of a cycle; the average week where there are no 3:1 weeks."""
        return peak_week_hours(self.situation)

    @cached_property
    def figures(self) -> dict[str, float]:
        """The measures of the district; utilization is NaN when nobody is available."""
        staffing, situation = self.situation.staffing, self.situation
        week = staffing.full_week
        workload, available = float(staffing.person_hours.sum()), float(staffing.available_hours.sum())
        short = np.maximum(0.0, staffing.workload - staffing.available_hours).sum()
        first, yearly = total(self.costs)
        base = situation.base.sums
        return dict(
            zip(
                MEASURES,
                (
                    workload / week,
                    available / week,
                    (available - workload) / week,
                    float(ratio(workload, available)),
                    float(short) / week,
                    float(self.peak_hours.sum()) / week,
                    float(staffing.minutes_at_risk.sum()) + situation.undelivered,
                    float(self._covered.sum()),
                    float(base[:, -2].sum() - situation.column("at_home").sum()),
                    float(base[:, -1].sum() - situation.column("unserved").sum()),
                    first,
                    yearly,
                ),
                strict=True,
            )
        )

    @cached_property
    def _covered(self) -> np.ndarray:
        """(S,) bool: schools with work whose available FTE reaches the required."""
        staffing = self.situation.staffing
        required = staffing.school_hours.sum(axis=1) / staffing.full_week
        available = staffing.by_school(staffing.available_fte)
        covered = (required > 0) & (available >= required - SLACK_FTE)
        covered[-1] = False
        return covered

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row per person, Unassigned last; `code` is the place that levers name."""
        situation, staffing = self.situation, self.situation.staffing
        demand = situation.demand
        required, available = (each / staffing.full_week for each in (staffing.workload, staffing.available_hours))
        return table_of_arrays(
            {
                "code": np.arange(len(demand.therapists)),
                "therapist": np.array([*demand.therapists], dtype=object),
                "role": np.array(roles(staffing), dtype=object),
                "added": np.asarray(situation.added),
                "students": np.asarray(demand.caseload_of_person),
                "schools": np.asarray(demand.schools_served),
                "workload_hours": staffing.workload,
                "available_hours": staffing.available_hours,
                "required_fte": required,
                "available_fte": available,
                "utilization": ratio(staffing.workload, staffing.available_hours),
                "peak_week_hours": self.peak_hours,
                "student_minutes_at_risk": staffing.minutes_at_risk,
                "gap_fte": available - required,
            }
        )

    @cached_property
    def schools(self) -> pd.DataFrame:
        """One row per school: required, available, gap FTE, covered, student hours."""
        staffing = self.situation.staffing
        required = staffing.school_hours.sum(axis=1) / staffing.full_week
        available = staffing.by_school(staffing.available_fte)
        student = hours(staffing.by_school(self.situation.column("student_minutes"))) / staffing.demand.weeks
        return pd.DataFrame(
            {
                "school": pd.Series(self.situation.schools, dtype=object),
                "required_fte": required,
                "available_fte": available,
                "gap_fte": available - required,
                "covered": self._covered,
                "student_hours": student,
            }
        )


def peak_week_hours(situation: Situation) -> np.ndarray:
    """(P,) hours of the fullest week in a cycle of four.

    Direct weeks hold all sessions of the cycle; the weeks without sessions take as much of the other work as
    fits into the contract; what is left of it falls into the direct weeks. Duties, travel, supervision and staff
    time are the same in every week.
    """
    staffing = situation.staffing
    average, off = staffing.workload, situation.indirect_weeks
    if not off.any():
        return average
    sessions = staffing.person_hours[:, WITH_STUDENTS].sum(axis=1)
    fixed = staffing.person_hours[:, FIXED].sum(axis=1)
    other = average - sessions - fixed
    taken = np.minimum(CYCLE_WEEKS * other, off * np.maximum(0.0, staffing.available_hours - fixed))
    direct_week = fixed + (CYCLE_WEEKS * (sessions + other) - taken) / (CYCLE_WEEKS - off)
    quiet_week = np.divide(taken, off, out=np.zeros_like(taken), where=off > 0) + fixed
    return np.where(off > 0, np.maximum(direct_week, quiet_week), average)


def apply(answer: Answer, scenario: Scenario, rates: Rates | None = None) -> Outcome:
    """The outcome of a scenario for an answer. Raises `LeverError` for what the roster does not have."""
    checked_against(answer, scenario.levers, scenario.pilot_schools)
    return outcome_of(answer, scenario, scenario.levers, rates or Rates())


def outcome_of(answer: Answer, scenario: Scenario, levers: Iterable[Lever], rates: Rates, known: Trail = ()) -> Outcome:
    """The outcome of some levers of a scenario. `known` is as for `trail_under`."""
    trail = trail_under(answer, levers, scenario.pilot_schools, known)
    return Outcome(scenario, trail[-1][1] if trail else today(answer, scenario.pilot_schools), rates, trail)
