"""What the day and the assumptions have to say about a roster: counted gaps that belong beside the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from workload.model.issues import NOTICE, WARNING, Issue
from workload.model.roster import Roster
from workload.model.words import count
from workload.rules.packs import RulePack
from workload.staffing.required import Staffing
from workload.work.services import DUPLICATE, ENDED, ESY, FATES, NOT_STARTED, SUPERSEDED

ROWS_NAMED = 12
LEFT_OUT = {
    ESY: (
        "extended school year lines, which stay outside the regular year",
        NOTICE,
        "Nothing to do. Plan the extended year apart.",
    ),
    NOT_STARTED: ("lines that start after this date", NOTICE, "Choose a later day to count them."),
    ENDED: ("lines that ended before this date", NOTICE, "Correct the end date if the service goes on."),
    SUPERSEDED: (
        "older lines of students whose newer line is in force; the newer one counts",
        WARNING,
        "Give the older line an end date, or a different setting if both are served.",
    ),
    DUPLICATE: (
        "repeated in every column; such rows count once",
        WARNING,
        "Remove the repeated rows, or tell them apart by group or setting if both are served.",
    ),
}


def findings_of(roster: Roster, staffing: Staffing, pack: RulePack | None, state: str | None) -> Iterator[Issue]:
    """The findings of the day, each with how many rows it touches and the first of them."""
    yield from _rows_left_out(roster, staffing.demand.fate)
    yield from _renewed(roster, staffing)
    yield from _nobody_in_post(roster, staffing)
    yield from _assumed_counts(staffing)
    yield from _owed_on_lines_left_out(roster, staffing.demand.fate)
    if staffing.demand.people.mtss_hours.sum() == 0:
        yield Issue(
            "mtss-none",
            NOTICE,
            "No hours for screening and school-wide support (MTSS) are counted.",
            "Enter these hours a week on the Therapists sheet if therapists do this work.",
        )
    if state and pack is None:
        yield Issue(
            "state-unknown",
            WARNING,
            f"No rules are on file for the state {state}.",
            "Leave the state out, or choose one of those on the page Rules.",
            value=state,
        )


def _place(roster: Roster, at: np.ndarray) -> dict[str, Any]:
    """File, sheet and row of the first of some service rows, and the numbers of all."""
    first = roster.services.iloc[at[0]]
    rows = tuple(int(row) for row in roster.services["row"].to_numpy()[at] if row == row)
    return {"file": first["file"] or "", "sheet": first["sheet"] or "", "row": rows[0] if rows else None, "rows": rows}


def _numbered(roster: Roster, at: np.ndarray) -> str:
    """The numbers of the rows in their sheets, as many as one reads: " (rows 26, 31 and 12 more)"."""
    numbers = [int(row) for row in roster.services["row"].to_numpy()[at[:ROWS_NAMED]] if row == row]
    if not numbers:
        return ""
    more = f" and {len(at) - len(numbers)} more" if len(at) > len(numbers) else ""
    return f" ({'row' if len(at) == 1 else 'rows'} {', '.join(map(str, numbers))}{more})"


def _rows_left_out(roster: Roster, fate: np.ndarray) -> Iterator[Issue]:
    for code, (words, severity, remedy) in LEFT_OUT.items():
        at = np.flatnonzero(fate == code)
        if len(at):
            yield Issue(
                f"rows-{FATES[code]}",
                severity,
                f"Left out: {len(at)} of {len(fate)} service rows{_numbered(roster, at)}, {words}.",
                remedy,
                **_place(roster, at),
            )


def _renewed(roster: Roster, staffing: Staffing) -> Iterator[Issue]:
    lines = staffing.demand.lines
    at = np.sort(lines.row[lines.renewed])
    if len(at):
        yield Issue(
            "rows-renewed",
            NOTICE,
            f"Counted as renewed: {len(at)} of {len(roster.services)} service rows{_numbered(roster, at)}, lines that "
            "have passed the annual review and that no newer line replaces.",
            "Say which students left, or load a newer export.",
            **_place(roster, at),
        )


def _nobody_in_post(roster: Roster, staffing: Staffing) -> Iterator[Issue]:
    lines, people = staffing.demand.lines, staffing.demand.people
    gone = lines.therapist != lines.named
    for code in np.unique(lines.named[gone]):
        mine = gone & (lines.named == code)
        students = len(np.unique(lines.student[mine]))
        yield Issue(
            "therapist-not-in-post",
            WARNING,
            f"{students} student{'s have' if students > 1 else ' has'} nobody: {people.names[code]} is not in post on "
            "the date of the answer. The work is Unassigned.",
            "Give these students to somebody, or correct the dates of the post.",
            column="therapist",
            **_place(roster, np.sort(lines.row[mine])),
        )


def _assumed_counts(staffing: Staffing) -> Iterator[Issue]:
    events, values = staffing.demand.events, staffing.assumptions
    if events.sheet_rules or not staffing.demand.caseload:
        return
    students, without = (
        round(float(events.in_cells(name).sum())) for name in ("students_initial", "students_reevaluation")
    )
    yield Issue(
        "evaluations-assumed",
        NOTICE,
        f"No Evaluations sheet was given. Initial evaluations are counted at "
        f"{values['evaluations_initial_per_student']:g} a year for each of {count(students, 'student')}.",
        "List this year's evaluations on the Evaluations sheet.",
    )
    if without:
        yield Issue(
            "reevaluations-assumed",
            NOTICE,
            f"{count(without, 'student with an IEP has', 'students with an IEP have')} no re-evaluation date. They are counted at "
            f"{values['reevaluations_per_student']:.3g} re-evaluations a year each.",
            "Fill in the date of the next re-evaluation, or the Evaluations sheet.",
        )


def _owed_on_lines_left_out(roster: Roster, fate: np.ndarray) -> Iterator[Issue]:
    owed = roster.services["compensatory_minutes"].fillna(0).to_numpy() > 0
    at = np.flatnonzero(owed & ((fate == ENDED) | (fate == SUPERSEDED) | (fate == NOT_STARTED)))
    if len(at):
        yield Issue(
            "owed-on-line-left-out",
            WARNING,
            f"Compensatory minutes stand on {len(at)} of the rows that are not in force on the date of the answer"
            f"{_numbered(roster, at)}. They are not counted.",
            "Put the owed minutes on a line that is in force.",
            column="compensatory_minutes",
            **_place(roster, at),
        )
