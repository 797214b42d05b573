"""Findings about service rows that count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workload.intake.answers.findings import NOTHING, Findings
from workload.intake.answers.row_findings import of_rows
from workload.intake.blocks.data_rows import Block
from workload.intake.cells.cell_words import GRADES
from workload.intake.rows.amount_lines import Amount
from workload.model.coded_list import distinct, places, where
from workload.model.issues import NOTICE, WARNING

KNOWN_GRADES, GRADES_LISTED = frozenset(GRADES.values()), 12


def notes(
    block: Block,
    kept: Sequence[int],
    amounts: Sequence[Amount],
    lost: Mapping[int, str],
    own,
    initials: Sequence[int],
    apart: Sequence[int],
) -> Findings:
    """Findings about rows that count."""
    said = NOTHING
    by_flag: dict[str, list[int]] = {}
    by_sentence: dict[str, list[int]] = {}
    for at in where(amounts, lambda amount: amount.flags or amount.sentences):
        if at not in lost:
            amount = amounts[at]
            for flag in amount.flags:
                by_flag.setdefault(flag, []).append(kept[at])
            for sentence in amount.sentences:
                by_sentence.setdefault(sentence, []).append(kept[at])
    weeks = _implied_weeks(by_sentence)
    for number, rows in sorted(weeks.items()):
        said += of_rows(
            block,
            rows,
            "calendar-implied",
            NOTICE,
            f"The yearly totals imply a year of {number} weeks in {{rows}}",
            "Set the instructional weeks to this number if it is the district's calendar.",
        )
    for sentence, rows in by_sentence.items():
        said += of_rows(
            block, rows, "minutes-note", NOTICE, f"{sentence.rstrip('.')}. This is so in {{rows}}", "Check these rows."
        )
    said += of_rows(
        block,
        by_flag.get("minutes-unknown", ()),
        "minutes-unknown",
        WARNING,
        "No minutes are given in {rows}. The students count in the caseload, without minutes",
        "Fill in the minutes where the plan states them.",
    )
    said += of_rows(
        block,
        by_flag.get("sessions-missing", ()),
        "sessions-missing",
        WARNING,
        "No number of sessions is given in {rows}. The minutes are taken as the total of the period",
        "Fill in the sessions if the minutes are those of one session.",
        column=block.heading("sessions"),
    )
    said += of_rows(
        block,
        by_flag.get("minutes-zero", ()),
        "minutes-zero",
        WARNING,
        "0 minutes are written in {rows}. The students count in the caseload, without minutes",
        "Correct the minutes, or remove the rows.",
        column=block.heading("minutes_per_session"),
    )
    if "grade" in own:
        said += _grades(block, kept, lost, own["grade"].values)
    said += of_rows(
        block,
        [kept[at] for at in apart if at not in lost],
        "names-by-grade",
        WARNING,
        "One name stands in several grades in {rows}. Each grade is taken for a student of its own",
        "Use student ids.",
    )
    return said + of_rows(
        block,
        [kept[at] for at in initials if at not in lost],
        "initials-only",
        WARNING,
        "The student is named only by initials or a part of the name in {rows}. Students with the same ones, school "
        "and grade are "
        "taken for one",
        "Use student ids.",
    )


def _grades(block: Block, kept: Sequence[int], lost: Mapping[int, str], grades: Sequence[str | None]) -> Findings:
    """Grades on no scale are kept as written and listed, never turned into another grade."""
    unknown = {grade for grade in distinct(grades) if grade is not None and grade not in KNOWN_GRADES}
    at = [kept[each] for each in places(grades, unknown) if each not in lost]
    return of_rows(
        block,
        at,
        "grade-unknown",
        NOTICE,
        f"Grades that are on no scale are kept as written: {', '.join(sorted(unknown)[:GRADES_LISTED])}. "
        "They stand in {rows}",
        "Correct them if a chart by grade should have them.",
        column=block.heading("grade"),
    )


def _implied_weeks(by_sentence: dict[str, list[int]]) -> dict[int, list[int]]:
    """Weeks of the year that yearly totals imply -> positions; takes these sentences out."""
    weeks: dict[int, list[int]] = {}
    for sentence in list(by_sentence):
        implied = re.search(r"implies (\d+) weeks", sentence)
        if implied:
            weeks.setdefault(int(implied[1]), []).extend(by_sentence.pop(sentence))
    return weeks
