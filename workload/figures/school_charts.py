"""The charts of the schools in one place.

`smallest` withholds schools with fewer students for views that are shared: they are not drawn, and the table
says so instead of giving their numbers.
"""

from workload.figures.caseload_charts import caseload_and_workload
from workload.figures.school_hours import hours_by_school_and_activity
from workload.figures.school_rates import fte_per_1000

__all__ = [
    "caseload_and_workload",
    "fte_per_1000",
    "hours_by_school_and_activity",
]
