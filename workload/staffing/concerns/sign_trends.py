"""How the warning signs went: months of the log and of delivered minutes, and one check-in beside the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from workload.staffing.concerns.check_in import QUESTIONS, CheckIn, results
from workload.staffing.concerns.sign_evidence import FROM_DELIVERED, FROM_STUDY, Evidence
from workload.staffing.concerns.sign_figures import INDICATORS
from workload.staffing.delivered.compliance import Delivered
from workload.staffing.time_study.study import TimeStudy


@dataclass(frozen=True)
class InMonth:
    """The figure of a sign made from one month alone. `month` is "2026-09"; the unit is that of the sign's figure."""

    month: str
    value: float
    unit: str


def months_of_sign(evidence: Evidence, sign: str) -> list[InMonth]:
    """The figure of a sign for each month of its log or of the delivered minutes, the oldest first.

    Empty where the figure is of the roster, which is of one day, and where there are fewer than two months.
    """
    whole = INDICATORS[sign](evidence)
    if whole is None or whole.source not in (FROM_STUDY, FROM_DELIVERED):
        return []
    found = []
    for month in _months(evidence, whole.source):
        part = INDICATORS[sign](_only(evidence, month))
        if part is not None and not pd.isna(part.value):
            found.append(InMonth(month, part.value, part.unit))
    return found if len(found) > 1 else []


def _months(evidence: Evidence, source: str) -> list[str]:
    if source == FROM_DELIVERED:
        return sorted(evidence.delivered.rows["month"].dropna().unique()) if evidence.delivered else []
    return sorted(evidence.study.entries["date"].dt.strftime("%Y-%m").unique()) if evidence.study else []


def _only(evidence: Evidence, month: str) -> Evidence:
    """The same evidence with one month of its log and of its delivered minutes."""
    study, delivered = evidence.study, evidence.delivered
    if study is not None:
        rows = study.entries
        study = TimeStudy(rows[rows["date"].dt.strftime("%Y-%m") == month].reset_index(drop=True))
    if delivered is not None:
        delivered = Delivered(delivered.rows[delivered.rows["month"] == month].reset_index(drop=True))
    return replace(evidence, study=study, delivered=delivered)


def said_over_time(rounds: Sequence[tuple[date, CheckIn]]) -> pd.DataFrame:
    """Yes answers of each question in each check-in with answers enough, the oldest first.

    Columns: sign, day, yes, answers, share, place (of the round among them, as two may be of one day). A round that may not be shown has no rows.
    """
    told = [
        (day, counts.answers, said)
        for day, counts in sorted(rounds, key=lambda one: one[0])
        if (said := results(counts)) is not None
    ]
    rows = [
        (sign, day, said[sign], answers, said[sign] / answers, place)
        for place, (day, answers, said) in enumerate(told)
        for sign in QUESTIONS
    ]
    return pd.DataFrame(rows, columns=["sign", "day", "yes", "answers", "share", "place"])
