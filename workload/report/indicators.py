"""The indicators that stand beside the answer: capacity used, minutes that can be delivered, FTE at two uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from workload.answer import Answer
from workload.explain.scope import Explanation
from workload.explain.steps import FTE, MINUTES_A_WEEK, SHARE, Step
from workload.explain.why import explain
from workload.model.units import minutes
from workload.model.words import NOT_KNOWN, capacity_used, fte, percent

PLANNED_USE = 0.8  # New York State's rate setting sizes staff at 100 % and at 80 % of the day
USE_SOURCE = (
    "New York State Education Department, Rate Setting Unit, Related Services Efficiency, 2007: staff is "
    "sized at 100 % and at 80 % use."
)


@dataclass(frozen=True, eq=False)
class Indicator:
    """One number of the top row: what it is called, how it is written, and what makes its explanation, for whoever opens it.

    without  what stands in its place where there is no number
    """

    code: str
    label: str
    help: str
    value: float
    unit: str
    explains: Callable[[], Explanation]
    without: str

    @cached_property
    def opened(self) -> Explanation:
        return self.explains()

    @property
    def shown(self) -> str:
        if self.value != self.value:
            return self.without
        return percent(self.value) if self.unit == SHARE else fte(self.value)


def indicators(answer: Answer) -> tuple[Indicator, ...]:
    """Capacity used, mandated minutes that can be delivered, FTE required at 100 % and at 80 % use."""
    required = float(answer.district["required_fte"])
    return (
        Indicator(
            "capacity_used",
            "Capacity used",
            "Workload hours over contract hours on this date, everyone together. Above 100% does not fit.",
            float(answer.district["utilization"]),
            SHARE,
            partial(explain, answer, "utilization"),
            capacity_used(float("nan"), answer.posts_known),
        ),
        Indicator(
            "deliverable",
            "Student minutes that fit",
            "Estimated share of the minutes on plans for which somebody has time. An exposure, not a finding "
            "about anyone.",
            share_that_fits(answer),
            SHARE,
            partial(deliverable, answer),
            "no minutes promised" if answer.posts_known else NOT_KNOWN,
        ),
        Indicator(
            "required",
            "FTE required, fully used",
            "Every hour of the contract is planned: no room for absence or a new referral.",
            required,
            FTE,
            partial(explain, answer, "required_fte"),
            NOT_KNOWN,
        ),
        Indicator(
            "required_planned",
            "FTE required, 80% used",
            "One hour in five stays open for absence, make-up sessions and new referrals.",
            required / PLANNED_USE,
            FTE,
            partial(at_planned_use, answer),
            NOT_KNOWN,
        ),
    )


def share_that_fits(answer: Answer) -> float:
    """1 − minutes at risk ÷ minutes on plans; NaN where none are promised, or nobody has said who is in post."""
    promised = float(minutes(answer.district["student_hours"]))
    at_risk = float(answer.district["student_minutes_at_risk"])
    return 1 - at_risk / promised if promised and answer.posts_known else float("nan")


def deliverable(answer: Answer) -> Explanation:
    """The share of a week's student minutes for which there is time: 1 − minutes at risk ÷ minutes on plans."""
    risk = explain(answer, "student_minutes_at_risk")
    promised = float(minutes(answer.district["student_hours"]))
    share = share_that_fits(answer)
    return Explanation(
        "Student minutes that fit: the district",
        "1 − estimated student minutes at risk ÷ student minutes on plans",
        (
            Step("Estimated student minutes at risk", risk.value, MINUTES_A_WEEK),
            Step("Student minutes on plans", promised, MINUTES_A_WEEK, "÷"),
            Step("Share that fits", share, SHARE, "="),
        ),
        risk.assumptions,
        risk.rows,
        risk.rows_are,
        (*risk.notes, *(() if promised else ("No service is in force, so there is no value.",))),
    )


def at_planned_use(answer: Answer) -> Explanation:
    """Required FTE when 80 % of each contract is planned."""
    required = explain(answer, "required_fte")
    value = required.value / PLANNED_USE
    return Explanation(
        "FTE required at 80% use: the district",
        "required FTE ÷ 0.8",
        (
            Step("Required, fully used", required.value, FTE),
            Step("Share of the contract that is planned", PLANNED_USE, SHARE, "÷"),
            Step("Required", value, FTE, "="),
        ),
        required.assumptions,
        required.rows,
        required.rows_are,
        (USE_SOURCE,),
    )
