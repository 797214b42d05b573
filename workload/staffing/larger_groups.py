"""The opposing case: what larger groups save if the whole week shrinks, and if only direct time does.

A consultant's table lets FTE fall as one over the group size. Evaluations, meetings and paperwork follow students,
not sessions; with them left as they are the saving is a fraction of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

DOLLARS_PER_FTE = 75_000
DIRECT_SHARES = (0.45, 0.60)
SOURCE = (
    "District Management Council for Lexington, Massachusetts, 2010, speech and language service: "
    "http://records.lexingtonma.gov/WebLink/0/doc/74979/Page14.aspx"
)
SHARES_SOURCE = (
    "45 % is the share found for OT and COTA in the same report (Page15); 60 % is a generous alternative. "
    "The share for speech was not readable."
)


@dataclass(frozen=True)
class Published:
    """One row of the published table."""

    group_size: float
    students_per_fte: float
    fte: float


TABLE = (
    Published(1.7, 24.6, 19.1),
    Published(2.0, 30, 15.9),
    Published(2.2, 33, 14.4),
    Published(2.5, 37, 12.7),
    Published(3.0, 44, 10.6),
)


def fte_with_groups(fte: float, group_size_now: float, group_size_then: float, direct_share: float = 1.0) -> float:
    """FTE after the average group has changed, when only the direct share of the week scales with 1 / group size.

    A share of 1.0 is the consultant's model. Raises `ValueError` for groups below one or a share outside 0 to 1.
    """
    if group_size_now < 1 or group_size_then < 1:
        raise ValueError(f"a group has at least one student, got {group_size_now:g} and {group_size_then:g}")
    if not 0 <= direct_share <= 1:
        raise ValueError(f"the direct share must be between 0 and 1, got {direct_share:g}")
    return fte * (1 - direct_share + direct_share * group_size_now / group_size_then)


def savings_of(fte_now: float, fte_then: float, dollars_per_fte: float = DOLLARS_PER_FTE) -> float:
    """Dollars a year of the posts that fall away."""
    return (fte_now - fte_then) * dollars_per_fte


def group_size_table(dollars_per_fte: float = DOLLARS_PER_FTE) -> pd.DataFrame:
    """The published table, its model, and the same with only direct time shrinking; first row is today.

    Columns: group_size, students_per_fte, published_fte, students (their product, nearly constant),
    published_savings_dollars, whole_week_fte (falls as 1 / group size), whole_week_savings_dollars, and for each
    share direct_45_fte, direct_45_savings_dollars.
    """
    now = TABLE[0]
    rows = []
    for one in TABLE:
        whole = fte_with_groups(now.fte, now.group_size, one.group_size)
        row = {
            "group_size": one.group_size,
            "students_per_fte": one.students_per_fte,
            "published_fte": one.fte,
            "students": one.students_per_fte * one.fte,
            "published_savings_dollars": savings_of(now.fte, one.fte, dollars_per_fte),
            "whole_week_fte": whole,
            "whole_week_savings_dollars": savings_of(now.fte, whole, dollars_per_fte),
        }
        for share in DIRECT_SHARES:
            then = fte_with_groups(now.fte, now.group_size, one.group_size, share)
            name = f"direct_{100 * share:g}"
            row |= {f"{name}_fte": then, f"{name}_savings_dollars": savings_of(now.fte, then, dollars_per_fte)}
        rows.append(row)
    return pd.DataFrame(rows)
