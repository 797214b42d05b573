"""The typed tables of a roster after every check that needs all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workload.intake.answers.findings import Findings, merged
from workload.intake.checks.file_totals import Panel, panel_of, unusual_totals
from workload.intake.checks.frames import frame_of
from workload.intake.checks.open_lines import lines_open_twice
from workload.intake.checks.roster_checks import check, without_fake_points
from workload.intake.checks.sharing import alike_but_for_therapist
from workload.model.coding import codes_of
from workload.model.roster import ROSTER_COLUMNS


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables of the roster by name, the totals of the files, and what is said of them."""

    frames: Mapping[str, pd.DataFrame]
    panel: Panel
    said: Findings


def checked(tables: Mapping[str, Mapping[str, list]], answers: Mapping[str, str]) -> Checked:
    """Columns of values as typed tables: lines of two therapists, lines open twice, impossible values, odd totals."""
    frames = {table: frame_of(table, tables[table]) for table in ROSTER_COLUMNS}
    students = codes_of(frames["services"]["student"])
    services, by_sharing = alike_but_for_therapist(frames["services"], answers, students)
    frames["services"], by_lines = lines_open_twice(services, answers, students)
    if frames["services"] is not services:  # students may have been told apart
        students = codes_of(frames["services"]["student"])
    by_checks = tuple(check(frames))
    frames["schools"] = without_fake_points(frames["schools"])
    panel = panel_of(frames["services"], students)
    return Checked(frames, panel, merged((by_sharing, by_lines, *by_checks, *unusual_totals(panel))))
