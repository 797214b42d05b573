"""What a school therapist may earn in a state: an estimate from the wages of all employers there, to check a rate against.

Source: BLS Occupational Employment and Wage Statistics, May 2023, mean of all employers by state
(`data/reference/bls_oews_ot_ota_by_state_2023.csv`), times what elementary and secondary schools paid of the mean of all in
the nation in May 2019: 77,170 of 86,210 dollars for OTs, 52,760 of 61,880 for OTAs.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from workload.model.packaged_data import DATA

WAGES = DATA / "reference" / "bls_oews_ot_ota_by_state_2023.csv"
RATE_OF = {"29-1122": "salary_ot", "31-2011": "salary_ota"}
SCHOOL_SHARE = {"salary_ot": 0.895, "salary_ota": 0.853}
SOURCE = "BLS Occupational Employment and Wage Statistics, May 2023, mean of all employers"
TO = 100  # dollars: an estimate has no more digits


@dataclass(frozen=True)
class StateWage:
    """A state's mean of all employers, and what a school would pay of it. Dollars a year without benefits."""

    state: str
    mean: float
    estimate: float
    share: float

    @property
    def words(self) -> str:
        """The estimate with how it was made."""
        return (
            f"{self.state}: about ${self.estimate:,.0f} in a school, an estimate: ${self.mean:,.0f}, the mean of all employers in May "
            f"2023 (BLS), times {self.share:g}, what schools paid of the national mean in May 2019."
        )


@cache
def state_wages() -> Mapping[tuple[str, str], StateWage]:
    """(postal code, id of the rate) -> the wage; a state without a published mean has none."""
    with WAGES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["soc"] in RATE_OF and row["annual_mean"].strip()]
    made = {}
    for row in rows:
        id, mean = RATE_OF[row["soc"]], float(row["annual_mean"])
        share = SCHOOL_SHARE[id]
        made[row["abbreviation"], id] = StateWage(row["state"], mean, round(mean * share / TO) * TO, share)
    return MappingProxyType(made)
