"""Random-moment studies: shares of activities with the half-width of their 95 % interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from workload.staffing.method_formulas import moments_half_width
from workload.staffing.time_study.study import LABELS, LUNCH

FEWEST_MOMENTS = 30  # method, section 7: below it nothing is said about a person


class TooFewMoments(ValueError):
    """A person with too few moments to say anything about. Says how many there are and how many it takes."""


def moments_table(moments: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """The team's shares. `moments` are records of one random moment each: therapist, activity.

    Columns: activity, label, hits, moments, share, half_width, low, high (inside 0 to 1). Moments at lunch are left
    out. Raises `ValueError` for an activity that is not known; nothing is guessed.
    """
    return _shares([one["activity"] for one in moments])


def moments_of_person(moments: Iterable[Mapping[str, str]], therapist: str) -> pd.DataFrame:
    """One person's shares. Raises `TooFewMoments` under 30 moments at work."""
    mine = [one["activity"] for one in moments if one["therapist"] == therapist]
    seen = sum(activity != LUNCH for activity in mine)
    if seen < FEWEST_MOMENTS:
        raise TooFewMoments(f"{seen} moments were seen of this person; shares are given from {FEWEST_MOMENTS} on.")
    return _shares(mine)


def moments_by_person(moments: Iterable[Mapping[str, str]]) -> pd.Series:
    """How many moments at work each person has, in alphabetical order."""
    names = [one["therapist"] for one in moments if one["activity"] != LUNCH]
    return pd.Series(names, dtype=object).value_counts().sort_index()


def _shares(activities: list[str]) -> pd.DataFrame:
    unknown = sorted({activity for activity in activities if activity not in LABELS})
    if unknown:
        raise ValueError(f"unknown activity {', '.join(unknown)}; use one of {', '.join(LABELS)}")
    at_work = pd.Series([activity for activity in activities if activity != LUNCH], dtype=object)
    count = len(at_work)
    hits = at_work.value_counts()
    order = [code for code in LABELS if code in hits.index]
    share = hits.reindex(order).to_numpy(float) / count if count else hits.reindex(order).to_numpy(float)
    half = [moments_half_width(one, count) for one in share]
    return pd.DataFrame(
        {
            "activity": pd.Series(order, dtype=object),
            "label": pd.Series([LABELS[code] for code in order], dtype=object),
            "hits": hits.reindex(order).to_numpy(int),
            "moments": [count] * len(order),
            "share": share,
            "half_width": half,
            "low": [max(0.0, one - width) for one, width in zip(share, half, strict=True)],
            "high": [min(1.0, one + width) for one, width in zip(share, half, strict=True)],
        }
    )
