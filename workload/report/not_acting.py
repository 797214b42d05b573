"""What waiting would cost, worked out from the answer: owed by the last day of school, and dollars at the district's own rates."""

from __future__ import annotations

from workload.answer import Answer
from workload.report.packet_choices import NotActing
from workload.scenarios.cost import Rates, total
from workload.year_ahead.backlog import cost_of_not_acting, owed_by_month
from workload.year_ahead.weeks import YearPlan, year_ahead


def waiting(answer: Answer, in_force: Rates, plan: YearPlan | None = None) -> NotActing | None:
    """What would be owed by the last day of school. Dollars only where every rate behind them is the district's own."""
    if not answer.posts_known:
        return None
    year = year_ahead(answer, plan)
    by_month = year.once(owed_by_month)
    if by_month.empty:
        return None
    last, lines = by_month.iloc[-1], cost_of_not_acting(year, in_force)
    examples = any(in_force.source(rate)[0] == "example" for line in lines if line.first_year for rate in line.rates)
    return NotActing(
        owed_hours=float(last["owed_hours"]),
        owed_minutes=float(last["owed_minutes"]),
        owed_minutes_low=float(last["owed_minutes_alike"]),
        dollars=None if examples or not total(lines)[0] else total(lines)[0],
    )
