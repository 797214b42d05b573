"""Activities that a table shows as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Activities that are drawn as one; `short` breaks over lines for narrow columns."""

    code: str
    label: str
    short: str
    activities: tuple[str, ...]


GROUPS = (
    Group("direct", "Direct service and consultation", "Direct,<br>consult", ("direct", "consult", "makeup")),
    Group("evaluation", "Evaluations", "Evalu-<br>ations", ("evaluation_initial", "reevaluation")),
    Group("meetings", "Meetings and reports", "Meetings,<br>reports", ("meeting", "progress_report")),
    Group("documentation", "Notes and planning", "Notes,<br>planning", ("documentation", "planning")),
    Group("travel", "Travel", "Travel", ("travel",)),
    Group(
        "duties",
        "Supervision, staff time, duties",
        "Staff time,<br>duties",
        ("supervision", "staff_time", "named_duty"),
    ),
    Group("other", "On behalf of students, MTSS", "On behalf,<br>MTSS", ("on_behalf", "mtss")),
)


def group_hours(row: Mapping[str, float]) -> dict[str, float]:
    """Hours of each activity group of a row with `<activity>_hours` columns."""
    return {group.code: sum(float(row[f"{code}_hours"]) for code in group.activities) for group in GROUPS}
