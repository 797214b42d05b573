"""What a warning sign may be read from, and the figure that is made of it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workload.staffing.concerns.check_in import CheckIn
from workload.staffing.delivered.compliance import Delivered
from workload.staffing.required import Staffing
from workload.staffing.time_study.study import TimeStudy

FROM_STUDY, FROM_ROSTER, FROM_DELIVERED, FROM_CHECK_IN = "time study", "roster", "delivered minutes", "team check-in"


@dataclass(frozen=True, eq=False)
class Indicator:
    """A figure for a sign.

    shows   True where the figure shows the sign, False where it shows that the sign is not there, None where it is
            only related to the sign
    cannot  why it does not decide, where it does not
    """

    source: str
    value: float
    unit: str
    words: str
    shows: bool | None
    rows: pd.DataFrame
    cannot: str = ""

    @property
    def decides(self) -> bool:
        return self.shows is not None


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the signs may be read from. Everything but the staffing may be missing.

    services, evaluations  tables of the roster; lines are those in force
    provisional            whether the hours of those in post rest on an open premise
    """

    staffing: Staffing
    services: pd.DataFrame | None = None
    evaluations: pd.DataFrame | None = None
    study: TimeStudy | None = None
    delivered: Delivered | None = None
    check_in: CheckIn | None = None
    provisional: bool = False
