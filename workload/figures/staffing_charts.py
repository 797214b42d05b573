"""The charts of the people and of the district's FTE in one place."""

from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.fte_charts import from_post_to_required, required_by_activity, what_moves_the_answer
from workload.figures.people_charts import codes_for
from workload.figures.week_chart import week_of_person

__all__ = [
    "caseload_and_workload",
    "codes_for",
    "from_post_to_required",
    "required_by_activity",
    "week_of_person",
    "what_moves_the_answer",
]
