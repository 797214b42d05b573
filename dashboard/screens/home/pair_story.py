"""The story on the start page: two therapists of the sample, told apart by workload and not by caseload."""

from __future__ import annotations

from dashboard.shell import cached
from workload.figures.chart import Chart
from workload.figures.staffing_charts import hours_against_contract
from workload.model.words import count

FEWER, MORE = "Marisol Tennant", "Gwen Halloran"  # 36 and 67 students, see data/sample/README.md


def story() -> Chart:
    """Both weeks against the contract, each called by the number of its students."""
    everybody = cached.sample_answer().therapists
    two = everybody[everybody["therapist"].isin((FEWER, MORE))]
    names = {row["therapist"]: count(int(row["caseload"]), "student") for _, row in two.iterrows()}
    return hours_against_contract(two, names)
