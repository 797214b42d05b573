"""The kinds of work that a packet tells hours of: closely inside, widely outside the district."""

from __future__ import annotations

from dataclasses import dataclass

from workload.figures.activity_groups import GROUPS


@dataclass(frozen=True)
class Work:
    """Activities that are told as one kind of work."""

    code: str
    label: str
    activities: tuple[str, ...]


INSIDE = tuple(Work(group.code, group.label, group.activities) for group in GROUPS)
# Outside the district activities are grouped so widely that no small count can be worked out from hours: with single
# activities shown, hours of meetings over hours a meeting would give the number of students without an IEP.
NOTES_OUTSIDE = "notes"
OUTSIDE = (
    Work(
        "students", "Sessions, consultation, work on behalf of students", ("direct", "consult", "makeup", "on_behalf")
    ),
    Work(
        "evaluations",
        "Evaluations, meetings, reports",
        ("evaluation_initial", "reevaluation", "meeting", "progress_report"),
    ),
    Work(NOTES_OUTSIDE, "Session notes and planning", ("documentation", "planning")),
    Work(
        "duties",
        "Travel, supervision, staff time, school-wide support",
        ("travel", "supervision", "staff_time", "named_duty", "mtss"),
    ),
)
