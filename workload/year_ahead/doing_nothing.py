"""What doing nothing costs: what would have to be bought, in the hours that the week strip says."""

from __future__ import annotations

from workload.scenarios.cost import CostLine, Rates, weeks_to_come
from workload.year_ahead.backlog import owed_by_month
from workload.year_ahead.weeks import Year


def cost_of_not_acting(
    year: Year, rates_in_force: Rates | None = None, evaluations_late: float = 0.0
) -> tuple[CostLine, ...]:
    """Dollars if nothing changes: from the day to the last day of school, and for a whole instructional year like the day.

    Make-up of the sessions that do not fit into the weeks of people in post, as the week strip adds them up; agency hours for
    Unassigned work; evaluations that come too late, bought outside. Minutes without a provider are counted as agency
    hours only. Evaluations wait only if everything gives way alike, so with any of them that is the rule for sessions, too:
    no missing hour is priced twice.
    """
    answer, prices = year.answer, rates_in_force or Rates()
    staffing, weeks = answer.staffing, answer.demand.weeks
    given, end = (staffing.given_way_alike, "_alike") if evaluations_late else (staffing.given_way, "")
    by_month = year.once(owed_by_month)
    to_come = float(by_month[f"makeup_hours{end}"].iloc[-1]) if len(by_month) else 0.0
    a_week, without = float(given.therapist_hours[:-1].sum()), float(staffing.workload[-1])
    hour, agency = prices["makeup_hour"], without * prices["agency"]
    outside = evaluations_late * prices["outside_evaluation"]
    return (
        CostLine("Make-up of minutes that do not fit", to_come * hour, a_week * weeks * hour, ("makeup_hour",)),
        CostLine(
            "Agency hours for work without a provider", agency * weeks_to_come(answer), agency * weeks, ("agency",)
        ),
        CostLine("Evaluations bought outside", outside, outside, ("outside_evaluation",)),
    )
