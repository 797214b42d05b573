"""Published figures of all states in one table, to hold the rate of a district against."""

from __future__ import annotations

import pandas as pd

from workload.explain.state_personnel import SERVED, PersonnelCounts, child_count, school_year
from workload.scenarios.state_wages import state_wages


def states_table(found: PersonnelCounts) -> pd.DataFrame:
    """A row for each state by name: what the newest shipped year counts, and what a brought file adds (NaN without one).

    Columns: State; students served, 2024-25 (persons aged 3 to 21 with disabilities); OTs, FTE; OTs for each 1,000; Mean
    wage of OTs (dollars a year, all employers, BLS May 2023).
    """
    newest, wages = max(SERVED), state_wages()
    frame = pd.DataFrame(child_count()).sort_values("state", kind="stable", ignore_index=True)
    codes = frame["abbreviation"]
    return pd.DataFrame(
        {
            "State": frame["state"],
            f"Students with disabilities, {school_year(newest)}": pd.to_numeric(frame[SERVED[newest]]),
            "OTs, FTE": codes.map(dict(found.fte)).astype(float),
            "OTs for each 1,000": codes.map(dict(found.per_1000)).astype(float),
            "Mean wage of OTs, all employers": [
                wages[code, "salary_ot"].mean if (code, "salary_ot") in wages else None for code in codes
            ],
        }
    )
