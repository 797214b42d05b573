"""The answer held against published outside figures, each with source, population and year; outside the span what to check.

for reading in gauges(answer):
    reading.shown, reading.gauge.span_words          # "0.49", "0.45 to 0.67"
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from workload.answer import Answer
from workload.model.packaged_data import DATA, entries_in
from workload.model.words import percent, shown
from workload.rules.benchmarks import Benchmark, benchmarks
from workload.rules.rule import EVIDENCE, FORCES

CHILD_COUNT = DATA / "reference" / "idea_child_count_by_state.csv"
NATION_WITH_DISABILITIES = (
    0.152  # of public enrollment, 2022-23: US Department of Education, IDEA Section 618, and NCES
)
INSIDE, BELOW, ABOVE, NO_VALUE = "inside", "below", "above", "no value"
SHARE = "share"
Value = tuple[float | None, str]  # the district's figure, or why there is none


@dataclass(frozen=True)
class Gauge:
    """One outside measure. `near` widens the span where a single figure was published."""

    id: str
    label: str
    unit: str
    digits: int
    points: tuple[Benchmark, ...]
    made_of: str
    below: str
    above: str
    near: float = 0.0

    @property
    def low(self) -> float:
        return min(point.value for point in self.points) - self.near

    @property
    def high(self) -> float:
        return max(point.high or point.value for point in self.points) + self.near

    def written(self, value: float) -> str:
        """A figure of this gauge as people write it."""
        return percent(value) if self.unit == SHARE else shown(value, self.digits)

    @property
    def span_words(self) -> str:
        """ "0.65 to 1.30", or "about 0.26" where one figure was published."""
        if self.near:
            return f"about {self.written(self.points[0].value)}"
        return f"{self.written(self.low)} to {self.written(self.high)}"


@dataclass(frozen=True)
class GaugeReading:
    """A gauge with the district's figure. `lacks` says why there is none."""

    gauge: Gauge
    value: float | None
    lacks: str = ""

    @property
    def place(self) -> str:
        """Where the figure lies: as written, so that what looks like the end of the span is inside."""
        if self.value is None:
            return NO_VALUE
        written, low, high = (round(each, self.gauge.digits) for each in (self.value, self.gauge.low, self.gauge.high))
        return BELOW if written < low else ABOVE if written > high else INSIDE

    @property
    def shown(self) -> str:
        """The district's figure; a dash where there is none."""
        return "–" if self.value is None else self.gauge.written(self.value)

    @property
    def advice(self) -> str:
        """What to check where it lies outside what was published; empty inside."""
        if self.place in (INSIDE, NO_VALUE):
            return self.lacks
        return f"Outside what was published. {self.gauge.below if self.place == BELOW else self.gauge.above}"


@cache
def declared() -> Mapping[str, Gauge]:
    """Every gauge of `data/gauges.toml` by its id."""
    known = benchmarks()
    return MappingProxyType(
        {
            id: Gauge(id=id, **{**one, "points": tuple(known[each] for each in one["points"])})
            for id, one in entries_in("gauges").items()
        }
    )


def gauges(answer: Answer) -> tuple[GaugeReading, ...]:
    """Every gauge with the answer's own figure, in the order of the file. None of them says too many or too few."""
    return tuple(GaugeReading(gauge, *VALUES[id](answer)) for id, gauge in declared().items())


def published_table(answer: Answer) -> pd.DataFrame:
    """Every published figure beside the district's own, one row each, with all that is known of where it comes from."""
    return pd.DataFrame(
        [
            {
                "measure": one.gauge.label,
                "here": one.shown,
                "made_of": one.gauge.made_of,
                "published": point.value,
                "published_high": point.high,
                "unit": point.unit,
                "about_whom": point.who,
                "year": point.year,
                "source": point.source,
                "force": FORCES[point.force],
                "read": EVIDENCE[point.evidence],
                "link": point.link,
                "note": point.note,
            }
            for one in gauges(answer)
            for point in one.gauge.points
        ]
    )


def _over(value: float, by: float, lacks: str) -> Value:
    return (value / by, "") if by > 0 else (None, lacks)


def _with_students(answer: Answer) -> float:
    return float(answer.district["direct_hours"] + answer.district["makeup_hours"])


def _ots(answer: Answer) -> float:
    return float(answer.by_role.loc["OT", "required_fte"]) if "OT" in answer.by_role.index else 0.0


def hours_per_student(answer: Answer) -> Value:
    """Hours of work a week over students."""
    return _over(float(answer.district["workload_hours"]), float(answer.district["caseload"]), "No student is counted.")


def students_per_fte(answer: Answer) -> Value:
    """Students over needed FTE of OTs and OTAs."""
    return _over(float(answer.district["caseload"]), float(answer.district["required_fte"]), "No work is counted.")


def direct_share(answer: Answer) -> Value:
    """Hours of sessions over all hours."""
    return _over(_with_students(answer), float(answer.district["workload_hours"]), "No work is counted.")


def evaluation_hours_per_ot(answer: Answer) -> Value:
    """Hours of evaluations a week over needed FTE of OTs, as an OTA cannot evaluate."""
    hours = float(answer.district["evaluation_initial_hours"] + answer.district["reevaluation_hours"])
    return _over(hours, _ots(answer), "No work of OTs is counted.")


def paperwork_per_direct_hour(answer: Answer) -> Value:
    """Hours of notes and progress reports over hours of sessions."""
    hours = float(answer.district["documentation_hours"] + answer.district["progress_report_hours"])
    return _over(hours, _with_students(answer), "No session is counted.")


def enrollment(answer: Answer) -> float | None:
    """Students enrolled at all schools that have work; None where the enrollment of one is not known."""
    schools = answer.schools
    known = schools["enrollment"].to_numpy(float)[schools["workload_hours"].to_numpy() > 0]
    return float(known.sum()) if len(known) and not np.isnan(known).any() else None


LACKS_ENROLLMENT = "The Schools sheet does not give the enrollment of every school."


def fte_per_1000_enrolled(answer: Answer) -> Value:
    """Needed FTE of OTs and OTAs for each thousand students."""
    return _over(1_000 * float(answer.district["required_fte"]), answer.once(enrollment) or 0.0, LACKS_ENROLLMENT)


def ots_per_1000_with_disabilities(answer: Answer) -> Value:
    """Needed FTE of OTs for each thousand students with disabilities, of whom the state's share of enrollment is taken."""
    share = shares_with_disabilities().get(answer.state or "", NATION_WITH_DISABILITIES)
    return _over(1_000 * _ots(answer), (answer.once(enrollment) or 0.0) * share, LACKS_ENROLLMENT)


@cache
def shares_with_disabilities() -> Mapping[str, float]:
    """Share of public enrollment that has a disability, 2022-23, by the postal code of the state."""
    with CHILD_COUNT.open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {
                row["abbreviation"]: float(row["percent_of_public_enrollment_2022_23"]) / 100
                for row in csv.DictReader(file)
            }
        )


VALUES: Mapping[str, Callable[[Answer], Value]] = {
    function.__name__: function
    for function in (
        hours_per_student,
        students_per_fte,
        direct_share,
        evaluation_hours_per_ot,
        paperwork_per_direct_hour,
        fte_per_1000_enrolled,
        ots_per_1000_with_disabilities,
    )
}
