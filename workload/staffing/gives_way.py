"""What gives way where a week has fewer hours than work: one rule, with both its ends.

* only sessions give way: every missing hour is taken from sessions, everything else is done;
* everything gives way alike: each kind of work is cut in the same proportion, a session with its notes and the work
  on behalf of the student.

Week, year, packet and money all ask here. Numbers are estimates of exposure, not findings about anyone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workload.model.units import hours, minutes
from workload.staffing.ratios import ratio


@dataclass(frozen=True, eq=False)
class GivenWay:
    """What is left out in a week, arrays of one shape.

    student_minutes   minutes that students do not get
    therapist_hours   therapist hours that giving them later would take, in groups as they are today
    share_of_others   the part of evaluations, meetings and reports that is left undone
    """

    student_minutes: np.ndarray
    therapist_hours: np.ndarray
    share_of_others: np.ndarray


def sessions_give_way(hours_short: np.ndarray, student_minutes: np.ndarray, therapist_minutes: np.ndarray) -> GivenWay:
    """Every missing hour is taken from sessions, up to all of them.

    hours_short        hours a week that do not fit
    student_minutes    of the sessions in a week; likewise therapist_minutes
    """
    exposed = minutes(hours_short) * np.nan_to_num(ratio(student_minutes, therapist_minutes))
    lost = np.minimum(student_minutes, exposed)
    return GivenWay(lost, _therapist_hours(lost, student_minutes, therapist_minutes), np.zeros_like(lost))


def all_gives_way(
    hours_short: np.ndarray, workload_hours: np.ndarray, student_minutes: np.ndarray, therapist_minutes: np.ndarray
) -> GivenWay:
    """Each kind of work loses the same share: hours short ÷ all hours."""
    share = np.where(np.isnan(hours_short), np.nan, np.minimum(1.0, np.nan_to_num(ratio(hours_short, workload_hours))))
    lost = student_minutes * share
    return GivenWay(lost, _therapist_hours(lost, student_minutes, therapist_minutes), share)


def _therapist_hours(lost: np.ndarray, student_minutes: np.ndarray, therapist_minutes: np.ndarray) -> np.ndarray:
    return hours(lost * np.nan_to_num(ratio(therapist_minutes, student_minutes)))
