"""If nothing changes: evaluations that wait and minutes that are owed, month by month."""

from __future__ import annotations

from dashboard.parts import widgets
from dashboard.parts.status_line import is_provisional
from dashboard.shell import cached
from workload.figures.year_charts import evaluations_waiting, owed_minutes
from workload.year_ahead.backlog import evaluation_backlog, owed_by_month
from workload.year_ahead.evaluation_clock import clock_kept
from workload.year_ahead.weeks import Year


def if_nothing_changes(year: Year, key: str) -> None:
    """Evaluations that wait and minutes that are owed, month by month."""
    waits = is_provisional(year.answer)

    def backlog():
        return evaluations_waiting(evaluation_backlog(year), clock_kept(year.answer, year.plan.clock), waits)

    widgets.chart(cached.drawn("waiting", key, backlog), "evaluations_waiting")
    widgets.chart(cached.drawn("owed", key, lambda: owed_minutes(owed_by_month(year), waits)), "owed_minutes")
